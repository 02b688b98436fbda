"""Shapes of input on rectification cases."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import statutes
from casework.models import Docket, Provision, Violation
from core import clock
from enforcement.inspections.forms import certified_colleagues, day
from enforcement.leads.forms import offer
from enforcement.rectification import selectors
from enforcement.rectification.models import Reinspection
from organisation.models import Officer


class OpenCaseForm(forms.Form):
    """Two officers who may sign; a head, who handles no cases himself, names both."""

    officer = forms.ModelChoiceField(
        label=_("Case officer"),
        queryset=Officer.objects.none(),
        help_text=_("You open the case and do not handle it yourself: name who leads it."),
    )
    co_officer = forms.ModelChoiceField(
        label=_("Second officer"),
        queryset=Officer.objects.none(),
        help_text=_("Two officers with valid certificates handle and sign a case (行政处罚法第四十二条)."),
    )

    def __init__(self, *args: Any, by: Officer, docket: Docket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = (by.department, docket.department)
        offered: Any = self.fields["co_officer"]
        offered.queryset = selectors.signatories(*near)
        if selectors.may_lead(by):
            offered.queryset = offered.queryset.exclude(pk=by.pk)
            del self.fields["officer"]
        else:
            self.fields["officer"].queryset = selectors.leaders(*near)  # type: ignore[attr-defined]


class CaseForm(forms.Form):
    violation = forms.ModelChoiceField(
        label=_("Violation and legal basis"),
        queryset=Violation.objects.none(),
        help_text=_("A provision in force at any time since the act (行政处罚法第三十七条)."),
    )
    facts = forms.CharField(label=_("Facts found"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    requirements = forms.CharField(
        label=_("What must be rectified"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One requirement per line."),
    )
    rectification_days = forms.IntegerField(
        label=_("Period for rectification (calendar days)"),
        min_value=0,
        max_value=365,
        initial=30,
        help_text=_("The longest the order sets; 0: at once."),
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

    def __init__(self, *args: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["violation"], Violation.objects.valid_between(since, clock.today()))
        source: Any = self.fields["policy_source"]
        offered = statutes.policy_sources()
        source.queryset = Provision.objects.filter(pk__in=[pk for _document, rows in offered for pk, _label in rows])
        source.choices = [("", "---------"), *offered]


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

    correction = forms.CharField(
        label=_("Why the record is corrected"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The first record is kept and marked."),
    )

    def __init__(self, *args: Any, by: Officer, former: Reinspection | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inspectors = self.fields["inspectors"]
        inspectors.queryset = certified_colleagues(by)  # type: ignore[attr-defined]
        inspectors.label_from_instance = lambda o: f"{o.name}（{o.certificate_number}）"  # type: ignore[attr-defined]
        self.initial.setdefault("inspectors", [by.pk])
        if former is None:
            del self.fields["correction"]
            return
        self.initial.update(
            inspected_on=former.inspected_on,
            inspectors=[officer.pk for officer in former.inspectors.all()],
            is_done="yes" if former.is_done else "no",
            findings=former.findings,
        )


class CloseForm(forms.Form):
    """Closing cannot be undone with a click: the word is typed."""

    confirmation = forms.CharField(label=_("Type 结案 to confirm"), max_length=10)

    def clean_confirmation(self) -> str:
        if self.cleaned_data["confirmation"].strip() != "结案":
            raise forms.ValidationError(_("Type 结案."))
        return "结案"
