"""The case file: ask for it, watch it, take it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Docket
from core.errors import RuleBroken
from core.models import Job, JobState
from notices import casefile, casefile_lists, selectors
from notices.services import export_case_file
from notices.views.common import allow, officer_of
from organisation.scope import visible_or_404

EXPORT = "notices.export_case_file"
BOTH, ALONE = "both", "main"  # what the buttons of the export send
TYPES = {"pdf": "application/pdf", "inner": "application/pdf", "zip": "application/zip"}


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, docket_pk: int) -> HttpResponse:
    """GET shows what the file will hold, POST asks for it."""
    docket = visible_or_404(Docket, request.user, pk=docket_pk)
    allow(request, EXPORT, docket)
    if request.method == "POST":
        asked = request.POST.get("volumes", BOTH)
        if asked not in {BOTH, ALONE}:
            raise RuleBroken(_("Say which volumes to export: both, or the principal volume alone."))
        job = export_case_file(docket=docket, by=officer_of(request), main_alone=asked == ALONE)
        messages.success(request, _("The case file is being put together."))
        return redirect("notices:case_file", docket_pk, job.pk)
    context = {"docket": docket, **casefile_lists.contents(docket)}
    return render(request, "notices_pages/export_case_file.html", context)


def _job(request: HttpRequest, docket_pk: int, job_pk: int) -> tuple[Docket, Job]:
    docket = visible_or_404(Docket, request.user, pk=docket_pk)
    allow(request, EXPORT, docket)
    job = Job.objects.filter(pk=job_pk, kind=casefile.JOB, docket_id=docket.pk).first()
    if job is None:
        raise Http404
    return docket, job


@require_safe
def state(request: HttpRequest, docket_pk: int, job_pk: int) -> HttpResponse:
    """Progress, and the files once they are there."""
    docket, job = _job(request, docket_pk, job_pk)
    context = {
        "docket": docket,
        "job": selectors.case_file_job(job),
        "done": job.state == JobState.DONE,
        "volumes": casefile_lists.made(job),
    }
    partial = request.htmx and job.state in {JobState.QUEUED, JobState.RUNNING}  # type: ignore[attr-defined]
    if partial:
        return render(request, "components/progress.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "notices_pages/case_file.html", context | {"row": job})


@require_safe
def download(request: HttpRequest, docket_pk: int, job_pk: int, which: str) -> FileResponse:
    _docket, job = _job(request, docket_pk, job_pk)
    if which not in TYPES or job.state != JobState.DONE or not job.result.get(which):
        raise Http404
    stream = casefile.file_of(job, which)
    if stream is None:
        raise RuleBroken(_("This export was replaced by a newer one. Ask for the case file again."))
    response = FileResponse(stream, as_attachment=True, filename=job.result[f"{which}_name"], content_type=TYPES[which])
    response["X-Content-Type-Options"] = "nosniff"
    return response
