"""The words of a written record: its frame and its variable parts to HTML; what is missing and what looks wrong. Reads only."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework import kinds
from casework.models import Docket
from core.labels import in_chinese
from notices import composing, content, rendering
from notices.record_forms import OF_THE_ACT, RecordForm
from notices.records import RecordKind

if TYPE_CHECKING:
    from datetime import date


def frame(kind: RecordKind, docket: Docket, on: "date", reason: str = "") -> dict[str, Any]:
    """What every written record carries besides its own words. `on`: the day it tells of; `reason`: what was wrong in the record
    whose place it takes."""
    party = docket.enterprise
    return {
        "agency": docket.department.acts_as.name_on(on),
        "title": kind.title,
        "number": docket.number or "",
        "cause": kinds.cause_of(docket),
        "party": {
            "name": party.name,
            "uscc": party.credit_code,
            "legal_representative": party.legal_representative,
            "address": party.address,
        }
        if party
        else {"name": "", "uscc": "", "legal_representative": "", "address": ""},
        "correction": reason.strip().rstrip("。；，") or None,
    }


def context(kind: RecordKind, docket: Docket, values: Mapping[str, Any], reason: str = "") -> dict[str, Any]:
    """All that the template of a complete record asks for."""
    with in_chinese():
        return frame(kind, docket, kind.dated(values), reason) | kind.context(docket, values)


def seen_as(docket: Docket) -> str:
    """What the record takes from the docket: nobody completes one on particulars that changed after he opened the page."""
    party = docket.enterprise
    known = [docket.number, docket.title, docket.department.acts_as.name]
    if party is not None:
        known += [party.name, party.credit_code, party.legal_representative, party.address]
    return content.fingerprint("record", {"known": known})


def draft_html(form: RecordForm) -> str:
    """A record as it would look, gaps visible. Raises RenderingFailed."""
    kind, docket = form.kind, form.docket
    form.is_valid()
    found = content.values_with_gaps(form, form.read)
    values = {name: value for name, value in found.items() if name not in OF_THE_ACT}
    with in_chinese():
        reason = str(found.get("correction_reason") or "")
        words = frame(kind, docket, kind.dated(values), reason) | kind.context(docket, values)
    return composing.compose(kind.template, words, _places(form), mark=composing.DRAFT).html


def _places(form: RecordForm) -> Callable[[list[str]], list[str]]:
    """Which fields of the form, or which facts of the register, hold a character: by their labels."""

    def named(characters: list[str]) -> list[str]:
        typed = content.typed(form)
        held = {str(form.fields[name].label): str(typed[name]) for name in typed}
        if (party := form.docket.enterprise) is not None:
            held[str(_("Party"))] = f"{party.name}{party.address}{party.legal_representative}"
        return [label for label, text in held.items() if any(character in text for character in characters)]

    return named


def missing(form: RecordForm) -> list[str]:
    """Whole sentences; empty when it can be completed: the form's fields, the rules of its kind, what cannot be printed."""
    if not form.is_valid():
        return [
            _("%(field)s: %(problem)s") % {"field": form.fields[name].label, "problem": problem}
            if name in form.fields
            else str(problem)
            for name, problems in form.errors.items()
            for problem in problems
        ]
    try:
        draft_html(form)
    except rendering.RenderingFailed as failure:
        return [str(failure)]
    return []


def doubts(form: RecordForm) -> list[str]:
    """What looks wrong in what was typed so far, in words."""
    return form.kind.warnings(form.docket, content.clean(form))
