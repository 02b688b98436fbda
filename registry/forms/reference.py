"""Forms about reference data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.base import FactsForm
from registry.models import Element, HsCode

_VERIFIED_HELP = _("Tick after comparing the row with the source named. Until then it is shown as unverified.")


class HsCodeForm(FactsForm):
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


class ElementForm(FactsForm):
    is_verified = forms.BooleanField(label=_("Checked against the source"), required=False, help_text=_VERIFIED_HELP)

    class Meta:
        model = Element
        fields = ["counts_as_medium_heavy", "export_control", "note", "source", "is_verified"]
