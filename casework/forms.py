"""Shapes of input on dockets."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import evidence_facts
from casework.models import Confidentiality, Custody, Docket, Evidence, EvidenceKind
from core import clock, uploads
from core.errors import say_all
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
        self.fields.update({name: field for kind in EvidenceKind for name, field in fact_fields(kind).items()})
        self.too_large = too_large
        if not self.is_bound:
            self.initial.setdefault("made_at", clock.local(clock.now()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.too_large:
            self.errors.pop("file", None)
            self.add_error("file", uploads.too_large())
        kind = cleaned.get("kind", "")
        facts = facts_in(cleaned, kind)
        if kind:
            say_all(self, evidence_facts.faults(kind, facts))
        return {name: value for name, value in cleaned.items() if name in self.base_fields} | {"facts": facts}

    def of_kinds(self) -> list[dict[str, Any]]:
        """The facts of each kind: {kind, label, fields}. Only those of the kind that was chosen are kept."""
        return [
            {"kind": kind.value, "label": kind.label, "fields": [self[name] for name in fact_fields(kind)]}
            for kind in EvidenceKind
        ]


def fact_fields(kind: str, known: Collection[str] = ()) -> dict[str, forms.Field]:
    """Fields that ask for the facts of a kind, but for those already known. Which of them are required is said by the table."""
    return {
        evidence_facts.field_name(kind, fact): _fact_field(asked)
        for fact, asked in evidence_facts.asked_of(kind).items()
        if fact not in known
    }


def _fact_field(asked: evidence_facts.Asked) -> forms.Field:
    words: dict[str, Any] = {"label": asked.label, "help_text": asked.help}
    if asked.choices:
        choices = [("", "---------"), *asked.choices]
        return forms.ChoiceField(choices=choices, required=False, **words)
    return forms.CharField(max_length=asked.length, required=False, **words)


def facts_in(cleaned: dict[str, Any], kind: str) -> dict[str, str]:
    """What a form says of the facts of a kind."""
    found = {fact: cleaned.get(evidence_facts.field_name(kind, fact), "") for fact in evidence_facts.asked_of(kind)}
    return {fact: value for fact, value in found.items() if value}


class FactsForm(forms.Form):
    """What a piece of evidence does not say yet."""

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.evidence = evidence
        self.fields.update(fact_fields(evidence.kind, known=evidence.facts))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        facts = facts_in(cleaned, self.evidence.kind)
        say_all(self, evidence_facts.faults(self.evidence.kind, self.evidence.facts | facts))
        return {"facts": facts}


class CustodyForm(forms.Form):
    handed_by = forms.CharField(label=_("Handed over by"), max_length=80)
    received_by = forms.CharField(label=_("Received by"), max_length=80)
    at = HappenedAt(
        label=_("Time of the hand-over"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=200,
        help_text=_("For example: kept, sent for appraisal, returned to its holder."),
    )
    condition = forms.CharField(
        label=_("Condition, and state of the seal"),
        max_length=200,
        help_text=_("For example: seal no. 12 unbroken; no seal; a corner torn."),
    )
    corrects = forms.ModelChoiceField(
        label=_("Corrects this entry"),
        queryset=Custody.objects.none(),
        required=False,
        help_text=_("Only where an entry was wrong: it stays on record, marked as corrected."),
    )
    correction_reason = forms.CharField(label=_("What was wrong"), max_length=300, required=False)

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["corrects"].queryset = evidence.custody.filter(corrected_by=None)  # type: ignore[attr-defined]
        last = evidence.custody.filter(corrected_by=None).last()
        if not self.is_bound:
            self.initial.setdefault("at", clock.local(clock.now()))
            self.initial.setdefault("handed_by", last.received_by if last else evidence.made_by)


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
