"""Shapes of input on inspections."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.models import Violation
from core import clock
from core.errors import say_all
from core.ids import as_id
from core.labels import in_print
from enforcement.inspections import visit_rules
from enforcement.inspections.models import Inspection, Severity
from enforcement.inspections.selectors import inspectors_among, kept, visits_on_record
from organisation.forms import OwnPasswordForm
from organisation.models import Officer
from registry.models import Enterprise

PLACE_CHARACTERS = 200


def certified_colleagues(officer: Officer) -> Any:
    """Officers of the same department who hold a certificate and may inspect: nobody else could sign the record."""
    found = inspectors_among(Officer.objects.filter(department_id=officer.department_id))
    return found.exclude(certificate_number="").order_by("username")


def sites_of(enterprise: Enterprise | None) -> list[tuple[str, str]]:
    """What may be chosen as the plant: the registered address, then each plant in use with its own."""
    if enterprise is None:
        return [("", "---------")]
    plants = enterprise.facilities.filter(is_closed=False)
    words = [
        enterprise.address,
        *(f"{plant.name}（{plant.address}）" if plant.address else plant.name for plant in plants),
    ]
    found = [(text, text) for text in dict.fromkeys(words) if text]
    return [*found, ("", _now("Another place"))] if found else [("", "---------")]


def day(*, kind: type[forms.DateField] = forms.DateField, **kwargs: Any) -> forms.DateField:
    return kind(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def hour(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class InspectionForm(forms.Form):
    enterprise = forms.ModelChoiceField(label=_("Enterprise"), queryset=Enterprise.objects.none())
    inspected_on = day(label=_("Day of the inspection"))
    began_at = hour(label=_("Began at"))
    site = forms.ChoiceField(
        label=_("Plant"),
        required=False,
        help_text=_("Offered once the enterprise is chosen; the first is its address."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Within the plant, or another place. Left empty, the plant is the place."),
    )
    inspectors = forms.ModelMultipleChoiceField(
        label=_("Inspectors"),
        queryset=Officer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two with valid certificates (行政处罚法第四十二条)."),
    )
    attended_by = forms.CharField(label=_("Present for the party"), max_length=80)
    credentials_shown = forms.BooleanField(
        label=_("Certificates were shown, reasons and rights were explained"), required=False
    )

    # Asked for only where such a visit is on record already (`clean`).
    is_another = forms.BooleanField(
        label=_("It is another visit to the same enterprise on the same day"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by = by
        now = clock.local(clock.now())
        self.fields["enterprise"].queryset = Enterprise.objects.visible_to(by)  # type: ignore[attr-defined]
        chosen = as_id(str(self["enterprise"].value() or ""))
        enterprise = Enterprise.objects.visible_to(by).filter(pk=chosen or 0).first()
        self.fields["site"].choices = sites_of(enterprise)  # type: ignore[attr-defined]
        self.fields["enterprise"].widget.attrs |= {
            "hx-get": reverse("inspections:sites"),
            "hx-trigger": "change",
            "hx-target": "#id_site",
        }
        inspectors = self.fields["inspectors"]
        inspectors.queryset = certified_colleagues(by)  # type: ignore[attr-defined]
        inspectors.label_from_instance = lambda o: f"{o.name}（{o.certificate_number}）"  # type: ignore[attr-defined]
        self.initial.setdefault("inspected_on", now.date())
        self.initial.setdefault("began_at", now.time().replace(second=0, microsecond=0))
        self.initial.setdefault("inspectors", [by.pk])

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said at once; `open_inspection` has the last word."""
        cleaned: dict[str, Any] = super().clean() or {}
        on, inspectors = cleaned.get("inspected_on"), cleaned.get("inspectors")
        if on is not None:
            say_all(self, visit_rules.of_begin(on, cleaned.get("began_at")))
        if inspectors is not None:
            say_all(self, visit_rules.of_certificates(inspectors, on, named="inspectors"))
            say_all(self, visit_rules.of_number(inspectors, named="inspectors"))
        self._settle_place(cleaned)
        self._ask_about_another(cleaned)
        return cleaned

    def _settle_place(self, cleaned: dict[str, Any]) -> None:
        """The plant, and where in it; no visit is without a place."""
        parts = [part for part in (cleaned.pop("site", ""), cleaned.get("place", "")) if part]
        cleaned["place"] = "，".join(dict.fromkeys(parts))
        if not parts and "place" not in self.errors:
            self.add_error("place", _now("Name the place, or choose the plant."))
        elif len(cleaned["place"]) > PLACE_CHARACTERS:
            self.add_error("place", _now("Plant and place together are too long."))

    def _ask_about_another(self, cleaned: dict[str, Any]) -> None:
        """The box to tick is shown only where it is asked for."""
        enterprise, on = cleaned.get("enterprise"), cleaned.get("inspected_on")
        if enterprise is None or on is None:
            return
        on_record = visits_on_record(enterprise, on, seen_by=self._by)
        if faults := [*visit_rules.of_another(on_record, is_another=cleaned.get("is_another", False))]:
            self.fields["is_another"].widget = forms.CheckboxInput()
            say_all(self, faults)


class FindingForm(forms.Form):
    violation = forms.ModelChoiceField(label=_("Violation"), queryset=Violation.objects.none())
    fact = forms.CharField(label=_("Facts"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.CharField(label=_("Place in the plant"), max_length=120)
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices, initial=Severity.ORDINARY)

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["violation"]
        field.queryset = Violation.objects.valid_on(on).order_by("code")  # type: ignore[attr-defined]
        field.label_from_instance = lambda v: f"{v.name}（{in_print(v.legal_basis)}）"  # type: ignore[attr-defined]


class VersionField(forms.IntegerField):
    """What the officer had before him, hidden in the form."""

    def __init__(self) -> None:
        damaged = _("This form is damaged. Open the page again.")
        super().__init__(widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), damaged))


class NoLeadForm(forms.Form):
    """Why a finding needs no follow-up, or does after all."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class RecordForm(forms.Form):
    inspected_on = day(label=_("Day of the inspection"))
    began_at = hour(label=_("Began at"))
    ended_on = day(label=_("Ended on"), help_text=_("A visit that went past midnight ended on the next day."))
    ended_at = hour(label=_("Ended at"))
    place = forms.CharField(label=_("Place"), max_length=200)
    attended_by = forms.CharField(label=_("Present for the party"), max_length=80)
    credentials_shown = forms.BooleanField(
        label=_("Certificates were shown, reasons and rights were explained"), required=False
    )
    situation = forms.CharField(label=_("What was seen"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    version = VersionField()

    def __init__(self, *args: Any, of: Inspection, **kwargs: Any) -> None:
        record = asdict(of.record())
        record["ended_on"] = record["ended_on"] or of.inspected_on
        super().__init__(*args, **kwargs | {"initial": record | {"version": of.version}})
        self.inspection = of

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said at once; `describe` has the last word."""
        cleaned: dict[str, Any] = super().clean() or {}
        moments = (cleaned.get(name) for name in ("inspected_on", "began_at", "ended_on", "ended_at"))
        say_all(self, visit_rules.of_record(kept(self.inspection), *moments))
        return cleaned


class EditFindingForm(FindingForm):
    version = VersionField()


class MissingSignatureForm(forms.Form):
    officer = forms.ModelChoiceField(label=_("Inspector who cannot sign"), queryset=Officer.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, of: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = [officer.pk for officer in of.without_signature()]
        self.fields["officer"].queryset = Officer.objects.filter(pk__in=missing)  # type: ignore[attr-defined]


class PasswordForm(OwnPasswordForm):
    """Signing: the statement and the password."""

    statement = forms.BooleanField(label=_("I have read the record and stand for its truth"))
    field_order = ["statement", "password"]


class ApprovalForm(PasswordForm):
    """The head decides: he answers for the decision, not for what the inspectors saw."""

    statement = forms.BooleanField(
        label=_("I have examined the facts, the evidence and the words of the order, and approve")
    )
