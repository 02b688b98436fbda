"""Doorways of every list page: show, export, saved views, bulk acts, the preview of a row."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import RuleBroken
from core.lists import building, bulk, keyset, saved
from core.lists import export as exporting
from core.lists.forms import SavedViewForm, selected_ids
from core.lists.page import ListPage
from core.lists.state import State, fetch, read
from core.models import Job, JobState

ARRIVED: Final = "portal_download"  # the cookie that comes with a file


def _entered(request: HttpRequest, page: ListPage, params: QueryDict | None = None) -> State:
    if page.permission and not request.user.has_perm(page.permission):
        raise PermissionDenied(page.permission)
    return read(page, request.user, request.GET if params is None else params)


@require_GET
def show(request: HttpRequest, page: ListPage) -> HttpResponse:
    """The page, or only its results when htmx asks for them."""
    htmx = request.htmx  # type: ignore[attr-defined]
    if not request.GET and not htmx:
        usual = _default_query(page, request.user)
        if usual:
            return redirect(f"{page.url()}?{usual}")
    state = _entered(request, page)
    context = building.context(request, state, fetch(state))
    partial = bool(htmx) and not htmx.history_restore_request
    response = render(request, "lists/_results.html" if partial else page.template, context | {"is_partial": partial})
    if partial:
        response["HX-Push-Url"] = state.url(at=state.query.get("at"))
    response["Vary"] = "HX-Request"
    return response


def _default_query(page: ListPage, viewer: Any) -> str:
    store = saved.store()
    kept = store.of(page.name, viewer) if store else []
    return next((view.query for view in kept if view.is_default), "")


@require_GET
def preview(request: HttpRequest, page: ListPage, pk: int) -> HttpResponse:
    """What opens under a row: a fragment."""
    _entered(request, page, QueryDict())
    row = page.rows(request.user).filter(pk=pk).first()
    if row is None or page.preview is None:
        raise Http404
    template, context = page.preview
    return render(request, template, context(row, request.user) | {"row": row})


@require_POST
def export(request: HttpRequest, page: ListPage) -> HttpResponse:
    """The view, or the rows selected in it, as a file; a large one is made by a worker."""
    state = _entered(request, page)
    if not state.is_valid:
        raise RuleBroken(_("The conditions contain an error. Correct them before exporting."))
    everything = "all_matching" in request.POST or "selected" not in request.POST
    selected = None if everything else selected_ids(request.POST)
    if selected is None and exporting.is_large(state):
        job = exporting.start(state)
        return redirect(page.url("export_job", job.pk))
    response = HttpResponse(exporting.workbook(state, selected), content_type=exporting.MIME)
    response["Content-Disposition"] = content_disposition_header(True, exporting.file_name(state)) or ""
    # The page stays as it is: static/js/submit-once.js sees by this that the file came, and wakes the button.
    response.set_cookie(ARRIVED, "1", max_age=60, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _own_job(request: HttpRequest, page: ListPage, kind: str, job_id: int) -> Job:
    """A job of this officer on this list; anything else does not exist for him. Who lost the right to the list lost its
    files too."""
    if page.permission and not request.user.has_perm(page.permission):
        raise PermissionDenied(page.permission)
    job = Job.objects.filter(pk=job_id, kind=kind, requested_by_id=request.user.pk).first()
    if job is None or job.payload.get("page") != page.name:
        raise Http404
    return job


def _progress(job: Job, label: str, poll_url: str, result_url: str, result_label: str) -> dict[str, Any]:
    states = {JobState.QUEUED: "waiting", JobState.RUNNING: "running", JobState.DONE: "done", JobState.FAILED: "failed"}
    return {
        "id": job.pk,
        "label": label,
        "percent": job.progress,
        "step": job.step,
        "state": states.get(JobState(job.state), "cancelled"),
        "poll_url": poll_url,
        "result_url": result_url if job.state == JobState.DONE else "",
        "result_label": result_label,
        "error": _("This could not be finished. Try again; if it fails again, tell the system administrator.")
        if job.state == JobState.FAILED
        else "",
    }


@require_GET
def export_job(request: HttpRequest, page: ListPage, job_id: int) -> HttpResponse:
    """How far a large export is."""
    job = _own_job(request, page, exporting.KIND, job_id)
    progress = _progress(
        job,
        job.payload["name"],
        page.url("export_job", job.pk),
        page.url("export_file", job.pk),
        _("Download the file"),
    )
    template = "components/progress.html" if request.htmx else "lists/job.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page, "title": _("Export to Excel"), "job": progress})


@require_GET
def export_file(request: HttpRequest, page: ListPage, job_id: int) -> FileResponse | HttpResponse:
    """The finished file, for the officer who asked for it."""
    job = _own_job(request, page, exporting.KIND, job_id)
    if job.state != JobState.DONE:
        raise Http404
    if not job.result["file"] or not default_storage.exists(job.result["file"]):
        messages.warning(request, _("This file is no longer kept. Export the list again."))
        return redirect(page.url())
    return FileResponse(
        default_storage.open(job.result["file"]),
        as_attachment=True,
        filename=job.result["name"],
        content_type=exporting.MIME,
    )


@require_http_methods(["GET", "POST"])
def saved_views(request: HttpRequest, page: ListPage) -> HttpResponse:
    """Save the current view; rename, share, order, delete one's own."""
    store = saved.store()
    if store is None:
        raise Http404
    _entered(request, page, QueryDict())
    form = SavedViewForm(request.POST or None, page=page)
    if request.method == "POST":
        if form.is_valid():
            place = form.perform(store, request.user)
            return redirect(place)
        for errors in form.errors.values():
            for error in errors:
                messages.error(request, str(error))
        return redirect(page.url("views"))
    kept = [view for view in store.of(page.name, request.user) if view.is_own]
    shared = [view for view in store.of(page.name, request.user) if not view.is_own]
    return render(request, "lists/views.html", {"page": page, "own": kept, "shared": shared})


def _chosen(request: HttpRequest, page: ListPage, state: State) -> list[int]:
    """The ids the officer chose; RuleBroken in words when there are none or too many."""
    if "all_matching" in request.POST:
        if not state.is_valid:
            raise RuleBroken(_("The conditions contain an error. Correct them first."))
        chosen = keyset.ids(state.scans(), state.order, limit=bulk.MOST_ROWS + 1)
    else:
        chosen = selected_ids(request.POST)
    if not chosen:
        raise RuleBroken(_("No row is selected. Tick the rows first."))
    if len(chosen) > bulk.MOST_ROWS:
        raise RuleBroken(
            _("At most %(most)s rows can be handled at once. Narrow the conditions.") % {"most": bulk.MOST_ROWS}
        )
    return chosen


def _action_of(request: HttpRequest, page: ListPage) -> bulk.BulkAction:
    key = request.POST.get("action", "")
    action = page.action(key, request.user)
    if action is None:
        if any(known.key == key for known in page.actions):
            raise PermissionDenied(key)
        raise RuleBroken(_("This list has no such action."))
    return action


@require_POST
def bulk_preview(request: HttpRequest, page: ListPage) -> HttpResponse:
    """What would happen to the rows chosen, before anything does."""
    state = _entered(request, page)
    action = _action_of(request, page)
    looked = bulk.look(page, action, request.user, _chosen(request, page, state))
    return _ask(request, page, action, looked, bulk.form_of(action, request.user, None), state.url())


def _ask(
    request: HttpRequest, page: ListPage, action: bulk.BulkAction, looked: bulk.Preview, form: Any, back: str
) -> HttpResponse:
    context = {
        "page": page,
        "action": action,
        "form": form,
        "question": action.question(len(looked.ids)),
        "caution": action.caution(looked.rows),
        "ids": ",".join(str(pk) for pk in looked.ids),
        "able": [(page.row_label(row), page.url_of(row)) for row in looked.rows[:100]],
        "able_count": len(looked.ids),
        "refused": looked.refused[:100],
        "refused_count": len(looked.refused),
        "back": back,
        "run_url": page.url("bulk_run"),
    }
    return render(request, "lists/bulk_preview.html", context)


@require_POST
def bulk_run(request: HttpRequest, page: ListPage) -> HttpResponse:
    """Do it to the rows of the preview."""
    _entered(request, page, QueryDict())
    action = _action_of(request, page)
    ids = selected_ids(request.POST)
    if not ids or len(ids) > bulk.MOST_ROWS:
        raise RuleBroken(_("No row is selected. Tick the rows first."))
    form = bulk.form_of(action, request.user, request.POST)
    if form is not None and not form.is_valid():
        return _ask(request, page, action, bulk.look(page, action, request.user, ids), form, page.url())
    names = form.fields if form is not None else ()
    job = bulk.start(page, action, request.user, ids, {name: request.POST.getlist(name) for name in names})
    if job.state == JobState.DONE and job.result["done"]:
        extra = f"undo:{page.url('bulk_undo', job.pk)}" if bulk.seconds_to_undo(job, action) else ""
        messages.success(request, action.done(job.result["done"]), extra_tags=extra)
    return redirect(page.url("bulk_result", job.pk))


@require_GET
def bulk_result(request: HttpRequest, page: ListPage, job_id: int) -> HttpResponse:
    """The result sheet: what became of each row."""
    job = _own_job(request, page, bulk.KIND, job_id)
    action = next((known for known in page.actions if known.key == job.payload["action"]), None)
    label = str(action.label) if action else job.payload["action"]
    progress = _progress(
        job, label, page.url("bulk_result", job.pk), page.url("bulk_result", job.pk), _("Open the result")
    )
    if request.htmx and not job.is_over:  # type: ignore[attr-defined]
        return render(request, "components/progress.html", {"job": progress})
    outcomes = list(job.outcomes.all())
    context = {
        "page": page,
        "title": label,
        "job": progress,
        "is_over": job.is_over,
        "outcomes": outcomes,
        "done_count": sum(outcome.state == "done" for outcome in outcomes),
        "refused_count": sum(outcome.state == "refused" for outcome in outcomes),
        "undone_count": sum(outcome.state == "undone" for outcome in outcomes),
        "undo_seconds": bulk.seconds_to_undo(job, action),
        "undo_url": page.url("bulk_undo", job.pk),
    }
    return render(request, "lists/bulk_result.html", context)


@require_POST
def bulk_undo(request: HttpRequest, page: ListPage, job_id: int) -> HttpResponse:
    """Take it back, within the half minute after it."""
    job = _own_job(request, page, bulk.KIND, job_id)
    action = page.action(job.payload["action"], request.user)
    if action is None:
        raise PermissionDenied(job.payload["action"])
    undone = bulk.undo(page, action, job, request.user)
    messages.success(request, _("Undone for %(count)s rows.") % {"count": undone})
    return redirect(page.url("bulk_result", job.pk))
