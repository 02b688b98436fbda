"""The heartbeat of the schedule. The ledger itself is a list page (casework.reminders.lists)."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.reminders import pages


@permission_required("casework.run_jobs", raise_exception=True)
@require_GET
def heartbeats(request: HttpRequest) -> HttpResponse:
    """Every scheduled task: last run, how long it took, when it must run next; red when it did not."""
    return render(request, "casework/reminders/heartbeats.html", pages.heartbeats())
