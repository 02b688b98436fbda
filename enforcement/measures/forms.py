"""Shape of what officers type about measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import HappenedOn
from enforcement.measures.models import Measure


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
        field.choices = [(one.code, f"{one.label}（{one.basis}）") for one in measure.possible()]  # type: ignore[attr-defined]
