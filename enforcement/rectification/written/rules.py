"""What the law refuses in written records, each fault at its field. Pure; what is not known is None, and nothing is said of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from core import clock
from core.errors import Fault
from enforcement.inspections import visit_rules

LEADERS_AT_LEAST: Final = 2
AGENTS_AT_MOST: Final = 2  # 行政处罚法第六十四条第五项
LONGEST: Final = timedelta(hours=24)


def of_officers(
    officers: Iterable[Any] | None, at: date | datetime | None, *, named: str = "officers"
) -> Iterator[Fault]:
    """行政处罚法第四十二条: at least two, each with a certificate that was valid on the day."""
    if officers is None:
        return
    chosen = list(officers)
    yield from visit_rules.of_number(chosen, named=named)
    yield from visit_rules.of_certificates(chosen, _day(at), named=named)


def of_end(began: datetime | None, ended: datetime | None, *, named: str = "ended") -> Iterator[Fault]:
    if began is None or ended is None:
        return
    if ended <= began:
        yield named, _("It ends before it begins.")
    elif ended - began > LONGEST:
        yield named, _("It lasts longer than a day: check both times.")


def of_recorder(officers: Iterable[Any] | None, recorder: Any, *, named: str = "recorder") -> Iterator[Fault]:
    """Who writes the record was there, as one of the two."""
    if officers is not None and recorder is not None and recorder not in list(officers):
        yield named, _("Who writes the record down is one of the officers who were there.")


def of_recusal(is_asked: bool | None, reason: str | None, *, named: str = "recusal_reason") -> Iterator[Fault]:
    """行政处罚法第四十三条: the request is recorded with its reason; until it is decided the investigation goes on."""
    if is_asked and not (reason or "").strip():
        yield named, _("Record why recusal was asked for (行政处罚法第四十三条).")


def of_policy_alone(basis: Sequence[Mapping[str, str]] | None, marks: Iterable[str], *, named: str) -> Iterator[Fault]:
    """行政处罚法第十六条: a policy document establishes no penalty; a statute is cited."""
    if not basis:
        return
    marks = tuple(marks)
    if all(any(mark in row["instrument"] for mark in marks) for row in basis):
        yield named, _("Only policy documents are cited: name the law, regulation or rule (行政处罚法第十六条).")


def of_leaders(leaders: Sequence[Mapping[str, str]] | None, chair: str | None) -> Iterator[Fault]:
    """行政处罚法第五十七条第二款: the heads of the authority decide together; one of them takes the chair."""
    if leaders is None:
        return
    names = [row["name"] for row in leaders]
    if len(set(names)) < LEADERS_AT_LEAST:
        yield "leaders", _("At least two heads of the authority decide together (行政处罚法第五十七条第二款).")
    if len(set(names)) < len(names):
        yield "leaders", _("Somebody is named twice.")
    if chair and names and chair not in names:
        yield "chair", _("One of the heads who decide takes the chair: name him among them.")


def of_opinions(
    leaders: Sequence[Mapping[str, str]] | None, opinions: Sequence[Mapping[str, str]] | None
) -> Iterator[Fault]:
    """The opinion of each who decides is on record, the dissenting ones too."""
    if leaders is None or opinions is None:
        return
    said = {row["name"] for row in opinions}
    silent = [row["name"] for row in leaders if row["name"] not in said]
    if silent:
        yield "opinions", _("The opinion is missing of: %(names)s.") % {"names": "、".join(silent)}


def of_absent(
    leaders: Sequence[Mapping[str, str]] | None, absent: Sequence[Mapping[str, str]] | None
) -> Iterator[Fault]:
    if leaders is None or absent is None:
        return
    both = [row["name"] for row in absent if row["name"] in {one["name"] for one in leaders}]
    if both:
        yield "absent", _("Named as present and as absent: %(names)s.") % {"names": "、".join(both)}


def of_host(host: Any, investigators: Iterable[Any], *, named: str = "host") -> Iterator[Fault]:
    """行政处罚法第六十四条第四项."""
    if host is not None and host in list(investigators):
        words = _("%(officer)s investigates this case, or inspected what it came from: a hearing is held by somebody who did not (行政处罚法第六十四条第四项).")  # fmt: skip
        yield named, words % {"officer": host.name}


def of_agents(agents: Sequence[Any] | None, *, named: str = "agents") -> Iterator[Fault]:
    if agents is not None and len(agents) > AGENTS_AT_MOST:
        yield named, _("A party is represented by one or two agents (行政处罚法第六十四条第五项).")


def of_heavier(before: Decimal | None, after: Decimal | None, *, named: str) -> Iterator[Fault]:
    """行政处罚法第四十五条第二款."""
    if before is not None and after is not None and after > before:
        yield named, _("No heavier penalty may be imposed because the party argued (行政处罚法第四十五条第二款).")


def one_of(
    rows: Sequence[Mapping[str, str]] | None, column: str, allowed: Sequence[str], *, named: str
) -> Iterator[Fault]:
    """A column that holds one of a few words."""
    for number, row in enumerate(rows or [], start=1):
        if row[column] not in allowed:
            facts = {"row": number, "words": "、".join(allowed)}
            yield named, _("Row %(row)s: write one of %(words)s.") % facts


def _day(at: date | datetime | None) -> date | None:
    return clock.local(at).date() if isinstance(at, datetime) else at


def of_handover(ended: datetime | None, handed_at: datetime | None, *, named: str) -> Iterator[Fault]:
    if ended is not None and handed_at is not None and handed_at < ended:
        yield named, _("Handed over before it was taken.")


def each_once(rows: Sequence[Mapping[str, str]] | None, column: str, *, named: str) -> Iterator[Fault]:
    """A number that names one thing names no second."""
    texts = [row[column] for row in rows or []]
    twice = dict.fromkeys(text for text in texts if texts.count(text) > 1)
    if twice:
        yield named, _("Named twice: %(names)s.") % {"names": "、".join(twice)}
