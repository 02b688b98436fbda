"""What happened to an enterprise, a group or a row of reference data, as the timeline component wants it."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import models

from core import clock
from registry import editing
from registry.models import (
    Element,
    Enterprise,
    EnterpriseGroup,
    Facility,
    HsCode,
    ProcessLine,
    Product,
)
from trail import sentences
from trail.models import Event

_PARTS: Final[dict[str, type[models.Model]]] = {
    model._meta.model_name or "": model for model in (Facility, ProcessLine, Product)
}
_SUBJECTS: Final[dict[str, type[models.Model]]] = {
    model._meta.label_lower: model for model in (Enterprise, EnterpriseGroup, HsCode, Element)
}


def timeline(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as sentences, with what changed in the reader's language."""
    return [_told(event) for event in events]


def _told(event: Event) -> dict[str, Any]:
    facts = event.facts
    model = _PARTS.get(facts.get("part_type", "")) or _SUBJECTS[event.subject_type]
    return {
        "title": sentences.sentence(event.verb, event.subject_label, facts),
        "who": event.who,
        "acting_for": event.on_behalf_of,
        "at": clock.local(event.at),
        "reason": sentences.reason(facts),
        "basis": facts.get("basis", ""),
        "changes": _changes(model, facts.get("before", {}), facts.get("after", {})),
    }


def _changes(model: type[models.Model], before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "field": editing.label(model, name),
            "before": editing.words(model, name, before.get(name)),
            "after": editing.words(model, name, after.get(name)),
        }
        for name in dict.fromkeys([*before, *after])
    ]
