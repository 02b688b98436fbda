"""线索登记表、不予立案审批表 of a case file: frozen when a lead is registered and dismissed; and the words that such forms share with
those of the case.

A lead from before forms were frozen has its forms made from what the trail knows of it, and they say so.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from casework.models import Docket
from core import clock
from core.labels import in_chinese, in_print
from enforcement.leads.informants import FROM_THE_PUBLIC
from enforcement.leads.models import Lead
from enforcement.leads.workflow import Stage
from notices import casefile_forms
from notices.casefile_forms import NOTE, NOTE_MADE_LATER, Form
from notices.templatetags.notice_text import cn_date
from organisation.models import Delegation, Officer
from organisation.roles import DEPARTMENT_HEAD
from registry.models import Enterprise
from trail.models import Event

REGISTRATION, NO_CASE = "线索登记表", "不予立案审批表"
OFFICER, HEAD = "承办人意见", "机关负责人意见"
NOT_NAMED: Final = "依法保密，不载入本表。"


# --- when the step is taken ----------------------------------------------------------------------------------------
@in_chinese()
def freeze_registration(lead: Lead) -> None:
    if (event := last(lead.docket_id, "leads.register")) is not None:
        casefile_forms.freeze(lead.docket, _registration(lead, event, remark=""))


@in_chinese()
def freeze_no_case(lead: Lead, *, decided_by: Officer) -> None:
    """`decided_by`: whose power dismissed the lead, be it used by a deputy."""
    if (event := last(lead.docket_id, "leads.dismiss")) is not None:
        is_head = DEPARTMENT_HEAD in decided_by.roles
        casefile_forms.freeze(lead.docket, _no_case(lead, event, is_head=is_head, remark=NOTE))


# --- when the file is put together ---------------------------------------------------------------------------------
def of(docket: Docket) -> list[Form]:
    lead = Lead.objects.select_related("docket__department", "violation", "enterprise").filter(docket=docket).first()
    if lead is None:
        return []
    kept = casefile_forms.frozen(docket)
    return [kept[key] if key in kept else made_later() for key, made_later in _steps(lead)]


def _steps(lead: Lead) -> Iterator[tuple[str, Callable[[], Form]]]:
    """The steps that have a form in the file: the key of each, and how it is made where it was not frozen."""
    if (event := last(lead.docket_id, "leads.register")) is not None:
        yield key(event), partial(_registration, lead, event, remark=NOTE_MADE_LATER)
    event = last(lead.docket_id, "leads.dismiss") if lead.stage == Stage.DISMISSED else None
    if event is not None:
        yield key(event), partial(_no_case, lead, event, is_head=was_head(event), remark=NOTE_MADE_LATER)


def _registration(lead: Lead, event: Event, *, remark: str) -> Form:
    return Form(
        key(event),
        REGISTRATION,
        "notices/leads/lead_registration.html",
        day(event),
        6,  # behind the record of the visit it came from
        {
            "cause": lead.violation.cause_of_matter,
            "source": str(lead.get_origin_display()),
            "informant": NOT_NAMED if lead.origin in FROM_THE_PUBLIC else "无",
            "received_on": lead.received_on,
            "acted": _acted(lead),
            "party": party(lead.enterprise),
            "summary": lines(lead.facts),
            "basis": in_print(lead.violation.legal_basis),
            "registered": {"by": signatory(event), "on": day(event)},
            "opinions": [{"role": "承办机构负责人意见"}],
            "remark": remark,
        },
    )


def _no_case(lead: Lead, event: Event, *, is_head: bool, remark: str) -> Form:
    return Form(
        key(event),
        NO_CASE,
        "notices/leads/no_case_approval.html",
        day(event),
        7,
        {
            "cause": lead.violation.cause_of_matter,
            "source": f"{lead.get_origin_display()}（{cn_date(lead.received_on)}接收）",
            "party": party(lead.enterprise),
            "summary": lines(lead.facts),
            "grounds": lines(event.facts.get("reason", "")),
            "transferred_to": lead.transferred_to,
            "opinions": opinions(event, "不予立案。", is_head=is_head),
            "remark": remark,
        },
    )


def _acted(lead: Lead) -> str:
    if lead.acted_from is None:
        return ""
    end = f"至{cn_date(lead.acted_to)}" if lead.acted_to and lead.acted_to != lead.acted_from else ""
    return f"{cn_date(lead.acted_from)}{end}"


# --- words that these forms share with those of the case ------------------------------------------------------------
def last(docket_id: int, *verbs: str, until: Any = None) -> Event | None:
    """The last event of these verbs in the chain of the docket."""
    found = Event.objects.filter(stream=f"docket:{docket_id}", verb__in=verbs)
    if until is not None:
        found = found.filter(at__lte=until)
    return found.order_by("position").last()


def key(event: Event) -> str:
    return f"{event.verb}:{event.position}"


def day(event: Event) -> date:
    return clock.local(event.at).date()


def was_head(event: Event) -> bool:
    """Was it a head's power by which the act was done? By the grants of the role that the trail knows."""
    acting = Officer.objects.filter(pk=event.actor_id)
    if event.on_behalf_of:
        lent = Delegation.objects.filter(deputy_id=event.actor_id, starts_on__lte=day(event), ends_on__gte=day(event))
        acting = Officer.objects.filter(pk__in=lent.values("principal"))
        return any(_held(one, event) for one in acting if str(one) == event.on_behalf_of)
    return any(_held(one, event) for one in acting)


def _held(officer: Officer, event: Event) -> bool:
    """Had he the role of a head then? The first change of it since tells; without one, he has what he had."""
    of_him = Event.objects.filter(stream=f"{Officer._meta.label_lower}:{officer.pk}", facts__role=DEPARTMENT_HEAD.code)
    since = of_him.filter(verb__in=("organisation.role_grant", "organisation.role_revoke"), at__gt=event.at)
    changed = since.order_by("position").first()
    return changed.verb == "organisation.role_revoke" if changed is not None else DEPARTMENT_HEAD in officer.roles


def opinions(event: Event, text: str, *, is_head: bool) -> list[dict[str, Any]]:
    """The head, or a deputy in his place, decides. An officer proposes, whatever the portal let him do, and the head signs by hand."""
    if is_head:
        return [opinion(HEAD, event, f"决定{text}")]
    return [opinion(OFFICER, event, f"建议{text}"), {"role": HEAD}]


def opinion(role: str, event: Event, text: str) -> dict[str, Any]:
    return {"role": role, "text": text, "by": [signatory(event)], "on": day(event)}


def signatory(event: Event) -> str:
    """A deputy signs in the place of the colleague who entrusted him (委托代办)."""
    in_his_place = f"（受{event.on_behalf_of}委托代行）" if event.on_behalf_of else ""
    return f"{event.actor_name}{in_his_place}"


def party(enterprise: Enterprise) -> dict[str, str]:
    return {
        "name": enterprise.name,
        "uscc": enterprise.credit_code,
        "legal_representative": enterprise.legal_representative,
        "address": enterprise.address,
    }


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
