"""听证笔录 (TZBL) and 听证报告 (TZBG): held and kept by those who did not investigate (行政处罚法第六十四条、第六十五条)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core import clock
from core.errors import Fault
from enforcement.rectification.written import known, people, rules
from enforcement.rectification.written.fields import OneOfficer, day, lines, moment, rows, text
from notices import records_on
from notices.fields import Column
from notices.record_forms import RecordForm
from notices.records import RecordKind
from notices.templatetags.notice_text import cn_time, cn_until
from organisation.models import Officer

PERMISSION = "rectification.review_case"
OPEN, CLOSED = "公开", "不公开"
NAME = Column("name", _("Full name"), max_length=40)
CAPACITY = Column("capacity", _("In which capacity"), max_length=80)


class HostForm(RecordForm):
    """A record kept by whoever holds the hearing."""

    host = OneOfficer(
        label=_("Who holds the hearing"),
        help_text=_("Somebody who does not investigate the case (行政处罚法第六十四条第四项)."),
    )
    clerk = OneOfficer(label=_("Clerk"))

    def prepare(self) -> None:
        for name in ("host", "clerk"):
            self.fields[name].queryset = people.of_the_authority(self.docket)  # type: ignore[attr-defined]


class HearingForm(HostForm):
    began = moment(_("Began at"))
    ended = moment(_("Ended at"))
    place = text(_("Place"))
    notice = text(_("Notice of the hearing"), 120, help_text=_("Title and number."))
    manner = forms.ChoiceField(
        label=_("In public or not"), choices=[(OPEN, _("In public")), (CLOSED, _("Not in public"))]
    )
    why_closed = text(
        _("Why it is not in public"),
        required=False,
        help_text=_("State secret, business secret or privacy protected by law."),
    )
    investigators = forms.ModelMultipleChoiceField(
        Officer.objects.none(), label=_("Investigators who attend"), widget=forms.CheckboxSelectMultiple
    )
    party_present = text(_("Who attends for the party, and as what"), 120, required=False)
    agents = rows(_("Agents of the party"), NAME, CAPACITY, max_rows=5, required=False, spare=1)
    third_parties = rows(_("Third parties"), NAME, CAPACITY, max_rows=10, required=False, spare=1)
    others = rows(_("Witnesses, experts and others"), NAME, CAPACITY, max_rows=10, required=False, spare=1)
    rights_told = forms.BooleanField(
        label=_("Rights and duties were explained, and whether recusal is asked for was asked")
    )
    recusal_asked = forms.BooleanField(label=_("Recusal of the host or the clerk was asked for"), required=False)
    recusal_reason = text(_("Why recusal was asked for, and what was decided"), required=False)
    course = rows(
        _("Course of the hearing"),
        Column("speaker", _("Who speaks"), max_length=40),
        Column("words", _("What is said"), max_length=1500, wide=True),
        max_rows=80,
        spare=3,
        help_text=_(
            "The investigators tell facts, evidence and proposal; the party answers and examines the evidence."
        ),
    )
    last_words = lines(_("Last statement of the party"), required=False, max_items=10)
    field_order = [
        "began", "ended", "place", "notice", "manner", "why_closed", "host", "clerk", "investigators", "party_present", "agents",
        "third_parties", "others", "rights_told", "recusal_asked", "recusal_reason", "course", "last_words",
    ]  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        keys = [officer.pk for officer in people.investigators(self.docket)]
        self.fields["investigators"].queryset = Officer.objects.filter(pk__in=keys)  # type: ignore[attr-defined]


class Hearing(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        return {
            "notice": known.cited(known.issued(docket, "听证通知书")),
            "investigators": [officer.pk for officer in people.team(docket)],
        }

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        investigate = people.investigators(docket)
        yield from rules.of_end(values.get("began"), values.get("ended"))
        yield from rules.of_host(values.get("host"), investigate)
        yield from rules.of_host(values.get("clerk"), investigate, named="clerk")
        yield from rules.of_agents(values.get("agents"))
        yield from rules.of_recusal(values.get("recusal_asked"), values.get("recusal_reason"))
        if values.get("host") is not None and values.get("host") == values.get("clerk"):
            yield "clerk", _now("Somebody else than the host writes the record.")
        if values.get("manner") == CLOSED and values.get("why_closed") == "":
            yield (
                "why_closed",
                _now("Hearings are held in public; say why this one is not (行政处罚法第六十四条第三项)."),
            )
        if values.get("party_present") == "" and values.get("agents") == []:
            words = _now(
                "Name who attends for the party. A party that does not come gives up the hearing (行政处罚法第六十四条第六项)."
            )
            yield "party_present", words

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **values,
            "why_closed": values["why_closed"] if values["manner"] == CLOSED else "",
            "host": _named(values["host"]),
            "clerk": _named(values["clerk"]),
            "investigators": people.with_certificates(values["investigators"]),
            "recusal": values["recusal_reason"] if values["recusal_asked"] else "",
        }


class HearingReportForm(HostForm):
    on = day(_("Day of the report"))
    held = text(_("When and where the hearing was held"))
    attended = lines(_("Who took part"), max_items=20)
    case = lines(_("The case in outline"))
    investigators_said = lines(_("What the investigators put forward"))
    party_said = lines(_("What the party put forward"))
    found = lines(_("Facts and evidence as the hearing left them"))
    opinion = lines(_("Opinion and proposal"), max_items=10)
    field_order = [
        "on", "held", "host", "clerk", "attended", "case", "investigators_said", "party_said", "found", "opinion",
    ]  # fmt: skip


class HearingReport(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        record = records_on(docket, HEARING.code).last()
        start: dict[str, Any] = {"on": clock.today(), "case": known.facts(docket)}
        if record is None:
            return start
        form = HEARING.form(docket, record.content or {})
        if not form.is_valid():  # an officer who held it has left the authority since
            return start
        told = form.values()
        attended = [f"调查人员：{'、'.join(officer.name for officer in told['investigators'])}"]
        if told["party_present"]:
            attended.append(f"当事人：{told['party_present']}")
        for heading, name in (("委托代理人", "agents"), ("第三人", "third_parties"), ("其他参加人", "others")):
            attended += [f"{heading}：{row['name']}（{row['capacity']}）" for row in told[name]]
        return start | {
            "held": f"{cn_time(told['began'])}至{cn_until(told['ended'], told['began'])}，{told['place']}",
            "host": told["host"].pk,
            "clerk": told["clerk"].pk,
            "attended": attended,
        }

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        yield from rules.of_host(values.get("host"), people.investigators(docket))
        if not records_on(docket, HEARING.code).exists():
            yield None, _now("There is no record of a hearing on this docket: write that first (行政处罚法第六十五条).")

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, "host": _named(values["host"]), "clerk": _named(values["clerk"])}


def _named(officer: Officer | None) -> dict[str, str]:
    return {"name": officer.name, "post": officer.post} if officer else {"name": "", "post": ""}


HEARING = Hearing(
    code="hearing_record",
    label=_("Record of the hearing"),
    title="听证笔录",
    template="notices/rectification/hearing_record.html",
    permission=PERMISSION,
    file_order=46,
    signing_basis="行政处罚法第六十四条",
    signed_proves="听证的过程、各方意见以及当事人对笔录的确认",
    by_handlers=False,
    basis="行政处罚法第六十四条",
    content_form=HearingForm,
    docket_kinds=("rectification",),
    day_field="began",
)
REPORT = HearingReport(
    code="hearing_report",
    label=_("Report of the hearing"),
    title="听证报告",
    template="notices/rectification/hearing_report.html",
    permission=PERMISSION,
    file_order=47,
    signed_by_party=False,
    by_handlers=False,
    is_relied_on=False,
    basis="行政处罚法第六十五条",
    content_form=HearingReportForm,
    docket_kinds=("rectification",),
)
