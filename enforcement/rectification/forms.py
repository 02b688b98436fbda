"""Shapes of input on rectification cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import InstrumentNature, Provision
from core import clock
from enforcement.inspections.forms import certified_colleagues, day
from organisation.models import Officer


class OpenCaseForm(forms.Form):
    co_officer = forms.ModelChoiceField(
        label=_("Second officer"),
        queryset=Officer.objects.none(),
        help_text=_("Two officers handle a case (行政处罚法第四十二条). You are the first."),
    )

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["co_officer"].queryset = certified_colleagues(by).exclude(pk=by.pk)  # type: ignore[attr-defined]


class CaseForm(forms.Form):
    facts = forms.CharField(label=_("Facts found"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    requirements = forms.CharField(
        label=_("What must be rectified"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One requirement per line."),
    )
    rectification_days = forms.IntegerField(
        label=_("Period for rectification (calendar days)"), min_value=1, max_value=365, initial=30
    )
    policy_source = forms.ModelChoiceField(
        label=_("Policy source"),
        required=False,
        queryset=Provision.objects.none(),
        help_text=_("Why the authority acts. The legal basis is a statute and is named by the violation."),
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), _("This form is damaged. Open the page again.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy_source"].queryset = (  # type: ignore[attr-defined]
            Provision.objects.filter(instrument__nature=InstrumentNature.POLICY)
            .select_related("instrument")
            .order_by("id")
        )


class OpinionForm(forms.Form):
    reason = forms.CharField(label=_("Opinion"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ReinspectionForm(forms.Form):
    inspected_on = day(label=_("Day of the re-inspection"), initial=clock.today)
    inspectors = forms.ModelMultipleChoiceField(
        label=_("Inspectors"),
        queryset=Officer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two with valid certificates (行政处罚法第四十二条)."),
    )
    is_done = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("yes", _("Rectified")), ("no", _("Not rectified"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    findings = forms.CharField(label=_("What was found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inspectors = self.fields["inspectors"]
        inspectors.queryset = certified_colleagues(by)  # type: ignore[attr-defined]
        inspectors.label_from_instance = lambda o: f"{o.name}（{o.certificate_number}）"  # type: ignore[attr-defined]
        self.initial.setdefault("inspectors", [by.pk])


class CloseForm(forms.Form):
    """Closing cannot be undone with a click: the word is typed."""

    confirmation = forms.CharField(label=_("Type 结案 to confirm"), max_length=10)

    def clean_confirmation(self) -> str:
        if self.cleaned_data["confirmation"].strip() != "结案":
            raise forms.ValidationError(_("Type 结案."))
        return "结案"
