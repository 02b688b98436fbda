"""移送: to the authority that has the power, to the police as a suspected crime, to the police for detention."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import statutes
from casework.models import PeriodRule
from core import clock
from enforcement.measures import deadlines as periods
from enforcement.measures import effects, happenings
from enforcement.measures.documents import common
from enforcement.measures.documents.common import PENAL_LAW, MeasureNotice
from enforcement.measures.happenings import Kind
from notices.fields import Column, RowsField
from notices.models import Notice, Service
from notices.registry import Addressee

if TYPE_CHECKING:
    from casework.models import Docket

TRANSFER, CRIME, DETENTION = "case_transfer", "criminal_referral", "detention_referral"
REFERRAL_RULES: Final = "行政执法机关移送涉嫌犯罪案件的规定"
CONNECTION: Final = "环境保护行政执法与刑事司法衔接工作办法"
DETENTION_RULES: Final = "行政主管部门移送适用行政拘留环境违法案件暂行办法"
# 生态环境法典: of whom the police detain the persons responsible. Before, 环境保护法第六十三条.
DETAINABLE: Final = {"EC1095A", "EC1095B", "EC1102", "EC1108"}


def materials() -> RowsField:
    return RowsField(
        label=gettext_lazy("List of what is handed over"),
        columns=[
            Column("name", gettext_lazy("Name"), max_length=80),
            Column("quantity", gettext_lazy("Quantity"), max_length=30),
            Column("note", gettext_lazy("Note"), max_length=60, required=False),
        ],
        max_rows=40,
    )


class ReferralForm(common.ArticlesMixin):
    """To whom, about what, by which article, with which papers."""

    receiver = common.line(gettext_lazy("Receiving authority"), longest=80)
    receiver_address = common.line(gettext_lazy("Address of the receiving authority"), longest=200)
    facts = common.facts()
    evidence = common.evidence()
    basis = common.articles(gettext_lazy("Legal basis of the referral"))
    materials = materials()
    contact = common.line(gettext_lazy("Contact and telephone"), longest=60)
    cc = common.copies()


class _Referral(MeasureNotice):
    """Addressed to the receiving authority, not to the party."""

    def addressee(self, notice: Notice) -> Addressee | None:
        name = str(notice.content.get("receiver", "")).strip()
        return Addressee(name, address=str(notice.content.get("receiver_address", "")).strip()) if name else None

    def initial(self, docket: "Docket") -> dict[str, Any]:
        officer = docket.officer
        return {
            "facts": common.facts_of(docket),
            "contact": f"{officer.name}，{officer.phone}" if officer and officer.phone else "",
        }

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        if values["receiver"].strip() == self.agency(notice).name_on(clock.today()):
            return [_("A matter is not referred to the authority that handles it.")]
        return []

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **super().context(notice, values),
            "addressee": values["receiver"],
            "remark": f"联系人：{values['contact']}" if values["contact"] else None,
            "annexes": ["移送材料清单"],
            "cc": values["cc"] or None,
        }

    kind: str

    def on_issued(self, notice: Notice) -> None:
        effects.order(notice=notice, kind=self.kind, since=clock.today())


class TransferForm(ReferralForm):
    why = common.text(
        gettext_lazy("Why it belongs to the receiving authority"),
        help_text=gettext_lazy("Completes “found on examination that …”, without full stop."),
    )
    asked = common.text(
        gettext_lazy("What it is asked to do"),
        help_text=gettext_lazy("Completes “please …”, without full stop."),
    )
    reply_by = common.day(gettext_lazy("Result asked for by"), required=False)

    field_order = ["receiver", "receiver_address", "facts", "evidence", "why", "basis", "asked", "reply_by"]


class CaseTransfer(_Referral):
    """案件移送函."""

    code = TRANSFER
    label = gettext_lazy("Letter that transfers a case")
    document_form = "AJYS"
    kind = Kind.TRANSFER.value
    template = "notices/measures/case_transfer.html"
    content_form = TransferForm
    file_order = 40

    def initial(self, docket: "Docket") -> dict[str, Any]:
        return {
            **super().initial(docket),
            "why": "该案不属于本机关法定职权范围",
            "basis": [{"instrument": PENAL_LAW, "article": "第十七条"}],
            "asked": "依法处理，并将处理结果书面函告我单位",
        }

    def validate(self, notice: Notice) -> list[str]:
        by = common.said(notice)["reply_by"]
        late = [_("The day by which the result is asked for lies in the past.")] if by and by < clock.today() else []
        return [*super().validate(notice), *late]


class CrimeForm(ReferralForm):
    """两法衔接办法第六条: the crime suspected and on what it rests; who handled the case; the papers of 移送规定第六条."""

    crime = common.line(
        gettext_lazy("Crime suspected"), help_text=gettext_lazy("As the criminal law names it, such as: 污染环境罪.")
    )
    crime_article = common.line(gettext_lazy("Article of the criminal law"), longest=40)
    reported_on = common.day(gettext_lazy("Referral proposed in writing on"))
    approved_on = common.day(gettext_lazy("Approved by the head of the authority on"))
    approved_by = common.line(
        gettext_lazy("Approved by"),
        longest=40,
        help_text=gettext_lazy("The head of the authority or who presides over its work (移送规定第五条)."),
    )
    officers = common.enforcers()

    field_order = ["receiver", "receiver_address", "facts", "evidence", "crime", "crime_article"]


# 移送规定第六条: (words of which one must stand in the list, what is missing where none does).
PAPERS: Final = (
    (("调查报告",), gettext_lazy("the report of the investigation (item 2)")),
    (("涉案物品清单", "物品清单"), gettext_lazy("the list of the things involved (item 3)")),
    (("检验", "鉴定", "监测", "认定"), gettext_lazy("the report of a test or appraisal (item 4)")),
)


class CriminalReferral(_Referral):
    """涉嫌犯罪案件移送书."""

    code = CRIME
    label = gettext_lazy("Referral of a suspected crime")
    document_form = "SXYS"
    kind = Kind.CRIME.value
    title = "涉嫌犯罪案件移送书"
    template = "notices/measures/criminal_referral.html"
    content_form = CrimeForm
    needs_legal_review = True
    file_order = 41

    def initial(self, docket: "Docket") -> dict[str, Any]:
        basis = [
            {"instrument": PENAL_LAW, "article": "第二十七条第一款"},
            {"instrument": REFERRAL_RULES, "article": "第三条、第五条"},
        ]
        if docket.department.is_environmental:
            basis.append({"instrument": CONNECTION, "article": "第六条"})
        return {
            **super().initial(docket),
            "basis": basis,
            "officers": common.team_of(docket),
            "materials": [
                {"name": "涉嫌犯罪案件情况的调查报告", "quantity": "1份", "note": ""},
                {"name": "涉案物品清单", "quantity": "1份", "note": ""},
                {"name": "检验报告或者鉴定意见", "quantity": "1份", "note": ""},
                {"name": "证据材料复印件", "quantity": "1册", "note": ""},
            ],
        }

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        names = [row["name"] for row in values["materials"]]
        found = [
            *super().validate(notice),
            *common.not_to_come(values["approved_on"], gettext_lazy("Approved by the head of the authority on")),
            *(
                _("Among the papers is not %(paper)s (移送规定第六条).") % {"paper": missing}
                for words, missing in PAPERS
                if not any(word in name for word in words for name in names)
            ),
        ]
        if values["approved_on"] < values["reported_on"]:
            found.append(_("The referral is not approved before it was proposed."))
        if len({row["name"] for row in values["officers"]}) < 2:
            found.append(_("Two officers or more form the group that handles it (移送规定第五条)."))
        if not any("检察院" in name for name in values["cc"]):
            found.append(
                _(
                    "The people's procuratorate of the same level receives a copy (移送规定第十四条；两法衔接办法第六条)."
                )
            )
        return found

    def warnings(self, notice: Notice) -> list[str]:
        """Days of the head and of the hand-over that have passed: a breach of the rules that does not undo the referral."""
        values = common.said(notice)
        found = super().warnings(notice)
        reported, approved = values.get("reported_on"), values.get("approved_on")
        if reported and approved and (approved - reported).days > 3:
            found.append(_("The head decides within three days of the report (移送规定第五条)."))
        if approved and (clock.today() - approved).days > 1:
            found.append(_("An approved referral is handed over within 24 hours (移送规定第五条)."))
        return found

    def on_issued(self, notice: Notice) -> None:
        super().on_issued(notice)
        values, docket = common.said(notice), notice.docket
        effects.begin(docket, happenings.CRIME_DECISION, on=values["reported_on"], event=periods.PROPOSED)
        effects.meet(docket, happenings.CRIME_DECISION, on=values["approved_on"])
        effects.begin(docket, happenings.CRIME_HANDOVER, on=values["approved_on"], event=periods.APPROVED)

    def on_served(self, notice: Notice, service: Service) -> None:
        """Handed over, and received by the police: their days run."""
        if service.served_on is not None:
            effects.meet(notice.docket, happenings.CRIME_HANDOVER, on=service.served_on)
            effects.begin(notice.docket, happenings.POLICE, on=service.served_on, event=periods.RECEIVED)


class DetentionForm(ReferralForm):
    """暂行办法第二条、第十一条: only after a penalty was decided; who is responsible; the papers in the original."""

    act = common.text(
        gettext_lazy("Act for which the law provides detention"),
        longest=200,
        help_text=gettext_lazy(
            "Completes “the acts of the party belong to …”, such as: 通过暗管逃避监管的方式违法排放污染物."
        ),
    )
    persons = RowsField(
        label=gettext_lazy("Persons directly responsible"),
        columns=[
            Column("name", gettext_lazy("Name"), max_length=40),
            Column("post", gettext_lazy("Post"), max_length=60),
            Column("note", gettext_lazy("What they did"), max_length=120),
        ],
        max_rows=10,
    )
    decision_number = common.line(gettext_lazy("Number of the decision on the penalty"), longest=60)
    decided_on = common.day(gettext_lazy("Penalty decided on"))
    approved_on = common.day(gettext_lazy("Referral decided on"))

    field_order = [
        "receiver",
        "receiver_address",
        "facts",
        "evidence",
        "act",
        "persons",
        "decision_number",
        "decided_on",
    ]


class DetentionReferral(_Referral):
    """涉嫌环境违法适用行政拘留处罚案件移送书."""

    code = DETENTION
    label = gettext_lazy("Referral for detention")
    document_form = "JLYS"
    kind = Kind.DETENTION.value
    title = "涉嫌环境违法适用行政拘留处罚案件移送书"
    template = "notices/measures/detention_referral.html"
    content_form = DetentionForm
    needs_legal_review = True
    file_order = 42

    def suits(self, docket: "Docket") -> bool:
        return super().suits(docket) and docket.department.is_environmental

    def initial(self, docket: "Docket") -> dict[str, Any]:
        violation = docket.rectification_case.violation
        cited = statutes.in_full(violation.legal_basis) if violation.code in DETAINABLE else []
        return {
            **super().initial(docket),
            "basis": [
                *({"instrument": name, "article": article} for name, article in cited),
                {"instrument": DETENTION_RULES, "article": "第二条、第十二条"},
            ],
            "materials": [
                {"name": "案件调查报告", "quantity": "1份", "note": ""},
                {"name": "涉案证据材料", "quantity": "1册", "note": "原件"},
                {"name": "涉案物品清单", "quantity": "1份", "note": ""},
                {"name": "行政处罚决定书及送达回证", "quantity": "1份", "note": ""},
            ],
        }

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        names = [row["name"] for row in values["materials"]]
        found = [
            *super().validate(notice),
            *common.not_to_come(values["decided_on"], gettext_lazy("Penalty decided on")),
            *common.not_to_come(values["approved_on"], gettext_lazy("Referral decided on")),
        ]
        if values["approved_on"] < values["decided_on"]:
            found.append(_("A case is referred for detention only after its penalty was decided (暂行办法第二条)."))
        wanted = {
            "调查报告": gettext_lazy("the report of the investigation"),
            "处罚决定": gettext_lazy("the decision on the penalty"),
        }
        found += [
            _("Among the papers is not %(paper)s (暂行办法第十一条).") % {"paper": missing}
            for word, missing in wanted.items()
            if not any(word in name for name in names)
        ]
        return found

    def law_allows(self, notice: Notice) -> list[str]:
        if notice.docket.department.is_environmental:
            return []
        return [
            _("Only whoever supervises the protection of the environment refers a case for detention (暂行办法第二条).")
        ]

    def warnings(self, notice: Notice) -> list[str]:
        found = super().warnings(notice)
        values = common.said(notice)
        number = values.get("decision_number", "")
        if number and not notice.docket.notices.filter(number=number.strip()).exists():
            found.append(_("No decision with the number %(number)s is on file here.") % {"number": number})
        if notice.docket.rectification_case.violation.code not in DETAINABLE:
            found.append(
                _(
                    "To be verified: whether the law provides detention for this violation; name its article in the legal basis."
                )
            )
        rule = statutes.chosen(("D47",), clock.today(), PeriodRule.objects.called("D47"))
        if rule is not None and not rule.is_verified:
            found.append(_("To be verified: %(note)s") % {"note": rule.note})
        return found

    def on_issued(self, notice: Notice) -> None:
        super().on_issued(notice)
        on = common.said(notice)["approved_on"]
        effects.begin(notice.docket, happenings.DETENTION_HANDOVER, on=on, event=periods.APPROVED)

    def on_served(self, notice: Notice, service: Service) -> None:
        if service.served_on is not None:
            effects.meet(notice.docket, happenings.DETENTION_HANDOVER, on=service.served_on)
