"""查封、扣押清单 (CFQD): what was sealed up or taken, in two copies, one for the party (行政强制法第二十四条)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core.errors import Fault
from enforcement.rectification.written import known, people, rules
from enforcement.rectification.written.fields import OfficersForm, day, rows, text
from notices.fields import Column
from notices.records import RecordKind

MEASURES = [("查封", _("Sealed up")), ("扣押", _("Taken away"))]


class InventoryForm(OfficersForm):
    on = day(_("Day"))
    measure = forms.ChoiceField(label=_("Measure carried out"), choices=MEASURES)
    decision = text(
        _("Decision it belongs to"),
        120,
        help_text=_("Title and number, as in 《查封（扣押）决定书》（苏环查〔2026〕3号）."),
    )
    present = text(_("Present for the party"), 80)
    place = text(_("Where it was done"))
    objects = rows(
        _("Objects"),
        Column("name", _("Name of the object"), max_length=80),
        Column("model", _("Type or specification"), max_length=80, required=False),
        Column("quantity", _("Quantity"), max_length=30),
        Column("unit", _("Unit"), max_length=10),
        Column("state", _("State of the object"), max_length=80),
        Column("where", _("Where it is"), max_length=80),
        max_rows=60,
    )
    keeper = text(_("Who keeps it"), 80, help_text=_("The party, the authority or a third person entrusted with it."))
    notes = text(_("Remark"), required=False)
    field_order = ["on", "measure", "decision", "present", "place", "officers", "objects", "keeper", "notes"]


class Inventory(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        decision = known.issued(docket, "查封", "扣押")
        measure = "扣押" if decision and "查封" not in decision.title else "查封"
        return {
            "measure": measure,
            "decision": known.cited(decision),
            "officers": people.first_two(docket),
            "place": docket.enterprise.address if docket.enterprise else "",
        }

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        yield from rules.of_officers(values.get("officers"), values.get("on"))

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, "officers": people.with_certificates(values["officers"])}


KIND = Inventory(
    code="seizure_inventory",
    label=_("Inventory of what was sealed up or taken"),
    title="查封、扣押清单",
    template="notices/rectification/seizure_inventory.html",
    permission="rectification.handle_case",
    file_order=26,
    signed_proves="查封、扣押物品的名称、数量、状况以及当事人的确认",
    signing_basis="行政强制法第十八条、第二十四条",
    basis="行政强制法第二十四条",
    content_form=InventoryForm,
    docket_kinds=("rectification",),
)
