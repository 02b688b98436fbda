"""Shapes of input on leads."""

from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.forms import ReasonForm
from casework.models import Docket, Violation
from core import clock
from core.errors import say_all
from core.fields import HappenedOn
from core.labels import in_print
from enforcement.inspections.forms import day
from enforcement.leads import act_rules, competence
from organisation.models import Officer


def offer(field: Any, violations: QuerySet[Violation]) -> None:
    """Let a field choose among violations: those of today first, earlier law with its days of validity."""
    field.queryset = violations.order_by(F("valid_to").desc(nulls_first=True), "code")
    field.label_from_instance = labelled


def labelled(violation: Violation) -> str:
    if violation.valid_to is None:
        return f"{violation.name}（{in_print(violation.legal_basis)}）"
    return _now("%(name)s（%(basis)s; in force %(from)s to %(to)s）") % {
        "name": violation.name,
        "basis": in_print(violation.legal_basis),
        "from": violation.valid_from or "…",
        "to": violation.valid_to,
    }


def began_on() -> forms.DateField:
    return day(
        label=_("Act committed on, or from"),
        required=False,
        help_text=_("As far as it is known. Leave empty while it is not known: it can be entered later."),
    )


def ended_on() -> forms.DateField:
    return day(
        label=_("Act ended on"),
        required=False,
        # The time after which nothing is punished runs from the end of an act that goes on (行政处罚法第三十六条): blank says one thing.
        help_text=_(
            "Of an act of a single day, the same day. Leave empty only while the act goes on or its end is not known."
        ),
    )


class TimeOfActForm(forms.Form):
    """When the act was committed, and the law that fits."""

    acted_from = began_on()
    acted_to = ended_on()
    violation = forms.ModelChoiceField(
        label=_("Violation and legal basis"),
        queryset=Violation.objects.none(),
        help_text=_("A provision in force at any time since the act (行政处罚法第三十七条)."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, since: date, received_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received_on = received_on
        if self.is_bound and (typed := self["acted_from"].value()):  # an older act than was known has an older law
            with suppress(ValidationError):
                since = min(since, self.fields["acted_from"].clean(typed))
        offer(self.fields["violation"], Violation.objects.valid_between(since, clock.today()))

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said at once; the verbs have the last word."""
        return act_checked(self, super().clean() or {}, self.received_on)


def act_checked(form: forms.Form, cleaned: dict[str, Any], received_on: date | None) -> dict[str, Any]:
    began, ended = cleaned.get("acted_from"), cleaned.get("acted_to")
    # A day that was not understood is no day that was left empty: the other one is not judged by it.
    if "acted_from" in form.errors:
        return cleaned
    say_all(form, act_rules.faults(cleaned.get("violation"), began, ended, received_on))
    return cleaned


class ReceiptOfLeadForm(forms.Form):
    received_on = day(kind=HappenedOn, label=_("Received on"))
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class Ground(models.TextChoices):
    """Why no case is opened here. The words of the reason say the rest."""

    TRANSFER = "transfer", _("Transfer to the authority that has jurisdiction")
    OTHER = "other", _("Another reason, given in words")


class DismissForm(ReasonForm):
    """Who may not act on the matter hands it on: to whom is asked for, and kept in the words of the reason."""

    ground = forms.ChoiceField(label=_("Why no case is opened"), choices=Ground.choices, widget=forms.RadioSelect)
    transferred_to = forms.CharField(
        label=_("Authority it is transferred to"),
        max_length=80,
        required=False,
        help_text=_("Its full name; only for a transfer. It is kept in the words of the reason."),
    )
    field_order = ["ground", "transferred_to", "reason"]

    def __init__(self, *args: Any, by: Officer, docket: Docket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if competence.refusal(docket.lead.violation, docket.department):
            self.initial.setdefault("ground", Ground.TRANSFER)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        ground, authority = cleaned.get("ground"), cleaned.get("transferred_to")
        if ground == Ground.TRANSFER and not authority:
            self.add_error("transferred_to", _now("Name the authority it is transferred to."))
        if ground == Ground.OTHER and authority:
            self.add_error("transferred_to", _now("An authority is named only for a transfer."))
        return cleaned
