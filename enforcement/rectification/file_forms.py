"""立案审批表、法制审核意见书、结案审批表 of a case file, from what was recorded when the case was opened, reviewed and closed."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from casework.models import Docket
from core import clock
from core.labels import in_print
from enforcement.rectification.models import LegalReview, RectificationCase
from enforcement.rectification.workflow import Stage
from notices.casefile_forms import NOTE, Form
from notices.models import Notice
from notices.templatetags.notice_text import cn_date
from organisation.models import Officer
from organisation.roles import DEPARTMENT_HEAD
from trail.models import Event

FILING, REVIEW, CLOSING = "立案审批表", "法制审核意见书", "结案审批表"
HEAD: Final = {"role": "机关负责人意见"}  # signed by hand where nobody has decided in the portal


def of(docket: Docket) -> list[Form]:
    cases = RectificationCase.objects.select_related("lead__docket", "lead__violation", "enterprise")
    case = cases.filter(docket=docket).first()
    if case is None:  # no step was taken
        return []
    return [*_filing(case), *(_review(review) for review in case.reviews.order_by("pk")), *_closing(case)]


def _filing(case: RectificationCase) -> Iterator[Form]:
    opened, lead = _last(case, "rectification.open"), case.lead
    if opened is None or lead is None:
        return
    yield Form(
        FILING,
        "notices/rectification/filing_approval.html",
        _day(opened),
        7,
        {
            "cause": lead.violation.cause_of_matter,
            "source": f"{lead.get_origin_display()}（线索{lead.docket.number}，{cn_date(lead.received_on)}登记）",
            "party": _party(case),
            "summary": _lines(lead.facts),
            "grounds": [
                f"当事人涉嫌{lead.violation.act}，依照{in_print(lead.violation.legal_basis)}应当予以处理，符合立案条件。"
            ],
            "opinions": _opinions(opened, "决定立案调查。"),
            "remark": NOTE,
        },
    )


def _review(review: LegalReview) -> Form:
    case, on = review.case, clock.local(review.at).date()
    submitted = _last(case, "rectification.submit", until=review.at)
    return Form(
        REVIEW,
        "notices/rectification/legal_review.html",
        on,
        8,
        {
            "matter": case.docket.title,
            "handled_by": case.docket.department.short_name,
            "submitted_on": _day(submitted) if submitted else "",
            "draft": {"title": "责令改正违法行为决定书（送审稿）"},
            "opinion": _lines(review.opinion),
            "conclusion": "同意" if review.agreed else "不同意，退回承办人",
            "reviewers": [{"name": review.reviewer.name}],
            "reviewed_on": on,
        },
    )


def _closing(case: RectificationCase) -> Iterator[Form]:
    closed = _last(case, "rectification.close") if case.stage == Stage.CLOSED else None
    if closed is None:
        return
    orders = [order for order in _orders(case) if order.is_in_force]
    confirmed = _last(case, "rectification.confirm_rectified", until=closed.at)
    yield Form(
        CLOSING,
        "notices/rectification/closing_approval.html",
        _day(closed),
        90,
        {
            "cause": case.docket.title,
            "filing": {"number": case.docket.number, "on": case.docket.opened_on},
            "party": _party(case),
            "decision": _decision(orders[-1]) if orders else None,
            "handling": [*_handling(case)],
            "performance": [*_performance(case)],
            "ground": "责令改正的内容已全部改正。",
            "opinions": [
                *([_opinion("承办人意见", confirmed, "确认整改完成，提请结案。")] if confirmed else []),
                _opinion(str(HEAD["role"]), closed, "同意结案。"),
            ],
            "remark": NOTE,
        },
    )


# --- what was recorded ---------------------------------------------------------------------------------------------
def _last(case: RectificationCase, verb: str, *, until: Any = None) -> Event | None:
    found = Event.objects.filter(stream=f"docket:{case.docket_id}", verb=verb)
    if until is not None:
        found = found.filter(at__lte=until)
    return found.order_by("position").last()


def _day(event: Event) -> date:
    return clock.local(event.at).date()


def _opinions(event: Event, text: str) -> list[dict[str, Any]]:
    """By the head himself; or by the officer, and the head signs the paper by hand."""
    actor = Officer.objects.filter(pk=event.actor_id).first()
    if actor is not None and DEPARTMENT_HEAD in actor.roles:
        return [_opinion(str(HEAD["role"]), event, text)]
    return [_opinion("承办人意见", event, text), dict(HEAD)]


def _opinion(role: str, event: Event, text: str) -> dict[str, Any]:
    standing_in = f"（代{event.on_behalf_of}）" if event.on_behalf_of else ""
    return {"role": role, "text": text, "by": [f"{event.actor_name}{standing_in}"], "on": _day(event)}


def _party(case: RectificationCase) -> dict[str, str]:
    party = case.enterprise
    return {
        "name": party.name,
        "uscc": party.credit_code,
        "legal_representative": party.legal_representative,
        "address": party.address,
    }


def _orders(case: RectificationCase) -> list[Notice]:
    return list(case.docket.notices.filter(kind="rectification_order").exclude(number=None).order_by("pk"))


def _decision(order: Notice) -> dict[str, Any]:
    return {"title": order.title, "number": order.number, "on": order.issued_on}


def _handling(case: RectificationCase) -> Iterator[str]:
    """The orders, each with its service; what was granted to the party."""
    for order in _orders(case):
        served = order.services.filter(corrected_at=None).exclude(served_on=None).first()
        service = f"，{cn_date(served.served_on or '')}{served.get_method_display()}" if served else ""
        revoked = "" if order.is_in_force else "，后予撤销"
        yield f"{cn_date(order.issued_on or '')}作出《{order.title}》（{order.number}）{service}{revoked}。"
    for period in case.docket.deadlines.filter(kind="rectification.period").order_by("pk"):
        for granted in period.extensions.standing().order_by("pk"):
            yield f"改正期限延长{granted.length}日，理由：{granted.reason.rstrip('。；')}。"


def _performance(case: RectificationCase) -> Iterator[str]:
    for look in case.reinspections.filter(corrected_by=None).order_by("pk"):
        done = "已全部改正" if look.is_done else "尚未改正完毕"
        yield f"{cn_date(look.inspected_on)}复查：{look.findings.strip().rstrip('。')}。复查结果：{done}。"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
