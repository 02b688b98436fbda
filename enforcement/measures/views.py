"""Doorways of measures."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.views.acts import GET_AND_POST, act, opened
from enforcement.measures import services
from enforcement.measures.forms import RecordForm
from enforcement.measures.models import Measure


@require_http_methods(GET_AND_POST)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    measure = opened(request, Measure, pk, services.HANDLE)
    return act(
        request,
        measure,
        RecordForm(request.POST or None, measure=measure),
        partial(services.record, measure=measure),
        done=_("It is recorded, and the periods follow."),
        title=_("Record what happened: %(measure)s") % {"measure": measure.get_kind_display()},
        submit=_("Record"),
        lead=str(measure.notice),
    )
