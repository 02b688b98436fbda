"""案件处理内部审批表 (NBSP): any act of a case that the heads approve on paper; the officer proposes, three levels sign."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core import clock
from core.errors import Fault
from enforcement.rectification.models import POLICY_MARKS
from enforcement.rectification.written import people, rules
from enforcement.rectification.written.fields import OfficersForm, day, lines, rows, text
from notices.fields import Column
from notices.records import RecordKind

LEVELS = ("承办机构负责人意见", "法制审核意见", "机关负责人意见")


class ApprovalForm(OfficersForm):
    on = day(_("Day of the proposal"))
    matter = text(
        _("What is to be approved"),
        120,
        help_text=_("Such as: extension of the period for handling the case, expert opinion."),
    )
    grounds = lines(_("Facts and reasons"))
    basis = rows(
        _("Legal basis"),
        Column("instrument", _("Instrument"), max_length=80),
        Column("article", _("Article"), max_length=60),
        max_rows=10,
    )
    proposal = lines(_("Opinion of the officers"), max_items=10)
    attachments = lines(_("Attachments"), required=False, max_items=20, max_item_length=120)
    field_order = ["on", "matter", "grounds", "basis", "proposal", "attachments", "officers"]


class Approval(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        return {"on": clock.today(), "officers": people.first_two(docket)}

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        yield from rules.of_officers(values.get("officers"), values.get("on"))
        yield from rules.of_policy_alone(values.get("basis"), POLICY_MARKS, named="basis")

    def which(self, docket: Docket, values: Mapping[str, Any]) -> str:
        return str(values["matter"])[:40]

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        """All sign by hand: no name stands where a person has not signed, and nobody's opinion is written for him."""
        said = {"role": "承办人意见", "text": "".join(values["proposal"])}
        kept = {name: values[name] for name in ("on", "matter", "grounds", "basis", "attachments")}
        return kept | {
            "opinions": [said, *({"role": role} for role in LEVELS)],
            "officers": [officer.name for officer in values["officers"]],
        }


KIND = Approval(
    code="internal_approval",
    label=_("Internal approval form"),
    title="案件处理内部审批表",
    template="notices/rectification/internal_approval.html",
    permission="rectification.handle_case",
    file_order=42,
    signed_by_party=False,
    is_relied_on=False,
    content_form=ApprovalForm,
    docket_kinds=("rectification",),
)
