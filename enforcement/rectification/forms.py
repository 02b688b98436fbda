"""Shapes of input on rectification cases."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import statutes, turns
from casework.models import Docket, Provision, Violation
from core import clock
from core.errors import Fault, say_all
from enforcement.inspections.forms import day, hour
from enforcement.leads.forms import offer
from enforcement.rectification import look_rules, selectors
from enforcement.rectification.models import RectificationCase, Reinspection
from organisation.forms import OwnPasswordForm
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
        help_text=_("One requirement per line, without numbers: the order numbers them."),
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


def _offer_inspectors(field: Any, docket: Docket, *named: Officer) -> None:
    """Those who may re-inspect and sign there, and those on record already."""
    offered = selectors.inspectors(docket.department).values("pk")
    field.queryset = Officer.objects.filter(Q(pk__in=offered) | Q(pk__in=[officer.pk for officer in named])).order_by(
        "username"
    )
    field.label_from_instance = lambda o: f"{o.name}（{o.certificate_number}）"


class CallReinspectionForm(forms.Form):
    inspectors = forms.ModelMultipleChoiceField(
        label=_("Inspectors of the re-inspection"),
        queryset=Officer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "At least two with valid certificates (行政处罚法第四十二条). They are told, and find it among their tasks."
        ),
    )

    def __init__(self, *args: Any, by: Officer, docket: Docket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_inspectors(self.fields["inspectors"], docket)
        self.initial.setdefault("inspectors", [by.pk])


ALL_DONE = "-"  # no requirement of an order


class ReinspectionForm(forms.Form):
    inspected_on = day(label=_("Day of the re-inspection"), initial=clock.today)
    began_at = hour(label=_("Began at"))
    ended_at = hour(label=_("Ended at"))
    place = forms.CharField(label=_("Place"), max_length=200)
    attended_by = forms.CharField(
        label=_("Person present"),
        max_length=80,
        required=False,
        help_text=_("Leave it empty when nobody of the party was there."),
    )
    attended_as = forms.CharField(
        label=_("Capacity of the person present"),
        max_length=80,
        required=False,
        help_text=_("For example: head of the workshop."),
    )
    inspectors = forms.ModelMultipleChoiceField(
        label=_("Inspectors of the re-inspection"),
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
    open_at_once = forms.MultipleChoiceField(
        label=_("Not done of what was to be done at once"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Where the result is “not rectified”: for these the order gives no time, and the record names them."
        ),
    )
    findings = forms.CharField(label=_("What was found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    correction = forms.CharField(
        label=_("Why the record is corrected"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The first record is kept and marked."),
    )

    def __init__(
        self, *args: Any, by: Officer, of: RectificationCase, former: Reinspection | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case = of
        named = list(former.inspectors.all() if former else turns.named_for_task(of.docket))
        _offer_inspectors(self.fields["inspectors"], of.docket, *named)
        self.initial.setdefault("inspectors", [officer.pk for officer in named] or [by.pk])
        self.initial.setdefault("place", of.site())
        if at_once := of.due_at_once():
            offered: Any = self.fields["open_at_once"]
            offered.choices = [*((text, text) for text in at_once), (ALL_DONE, _("All of it is done"))]
        else:
            del self.fields["open_at_once"]
        if former is None:
            del self.fields["correction"]
            return
        self.initial["open_at_once"] = [ALL_DONE] if former.open_at_once == [] else former.open_at_once
        kept = ("inspected_on", "began_at", "ended_at", "attended_by", "attended_as", "findings")
        self.initial.update({name: getattr(former, name) for name in kept})
        self.initial.update(place=former.place or of.site(), is_done="yes" if former.is_done else "no")

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said at once; `record_reinspection` has the last word."""
        cleaned: dict[str, Any] = super().clean() or {}
        on, inspectors = cleaned.get("inspected_on"), cleaned.get("inspectors")
        before = selectors.before_the_look(self.case)
        faults = [*look_rules.of_hours(before, on, cleaned.get("began_at"), cleaned.get("ended_at"))]
        if on is not None:
            faults += look_rules.of_day(before, on)
        if inspectors is not None:
            faults += look_rules.of_inspectors(list(inspectors), on)
        if {"attended_by", "attended_as"} <= cleaned.keys():
            faults += look_rules.of_presence(cleaned["attended_by"], cleaned["attended_as"])
        faults += self._what_is_open(cleaned)
        say_all(self, faults)
        return cleaned

    def _what_is_open(self, cleaned: dict[str, Any]) -> list[Fault]:
        """Asked of a look that found it not rectified; the cleaned value becomes that of `record_reinspection`."""
        ticked = cleaned.pop("open_at_once", None)
        if ticked is None or "is_done" not in cleaned:
            return []
        cleaned["open_at_once"] = None if cleaned["is_done"] else [text for text in ticked if text != ALL_DONE]
        if not (cleaned["is_done"] or ticked == [ALL_DONE] or (ticked and ALL_DONE not in ticked)):
            return [("open_at_once", str(_("Say what of it is not done, or that all of it is done.")))]
        at_once, is_all = self.case.due_at_once(), self.case.is_due_at_once()
        is_open, is_done = cleaned["open_at_once"], cleaned["is_done"]
        return [*look_rules.of_what_is_open(at_once, is_open, is_all=is_all, is_done=is_done)]


class SignedReinspectionForm(ReinspectionForm, OwnPasswordForm):
    """Whoever records it answers for it: with his password, as at the first inspection. It is asked for last, when all is filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "password"), "password"])


class CloseForm(forms.Form):
    """Closing cannot be undone with a click: the word is typed."""

    confirmation = forms.CharField(label=_("Type 结案 to confirm"), max_length=10)

    def clean_confirmation(self) -> str:
        if self.cleaned_data["confirmation"].strip() != "结案":
            raise forms.ValidationError(_("Type 结案."))
        return "结案"
