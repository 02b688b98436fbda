"""Documents of rectification cases."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import origins, statutes
from core import clock
from enforcement.rectification import daily_penalty, lengths, order_checks, phrases
from enforcement.rectification.daily_penalty import Reach
from enforcement.rectification.workflow import Stage
from notices import content
from notices.fields import Column, LinesField, RowsField
from notices.registry import NoticeType
from notices.rendering import samples

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice, Service


class OrderForm(forms.Form):
    """The seven contents of a rectification order (环境保护主管部门实施按日连续处罚办法第九条)."""

    investigated_from = forms.DateField(
        label=gettext_lazy("Investigated from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    investigated_to = forms.DateField(
        label=gettext_lazy("Investigated until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    facts = LinesField(label=gettext_lazy("Facts found (one paragraph per line)"), max_item_length=2000)
    evidence = LinesField(label=gettext_lazy("Evidence, each with what it proves (one per line)"), max_items=60)
    violated = RowsField(
        label=gettext_lazy("Provisions violated"),
        columns=[
            Column("instrument", gettext_lazy("Instrument")),
            Column("article", gettext_lazy("Article"), max_length=40),
            Column("content", gettext_lazy("What it demands"), required=False, wide=True),
        ],
    )
    basis = RowsField(
        label=gettext_lazy("Legal basis of the order"),
        columns=[
            Column("instrument", gettext_lazy("Instrument")),
            Column("article", gettext_lazy("Article"), max_length=40),
        ],
    )
    requirements = RowsField(
        label=gettext_lazy("What must be rectified"),
        columns=[
            Column("within", gettext_lazy("Within"), max_length=40),
            Column("text", gettext_lazy("Requirement"), max_length=300, wide=True),
        ],
    )
    report = forms.CharField(
        label=gettext_lazy("How the result is reported"), max_length=300, widget=forms.Textarea(attrs={"rows": 4})
    )
    refusal = forms.CharField(
        label=gettext_lazy("Consequence of refusing"), max_length=300, widget=forms.Textarea(attrs={"rows": 4})
    )
    reconsideration_body = forms.CharField(label=gettext_lazy("Reconsideration by"), max_length=80)
    court = forms.CharField(
        label=gettext_lazy("Court"),
        max_length=60,
        help_text=gettext_lazy("Name the court where it is certain which one has jurisdiction (溧阳市人民法院)."),
    )
    cc = LinesField(label=gettext_lazy("Copies to (one per line)"), required=False, max_items=10, max_item_length=60)

    def clean_investigated_from(self) -> date:
        return _not_to_come(self.cleaned_data["investigated_from"])

    def clean_investigated_to(self) -> date | None:
        """Nobody has investigated after today, so never after the order is issued."""
        began, ended = self.cleaned_data.get("investigated_from"), self.cleaned_data["investigated_to"]
        if ended is None:
            return None
        if began is not None and ended < began:
            raise forms.ValidationError(_("The investigation cannot end before it begins."))
        return _not_to_come(ended) if ended != began else None

    def clean_evidence(self) -> list[str]:
        return [phrases.clause(item) for item in self.cleaned_data["evidence"]]

    def clean_violated(self) -> list[dict[str, str]]:
        return [
            row | {"instrument": phrases.title(row["instrument"]), "content": phrases.demand(row["content"])}
            for row in self.cleaned_data["violated"]
        ]

    def clean_basis(self) -> list[dict[str, str]]:
        return [row | {"instrument": phrases.title(row["instrument"])} for row in self.cleaned_data["basis"]]

    def clean_requirements(self) -> list[dict[str, str]]:
        rows = self.cleaned_data["requirements"]
        return [row | {"text": phrases.requirement(row["within"], row["text"])} for row in rows]


def _not_to_come(day: date) -> date:
    if day > clock.today():
        raise forms.ValidationError(_("The day lies in the future: the order tells what was investigated."))
    return day


COURT = "有管辖权的人民法院"
INSPECTION_RECORD = "现场检查（勘察）笔录（证明检查经过和检查发现的事实）"


class RectificationOrder(NoticeType):
    """责令改正违法行为决定书."""

    code = "rectification_order"
    label = gettext_lazy("Rectification order")
    document_form = "ZLGZ"
    template = "notices/rectification/rectification_order.html"
    content_form = OrderForm
    needs_legal_review = True
    docket_kinds = None  # started by the case, not by hand
    file_order = 10

    def initial(self, docket: "Docket") -> dict[str, Any]:
        case = docket.rectification_case
        visit = case.lead.finding.inspection if case.lead and case.lead.finding else None
        began = visit.inspected_on if visit else docket.opened_on
        we = docket.department.acts_as.own_name_in_text
        # What was kept at the visit and on the lead proves the case as much as what was added to it later.
        evidence = [phrases.exhibit(item.title, item.proves) for item in origins.evidence(docket)]
        if visit:
            evidence.insert(0, INSPECTION_RECORD)
        fresh = {
            "investigated_from": began,
            "investigated_to": clock.today() if clock.today() > began else None,
            "facts": case.facts.splitlines(),
            "evidence": evidence,
            # The article that punishes is not the one that was violated: what nobody knows stays blank until it is filled in.
            "violated": [_article(*found) | {"content": ""} for found in statutes.in_full(case.violation.duty_article)],
            "basis": [
                _article("中华人民共和国行政处罚法", "第二十八条第一款"),
                *(_article(*found) for found in statutes.in_full(case.violation.legal_basis)),
            ],
            "requirements": _requirements(case),
            "report": f"改正完成后五个工作日内，将整改报告及证明材料书面报送{we}。",
            "refusal": _consequence(case),
            "reconsideration_body": docket.department.acts_as.reconsidered_by,
            "court": COURT,
        }
        return fresh | self._as_before(docket, evidence)

    def _as_before(self, docket: "Docket", evidence: list[str]) -> dict[str, Any]:
        """A case that orders again stands by the law and the evidence of its last order, and adds what came since."""
        last = docket.notices.filter(kind=self.code).exclude(number=None).order_by("-id").first()
        if last is None:
            return {}
        words = content.clean(self.form(last.content))  # an order of before a rule of the form may break that rule
        kept = ("violated", "basis", "reconsideration_body", "court", "cc")
        known = list(dict.fromkeys([*words.get("evidence", []), *evidence]))
        return {name: words[name] for name in kept if name in words} | {"evidence": known}

    def validate(self, notice: "Notice") -> list[str]:
        """The closed list of 环境保护主管部门实施按日连续处罚办法第九条, as far as the form does not ask for it."""
        addressee = self.addressee(notice)
        missing = []
        if addressee is not None and not addressee.representative:
            missing.append(
                _("The legal representative or principal of %(party)s is missing in the register: the order names him.")
                % {"party": addressee.name}
            )
        reach = daily_penalty.reach(notice.docket.rectification_case.violation, notice.docket.department)
        is_named = daily_penalty.NAME in notice.content.get("refusal", "")
        if reach == Reach.YES and not is_named:
            missing.append(
                _("The consequence of refusing must name the penalty by the day (按日连续处罚办法第九条第五项).")
            )
        # An environmental authority may have a local regulation for it: there daily_penalty.note() only asks.
        if is_named and not notice.docket.department.is_environmental:
            missing.append(
                _(
                    "The consequence of refusing names the penalty by the day, which only environmental authorities impose (按日连续处罚办法第五条): take it out."
                )
            )
        return missing

    def warnings(self, notice: "Notice") -> list[str]:
        """Where the order parts from its case, from the statute book, or from what the portal proposed."""
        return [*super().warnings(notice), *order_checks.warnings(notice, self.agency(notice))]

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        addressee = self.addressee(notice)
        party = {
            "name": addressee.name if addressee else "",
            "uscc": addressee.credit_code if addressee else "",
            "legal_representative": addressee.representative if addressee else "",
            "address": addressee.address if addressee else "",
        }
        return {
            "party": party,
            "investigated": {
                "from": values["investigated_from"],
                "to": values["investigated_to"],
                "by": self.agency(notice).own_name_in_text,
            },
            **{
                name: values[name]
                for name in ("facts", "evidence", "violated", "basis", "requirements", "report", "refusal")
            },
            "remedies": {
                "reconsideration_body": values["reconsideration_body"],
                "reconsideration_period": "六十日",
                "court": values["court"],
                "litigation_period": "六个月",
            },
            "has_period": any(lengths.days_within(row["within"]) != 0 for row in values["requirements"]),
            "cc": values["cc"],
        }

    def sample(self) -> dict[str, Any]:
        return samples.rectification_order()

    def guards(self, notice: "Notice") -> list[str]:
        case = notice.docket.rectification_case
        if case.order_id != notice.pk:
            return [_("This draft is not the order of the case.")]
        if case.stage != Stage.SERVING:
            return [_("The order is issued from the page of the case, once the case is approved.")]
        return []

    def on_served(self, notice: "Notice", service: "Service") -> None:
        from enforcement.rectification import services

        case = notice.docket.rectification_case
        if case.order_id == notice.pk and service.served_on is not None:
            services.order_was_served(case=case, served_on=service.served_on)

    def on_service_corrected(self, notice: "Notice", service: "Service") -> None:
        from enforcement.rectification import services

        case = notice.docket.rectification_case
        if case.order_id == notice.pk and service.served_on is not None:
            services.order_service_was_corrected(
                case=case, served_on=service.served_on, reason=service.correction_reason
            )

    def on_superseded(self, notice: "Notice", by_notice: "Notice") -> None:
        from enforcement.rectification import services

        case = notice.docket.rectification_case
        if case.order_id == notice.pk:
            services.order_was_revoked(case=case, reason=by_notice.supersede_reason)


def _article(instrument: str, article: str) -> dict[str, str]:
    return {"instrument": instrument, "article": article}


def _requirements(case: Any) -> list[dict[str, str]]:
    """One row a line of the case, with the period the line begins with, else that of the case; the period stands once."""
    days = case.rectification_days
    usual = "立即" if days == 0 else f"{days}日内"
    rows = []
    for line in filter(None, map(str.strip, case.requirements.splitlines())):
        within = lengths.begins_with(phrases.unnumbered(line))[0] or usual
        rows.append({"within": within, "text": phrases.requirement(within, line)})
    return rows


def _consequence(case: Any) -> str:
    """What refusing leads to; an environmental authority also warns of the penalty by the day, where the law has one."""
    department = case.docket.department
    we, basis = department.acts_as.own_name_in_text, daily_penalty.basis_on(clock.today())
    text = f"{we}将对改正情况进行复查。逾期不改正或者改正后仍不符合要求的，将依法作出处理"
    if basis and daily_penalty.reach(case.violation, department) == Reach.YES:
        text += (
            f"；违法排放污染物受到罚款处罚，被责令改正，拒不改正的，依据{basis}，"
            f"可以自责令改正之日的次日起，按照原处罚数额{daily_penalty.NAME}"
        )
    return f"{text}。"
