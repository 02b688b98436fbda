"""按日连续处罚决定书: the former fine times the days on which the discharge went on (28号令第十六条)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.numerals import amount_in_figures
from enforcement.penalties import daily, names
from enforcement.penalties.documents import law, parts
from enforcement.penalties.documents.base import PenaltyDocument, payment, remedies
from enforcement.penalties.documents.decision import heard, told
from enforcement.rectification import daily_penalty, phrases
from notices.fields import Column, LinesField, RowsField

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice


class DailyPenaltyForm(parts.RemediesForm, parts.PaymentForm, parts.BasisForm, parts.HeardForm):
    """The seven contents of 环境保护主管部门实施按日连续处罚办法第十六条; the amount follows from the days."""

    original_number = forms.CharField(label=gettext_lazy("Number of the former penalty decision"), max_length=60)
    original_on = parts.day_field(gettext_lazy("Day of the former decision"))
    original_fine = parts.amount_field(gettext_lazy("Fine of the former decision, in yuan"))
    facts = LinesField(
        label=gettext_lazy("Unlawful discharge found at first (one paragraph per line)"), max_item_length=2000
    )
    rounds = RowsField(
        label=gettext_lazy("Orders to rectify, and the re-inspections that found the discharge going on"),
        columns=[
            Column("order", gettext_lazy("Number of the order"), max_length=60),
            Column("served", gettext_lazy("Served on (2026-09-03)"), max_length=10),
            Column("found", gettext_lazy("Found on (2026-09-28)"), max_length=10),
        ],
        max_rows=12,
    )
    refusal = LinesField(
        label=gettext_lazy("What the re-inspection found: refusal to rectify (one paragraph per line)"),
        max_item_length=2000,
    )
    evidence = LinesField(label=gettext_lazy("Evidence, each with what it proves (one per line)"), max_items=60)
    field_order = (
        "original_number", "original_on", "original_fine", "facts", "rounds", "refusal", "evidence", "told_title",
        "told_number", "told_on", "heard", "heard_words", "basis", "payee", "bank", "account", "reconsideration_body",
        "court",
    )  # fmt: skip

    def money(self, cleaned: Mapping[str, Any]) -> bool:
        return True  # it is a fine

    def clean_original_on(self) -> date | None:
        return parts.not_to_come(self.cleaned_data["original_on"])

    def clean_evidence(self) -> list[str]:
        return [phrases.clause(item) for item in self.cleaned_data["evidence"]]

    def clean_rounds(self) -> list[dict[str, Any]]:
        """Rows of {order, served: date, found: date}."""
        found = []
        for place, row in enumerate(self.cleaned_data["rounds"], start=1):
            days = {name: parts.row_date(row[name], place, name) for name in ("served", "found")}
            parts.not_to_come(days["found"])
            found.append({"order": row["order"], **days})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("rounds") and cleaned.get("original_fine"):
            for _field, words in daily.faults(cleaned["original_fine"], rounds_of(cleaned)):
                self.add_error("rounds", words)
        return cleaned


def rounds_of(values: Mapping[str, Any]) -> list[daily.Round]:
    return [daily.Round(row["served"], row["found"]) for row in values["rounds"]]


class DailyPenaltyDecision(PenaltyDocument):
    """按日连续处罚决定书 (日罚)."""

    code = names.DAILY
    label = gettext_lazy("Decision on a penalty by the day")
    document_form = "ARLX"
    template = "notices/penalties/daily_penalty_decision.html"
    content_form = DailyPenaltyForm
    needs_legal_review = True
    docket_kinds = ("rectification",)
    file_order = 6

    def is_offered_on(self, docket: "Docket") -> bool:
        """Only environmental authorities impose it, and only since there is a law for it (按日连续处罚办法第五条)."""
        return (
            super().is_offered_on(docket)
            and docket.department.is_environmental
            and daily_penalty.basis_on(clock.today()) is not None
        )

    def initial(self, docket: "Docket") -> dict[str, Any]:
        """The decision it multiplies, the order, and what the last look found."""
        case, former = docket.rectification_case, parts.last(docket, names.DECISION)
        look = case.last_reinspection()
        found: dict[str, Any] = {
            "facts": case.facts.splitlines(),
            "evidence": parts.facts(docket)["evidence"],
            "basis": basis_on(clock.today()),
        }
        if former is not None:
            found |= {"original_number": former.number, "original_on": former.issued_on}
            found |= {"original_fine": former.content["fine"]} if former.content.get("fine") else {}
            where = ("payee", "bank", "account")
            found |= {name: former.content[name] for name in where if name in former.content}
        if look is not None and not look.is_done:
            found["refusal"] = look.findings.splitlines()
            if case.order is not None and case.order.number and case.served_on:
                found["rounds"] = [
                    {
                        "order": case.order.number,
                        "served": case.served_on.isoformat(),
                        "found": look.inspected_on.isoformat(),
                    }
                ]
        return {**found, **told(docket), **parts.remedies(docket)}

    def lacks(self, notice: "Notice") -> Iterator[str]:
        yield from super().lacks(notice)
        if not notice.docket.department.is_environmental:
            yield _("Only environmental authorities impose a penalty by the day (按日连续处罚办法第五条).")
        if daily_penalty.basis_on(clock.today()) is None:
            yield _("There was no penalty by the day before 2015-01-01.")

    def oddities(self, notice: "Notice") -> Iterator[str]:
        yield from super().oddities(notice)
        if clock.today() >= law.DAILY_PENALTY_SINCE and not (rule := daily.basis_on(clock.today())).is_certain:
            yield _("To be verified: the law by which the days are counted. %(note)s") % {"note": rule.note}
        violation = notice.docket.rectification_case.violation
        if daily_penalty.reach(violation, notice.docket.department) != daily_penalty.Reach.YES:
            yield _("The violation is on file as no unlawful discharge, which alone is punished by the day: check it.")

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        rows = [row for row in values["rounds"] or [] if isinstance(row.get("served"), date)]
        counted = days_and_amount(values["original_fine"], rows)
        return {
            **super().context(notice, values),
            "original": {
                "number": values["original_number"],
                "on": parts.day(values["original_on"]),
                "fine": parts.yuan(values["original_fine"]),
            },
            "told": heard(values),
            "rounds": [round_in_words(row) for row in rows] or [round_in_words({})],
            "counted": counted,
            "is_fined": True,
            "has_gains": False,
            "payment": payment(values),
            "surcharge_is_capped": True,
            "remedies": remedies(values),
        }


def total(notice: "Notice") -> Decimal | None:
    """Fine times days, in yuan; None where the draft does not say them yet."""
    form = notice.type.form(notice.content)
    if not form.is_valid():
        return None
    days = sum(one.days for one in rounds_of(form.cleaned_data))
    return Decimal(form.cleaned_data["original_fine"] * days)


def round_in_words(row: Mapping[str, Any]) -> dict[str, str]:
    """An order, the day it was served, the first and the last day that count, and how many they are."""
    if not row:
        return dict.fromkeys(("order", "served", "first", "last", "days"), parts.GAP)
    served, found = row["served"], row["found"]
    return {
        "order": row["order"],
        "served": parts.day(served),
        "first": parts.day(served + timedelta(days=1)),
        "last": parts.day(found),
        "days": str((found - served).days),
    }


def days_and_amount(fine: Decimal | None, rows: list[dict[str, Any]]) -> dict[str, str]:
    """The product as it is printed; gaps where something is missing."""
    if not fine or not rows:
        return {"days": parts.GAP, "a_day": parts.GAP, "amount": parts.GAP}
    rounds = [daily.Round(row["served"], row["found"]) for row in rows]
    total = daily.DailyPenalty(fine, tuple(rounds), daily.basis_on(clock.today()))
    return {"days": str(total.days), "a_day": amount_in_figures(fine), "amount": parts.yuan(total.amount)}


def basis_on(day: date) -> list[dict[str, str]]:
    """The law that lets it be imposed, as rows of the form; empty where there was none."""
    cited = daily_penalty.basis_on(day)
    if cited is None:
        return []
    instrument, article = cited.removeprefix("《").split("》", 1)
    return [{"instrument": instrument, "article": article}]
