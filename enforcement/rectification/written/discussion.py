"""案件集体讨论笔录 (JTTL): complex or serious matters are decided by the heads of the authority together (行政处罚法第五十七条第二款)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core.errors import Fault
from enforcement.rectification.written import known, people, rules
from enforcement.rectification.written.fields import lines, moment, rows, text
from notices.fields import Column
from notices.record_forms import RecordForm
from notices.records import RecordKind

NAME, POST = Column("name", _("Full name"), max_length=40), Column("post", _("Post"), max_length=60)


class DiscussionForm(RecordForm):
    began = moment(_("Began at"))
    ended = moment(_("Ended at"))
    place = text(_("Place"))
    chair = text(_("In the chair"), 40)
    leaders = rows(
        _("Heads of the authority who decide"),
        NAME,
        POST,
        max_rows=15,
        help_text=_("At least two, who is in the chair among them (行政处罚法第五十七条第二款)."),
    )
    attendants = rows(
        _("Others who attend"),
        NAME,
        Column("post", _("Post"), max_length=60, required=False),
        max_rows=20,
        required=False,
        help_text=_("They are heard and do not decide."),
    )
    absent = rows(
        _("Absent"), NAME, Column("reason", _("Reason"), max_length=100), max_rows=10, required=False, spare=1
    )
    recorder = text(_("Who writes it down"), 40)
    reporter = text(_("Who reports on the case"), 40)
    report = lines(_("The case as it was reported"))
    opinions = rows(
        _("Opinions"),
        Column("name", _("Full name"), max_length=40),
        Column("opinion", _("Opinion"), max_length=800, wide=True),
        max_rows=30,
        help_text=_("Of each who decides, dissenting ones too."),
    )
    conclusion = lines(_("Decision of the meeting"), max_items=10)


class Discussion(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        team = people.team(docket)
        return {
            "reporter": team[0].name if team else "",
            "attendants": [{"name": officer.name, "post": officer.post} for officer in team],
            "report": known.facts(docket),
        }

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        leaders = values.get("leaders")
        yield from rules.of_end(values.get("began"), values.get("ended"))
        yield from rules.of_leaders(leaders, values.get("chair"))
        yield from rules.of_opinions(leaders, values.get("opinions"))
        yield from rules.of_absent(leaders, values.get("absent"))

    def warnings(self, docket: Docket, values: Mapping[str, Any]) -> list[str]:
        """Told by the name alone, so it only asks: two people may bear one name."""
        investigate = {officer.name for officer in people.investigators(docket)}
        both = [row["name"] for row in values.get("leaders") or [] if row["name"] in investigate]
        if not both:
            return []
        return [
            _now("Investigates the case and is named among those who decide: %(names)s.") % {"names": "、".join(both)}
        ]

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return dict(values)


KIND = Discussion(
    code="collective_discussion",
    label=_("Record of the collective discussion"),
    title="案件集体讨论笔录",
    template="notices/rectification/collective_discussion.html",
    permission="rectification.handle_case",
    file_order=9,
    signed_by_party=False,
    is_relied_on=False,
    basis="行政处罚法第五十七条第二款",
    content_form=DiscussionForm,
    docket_kinds=("rectification",),
    day_field="began",
)
