"""The plan of a campaign, its members and its enterprises."""

from dataclasses import fields as fields_of
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.forms import ReasonForm
from casework.views.acts import GET_AND_POST, act, opened
from core.errors import refusals_on
from enforcement.campaigns import selectors, services
from enforcement.campaigns.forms import EditPlanForm, MemberForm, NarrowForm, NewCampaignForm, TargetsForm
from enforcement.campaigns.models import Campaign, Target
from enforcement.campaigns.services import Plan
from enforcement.campaigns.workflow import LEAD, Stage

PLAN = [field.name for field in fields_of(Plan)]


def _plan(cleaned: dict[str, Any]) -> Plan:
    return Plan(**{name: cleaned[name] for name in PLAN})


@permission_required(LEAD, raise_exception=True)
@require_http_methods(GET_AND_POST)
def new(request: HttpRequest) -> HttpResponse:
    form = NewCampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            campaign = services.create(
                subject=form.cleaned_data["subject"],
                plan=_plan(form.cleaned_data),
                by=request.user,  # type: ignore[arg-type]
            )
            messages.success(request, _("Campaign %(number)s is opened.") % {"number": campaign})
            return redirect(campaign)
    return render(request, "campaigns/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_http_methods(GET_AND_POST)
def edit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = opened(request, Campaign, pk, LEAD)
    initial = {name: getattr(campaign, name) for name in PLAN}
    initial |= {"policy_source": campaign.policy_source_id, "version": campaign.version}
    return act(
        request,
        campaign,
        EditPlanForm(request.POST or None, initial=initial),
        lambda by, version, reason, **fields: services.edit_plan(
            campaign=campaign, plan=_plan(fields), reason=reason, expected_version=version, by=by
        ),
        done=_("The plan is changed."),
        title=_("Change the plan"),
        submit=_("Save the plan"),
        lead="" if campaign.stage == Stage.PLANNING else _("The plan is deployed: a change needs its reason."),
    )


@require_http_methods(GET_AND_POST)
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = opened(request, Campaign, pk, LEAD)
    return act(
        request,
        campaign,
        MemberForm(request.POST or None, of=campaign),
        partial(services.name_member, campaign=campaign),
        done=lambda member: _("%(department)s takes part.") % {"department": member.department},
        leads_to=lambda _member: campaign,
        title=_("Name a member department"),
        submit=_("Save the member"),
        lead=_("Of a department that is a member already its duties are changed."),
    )


@require_http_methods(GET_AND_POST)
def remove_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    campaign = opened(request, Campaign, pk, LEAD)
    row = campaign.members.filter(pk=member).select_related("department").first()
    if row is None:
        raise Http404
    return act(
        request,
        campaign,
        ReasonForm(request.POST or None),
        partial(services.remove_member, campaign=campaign, member=row),
        done=_("The department no longer takes part."),
        title=_("Take %(department)s out") % {"department": row.department},
        submit=_("Take it out"),
        tone="danger",
    )


@require_http_methods(GET_AND_POST)
def add_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """GET narrows the register and shows the enterprises that fit; POST chooses the marked ones."""
    campaign = opened(request, Campaign, pk, LEAD)
    narrow = NarrowForm(request.GET, by=request.user)  # type: ignore[arg-type]
    chosen = narrow.cleaned_data if narrow.is_valid() else {"region": "", "base": "", "kind": ""}
    rows = selectors.enterprises_offered(campaign, request.user, **chosen)
    form = TargetsForm(request.POST or None, offered=rows)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.put_targets(campaign=campaign, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("%(count)d enterprises are chosen.") % {"count": len(made)})
            return redirect(campaign)
    ids = list(rows.values_list("pk", flat=True)[: selectors.OFFERED + 1])
    form.fields["enterprises"].queryset = rows.filter(pk__in=ids[: selectors.OFFERED])  # type: ignore[attr-defined]
    page = {
        "campaign": campaign, "narrow": narrow, "form": form, "found": bool(ids), "more": len(ids) > selectors.OFFERED,
        "limit": selectors.OFFERED,
    }  # fmt: skip
    return render(request, "campaigns/targets.html", page, status=422 if request.method == "POST" else 200)


@require_http_methods(GET_AND_POST)
def remove_target(request: HttpRequest, pk: int) -> HttpResponse:
    target = opened(request, Target, pk, LEAD)
    return act(
        request,
        target,
        ReasonForm(request.POST or None),
        partial(services.remove_target, campaign=target.campaign, target=target),
        done=_("The enterprise is taken out of the campaign."),
        title=_("Take %(enterprise)s out") % {"enterprise": target.enterprise.name},
        submit=_("Take it out"),
        tone="danger",
    )
