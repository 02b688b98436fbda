"""行政处罚案件调查报告（调查终结报告） (DCBG): what was investigated, found and proved, under which law, and what is proposed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core import clock
from core.errors import Fault
from enforcement.rectification.models import POLICY_MARKS
from enforcement.rectification.written import known, people, rules
from enforcement.rectification.written.fields import OfficersForm, day, lines, rows, text
from notices.fields import Column
from notices.records import RecordKind


class InvestigationForm(OfficersForm):
    on = day(_("Day of the report"))
    source = text(_("Source of the case"), 300)
    course = lines(_("Course of the investigation"), help_text=_("One step a line."))
    facts = lines(_("Facts found"))
    evidence = rows(
        _("Evidence"),
        Column("name", _("Evidence"), max_length=200),
        Column("proves", _("What it proves"), max_length=300, wide=True),
        max_rows=60,
    )
    law = rows(
        _("Provisions"),
        Column("instrument", _("Instrument"), max_length=80),
        Column("article", _("Article"), max_length=60),
        Column("content", _("Which it is"), max_length=120),
        max_rows=20,
        help_text=_(
            "Which was violated and which punishes it; a law, regulation or rule, not a policy document alone."
        ),
    )
    circumstances = lines(
        _("Circumstances of discretion"),
        help_text=_("What speaks for a lighter or a heavier penalty, and by which provision; if nothing does, say so."),
    )
    measures = lines(_("Measures taken so far"), required=False)
    proposal = lines(_("Proposal"))
    field_order = [
        "on", "source", "course", "facts", "evidence", "law", "circumstances", "measures", "proposal", "officers",
    ]  # fmt: skip


class Investigation(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        return {
            "on": clock.today(),
            "source": known.source(docket),
            "course": known.course(docket),
            "facts": known.facts(docket),
            "evidence": known.exhibits(docket),
            "law": known.violated(docket),
            "officers": people.first_two(docket),
        }

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        yield from rules.of_officers(values.get("officers"), values.get("on"))
        yield from rules.of_policy_alone(values.get("law"), POLICY_MARKS, named="law")

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **values,
            "filed": {"number": docket.number, "on": docket.opened_on},
            "officers": people.with_certificates(values["officers"]),
        }


KIND = Investigation(
    code="investigation_report",
    label=_("Report of the investigation"),
    title="行政处罚案件调查报告",
    template="notices/rectification/investigation_report.html",
    permission="rectification.handle_case",
    file_order=40,
    signed_by_party=False,
    is_relied_on=False,
    basis="行政处罚法第五十四条、第五十七条",
    content_form=InvestigationForm,
    docket_kinds=("rectification",),
)
