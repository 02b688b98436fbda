"""先行登记保存 (行政处罚法第五十六条): evidence that may be lost is registered and kept, seven working days at most."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from enforcement.measures import deadlines as periods
from enforcement.measures import effects, happenings
from enforcement.measures.documents import common
from enforcement.measures.documents.common import MeasureNotice
from enforcement.measures.happenings import Ending, Kind
from notices.fields import Column, RowsField
from notices.models import Notice

if TYPE_CHECKING:
    from casework.models import Docket

REGISTRATION, RELEASE = "evidence_registration", "evidence_release"
BASIS = "行政处罚法第五十六条"


class RegistrationForm(forms.Form):
    """What was found, why it may be lost, what is kept where, and by whom it was registered."""

    inspected_on = common.day(gettext_lazy("Day on which the evidence was found"))
    danger = common.text(
        gettext_lazy("Why it may be lost or become difficult to obtain"),
        help_text=gettext_lazy(
            "Completes “the following evidence may be lost or become difficult to obtain because …”."
        ),
    )
    registered_on = common.day(gettext_lazy("Registered and kept from"))
    objects = common.things(gettext_lazy("List of the evidence"))
    kept_by = common.line(
        gettext_lazy("Kept by"), help_text=gettext_lazy("The party itself, the authority, or whoever keeps it.")
    )
    officers = common.enforcers()


class EvidenceRegistration(MeasureNotice):
    """先行登记保存证据通知书."""

    code = REGISTRATION
    label = gettext_lazy("Notice of registration and keeping of evidence")
    document_form = "XXDJ"
    title = "先行登记保存证据通知书"
    template = "notices/measures/evidence_registration.html"
    content_form = RegistrationForm
    file_order = 20

    def initial(self, docket: "Docket") -> dict[str, Any]:
        return {
            "inspected_on": clock.today(),
            "registered_on": clock.today(),
            "kept_by": docket.enterprise.name if docket.enterprise else "",
            "officers": common.team_of(docket),
        }

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        on = values["registered_on"]
        found = [
            *super().validate(notice),
            *common.not_to_come(on, gettext_lazy("Registered and kept from")),
            *common.two_certified(values["officers"], on, "行政处罚法第四十二条"),
        ]
        if on < values["inspected_on"]:
            found.append(_("Evidence is not registered before it was found."))
        return found

    def on_issued(self, notice: Notice) -> None:
        values = common.said(notice)
        since = values["registered_on"]
        effects.order(notice=notice, kind=Kind.EVIDENCE, since=since, objects=values["objects"])
        effects.begin(notice.docket, happenings.KEPT, on=since, event=periods.ORDERED)


class ReleaseForm(forms.Form):
    """Which registration ends, and what becomes of each thing (拍照、返还、扣押、移送 …)."""

    registration = common.line(
        gettext_lazy("Number of the notice of registration"), help_text=gettext_lazy("As issued on this case.")
    )
    released_on = common.day(gettext_lazy("Released from"))
    outcome = RowsField(
        label=gettext_lazy("What becomes of the evidence"),
        columns=[
            Column("name", gettext_lazy("Name"), max_length=60),
            Column("quantity", gettext_lazy("Quantity"), max_length=30),
            Column("treatment", gettext_lazy("What is done with it"), max_length=80),
        ],
        max_rows=60,
    )


class EvidenceRelease(MeasureNotice):
    """解除先行登记保存证据通知书."""

    code = RELEASE
    label = gettext_lazy("Notice that the keeping of evidence ends")
    document_form = "JCDJ"
    template = "notices/measures/evidence_release.html"
    content_form = ReleaseForm
    file_order = 21

    def suits(self, docket: "Docket") -> bool:
        return super().suits(docket) and common.standing(docket, REGISTRATION) is not None

    def initial(self, docket: "Docket") -> dict[str, Any]:
        kept = common.standing(docket, REGISTRATION)
        rows = kept.content.get("objects", []) if kept else []
        return {
            "registration": kept.number if kept else "",
            "released_on": clock.today(),
            "outcome": [{"name": row["name"], "quantity": row["quantity"], "treatment": "返还当事人"} for row in rows],
        }

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        kept = common.in_force_on(notice.docket, values["registration"], REGISTRATION)
        found = [
            *super().validate(notice),
            *common.not_to_come(values["released_on"], gettext_lazy("Released from")),
        ]
        if kept is None:
            return [
                *found,
                _("No notice of registration in force on this case bears that number (%(basis)s).") % {"basis": BASIS},
            ]
        if kept.issued_on is not None and values["released_on"] < kept.issued_on:
            found.append(_("Evidence is not released before it was registered."))
        return found

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        kept = common.in_force_on(notice.docket, values["registration"], REGISTRATION)
        return {**super().context(notice, values), "kept": common.cited(kept)}

    def on_issued(self, notice: Notice) -> None:
        values = common.said(notice)
        measure, on = effects.of_number(notice.docket, values["registration"]), values["released_on"]
        if measure is not None:
            effects.end(measure=measure, on=on, ending=Ending.RELEASED, by_notice=notice)
        effects.meet(notice.docket, happenings.KEPT, on=on)
