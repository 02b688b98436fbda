"""Shape of what officers type about measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import HappenedOn
from enforcement.measures import chains
from enforcement.measures.chains import Chain
from enforcement.measures.models import ChildMeasure, Measure, Result
from enforcement.measures.selectors import receivers
from organisation.models import Department, Officer


class RecordForm(forms.Form):
    what = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = HappenedOn(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label=_("By which paper it is known, or what was found"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        field.choices = [(one.code, one.label) for one in measure.possible()]  # type: ignore[attr-defined]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LayOutForm(forms.Form):
    chain = forms.ChoiceField(label=_("Chain of measures"), choices=Chain.choices, widget=forms.RadioSelect)
    triggers = forms.MultipleChoiceField(
        label=_("Triggers found"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only of the chain “Protection of the environment”: it decides which measures follow (苏政发〔2012〕6号)."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["triggers"].choices = [(one.code, chains.TRIGGERS[one.code]) for one in chains.triggers()]  # type: ignore[attr-defined]


class ChildMeasureForm(forms.Form):
    """What is asked of whom, by when, resting on what; `version` is the one the officer opened."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department responsible"), required=False)
    task = forms.CharField(label=_("Task"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label=_("Result due on"), required=False, widget=_day())
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=200,
        required=False,
        help_text=_(
            "The article of a law, regulation or rule; the policy source alone founds no penalty and no revocation."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acting = Department.objects.filter(is_internal=False, abolished_on=None).order_by("path")
        self.fields["department"].queryset = acting  # type: ignore[attr-defined]


class SendForm(forms.Form):
    officers = forms.ModelMultipleChoiceField(
        Officer.objects.none(), label=_("Received by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    letter = forms.CharField(
        label=_("Number of the letter"),
        max_length=60,
        required=False,
        help_text=_(
            "Where the department does not use the portal: the issued letter of this case by which it is asked."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, measure: ChildMeasure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = receivers(measure)
        self.fields["officers"].queryset = found  # type: ignore[attr-defined]
        self.initial.setdefault("officers", list(found))
        self.initial["version"] = measure.version
        if measure.is_outside:
            del self.fields["officers"]
        else:
            del self.fields["letter"]


class FeedbackForm(forms.Form):
    result = forms.ChoiceField(label=_("Result"), choices=Result.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    document = forms.CharField(label=_("Document that shows it"), max_length=120)
    on = HappenedOn(label=_("Day of the result"), widget=_day())
