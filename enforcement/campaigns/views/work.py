"""Work in a campaign: self-checks, tasks, and the matters that belong to it."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonForm
from casework.views import steps
from casework.views.acts import GET_AND_POST, act, itself, opened
from enforcement.campaigns import selectors, services
from enforcement.campaigns.forms import MattersForm, SelfCheckForm, TaskForm
from enforcement.campaigns.models import Campaign, Target
from enforcement.campaigns.services.self_checks import seen_as
from enforcement.campaigns.workflow import LEAD, WORK


@require_http_methods(GET_AND_POST)
def self_check(request: HttpRequest, pk: int) -> HttpResponse:
    target = opened(request, Target, pk, WORK)
    initial = {row["code"]: row["answer"] for row in target.answers}
    initial |= {"received_on": target.received_on, "gaps": target.gaps}
    form = SelfCheckForm(request.POST or None, target=target, initial=initial)
    return act(
        request,
        target,
        form,
        lambda by, **_fields: services.record_self_check(
            target=target, seen=request.POST.get("seen", ""), by=by, **form.given()
        ),
        done=_("The self-check is recorded."),
        title=_("Self-check of %(enterprise)s") % {"enterprise": target.enterprise.name},
        submit=_("Record the self-check"),
        seen=seen_as(target),
        before=steps.Basis(
            [
                (_("Enterprise"), target.enterprise.name),
                (_("Why it was chosen"), target.reason),
                (_("Self-check due on"), target.due_on.isoformat()),
                (_("Recorded"), target.get_result_display() if target.result else _("Not yet")),
            ]
        ),
    )


@require_http_methods(GET_AND_POST)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = opened(request, Campaign, pk, LEAD)
    return act(
        request,
        campaign,
        TaskForm(request.POST or None, of=campaign),
        partial(services.assign, campaign=campaign),
        done=lambda task: _("Task %(number)s is assigned.") % {"number": task},
        leads_to=itself,
        title=_("Assign a task"),
        submit=_("Assign the task"),
        lead=_("It becomes a matter of that department, which is reminded of its day."),
    )


@require_http_methods(GET_AND_POST)
def add_matters(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = opened(request, Campaign, pk, WORK)
    offered = selectors.matters_offered(campaign, request.user)
    return act(
        request,
        campaign,
        MattersForm(request.POST or None, offered=offered),
        partial(services.add_matters, campaign=campaign),
        done=lambda links: _("%(count)d matters are added.") % {"count": len(links)},
        leads_to=lambda _links: campaign,
        title=_("Add inspections, leads and cases"),
        submit=_("Add the matters"),
        lead=_("Offered are matters of the campaign's enterprises that were opened within its period."),
    )


@require_http_methods(GET_AND_POST)
def remove_matter(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    campaign = opened(request, Campaign, pk, WORK)
    row = selectors.links_seen(campaign, request.user).filter(pk=link).first()
    if row is None:
        raise Http404
    return act(
        request,
        campaign,
        ReasonForm(request.POST or None),
        partial(services.remove_matter, campaign=campaign, link=row),
        done=_("The matter is taken out of the campaign."),
        title=_("Take %(enterprise)s out") % {"enterprise": row.docket},
        submit=_("Take it out"),
        tone="danger",
    )
