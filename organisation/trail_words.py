"""What an event keeps, in words: the names of its facts and of the fields it changed, and their values. Reads only."""

from collections.abc import Callable
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.labels import Label
from trail import sentences
from trail.models import Event

# Facts that events are told with, for the auditor; the name of a field of the record itself serves as well.
_FACTS: Final = {
    "about": gettext_lazy("About"),
    "campaign": gettext_lazy("Campaign"),
    "chain": gettext_lazy("Chain of measures"),
    "count": gettext_lazy("How many"),
    "disposal": gettext_lazy("How it was disposed of"),
    "disposed_on": gettext_lazy("Disposed of on"),
    "document_sha256": gettext_lazy("Fingerprint of the document"),
    "ending": gettext_lazy("How it ended"),
    "enterprises": gettext_lazy("Enterprises"),
    "filled_in": gettext_lazy("Filled in"),
    "instalments": gettext_lazy("Instalments"),
    "matter": gettext_lazy("Matter"),
    "matters": gettext_lazy("Matters"),
    "measures": gettext_lazy("Measures"),
    "notice": gettext_lazy("Document"),
    "proceeds": gettext_lazy("Proceeds"),
    "triggers": gettext_lazy("Triggers"),
    "volumes": gettext_lazy("Volumes"),
    "what": gettext_lazy("What happened"),
    "where": gettext_lazy("Where it was published"),
    "addressee": gettext_lazy("Addressee"),
    "attended_as": gettext_lazy("Capacity of the person present"),
    "attended_by": gettext_lazy("Present for the party"),
    "brand": gettext_lazy("Characters for document numbers"),
    "brand_from": gettext_lazy("New characters used from"),
    "bad": gettext_lazy("Rows with errors"),
    "began_at": gettext_lazy("Began at"),
    "certificate": gettext_lazy("Number of the enforcement certificate"),
    "cancelled_on": gettext_lazy("Cancelled on"),
    "code": gettext_lazy("Code"),
    "console": gettext_lazy("Account at the console"),
    "deputy": gettext_lazy("Deputy"),
    "deputy_id": gettext_lazy("Key of the deputy"),
    "document": gettext_lazy("Document"),
    "due_on": gettext_lazy("Due on"),
    "ended_at": gettext_lazy("Ended at"),
    "ends_on": gettext_lazy("Last day"),
    "event": gettext_lazy("Event"),
    "excluding": gettext_lazy("Matters with duties that exclude each other"),
    "fact": gettext_lazy("Fact"),
    "failure": gettext_lazy("Why it failed"),
    "dated": gettext_lazy("Day of the document"),
    "file_order": gettext_lazy("Place in the case file"),
    "form": gettext_lazy("What the form says"),
    "findings": gettext_lazy("What was found"),
    "from_on": gettext_lazy("From"),
    "inspected_on": gettext_lazy("Day of the inspection"),
    "inspectors": gettext_lazy("Inspectors"),
    "is_done": gettext_lazy("Done"),
    "job": gettext_lazy("Key of the job"),
    "kind": gettext_lazy("Kind"),
    "label": gettext_lazy("Name"),
    "lead": gettext_lazy("Lead"),
    "length": gettext_lazy("Length"),
    "mentioned": gettext_lazy("Who was mentioned"),
    "method": gettext_lazy("Method"),
    "number": gettext_lazy("Document number"),
    "officer": gettext_lazy("Officer"),
    "met_on": gettext_lazy("Met on"),
    "on": gettext_lazy("Day"),
    "part": gettext_lazy("Part"),
    "part_id": gettext_lazy("Key of the part"),
    "part_type": gettext_lazy("Type of the part"),
    "place": gettext_lazy("Place"),
    "provisional": gettext_lazy("Provisional"),
    "reason_code": gettext_lazy("Code of the reason"),
    "recipient": gettext_lazy("Recipient"),
    "remark": gettext_lazy("Remark"),
    "role": gettext_lazy("Code of the role"),
    "role_name": gettext_lazy("Role"),
    "rows": gettext_lazy("Number of rows"),
    "served_on": gettext_lazy("Served on"),
    "sha256": gettext_lazy("SHA-256"),
    "size_bytes": gettext_lazy("Size in bytes"),
    "step": gettext_lazy("Key of the step"),
    "stage": gettext_lazy("Stage"),
    "started_on": gettext_lazy("Began on"),
    "starts_on": gettext_lazy("First day"),
    "target_on": gettext_lazy("Target"),
    "to_on": gettext_lazy("Last day not counted"),
    "template": gettext_lazy("Template"),
    "title": gettext_lazy("Title"),
    "told": gettext_lazy("Who was told"),
    "unit": gettext_lazy("Unit"),
    "version": gettext_lazy("Version number"),
    "created": gettext_lazy("New rows"),
    "days": gettext_lazy("Days entered"),
    "edition": gettext_lazy("Edition"),
    "effective_on": gettext_lazy("Takes effect on"),
    "former": gettext_lazy("Former name or code"),
    "late": gettext_lazy("After its end"),
    "left": gettext_lazy("Recovery codes left"),
    "left_open": gettext_lazy("Matters left open"),
    "left_out": gettext_lazy("Rows left out"),
    "mode": gettext_lazy("Mode"),
    "moved": gettext_lazy("Periods whose end moved"),
    "order_sha256": gettext_lazy("Fingerprint of the order"),
    "page": gettext_lazy("List"),
    "rule": gettext_lazy("Rule"),
    "second_factor": gettext_lazy("Second factor"),
    "supersedes": gettext_lazy("Document it answers"),
    "updated": gettext_lazy("Changed rows"),
    "year": gettext_lazy("Year"),
}


# Name of a field that is kept inside another (the content of a document) → its label; None when it is not known.
Namer = Callable[[str], Label | None]
_namers: dict[str, Namer] = {}


def name_fields(subject_type: str, namer: Namer) -> None:
    """An upper floor names what its records keep beside their columns."""
    _namers[subject_type] = namer


def changes(event: Event) -> list[dict[str, str]]:
    """What an event changed, field by field, in words; what it names and left as it was is left out."""
    before, after = event.facts.get("before") or {}, event.facts.get("after") or {}
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [
        {
            "field": _label(event.subject_type, name),
            "before": _in_words(event.subject_type, name, before.get(name)),
            "after": _in_words(event.subject_type, name, after.get(name)),
        }
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


def fact(event: Event, name: str) -> dict[str, str]:
    """One fact of an event: its label and its value."""
    label = str(_FACTS[name]) if name in _FACTS else _label(event.subject_type, name)
    return {"label": label, "value": _in_words(event.subject_type, name, sentences.fact(name, event.facts[name]))}


def _label(subject_type: str, name: str) -> str:
    if (namer := _namers.get(subject_type)) and (label := namer(name)):
        return str(label)
    field = _field(subject_type, name)
    # A column that nobody named is called after itself by Django: then the word for such a fact says more.
    if field is not None and field.concrete and field.verbose_name != field.name.replace("_", " "):
        return str(field.verbose_name)
    return str(_FACTS.get(name, name))


def _field(subject_type: str, name: str) -> Any:
    try:
        return apps.get_model(subject_type)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist, ValueError):
        return None


def _in_words(subject_type: str, name: str, value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return _("yes") if value else _("no")
        case list() | dict():
            # Lines, or rows of a table: one after the other, the cells of a row together.
            parts = value.values() if isinstance(value, dict) else value
            words = [_in_words(subject_type, name, part) for part in parts]
            return ("、" if isinstance(value, dict) else "；").join(word for word in words if word)
        case _:
            choices = dict(getattr(_field(subject_type, name), "flatchoices", None) or ())
            return str(choices.get(value, value))
