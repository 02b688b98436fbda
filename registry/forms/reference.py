"""Forms about reference data."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.editing import Conflict
from registry.forms.base import FactsForm
from registry.models import Element, HsCode
from registry.words import provenance, provenance_kept

_VERIFIED_HELP = _("Tick after comparing the row with the source named. Until then it is shown as unverified.")


class SourcedForm(FactsForm):
    """A source is read and written in the officer's language; its set phrases are kept in one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source := self.initial.get("source"):
            self.initial["source"] = provenance(source)

    def clean_source(self) -> str:
        typed, kept = self.cleaned_data["source"], self.instance.source
        return kept if typed == provenance(kept) else provenance_kept(typed)

    def show(self, conflict: Conflict) -> None:
        super().show(_in_words(conflict))

    def _again(self, cleaned: dict[str, Any]) -> Conflict:
        return _in_words(super()._again(cleaned))


def _in_words(conflict: Conflict) -> Conflict:
    conflict.differences = [
        replace(one, theirs=provenance(one.theirs), mine=provenance(one.mine)) if one.name == "source" else one
        for one in conflict.differences
    ]
    return conflict


class HsCodeForm(SourcedForm):
    is_verified = forms.BooleanField(label=_("Checked against the source"), required=False, help_text=_VERIFIED_HELP)

    class Meta:
        model = HsCode
        fields = [
            "code",
            "name",
            "category",
            "is_primary_product",
            "primary_form",
            "medium_heavy",
            "valid_from",
            "valid_to",
            "tariff_note",
            "supervision_condition",
            "note",
            "source",
            "is_verified",
        ]


class ElementForm(SourcedForm):
    is_verified = forms.BooleanField(label=_("Checked against the source"), required=False, help_text=_VERIFIED_HELP)

    class Meta:
        model = Element
        fields = ["counts_as_medium_heavy", "export_control", "note", "source", "is_verified"]
