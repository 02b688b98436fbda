"""manage.py explain_deadline: when a statutory period ends, and why then."""

import json
import re
import sys
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from casework import statutes
from casework.deadlines import explain, periods
from casework.deadlines.lookup import Book, book
from casework.models import PeriodRule
from core import clock

UNITS: dict[str, periods.Unit] = {"d": "calendar_day", "w": "working_day", "m": "month", "y": "year"}


class Command(BaseCommand):
    help = "Print when the period of a rule ends and why then. Exit code 2 when the rule or the input gives no date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", help="Rule of the statute book, such as D31")
        parser.add_argument("start", help="Day of the event that starts the period (YYYY-MM-DD)")
        parser.add_argument(
            "--pause",
            action="append",
            default=[],
            metavar="FROM:TO",
            help="Days not counted, both included; leave TO empty for a pause that is still open",
        )
        parser.add_argument(
            "--extend",
            action="append",
            default=[],
            metavar="DAYS",
            help="Extension in days as the rule counts them; 30d, 10w, 3m, 1y name calendar days, working days, months, years",
        )
        parser.add_argument("--json", action="store_true", help="Print the explanation as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json: bool = options["json"]
        source = book()
        start = self.day(options["start"])
        rule = statutes.version_on(self.find(source, options["rule"]), start, source.rules.values())
        if not rule.is_computable:
            self.refuse(statutes.not_a_length(rule))
        if not statutes.in_force(rule, start):
            self.refuse(statutes.not_in_force(rule, start, source.rules.values()))
        explained = self.compute(rule, start, source, options["pause"], options["extend"])
        doc = explain.document(explained, source.almanac, rule=rule) | {"data": source.source}
        if self.as_json:
            self.stdout.write(json.dumps(doc, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(explain.text(doc))
            if source.source == "files":
                self.stdout.write(_("Read from the project's reference files: no reference data is loaded yet."))

    def compute(
        self, rule: PeriodRule, start: date, source: Book, pauses: list[str], extensions: list[str]
    ) -> periods.Explained:
        length, unit, side = rule.length or 0, periods.as_unit(rule.unit), periods.as_side(rule.actor_side)
        if rule.counts_back:
            if pauses or extensions:
                self.refuse(
                    _("Rule %(rule)s counts back from an event: it can be neither paused nor extended.")
                    % {"rule": rule.code}
                )
            return periods.compute_back(start, length, unit, source.almanac.calendar, side)
        return periods.compute(
            start,
            length,
            unit,
            source.almanac.calendar,
            side,
            [self.pause(text) for text in pauses],
            [self.extension(text, unit) for text in extensions],
            today=clock.today(),
        )

    def find(self, source: Book, code: str) -> PeriodRule:
        rule = source.rules.get(code.strip().upper())
        if rule is None:
            self.refuse(
                _("There is no rule %(rule)s. Known rules: %(known)s.")
                % {
                    "rule": code,
                    "known": "、".join(sorted(code for code, row in source.rules.items() if row.is_period)),
                }
            )
        return rule

    def day(self, text: str) -> date:
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
                raise ValueError(text)
            return date.fromisoformat(text.strip())
        except ValueError:
            self.refuse(_("%(text)s is not a date. Write it as 2026-11-21.") % {"text": text})

    def pause(self, text: str) -> periods.PauseSpan:
        first, colon, last = text.partition(":")
        if not colon:
            self.refuse(_("%(text)s is not a pause. Write it as 2026-11-21:2026-12-01.") % {"text": text})
        span = periods.PauseSpan(self.day(first), self.day(last) if last.strip() else None)
        if span.to_on and span.to_on < span.from_on:
            self.refuse(_("The pause %(text)s ends before it starts.") % {"text": text})
        return span

    def extension(self, text: str, unit: periods.Unit) -> periods.ExtensionSpan:
        found = re.fullmatch(r"(\d{1,4})([dwmy]?)", text.strip())
        if not found or int(found[1]) < 1:
            self.refuse(_("%(text)s is not an extension. Write a number of days, such as 30.") % {"text": text})
        # "Days" of a rule in working days are working days; of any other rule, months included, calendar days.
        default: periods.Unit = "working_day" if unit == "working_day" else "calendar_day"
        return periods.ExtensionSpan(int(found[1]), UNITS.get(found[2], default))

    def refuse(self, words: str) -> NoReturn:
        if self.as_json:
            self.stdout.write(json.dumps({"error": words}, ensure_ascii=False))
        self.stderr.write(words)
        sys.exit(2)
