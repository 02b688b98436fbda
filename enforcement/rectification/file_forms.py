"""立案审批表、法制审核意见书、结案审批表 of a case file: frozen when the case is opened, reviewed and closed.

A step that was taken before forms were frozen has its form made from what the trail knows of it, and the form says so.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from casework import kinds
from casework.models import Docket, Unit
from core import clock
from core.labels import in_chinese, in_print
from enforcement.leads.models import Lead
from enforcement.rectification.models import LegalReview, RectificationCase
from enforcement.rectification.workflow import Stage
from notices import casefile_forms
from notices.casefile_forms import NOTE, NOTE_MADE_LATER, Form
from notices.models import Notice
from notices.templatetags.notice_text import cn_date
from organisation.models import Delegation, Officer
from organisation.roles import DEPARTMENT_HEAD
from trail.models import Event

FILING, REVIEW, CLOSING = "立案审批表", "法制审核意见书", "结案审批表"
OFFICER, HEAD = "承办人意见", "机关负责人意见"
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
        yield _key(opened), partial(_filing, case, case.lead, opened, is_head=_was_head(opened), remark=NOTE_MADE_LATER)
    for review in case.reviews.select_related("reviewer").order_by("pk"):
        yield _key_of_review(review), partial(_review, review, remark=NOTE_MADE_LATER)
    closed = _last(case, "rectification.close") if case.stage == Stage.CLOSED else None
    if closed is not None:
        yield _key(closed), partial(_closing, case, closed, remark=NOTE_MADE_LATER)


def _key(event: Event) -> str:
    return f"{event.verb}:{event.position}"


def _key_of_review(review: LegalReview) -> str:
    return f"rectification.review:{review.pk}"


def _filing(case: RectificationCase, lead: Lead, opened: Event, *, is_head: bool, remark: str) -> Form:
    return Form(
        _key(opened),
        FILING,
        "notices/rectification/filing_approval.html",
        _day(opened),
        7,
        {
            "cause": lead.violation.cause_of_matter,
            "source": f"{lead.get_origin_display()}（线索{lead.docket.number}，{cn_date(lead.received_on)}接收）",
            "party": _party(case),
            "summary": _lines(lead.facts),
            "grounds": [
                f"当事人涉嫌{lead.violation.act}，依照{in_print(lead.violation.legal_basis)}应当予以处理，符合立案条件。"
            ],
            "opinions": _opinions(opened, "立案调查。", is_head=is_head),
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
            "submitted_on": _day(submitted) if submitted else "",
            "draft": {"title": "责令改正违法行为决定书（送审稿）"},
            "opinion": _lines(review.opinion),
            "conclusion": "同意" if review.agreed else "不同意，退回承办人",
            "reviewers": [{"name": _signatory(said) if said else review.reviewer.name}],
            "reviewed_on": on,
            "remark": remark,
        },
    )


def _closing(case: RectificationCase, closed: Event, *, remark: str) -> Form:
    orders = [order for order in _orders(case) if order.is_in_force]
    looks = [*_performance(case)]
    performance = [*looks, *(line for tell in _performed_beside for line in tell(case))]
    confirmed = _last(case, "rectification.confirm_rectified", until=closed.at)
    return Form(
        _key(closed),
        CLOSING,
        "notices/rectification/closing_approval.html",
        _day(closed),
        90,
        {
            "cause": kinds.cause_of(case.docket),
            "filing": {"number": case.docket.number, "on": case.docket.opened_on},
            "party": _party(case),
            "decision": _decision(orders[-1]) if orders else None,
            "handling": [*_handling(case), *(line for tell in _handled_beside for line in tell(case))],
            "performance": performance,
            "ground": "责令改正的内容已全部改正。"
            + ("行政处罚程序已经终结。" if len(performance) > len(looks) else ""),
            "opinions": [
                *([_opinion(OFFICER, confirmed, "确认整改完成，提请结案。")] if confirmed else []),
                _opinion(HEAD, closed, "同意结案。"),  # nobody else has the power, or lends it
            ],
            "remark": remark,
        },
    )


# --- what was recorded ---------------------------------------------------------------------------------------------
def _last(case: RectificationCase, *verbs: str, until: Any = None) -> Event | None:
    found = Event.objects.filter(stream=f"docket:{case.docket_id}", verb__in=verbs)
    if until is not None:
        found = found.filter(at__lte=until)
    return found.order_by("position").last()


def _day(event: Event) -> date:
    return clock.local(event.at).date()


def _was_head(event: Event) -> bool:
    """Was it a head's power by which the act was done? By the grants of the role that the trail knows."""
    acting = Officer.objects.filter(pk=event.actor_id)
    if event.on_behalf_of:
        lent = Delegation.objects.filter(deputy_id=event.actor_id, starts_on__lte=_day(event), ends_on__gte=_day(event))
        acting = Officer.objects.filter(pk__in=lent.values("principal"))
        return any(_held(one, event) for one in acting if str(one) == event.on_behalf_of)
    return any(_held(one, event) for one in acting)


def _held(officer: Officer, event: Event) -> bool:
    """Had he the role of a head then? The first change of it since tells; without one, he has what he had."""
    of_him = Event.objects.filter(stream=f"{Officer._meta.label_lower}:{officer.pk}", facts__role=DEPARTMENT_HEAD.code)
    since = of_him.filter(verb__in=("organisation.role_grant", "organisation.role_revoke"), at__gt=event.at)
    changed = since.order_by("position").first()
    return changed.verb == "organisation.role_revoke" if changed is not None else DEPARTMENT_HEAD in officer.roles


def _opinions(event: Event, text: str, *, is_head: bool) -> list[dict[str, Any]]:
    """The head, or a deputy in his place, decides. An officer proposes, whatever the portal let him do, and the head signs by hand."""
    if is_head:
        return [_opinion(HEAD, event, f"决定{text}")]
    return [_opinion(OFFICER, event, f"建议{text}"), {"role": HEAD}]


def _opinion(role: str, event: Event, text: str) -> dict[str, Any]:
    return {"role": role, "text": text, "by": [_signatory(event)], "on": _day(event)}


def _signatory(event: Event) -> str:
    """A deputy signs in the place of the colleague who entrusted him (委托代办)."""
    in_his_place = f"（受{event.on_behalf_of}委托代行）" if event.on_behalf_of else ""
    return f"{event.actor_name}{in_his_place}"


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


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
