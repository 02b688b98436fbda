"""立案审批表、法制审核意见书、撤销立案审批表、结案审批表 of a case file: frozen when the case is opened, reviewed, withdrawn and closed.

A step that was taken before forms were frozen has its form made from what the trail knows of it, and the form says so.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from casework import kinds
from casework.models import Docket, Unit
from core import clock
from core.labels import in_chinese, in_print
from enforcement.leads import file_forms as words
from enforcement.leads.models import Lead
from enforcement.rectification.models import LegalReview, RectificationCase
from enforcement.rectification.workflow import Stage
from notices import casefile_forms
from notices.casefile_forms import NOTE, NOTE_MADE_LATER, Form
from notices.models import Notice
from notices.templatetags.notice_text import cn_date
from organisation.models import Officer
from organisation.roles import DEPARTMENT_HEAD
from trail.models import Event

FILING, REVIEW, WITHDRAWAL, CLOSING = "立案审批表", "法制审核意见书", "撤销立案审批表", "结案审批表"
REVIEWED: Final = ("rectification.agree", "rectification.return_from_review")
UNITS: Final = {Unit.CALENDAR_DAY: "日", Unit.WORKING_DAY: "个工作日", Unit.MONTH: "个月", Unit.YEAR: "年"}


# --- when the step is taken ----------------------------------------------------------------------------------------
@in_chinese()
def freeze_filing(case: RectificationCase, *, decided_by: Officer) -> None:
    """`decided_by`: whose power opened the case, be it used by a deputy."""
    opened = _last(case, "rectification.open")
    if opened is not None and case.lead is not None:
        is_head = DEPARTMENT_HEAD in decided_by.roles
        casefile_forms.freeze(case.docket, _filing(case, case.lead, opened, is_head=is_head, remark=NOTE))


@in_chinese()
def freeze_review(review: LegalReview) -> None:
    casefile_forms.freeze(review.case.docket, _review(review, remark=""))


@in_chinese()
def freeze_closing(case: RectificationCase) -> None:
    closed = _last(case, "rectification.close")
    if closed is not None:
        casefile_forms.freeze(case.docket, _closing(case, closed, remark=NOTE))


@in_chinese()
def freeze_withdrawal(case: RectificationCase) -> None:
    withdrawn = _last(case, "rectification.withdraw")
    if withdrawn is not None:
        casefile_forms.freeze(case.docket, _withdrawal(case, withdrawn, remark=NOTE))


# --- when the file is put together ---------------------------------------------------------------------------------
def of(docket: Docket) -> list[Form]:
    cases = RectificationCase.objects.select_related(
        "lead__docket", "lead__violation", "enterprise", "docket__department"
    )
    case = cases.filter(docket=docket).first()
    if case is None:  # no step was taken
        return []
    kept = casefile_forms.frozen(docket)
    return [kept[key] if key in kept else made_later() for key, made_later in _steps(case)]


def _steps(case: RectificationCase) -> Iterator[tuple[str, Callable[[], Form]]]:
    """The steps that have a form in the file: the key of each, and how it is made where it was not frozen."""
    opened = _last(case, "rectification.open")
    if opened is not None and case.lead is not None:
        yield (
            words.key(opened),
            partial(_filing, case, case.lead, opened, is_head=words.was_head(opened), remark=NOTE_MADE_LATER),
        )
    for review in case.reviews.select_related("reviewer").order_by("pk"):
        yield _key_of_review(review), partial(_review, review, remark=NOTE_MADE_LATER)
    withdrawn = _last(case, "rectification.withdraw") if case.stage == Stage.WITHDRAWN else None
    if withdrawn is not None:
        yield words.key(withdrawn), partial(_withdrawal, case, withdrawn, remark=NOTE_MADE_LATER)
    closed = _last(case, "rectification.close") if case.stage == Stage.CLOSED else None
    if closed is not None:
        yield words.key(closed), partial(_closing, case, closed, remark=NOTE_MADE_LATER)


def _key_of_review(review: LegalReview) -> str:
    return f"rectification.review:{review.pk}"


def _filing(case: RectificationCase, lead: Lead, opened: Event, *, is_head: bool, remark: str) -> Form:
    return Form(
        words.key(opened),
        FILING,
        "notices/rectification/filing_approval.html",
        words.day(opened),
        7,
        {
            "cause": lead.violation.cause_of_matter,
            "source": f"{lead.get_origin_display()}（线索{lead.docket.number}，{cn_date(lead.received_on)}接收）",
            "party": words.party(case.enterprise),
            "summary": words.lines(lead.facts),
            "grounds": [
                f"当事人涉嫌{lead.violation.act}，依照{in_print(lead.violation.legal_basis)}应当予以处理，符合立案条件。"
            ],
            "opinions": words.opinions(opened, "立案调查。", is_head=is_head),
            "remark": remark,
        },
    )


def _review(review: LegalReview, *, remark: str) -> Form:
    case, on = review.case, clock.local(review.at).date()
    submitted = _last(case, "rectification.submit", until=review.at)
    said = _last(case, *REVIEWED, until=review.at)
    return Form(
        _key_of_review(review),
        REVIEW,
        "notices/rectification/legal_review.html",
        on,
        8,
        {
            "matter": case.docket.title,
            "handled_by": case.docket.department.name_on(on),
            "submitted_on": words.day(submitted) if submitted else "",
            "draft": {"title": "责令改正违法行为决定书（送审稿）"},
            "opinion": words.lines(review.opinion),
            "conclusion": "同意" if review.agreed else "不同意，退回承办人",
            "reviewers": [{"name": words.signatory(said) if said else review.reviewer.name}],
            "reviewed_on": on,
            "remark": remark,
        },
    )


def _withdrawal(case: RectificationCase, withdrawn: Event, *, remark: str) -> Form:
    return Form(
        words.key(withdrawn),
        WITHDRAWAL,
        "notices/rectification/withdrawal_approval.html",
        words.day(withdrawn),
        90,
        {
            "cause": kinds.cause_of(case.docket),
            "filing": {"number": case.docket.number, "on": case.docket.opened_on},
            "party": words.party(case.enterprise),
            "summary": words.lines(case.facts),
            "grounds": words.lines(withdrawn.facts.get("reason", "")),
            "opinions": [
                words.opinion(words.HEAD, withdrawn, "同意撤销立案。")
            ],  # nobody else has the power, or lends it
            "remark": remark,
        },
    )


def _closing(case: RectificationCase, closed: Event, *, remark: str) -> Form:
    orders = [order for order in _orders(case) if order.is_in_force]
    looks = [*_performance(case)]
    performance = [*looks, *(line for tell in _performed_beside for line in tell(case))]
    confirmed = _last(case, "rectification.confirm_rectified", until=closed.at)
    return Form(
        words.key(closed),
        CLOSING,
        "notices/rectification/closing_approval.html",
        words.day(closed),
        90,
        {
            "cause": kinds.cause_of(case.docket),
            "filing": {"number": case.docket.number, "on": case.docket.opened_on},
            "party": words.party(case.enterprise),
            "decision": _decision(orders[-1]) if orders else None,
            "handling": [*_handling(case), *(line for tell in _handled_beside for line in tell(case))],
            "performance": performance,
            "ground": "责令改正的内容已全部改正。"
            + ("行政处罚程序已经终结。" if len(performance) > len(looks) else ""),
            "opinions": [
                *([words.opinion(words.OFFICER, confirmed, "确认整改完成，提请结案。")] if confirmed else []),
                words.opinion(words.HEAD, closed, "同意结案。"),  # nobody else has the power, or lends it
            ],
            "remark": remark,
        },
    )


# --- what was recorded ---------------------------------------------------------------------------------------------
def _last(case: RectificationCase, *verbs: str, until: Any = None) -> Event | None:
    return words.last(case.docket_id, *verbs, until=until)


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
            yield f"改正期限延长{granted.length}{UNITS[Unit(granted.unit)]}，理由：{granted.reason.rstrip('。；')}。"


# What an upper floor tells of the handling of a case and of its performance, on 结案审批表: (case) -> sentences.
_handled_beside: list[Callable[[RectificationCase], list[str]]] = []
_performed_beside: list[Callable[[RectificationCase], list[str]]] = []


def told_beside(
    handling: Callable[[RectificationCase], list[str]], performance: Callable[[RectificationCase], list[str]]
) -> None:
    _handled_beside.append(handling)
    _performed_beside.append(performance)


def _performance(case: RectificationCase) -> Iterator[str]:
    for look in case.reinspections.filter(corrected_by=None).order_by("pk"):
        done = "已全部改正" if look.is_done else "尚未改正完毕"
        yield f"{cn_date(look.inspected_on)}复查：{look.findings.strip().rstrip('。')}。复查结果：{done}。"
