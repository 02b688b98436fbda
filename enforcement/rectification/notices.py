"""Documents of rectification cases."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import cn2an
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from enforcement.rectification.workflow import Stage
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
    evidence = LinesField(label=gettext_lazy("Evidence, each with what it proves (one per line)"))
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
    report = forms.CharField(label=gettext_lazy("How the result is reported"), max_length=300)
    refusal = forms.CharField(
        label=gettext_lazy("Consequence of refusing"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    reconsideration_body = forms.CharField(label=gettext_lazy("Reconsideration by"), max_length=80)
    court = forms.CharField(label=gettext_lazy("Court"), max_length=60)
    cc = LinesField(label=gettext_lazy("Copies to (one per line)"), required=False, max_items=10, max_item_length=60)


NUMBERED = re.compile(r"第(\d+)([条款项])")
ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[）)]$")


def split_citation(text: str) -> tuple[str, str]:
    """“稀土管理条例第21条” → (“稀土管理条例”, “第二十一条”); a citation without article keeps an empty one."""
    head, mark, tail = text.partition("第")
    article = NUMBERED.sub(lambda found: f"第{cn2an.an2cn(found[1], 'low')}{found[2]}", f"{mark}{tail}")
    return head.strip("《》 "), ITEM.sub(r"第\1项", article)


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
        instrument, article = split_citation(case.violation.legal_basis.split(";")[0])
        began = case.lead.finding.inspection.inspected_on if case.lead and case.lead.finding else docket.opened_on
        days = case.rectification_days
        return {
            "investigated_from": began,
            "investigated_to": clock.today() if clock.today() > began else None,
            "facts": case.facts.splitlines(),
            "evidence": [f"{item.title}（证明{item.proves}）" for item in docket.evidence.filter(withdrawn_at=None)]
            or ["现场检查（勘察）笔录（证明检查经过和检查发现的事实）"],
            "violated": [{"instrument": instrument, "article": article, "content": ""}],
            "basis": [
                {"instrument": "中华人民共和国行政处罚法", "article": "第二十八条第一款"},
                {"instrument": instrument, "article": article},
            ],
            "requirements": [
                {"within": f"{days}日内", "text": line.strip(" ；;。")}
                for line in case.requirements.splitlines()
                if line.strip()
            ],
            "report": f"改正完成后五个工作日内，将整改报告及证明材料书面报送{short_self(docket)}。",
            "refusal": f"{short_self(docket)}将对改正情况进行复查。逾期不改正或者改正后仍不符合要求的，将依法作出处理。",
            "reconsideration_body": reconsideration_body(docket),
            "court": "有管辖权的人民法院",
        }

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
                "by": short_self(notice.docket),
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


def short_self(docket: "Docket") -> str:
    """How an authority speaks of itself: 我厅 for one of the province, 我局 below."""
    return "我厅" if docket.department.name.endswith("厅") else "我局"


def reconsideration_body(docket: "Docket") -> str:
    """行政复议法第二十四条: the people's government of the same level."""
    region = docket.department.region
    return f"{region.name}人民政府"
