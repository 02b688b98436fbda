"""The variable parts of a notice: JSON as typed ↔ a bound form ↔ clean values, and what a preview shows for gaps."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms

from notices.fields import LinesField, RowsField
from trail.recording import canonical

# What the preview prints where nothing was typed yet. Never in an issued notice: contents are checked before.
GAP = "（待填写）"


def typed(form: forms.BaseForm) -> dict[str, Any]:
    """What was typed into a bound form, field by field, as JSON; wrong input is kept as it is."""
    return {
        name: plain(field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))
        for name, field in form.fields.items()
    }


def plain(value: Any) -> Any:
    """A value as JSON that the form's field reads back."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int | float):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return str(value)


def bound(form_class: type[forms.Form], content: Mapping[str, Any]) -> forms.Form:
    """The form with the stored content; `is_valid()` tells whether it is complete."""
    return form_class(data=dict(content))


def values(form: forms.Form) -> dict[str, Any]:
    """Clean values of a valid form."""
    if not form.is_valid():
        raise ValueError("the form is not valid")
    return dict(form.cleaned_data)


def clean(form: forms.Form) -> dict[str, Any]:
    """Clean values of the fields that have one."""
    form.is_valid()
    return dict(form.cleaned_data)


def values_with_gaps(form: forms.Form, cleaned: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Clean values where there are some; a visible gap for each required field that is missing or wrong. `cleaned`: where other
    values than those of the valid fields are to be shown."""
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {}) if cleaned is None else cleaned
    return {name: _shown(field, cleaned.get(name)) for name, field in form.fields.items()}


def _shown(field: forms.Field, value: Any) -> Any:
    if value is None and isinstance(field, LinesField | RowsField | forms.ModelMultipleChoiceField):
        value = []
    if value is None and isinstance(field, forms.CharField):
        value = ""
    if isinstance(field, forms.ModelChoiceField | forms.BooleanField):  # nothing to fill in: there is a choice, or none
        return value
    if value not in (None, "", []) or not field.required:
        return value
    if isinstance(field, LinesField):
        return [GAP]
    if isinstance(field, RowsField):
        return [{column.key: GAP for column in field.columns}]
    if isinstance(
        field, forms.DateField | forms.DateTimeField | forms.TimeField | forms.DecimalField | forms.IntegerField
    ):
        return ""
    return GAP


def fingerprint(kind: str, content: Mapping[str, Any]) -> str:
    """SHA-256 of the words of a draft: what an approver saw is what is issued."""
    return hashlib.sha256(canonical({"kind": kind, "content": dict(content)}).encode()).hexdigest()
