"""挂牌督办: listing, more time, release."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import powers
from casework.models import Docket
from casework.views import steps
from casework.views.acts import GET_AND_POST, act, opened
from core import clock
from enforcement.campaigns import services
from enforcement.campaigns.forms import ListingForm, MoreTimeForm, ReleaseForm
from enforcement.campaigns.models import Supervision
from enforcement.campaigns.services.supervising import BASIS, SUPERVISE, seen_as
from organisation.scope import visible_or_404


@require_http_methods(GET_AND_POST)
def list_matter(request: HttpRequest, docket_pk: int) -> HttpResponse:
    docket = visible_or_404(Docket, request.user, pk=docket_pk)
    powers.require(request.user, SUPERVISE, docket)
    own = request.user.department.acts_as  # type: ignore[union-attr]
    return act(
        request,
        Listed(docket),
        ListingForm(request.POST or None, initial={"authority": own.name, "listed_on": clock.today()}),
        partial(services.list_matter, docket=docket),
        done=_("The matter is listed for supervision."),
        leads_to=lambda row: row.docket,
        title=_("List for supervision by name"),
        submit=_("List the matter"),
        basis=BASIS,
        lead=_(
            "The authority in charge is told and reminded of the public deadline; the case closes only once it is released."
        ),
    )


class Listed:
    """The docket itself as the row of an act."""

    def __init__(self, docket: Docket) -> None:
        self.docket = docket


def _about(row: Supervision) -> steps.Basis:
    return steps.Basis(
        [
            (_("Level of supervision"), row.get_level_display()),
            (_("Supervising authority"), row.authority),
            (_("Document"), row.document),
            (_("Listed on"), row.listed_on.isoformat()),
            (_("Public deadline"), row.due_on.isoformat()),
            (_("What is required"), row.requirements),
        ]
    )


@require_http_methods(GET_AND_POST)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Supervision, pk, SUPERVISE)
    return act(
        request,
        row,
        MoreTimeForm(request.POST or None),
        partial(services.extend, supervision=row, seen=request.POST.get("seen", "")),
        done=_("The public deadline is extended."),
        title=_("Extend the public deadline"),
        submit=_("Extend"),
        seen=seen_as(row),
        before=_about(row),
    )


@require_http_methods(GET_AND_POST)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    row = opened(request, Supervision, pk, SUPERVISE)
    return act(
        request,
        row,
        ReleaseForm(request.POST or None),
        partial(services.release, supervision=row, seen=request.POST.get("seen", "")),
        done=_("The matter is released from supervision."),
        title=_("Release from supervision"),
        submit=_("Release"),
        seen=seen_as(row),
        before=_about(row),
    )
