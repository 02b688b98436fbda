"""Log-in, second factor, log-out, and what an ended session left behind."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.error_pages import csrf_failure
from core.errors import refusals_on
from organisation import demo, kept_words, sessions
from organisation.access import always_reachable, open_to_public
from organisation.forms import CodeForm, LogInForm
from organisation.services import entry, second_factor


@open_to_public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and request.method in {"GET", "HEAD"}:
        return redirect(sessions.safe_next(request))
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = entry.check_password(request=request, **form.cleaned_data)
        if officer and second_factor.device_of(officer):
            sessions.await_second_factor(request, officer)
            return redirect(
                reverse("organisation:second_factor") + sessions.as_query(next=sessions.safe_next(request, ""))
            )
        if officer:
            entry.log_in(request=request, officer=officer)
            return redirect(_where_to(request))
        form.add_error(None, _("The user name or the password is wrong, or the account is closed."))
    context = {"form": form, "next": sessions.safe_next(request, ""), "accounts": demo.accounts()}
    return render(request, "organisation/log_in.html", context | _what_ended(request))


def _what_ended(request: HttpRequest) -> dict[str, object]:
    """Why the officer stands before the log-in page, and whether what he typed was kept."""
    return {"ended_idle": request.GET.get("ended") == "idle", "kept": sessions.kept_form(request) is not None}


def _where_to(request: HttpRequest) -> str:
    return reverse("organisation:kept_form") if sessions.kept_form(request) else sessions.safe_next(request)


@open_to_public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_second_factor(request: HttpRequest) -> HttpResponse:
    officer = sessions.awaited_officer(request)
    if officer is None:
        return redirect("organisation:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            device = second_factor.verify(officer=officer, code=form.cleaned_data["code"])
            if device:
                entry.log_in(request=request, officer=officer, device=device)
                return redirect(_where_to(request))
            form.add_error("code", _("This code is not right, or it was used already."))
    return render(request, "organisation/second_factor.html", {"form": form, "next": sessions.safe_next(request, "")})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: HttpRequest) -> HttpResponse:
    """What was typed into a form whose session had ended: look at it, send it again, or drop it (POST)."""
    kept = sessions.kept_form(request)
    if request.method == "POST":
        sessions.drop_kept_form(request)
        messages.info(request, _("What you had typed was dropped."))
        return redirect(kept.page if kept else sessions.safe_next(request))
    if kept is None:
        return redirect("/")
    return render(request, "organisation/kept_form.html", {"kept": kept} | kept_words.told(kept, request))


def token_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token (CSRF_FAILURE_VIEW).

    From one of our own pages it is a page opened before the last log-in: what was typed is shown, to be sent again with a
    good token. From anywhere else it is a forgery, and is refused.
    """
    form = sessions.arrived_form(request) if sessions.is_from_here(request) else None
    if form is None or not request.user.is_authenticated:
        return csrf_failure(request, reason)
    told = {"kept": form, "is_stale": True} | kept_words.told(form, request)
    return render(request, "organisation/kept_form.html", told, status=403)


@open_to_public
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        entry.log_out(request=request, by=request.user)
        messages.success(request, _("You are logged out."))
    return redirect("organisation:login")


@always_reachable
@require_POST
def keep_alive(request: HttpRequest) -> HttpResponse:
    """The page tells that the officer is at work; the middleware has noted it."""
    return HttpResponse(status=204)
