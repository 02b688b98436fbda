"""Shapes of input on dockets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Confidentiality, Docket, EvidenceKind
from core import clock, uploads
from core.fields import CheckedFiles, HappenedAt
from organisation.models import Officer
from organisation.selectors import handling_cases


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Add a note (@ calls a colleague)"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class EvidenceForm(forms.Form):
    file = CheckedFiles(
        label=_("File"),
        help_text=_("Several may be chosen: each becomes a piece of evidence of its own, named with a number."),
    )
    # Not preselected: what a photograph proves by decides its kind, and only the officer knows that.
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", "---------"), *EvidenceKind.choices],
        help_text=_(
            "A photograph or recording of the scene is commonly audio-visual material; a photograph of a document is a copy "
            "of documentary evidence, one of an object a copy of physical evidence (行政处罚法第四十六条)."
        ),
    )
    title = forms.CharField(label=_("Name"), max_length=120)
    proves = forms.CharField(label=_("What it proves"), max_length=300)
    made_by = forms.CharField(label=_("Made by"), max_length=80)
    made_at = HappenedAt(
        label=_("Made at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    place = forms.CharField(label=_("Place"), max_length=200)

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        if not self.is_bound:
            self.initial.setdefault("made_at", clock.local(clock.now()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.too_large:
            self.errors.pop("file", None)
            self.add_error("file", uploads.too_large())
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ConfidentialityForm(ReasonForm):
    """Says itself what it asks for: sent after a colleague has done the same, it does not do the opposite."""

    to = forms.ChoiceField(choices=Confidentiality.choices, widget=forms.HiddenInput)


class ShareForm(forms.Form):
    officer = forms.ModelChoiceField(label=_("Officer"), queryset=Officer.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=200)
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: until taken back."),
    )

    def __init__(self, *args: Any, docket: Docket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Officer.objects.all()
        if docket.confidentiality == Confidentiality.INTERNAL:
            others = others.exclude(department=docket.department)  # they see it anyhow
        colleagues = handling_cases(others)
        field: Any = self.fields["officer"]
        field.queryset = colleagues.order_by("department__path", "username")
        field.label_from_instance = lambda officer: f"{officer.name}（{officer.department.short_name}）"
