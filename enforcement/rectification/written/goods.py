"""罚没物品处理记录 (FMWP): what became of confiscated goods (行政处罚法第七十四条)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core import clock
from core.errors import Fault
from enforcement.rectification.written import known, people, rules
from enforcement.rectification.written.fields import OfficersForm, day, lines, money, rows, text
from notices.fields import Column
from notices.records import RecordKind

AUCTION, DESTROYED, HANDED_OVER, OTHERWISE = "公开拍卖", "销毁", "移交有关部门", "按照国家有关规定处理"
WAYS = [
    (AUCTION, _("Public auction")),
    (DESTROYED, _("Destroyed")),
    (HANDED_OVER, _("Handed over to the department in charge")),
    (OTHERWISE, _("Otherwise, as the state provides")),
]


class GoodsForm(OfficersForm):
    on = day(_("Day"))
    place = text(_("Place"))
    decision = text(_("Decision by which they were confiscated"), 120)
    approved_by = text(
        _("Who approved what is done with them"), 120, help_text=_("Name and day, or the approval form.")
    )
    goods = rows(
        _("Goods"),
        Column("name", _("Name of the object"), max_length=80),
        Column("model", _("Type or specification"), max_length=80, required=False),
        Column("quantity", _("Quantity"), max_length=30),
        Column("unit", _("Unit"), max_length=10),
        Column("state", _("State of the object"), max_length=80),
        max_rows=60,
    )
    way = forms.ChoiceField(label=_("What is done with them"), choices=WAYS)
    course = lines(_("How it was done"))
    proceeds_cny = money(_("Proceeds paid into the treasury (yuan)"), required=False)
    voucher = text(_("Voucher of the payment"), 120, required=False)
    witness = text(_("Who supervised it"), 80)
    field_order = [
        "on", "place", "decision", "approved_by", "goods", "way", "course", "proceeds_cny", "voucher", "witness", "officers",
    ]  # fmt: skip


class Goods(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        decision = known.issued(docket, "行政处罚决定书")
        return {"on": clock.today(), "decision": known.cited(decision), "officers": people.first_two(docket)}

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        yield from rules.of_officers(values.get("officers"), values.get("on"))
        if not {"way", "proceeds_cny", "voucher"} <= values.keys():
            return
        proceeds = values["proceeds_cny"]
        if values["way"] == AUCTION and proceeds is None:
            yield (
                "proceeds_cny",
                _now("The proceeds of an auction go to the treasury: enter them (行政处罚法第七十四条)."),
            )
        if values["way"] == DESTROYED and proceeds:
            yield "proceeds_cny", _now("What was destroyed brought no proceeds.")
        if proceeds and not values["voucher"]:
            yield "voucher", _now("Name the voucher by which the proceeds were paid in (行政处罚法第七十四条).")

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, "officers": people.with_certificates(values["officers"])}


KIND = Goods(
    code="confiscated_goods",
    label=_("Record of confiscated goods"),
    title="罚没物品处理记录",
    template="notices/rectification/confiscated_goods.html",
    permission="rectification.handle_case",
    file_order=70,
    signed_by_party=False,
    is_relied_on=False,
    basis="行政处罚法第七十四条",
    content_form=GoodsForm,
    docket_kinds=("rectification",),
)
