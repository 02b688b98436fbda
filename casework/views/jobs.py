"""A background job: its progress; try again, stop. The list itself is casework.reminders.lists.JOBS."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework.reminders import pages
from casework.reminders.lists import jobs_of
from core import jobs
from core.errors import RuleBroken
from core.models import Job
from organisation.access import passive


def _job_or_404(request: HttpRequest, pk: int) -> Job:
    """His own job, or any for who may run jobs; another's does not exist for him."""
    found: Job | None = jobs_of(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "casework/jobs/job.html", pages.job_page(_job_or_404(request, pk), request.user))


@passive
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone, asked for while the job runs."""
    return render(request, "components/progress.html", {"job": pages.progress(_job_or_404(request, pk))})


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    found = _job_or_404(request, pk)
    if jobs.retry(found):
        messages.success(request, _("The job will be tried again."))
    else:
        messages.warning(request, _("The job neither failed nor was stopped: there is nothing to try again."))
    return redirect("casework:job", found.pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _job_or_404(request, pk)
    try:
        if jobs.cancel(found):
            messages.success(request, _("The job was stopped."))
        else:
            messages.warning(request, _("The job was over already."))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    return redirect("casework:job", found.pk)
