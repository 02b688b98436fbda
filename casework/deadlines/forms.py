"""Shapes of input on deadlines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.deadlines import limits, periods
from casework.deadlines.reckoning import ruling
from casework.models import Deadline, Pause, Unit
from core import clock
from organisation.forms import DateInput


class PauseForm(forms.Form):
    reason_code = forms.ChoiceField(label=_("Why the time does not count"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    document = forms.CharField(
        label=_("Document"),
        max_length=120,
        help_text=_("Number of the document that says so, such as 常环听通〔2026〕3号."),
    )
    from_on = forms.DateField(label=_("First day not counted"), widget=DateInput())

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = limits.reasons_of(ruling(deadline), deadline.actor_side)
        self.fields["reason_code"].choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]
        self.fields["from_on"].initial = clock.today


class ResumeForm(forms.Form):
    to_on = forms.DateField(
        label=_("Last day not counted"), widget=DateInput(), help_text=_("The clock runs again on the day after.")
    )
    reason = forms.CharField(
        label=_("Why the clock runs again"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    document = forms.CharField(
        label=_("Document"), max_length=120, required=False, help_text=_("Its number, where a document says so.")
    )

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_on"].initial = clock.today


class ExtendForm(forms.Form):
    length = forms.IntegerField(label=_("Extended by"), min_value=1)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    document = forms.CharField(
        label=_("Document"), max_length=120, help_text=_("Number of the document that grants it.")
    )

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].initial = deadline.unit
        if (rule := ruling(deadline)) is not None:
            self.fields["length"].help_text = rule.extension
            already = deadline.extensions.standing().count()
            own = limits.unit_of_extension(rule, already)
            self.fields["unit"].choices = [(own, Unit(own).label)]  # type: ignore[attr-defined]
            self.fields["unit"].initial = own


class CorrectionForm(forms.Form):
    """Why what was recorded is wrong."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class CorrectPauseForm(forms.Form):
    from_on = forms.DateField(label=_("First day not counted"), widget=DateInput())
    to_on = forms.DateField(
        label=_("Last day not counted"),
        required=False,
        widget=DateInput(),
        help_text=_("Leave empty while the clock is still stopped."),
    )
    document = forms.CharField(label=_("Document"), max_length=120)
    reason = forms.CharField(label=_("What was wrong"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, pause: Pause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"from_on": pause.from_on, "to_on": pause.to_on, "document": pause.document}


class DayForm(forms.Form):
    on = forms.DateField(label=_("As on"), widget=DateInput())


class TryForm(forms.Form):
    """Try a date on a rule: nothing is stored."""

    start = forms.DateField(label=_("Day of the event"), widget=DateInput())
    pause_from = forms.DateField(label=_("Not counted from"), required=False, widget=DateInput())
    pause_to = forms.DateField(label=_("Not counted until"), required=False, widget=DateInput())
    extension = forms.IntegerField(label=_("Extended by (days)"), required=False, min_value=1, max_value=365)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("pause_from"), cleaned.get("pause_to")
        if last and not first:
            self.add_error("pause_from", _("Say from when the time does not count."))
        if first and last and last < first:
            self.add_error("pause_to", _("The pause ends before it starts."))
        return cleaned

    def pauses(self) -> list[periods.PauseSpan]:
        first = self.cleaned_data.get("pause_from")
        return [periods.PauseSpan(first, self.cleaned_data.get("pause_to"))] if first else []

    def extensions(self, unit: str) -> list[periods.ExtensionSpan]:
        length = self.cleaned_data.get("extension")
        default: periods.Unit = "working_day" if unit == "working_day" else "calendar_day"
        return [periods.ExtensionSpan(length, default)] if length else []
