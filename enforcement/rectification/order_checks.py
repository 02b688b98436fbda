"""What looks wrong in a draft order though nothing is missing: it refuses nothing, and whoever drafts or decides has to look at it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework import statutes
from enforcement.rectification import agreement, phrases

if TYPE_CHECKING:
    from notices.models import Notice
    from organisation.models import Department


def warnings(notice: "Notice", agency: "Department") -> list[str]:
    """In whole sentences."""
    case, words = notice.docket.rectification_case, notice.content
    return [
        # Said now, not first when it is signed.
        *agreement.differences(requirements=case.requirements, days=case.rectification_days, content=words),
        *agreement.other_facts(facts=case.facts, content=words),
        *violated(words),
        *articles(words),
        *_periods(words),
        *reconsideration(words, agency),
    ]


def _rows(words: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    yield from enumerate(words.get(name) or [], start=1)


def violated(words: Mapping[str, Any]) -> Iterator[str]:
    for place, row in _rows(words, "violated"):
        if row.get("article", "").strip() and not row.get("content", "").strip():
            yield _("Provision violated no. %(place)d: what it demands is left empty.") % {"place": place}


def articles(words: Mapping[str, Any]) -> Iterator[str]:
    """Articles of known instruments that the statute book does not hold. It holds those that something rests on, not all."""
    cited = [
        (phrases.title(row.get("instrument", "")), row.get("article", "").strip())
        for name in ("violated", "basis")
        for _place, row in _rows(words, name)
    ]
    for title, article in statutes.lacking(cited):
        yield _(
            "The statute book knows 《%(title)s》 but not its “%(article)s”. It does not hold every article: compare with the text of the instrument."
        ) % {"title": title, "article": article}


def _periods(words: Mapping[str, Any]) -> Iterator[str]:
    for place, row in _rows(words, "requirements"):
        within = row.get("within", "")
        if twice := phrases.period_named_twice(phrases.requirement(within, row.get("text", ""))):
            yield _(
                "Requirement no. %(place)d names a period of its own (“%(twice)s”) beside “%(within)s”: keep one of them."
            ) % {"place": place, "twice": twice, "within": within}


def reconsideration(words: Mapping[str, Any], agency: "Department") -> Iterator[str]:
    typed, proposed = str(words.get("reconsideration_body", "")).strip(), agency.reconsidered_by
    if typed and proposed and typed != proposed:
        yield _("Reconsideration by “%(typed)s”: the portal proposed “%(proposed)s”. Check which body it is.") % {
            "typed": typed,
            "proposed": proposed,
        }
