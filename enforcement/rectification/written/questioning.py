"""调查询问笔录 (DCXW): who was asked, what he was told of his rights, questions and answers; he signs each page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core.errors import Fault
from enforcement.rectification.written import people, rules
from enforcement.rectification.written.fields import OfficersForm, OneOfficer, moment, offer, rows, text
from notices.fields import Column
from notices.records import RecordKind


class QuestioningForm(OfficersForm):
    began = moment(_("Began at"))
    ended = moment(_("Ended at"))
    place = text(_("Place"))
    recorder = OneOfficer(label=_("Who writes it down"))
    person = text(_("Who is asked"), 40)
    id_number = text(_("Number of the identity card"), 18, required=False)
    employer = text(_("Employer"), 120, required=False)
    post = text(_("Post"), 60, required=False)
    relation = text(
        _("Relation to the case"), 60, help_text=_("Such as: legal representative, employee on duty, witness.")
    )
    address = text(_("Home address"), required=False)
    phone = text(_("Telephone"), 40, required=False)
    rights_told = forms.BooleanField(
        label=_(
            "Certificates were shown; the right to ask for recusal and the duty to answer truthfully were explained"
        )
    )
    recusal_asked = forms.BooleanField(label=_("Recusal was asked for"), required=False)
    recusal_reason = text(_("Why recusal was asked for"), required=False)
    answers = rows(
        _("Questions and answers"),
        Column("question", _("Question"), max_length=500, wide=True),
        Column("answer", _("Answer"), max_length=1500, wide=True),
        max_rows=60,
        spare=3,
    )
    field_order = [
        "began", "ended", "place", "officers", "recorder", "person", "id_number", "employer", "post", "relation", "address", "phone",
        "rights_told", "recusal_asked", "recusal_reason", "answers",
    ]  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        offer(self, "recorder", self.docket)


class Questioning(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        first = people.first_two(docket)
        return {
            "officers": first,
            "recorder": first[1] if len(first) > 1 else None,
            "employer": docket.enterprise.name if docket.enterprise else "",
        }

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        began, officers = values.get("began"), values.get("officers")
        yield from rules.of_end(began, values.get("ended"))
        yield from rules.of_officers(officers, began)
        yield from rules.of_recorder(officers, values.get("recorder"))
        yield from rules.of_recusal(values.get("recusal_asked"), values.get("recusal_reason"))

    def warnings(self, docket: Docket, values: Mapping[str, Any]) -> list[str]:
        if not values.get("recusal_asked"):
            return []
        return [
            str(
                _(
                    "Whether to recuse is decided by the head; until then the investigation goes on (行政处罚法第四十三条)."
                )
            )
        ]

    def which(self, docket: Docket, values: Mapping[str, Any]) -> str:
        return str(values["person"])

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        names = ("began", "ended", "place", "employer", "post", "relation", "address", "phone", "id_number", "answers")
        return {
            **{name: values[name] for name in names},
            "person": values["person"],
            "officers": people.with_certificates(values["officers"]),
            "recorder": values["recorder"].name if values["recorder"] else "",
            "recusal": (values["recusal_reason"] if values["recusal_asked"] else "") or "",
        }


KIND = Questioning(
    code="questioning",
    label=_("Record of questioning"),
    title="调查询问笔录",
    template="notices/rectification/questioning.html",
    permission="rectification.handle_case",
    file_order=22,
    signed_proves="询问经过、询问内容以及被询问人对笔录的确认",
    basis="行政处罚法第五十五条",
    content_form=QuestioningForm,
    docket_kinds=("rectification",),
    day_field="began",
)
