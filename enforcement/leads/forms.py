"""Shapes of input on leads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Violation
from core import clock
from enforcement.leads.models import Origin
from organisation.models import Officer
from registry.models import Enterprise


class LeadForm(forms.Form):
    enterprise = forms.ModelChoiceField(label=_("Enterprise"), queryset=Enterprise.objects.none())
    origin = forms.ChoiceField(
        label=_("Origin"), choices=[(o.value, o.label) for o in Origin if o not in {Origin.INSPECTION, Origin.RULE}]
    )
    violation = forms.ModelChoiceField(label=_("Suspected violation"), queryset=Violation.objects.none())
    facts = forms.CharField(label=_("Facts"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=clock.today
    )

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = Enterprise.objects.visible_to(by)  # type: ignore[attr-defined]
        violation = self.fields["violation"]
        violation.queryset = Violation.objects.valid_on(clock.today()).order_by("code")  # type: ignore[attr-defined]
        violation.label_from_instance = lambda v: f"{v.name}（{v.legal_basis}）"  # type: ignore[attr-defined]
