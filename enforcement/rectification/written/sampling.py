"""采样取证登记单 (CYQZ): what was taken where and when, in what, how it was kept and to whom it was handed; the party signs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core.errors import Fault
from enforcement.rectification.written import people, rules
from enforcement.rectification.written.fields import OfficersForm, lines, moment, rows, text
from notices.fields import Column
from notices.records import RecordKind


class SamplingForm(OfficersForm):
    began = moment(_("Began at"))
    ended = moment(_("Ended at"))
    place = text(_("Place"))
    present = text(_("Present for the party"), 80)
    method = text(_("Method and standard of sampling"))
    weather = text(_("State of production and surroundings"), required=False)
    samples = rows(
        _("Samples"),
        Column("point", _("Point of sampling"), max_length=60),
        Column("code", _("Number of the sample"), max_length=40),
        Column("items", _("What is to be measured"), max_length=100),
        Column("at", _("Time of sampling"), max_length=30),
        Column("container", _("Container and quantity"), max_length=60),
        Column("kept", _("How it is preserved"), max_length=60),
        max_rows=30,
    )
    received_by = text(
        _("Handed over to"), 80, help_text=_("The laboratory or office that keeps or tests the samples.")
    )
    handed_at = moment(_("Handed over at"))
    custody = text(_("Seal and transport"), help_text=_("How the samples were sealed, carried and kept until then."))
    notes = lines(_("Remark"), required=False, max_items=10)
    field_order = [
        "began", "ended", "place", "present", "officers", "method", "weather", "samples", "received_by", "handed_at", "custody", "notes",
    ]  # fmt: skip


class Sampling(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        return {
            "officers": people.first_two(docket),
            "place": docket.enterprise.address if docket.enterprise else "",
        }

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        began, ended = values.get("began"), values.get("ended")
        yield from rules.of_end(began, ended)
        yield from rules.of_officers(values.get("officers"), began)
        yield from rules.of_handover(ended, values.get("handed_at"), named="handed_at")
        yield from rules.each_once(values.get("samples"), "code", named="samples")

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, "officers": people.with_certificates(values["officers"])}


KIND = Sampling(
    code="sampling",
    label=_("Record of samples taken"),
    title="采样取证登记单",
    template="notices/rectification/sampling.html",
    permission="rectification.handle_case",
    file_order=23,
    signed_proves="采样取证的时间、点位、方法、样品情况以及当事人的确认",
    basis="行政处罚法第五十六条",
    content_form=SamplingForm,
    docket_kinds=("rectification",),
    day_field="began",
)
