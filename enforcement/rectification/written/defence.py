"""陈述申辩意见及复核意见 (SBYJ): what the party argued, what came of looking into it; no heavier penalty for having argued (四十五条)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

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

ADOPTED, PARTLY, NOT = "采纳", "部分采纳", "不予采纳"
WAYS = [("书面", _("In writing")), ("口头", _("Orally"))]
OUTCOMES: Final = (ADOPTED, PARTLY, NOT)


class DefenceForm(OfficersForm):
    notice = text(_("Notice it answers"), 120)
    received_on = day(_("Received on"))
    way = forms.ChoiceField(label=_("How it was argued"), choices=WAYS)
    argued_by = text(_("Who argued for the party, and as what"), 80)
    arguments = rows(
        _("Arguments"),
        Column("argument", _("What was argued"), max_length=500, wide=True),
        Column("checked", _("What looking into it found"), max_length=500, wide=True),
        Column("outcome", _("Adopted or not"), max_length=4),
        Column("reason", _("Reason"), max_length=500, wide=True),
        max_rows=20,
        spare=1,
        help_text=_("Adopted or not: 采纳, 部分采纳 or 不予采纳."),
    )
    proposed = text(_("Penalty that was proposed"), 300)
    proposed_fine_cny = money(_("Fine that was proposed (yuan)"), required=False)
    reviewed = text(_("Penalty after the review"), 300)
    reviewed_fine_cny = money(_("Fine after the review (yuan)"), required=False)
    conclusion = lines(_("Conclusion of the review"), max_items=10)
    on = day(_("Day of the review"))
    field_order = [
        "notice", "received_on", "way", "argued_by", "arguments", "proposed", "proposed_fine_cny", "reviewed", "reviewed_fine_cny",
        "conclusion", "on", "officers",
    ]  # fmt: skip


class Defence(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        notice = known.issued(docket, "告知书")
        return {"notice": known.cited(notice), "on": clock.today(), "officers": people.first_two(docket)}

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        before, after = values.get("proposed_fine_cny"), values.get("reviewed_fine_cny")
        yield from rules.of_officers(values.get("officers"), values.get("on"))
        yield from rules.one_of(values.get("arguments"), "outcome", OUTCOMES, named="arguments")
        yield from rules.of_heavier(before, after, named="reviewed_fine_cny")
        if {"proposed_fine_cny", "reviewed_fine_cny"} <= values.keys() and (before is None) != (after is None):
            at = "proposed_fine_cny" if before is None else "reviewed_fine_cny"
            yield at, _now("Enter both fines, or none of them: they are compared (行政处罚法第四十五条第二款).")
        received, on = values.get("received_on"), values.get("on")
        if received and on and on < received:
            yield "on", _now("The review is earlier than what it reviews.")

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, "officers": people.with_certificates(values["officers"])}


KIND = Defence(
    code="statement_review",
    label=_("Statement and defence, and their review"),
    title="陈述申辩意见及复核意见",
    template="notices/rectification/statement_review.html",
    permission="rectification.handle_case",
    file_order=44,
    signed_by_party=False,
    is_relied_on=False,
    basis="行政处罚法第四十五条",
    content_form=DefenceForm,
    docket_kinds=("rectification",),
)
