"""Pages of the Excel import."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import refusals_on
from core.listing import listed
from organisation.access import passive
from organisation.scope import visible_or_404
from registry import import_pages
from registry.forms import DecisionForm, UploadForm
from registry.imports import report, template
from registry.models import ImportRun
from registry.services import imports as verbs

may_import = permission_required("registry.import_enterprises", raise_exception=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@may_import
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    # Reading request.POST runs the upload handlers, which notice a file that is too large.
    too_large = request.method == "POST" and request.POST is not None and getattr(request, "upload_too_large", False)
    form = UploadForm(request.POST or None, request.FILES or None, too_large=too_large)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, too_large=too_large)
        if form.is_valid():
            with refusals_on(form):
                return redirect(verbs.start_import(by=request.user, upload=form.cleaned_data["file"]))
    runs = ImportRun.objects.visible_to(request.user)[:20]
    context = {"form": form, "table": import_pages.runs_table(runs), "max_bytes": import_pages.MAX_BYTES}
    return render(request, "registry/imports.html", context, status=422 if request.method == "POST" else 200)


@may_import
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    return _file(template.build(request.user), f"企业导入模板_{clock.today():%Y%m%d}.xlsx")


@may_import
@require_safe
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    return _run_page(request, visible_or_404(ImportRun, request.user, pk=pk), None)


def _run_page(request: HttpRequest, run: ImportRun, form: DecisionForm | None) -> HttpResponse:
    rows = import_pages.shown_rows(run, request.GET.get("rows", ""))
    page = Paginator(rows.queryset, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "run": run,
        "form": form or DecisionForm(initial={"mode": "all" if not run.bad_count else "good"}),
        "table": import_pages.rows_table(rows, list(page)),
        "pager": import_pages.pager(run, rows, page),
        **import_pages.run_context(run, rows, request.user),
    }
    return render(request, "registry/import.html", context, status=422 if form is not None else 200)


@passive
@may_import
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar asks for itself; when the work is over, the page is loaded anew."""
    run = visible_or_404(ImportRun, request.user, pk=pk)
    job = import_pages.progress(run)
    if job is None:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "components/progress.html", {"job": job})


@may_import
@require_safe
def import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    run = visible_or_404(ImportRun, request.user, pk=pk)
    stem = run.filename.removesuffix(".xlsx")
    return _file(report.build(run), f"{stem}_错误说明.xlsx")


@may_import
@require_POST
def confirm_import(request: HttpRequest, pk: int) -> HttpResponse:
    run = visible_or_404(ImportRun, request.user, pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            outcome = verbs.confirm_import(run=run, by=request.user, mode=form.cleaned_data["mode"])
            _say(request, outcome)
            return redirect(run)
    return _run_page(request, visible_or_404(ImportRun, request.user, pk=pk), form)


def _say(request: HttpRequest, outcome: verbs.Outcome) -> None:
    if outcome.outdated:
        shown = listed(outcome.outdated[:10])
        text = _(
            "Since the check, other officers changed the records of %(count)d rows (%(rows)s). Nothing was imported; "
            "the file was compared again. Look at the result and confirm once more."
        )
        messages.warning(request, text % {"count": len(outcome.outdated), "rows": shown})
    elif outcome.run.finished_at:
        counts = {"created": outcome.run.created_count, "updated": outcome.run.updated_count}
        messages.success(request, _("Imported: %(created)d new, %(updated)d changed.") % counts)
    else:
        messages.info(request, _("The import has begun. You may leave this page."))


@may_import
@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    run = visible_or_404(ImportRun, request.user, pk=pk)
    verbs.check_again(run=run, by=request.user)
    messages.success(request, _("The file was compared with the registry again."))
    return redirect(run)


@may_import
@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    run = visible_or_404(ImportRun, request.user, pk=pk)
    verbs.discard_import(run=run, by=request.user)
    messages.success(request, _("The file was discarded. Nothing was imported."))
    return redirect(reverse("registry:imports"))
