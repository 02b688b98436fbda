"""Why this date? One document (plain JSON) per computed period; as text and as the panel of the page.

The document is stored with the deadline, free of any language; words are put to it when it is read.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.calendar import Almanac
from casework.deadlines.calendars_used import calendar_words, why_provisional
from casework.deadlines.periods import Explained
from casework.models import PeriodRule
from casework.statutes import provenance
from core.known_words import said_again
from core.labels import in_print
from core.listing import listed
from core.workdays import ONE_DAY

Document = dict[str, Any]
WEEKEND = {5: "星期六", 6: "星期日"}


def document(
    explained: Explained,
    almanac: Almanac,
    *,
    rule: PeriodRule | None,
    basis: str = "",
    start_event: str = "",
    length_from: str = "rule",
) -> Document:
    """Everything that is known about a date. `length_from`: "rule", or "document" where a decision set the length."""
    return {
        "due_on": explained.due_on.isoformat(),
        "provisional": explained.is_provisional,
        "rule": rule.code if rule else None,
        "basis": rule.legal_basis if rule else basis,
        "skipped": [_skipped(day.on, day.name) for day in explained.skipped],
        "pauses": [
            {
                "from": pause.from_on.isoformat(),
                "to": None if pause.is_open else pause.to_on.isoformat(),
                "until": pause.to_on.isoformat(),
                "days": pause.days,
                "left_out": pause.left_out,
                "reasons": list(pause.reasons),
                "documents": list(pause.documents),
            }
            for pause in explained.pauses
        ],
        "extensions": [
            {
                "length": item.length,
                "unit": item.unit,
                "reason": item.reason,
                "document": item.document,
                "after": item.after.isoformat(),
                "rolled_from": item.rolled_from.isoformat() if item.rolled_from else None,
                "end_on": item.end_on.isoformat(),
            }
            for item in explained.extensions
        ],
        "made_up": [{"date": day.on.isoformat(), "why": day.name} for day in explained.made_up],
        "start": explained.start.isoformat(),
        "start_event": start_event or (rule.trigger if rule else ""),
        "length": explained.length,
        "unit": explained.unit,
        "length_from": length_from,
        "side": explained.side,
        "counts_back": explained.counts_back,
        "first_counted_on": explained.first_counted_on.isoformat(),
        "plain_due_on": explained.plain_end_on.isoformat(),
        "statutory_due_on": explained.statutory_due_on.isoformat(),
        "target_on": explained.target_on.isoformat(),
        "stopped": explained.is_stopped,
        "roll": {"from": explained.statutory_due_on.isoformat(), "to": explained.due_on.isoformat()}
        if explained.rolled
        else None,
        "calendar": almanac.editions_of(explained.years),
        "calendar_until": almanac.last_year,
        "confidence": rule.confidence if rule else "",
        "verified": rule.is_verified if rule else True,
        "rule_facts": _rule_facts(rule) if rule else None,
    }


def _skipped(on: date, name: str) -> dict[str, str]:
    if name:
        return {"date": on.isoformat(), "kind": "holiday", "why": name}
    return {"date": on.isoformat(), "kind": "weekend", "why": WEEKEND[on.weekday()]}


def _rule_facts(rule: PeriodRule) -> dict[str, Any]:
    return {
        "action": rule.action,
        "trigger": rule.trigger,
        "actor": rule.actor,
        "stage": rule.stage,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "extension": rule.extension,
        "excluded_time": rule.excluded_time,
        "on_breach": rule.on_breach,
        "source": rule.source,
        "note": rule.note,
    }


def span(length: int, unit: str) -> str:
    """ "15 working days" in the reader's language."""
    words = {
        "calendar_day": ngettext("%(n)s calendar day", "%(n)s calendar days", length),
        "working_day": ngettext("%(n)s working day", "%(n)s working days", length),
        "month": ngettext("%(n)s month", "%(n)s months", length),
        "year": ngettext("%(n)s year", "%(n)s years", length),
    }
    return words[unit] % {"n": length}


def day(text: str) -> str:
    """An ISO date with its weekday."""
    return f"{text} {date_format(date.fromisoformat(text), 'D')}"


def stretches(skipped: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Skipped days as stretches of neighbouring days with the same reason."""
    found: list[dict[str, Any]] = []
    for item in skipped:
        on = date.fromisoformat(item["date"])
        reason = item["why"] if item["kind"] == "holiday" else _("Weekend")
        if found and found[-1]["reason"] == reason and found[-1]["to_on"] + ONE_DAY == on:
            found[-1]["to_on"], found[-1]["days"] = on, found[-1]["days"] + 1
        else:
            found.append({"from_on": on, "to_on": on, "days": 1, "reason": reason})
    return found


def validity(facts: dict[str, Any] | None) -> str:
    """From when to when the rule is in force."""
    if not facts:
        return ""
    since, until = facts["valid_from"], facts["valid_to"]
    if since and until:
        return _("in force from %(from)s to %(to)s") % {"from": since, "to": until}
    if since:
        return _("in force since %(from)s") % {"from": since}
    if until:
        return _("in force until %(to)s") % {"to": until}
    return _("days of validity not recorded")


def notes(doc: Document) -> list[str]:
    """What the reader must know beside the date."""
    return [*certainty(doc), *advice(doc)]


def certainty(doc: Document) -> list[str]:
    """How far the date can be relied on."""
    found = []
    if doc["provisional"]:
        found.append(_("Provisional: %(why)s") % {"why": why_provisional(doc)})
    if not doc["verified"]:
        found.append(
            _("To be verified: the source of this rule is not beyond doubt (%(confidence)s).")
            % {"confidence": provenance("", doc["confidence"])["confidence"]}
        )
    return found


def advice(doc: Document) -> list[str]:
    """What follows from the date for whoever must act."""
    target = {"target": day(doc["target_on"])}
    if doc["stopped"]:
        return [
            _(
                "The clock is stopped. The date shown is what it would be if the pause ended today; no date counts meanwhile."
            )
        ]
    if doc["target_on"] == doc["due_on"]:
        return []
    if doc["counts_back"]:
        return [
            _("The last day is no working day. Act by %(target)s, so that the time before the event is not cut short.")
            % target
        ]
    return [
        _(
            "The authority's own period keeps its statutory end. Aim for %(target)s, the last working day on or before it."
        )
        % target
    ]


def steps(doc: Document) -> Iterator[str]:
    """The reckoning, sentence by sentence."""
    length = span(doc["length"], doc["unit"])
    facts = {"event": said_again(doc["start_event"]) or _("the event"), "start": day(doc["start"]), "length": length}
    if doc["counts_back"]:
        yield _("Event: %(event)s, %(start)s. That day is not counted.") % facts
        yield _("%(length)s back from there: %(end)s.") % {"length": length, "end": day(doc["due_on"])}
        return
    yield _("Start: %(event)s, %(start)s. That day is not counted.") % facts
    yield _("%(length)s, counted from %(first)s: until %(end)s.") % {
        "length": length,
        "first": day(doc["first_counted_on"]),
        "end": day(doc["plain_due_on"]),
    }
    for pause in doc["pauses"]:
        words = (
            _("Not counted: %(from)s until today, still open (%(reason)s); %(left_out)s so far.")
            if pause["to"] is None
            else _("Not counted: %(from)s to %(to)s (%(reason)s); %(left_out)s.")
        )
        yield words % {
            "from": pause["from"],
            "to": pause["to"],
            "reason": listed(map(in_brackets, pause["reasons"])) or _("no reason given"),
            "left_out": span(pause["left_out"], "working_day" if doc["unit"] == "working_day" else "calendar_day"),
        }
        if why := why_nothing_left_out(doc, pause):
            yield why
    for item in doc["extensions"]:
        if item.get("rolled_from"):  # what was explained before extensions followed on the expiry lacks it
            words = (
                _(
                    "Before the extension the party's period ended on %(after)s, the first working day after %(from)s on which it was not stopped: the extension is counted from the day after that expiry."
                )
                if _past_a_pause(doc, item["rolled_from"], item["after"])
                else _(
                    "Before the extension the party's period ended on %(after)s, the first working day after %(from)s: the extension is counted from the day after that expiry."
                )
            )
            yield words % {"after": day(item["after"]), "from": day(item["rolled_from"])}
        yield _("Extended by %(length)s (%(reason)s): until %(end)s.") % {
            "length": span(item["length"], item["unit"]),
            "reason": in_brackets(item["reason"]) or _("no reason given"),
            "end": day(item["end_on"]),
        }
    if doc["pauses"] and not doc["extensions"]:
        yield _("With the time not counted: until %(end)s.") % {"end": day(doc["statutory_due_on"])}
    if doc["roll"]:
        words = (
            _(
                "The last day, %(from)s, is no working day; the party's period ends on the first working day after it on which it is not stopped: %(to)s."
            )
            if _past_a_pause(doc, doc["roll"]["from"], doc["roll"]["to"])
            else _(
                "The last day, %(from)s, is no working day; the party's period ends on the first working day after it: %(to)s."
            )
        )
        yield words % {
            "from": day(doc["roll"]["from"]),
            "to": day(doc["roll"]["to"]),
        }


def _past_a_pause(doc: Document, from_on: str, to_on: str) -> bool:
    """Was the clock stopped on a day between the last day and the one to which it was moved?"""
    return any(pause["from"] < to_on and pause["until"] > from_on for pause in doc["pauses"])


def why_nothing_left_out(doc: Document, pause: dict[str, Any]) -> str:
    """Of a pause that takes no day off because it began on the day the period started; "" of any other."""
    return on_the_first_day(doc["start"], pause["from"], pause["left_out"])


def on_the_first_day(start: str, from_on: str, left_out: int) -> str:
    """Why a pause from that day on takes no day off a period that starts on `start`; "" where it does, or not for this reason."""
    if left_out or from_on > start:
        return ""
    return _("No day is taken off so far: the day on which the period starts is not counted in any case.")


def text(doc: Document) -> str:
    """The explanation as lines for a terminal or a file."""
    facts = doc["rule_facts"]
    lines = []
    if facts:
        lines.append(_with_aside(f"{doc['rule']} {facts['action']}", facts["actor"]))
    basis = _("Basis: %(basis)s") % {"basis": in_print(said_again(doc["basis"])) or "—"}
    lines.append(_with_aside(basis, validity(facts)) if facts else basis)
    lines += list(steps(doc))
    lines.append(
        (_("Due: %(due)s (provisional)") if doc["provisional"] else _("Due: %(due)s")) % {"due": day(doc["due_on"])}
    )
    for stretch in stretches(doc["skipped"]):
        lines.append("  - " + skipped_words(stretch))
    for made_up in doc["made_up"]:
        lines.append("  + " + _("%(on)s counted: %(why)s") % {"on": day(made_up["date"]), "why": made_up["why"]})
    lines += [_("Calendar: %(calendar)s") % {"calendar": calendar_words(doc)}, *notes(doc)]
    return "\n".join(lines)


def _with_aside(words: str, aside: str) -> str:
    """In the brackets of the reader's language."""
    return _("%(words)s (%(aside)s)") % {"words": words, "aside": in_brackets(aside)} if aside else words


def in_brackets(words: str) -> str:
    """What an officer wrote as a sentence, as it stands in brackets within another one: without its last mark."""
    return words.rstrip("。.；; \n")


def skipped_words(stretch: dict[str, Any]) -> str:
    if stretch["days"] == 1:
        return _("%(from)s skipped: %(why)s") % {"from": day(stretch["from_on"].isoformat()), "why": stretch["reason"]}
    return _("%(from)s to %(to)s skipped: %(why)s") % {
        "from": day(stretch["from_on"].isoformat()),
        "to": day(stretch["to_on"].isoformat()),
        "why": stretch["reason"],
    }


def panel(doc: Document, *, status: Any = None, article_url: str = "") -> dict[str, Any]:
    """The shape that components/why_date.html wants."""
    facts = doc["rule_facts"] or {}
    rule = f"{doc['rule']} {facts['action']}" if facts else ""  # set by a document: its basis says all
    return {
        "due_on": date.fromisoformat(doc["due_on"]),
        "provisional": doc["provisional"],
        "why_provisional": why_provisional(doc) if doc["provisional"] else "",
        "status": status,
        "rule": rule,
        "rule_version": validity(doc["rule_facts"]),
        "article": in_print(said_again(doc["basis"])),
        "article_url": article_url,
        "start_event": said_again(doc["start_event"]),
        "start_on": date.fromisoformat(doc["start"]),
        "length": span(doc["length"], doc["unit"]),
        "counted_from": date.fromisoformat(doc["first_counted_on"]),
        "plain_due_on": date.fromisoformat(doc["plain_due_on"]),
        "skipped": stretches(doc["skipped"]),
        "made_up": [{"on": date.fromisoformat(item["date"]), "reason": item["why"]} for item in doc["made_up"]],
        "pauses": [
            {
                "from_on": date.fromisoformat(item["from"]),
                "to_on": date.fromisoformat(item["to"]) if item["to"] else None,
                "days": item["left_out"],
                "reason": " ".join(filter(None, [listed(item["reasons"]), why_nothing_left_out(doc, item)])),
                "document": listed(item["documents"]),
            }
            for item in doc["pauses"]
        ],
        "extensions": [
            {
                "days": span(item["length"], item["unit"]),
                "new_due_on": date.fromisoformat(item["end_on"]),
                "reason": item["reason"],
                "document": item["document"],
            }
            for item in doc["extensions"]
        ],
        "roll": doc["roll"],
        "target_on": date.fromisoformat(doc["target_on"]) if doc["target_on"] != doc["due_on"] else None,
        "calendar": calendar_words(doc),
        "verified": doc["verified"],
        "note": " ".join(advice(doc)),
        "steps": list(steps(doc)),
    }
