"""The officer's own page: data, display, password, second factor, for whom he acts."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp import login as otp_login

from core.errors import refusals_on
from organisation import pages, sessions
from organisation.access import OfficerRequest, always_reachable, open_to_public
from organisation.forms import CodeForm, NewPasswordForm, PreferencesForm, SwitchOffForm
from organisation.models import Officer
from organisation.selectors import delegations_held
from organisation.services import accounts, delegations, preferences, second_factor

CODES = "recovery_codes"


@require_http_methods(["GET", "POST"])
def profile(request: OfficerRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        preferences.set_preferences(by=request.user, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Your settings are saved."))
        return redirect("organisation:profile")
    return render(request, "organisation/profile.html", pages.profile_page(request.user) | {"form": form})


@always_reachable
@require_POST
def set_preferences(request: OfficerRequest) -> HttpResponse:
    """One preference from the menu (theme, density, hotkeys); the page stays."""
    wanted: dict[str, Any] = {name: request.POST[name] for name in ("theme", "density") if name in request.POST}
    if "hotkeys" in request.POST:
        wanted["hotkeys_on"] = request.POST["hotkeys"] == "on"
    try:
        preferences.set_preferences(by=request.user, **wanted)
    except ValueError:
        return HttpResponse(status=400)
    return HttpResponse(status=204) if sessions.is_partial(request) else redirect(sessions.safe_next(request))


@open_to_public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """中 / EN. The page stays."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponse(status=400)
    if isinstance(request.user, Officer):
        preferences.set_preferences(by=request.user, language=language)
    response = redirect(sessions.safe_next(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 86400,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


@always_reachable
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: OfficerRequest) -> HttpResponse:
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            officer = accounts.change_password(
                old=form.cleaned_data["old_password"], new=form.cleaned_data["new_password"], by=request.user
            )
            update_session_auth_hash(request, officer)
            messages.success(request, _("Your password is changed."))
            return redirect("organisation:profile")
    return render(request, "organisation/password.html", {"form": form, "rules": pages.password_rules()})


@require_GET
def second_factor_page(request: OfficerRequest) -> HttpResponse:
    device = second_factor.device_of(request.user)
    context = {"device": device, "codes": request.session.pop(CODES, None), "left": request.user.recovery_codes.count()}
    return render(request, "organisation/my_second_factor.html", context | {"form": SwitchOffForm()})


@require_http_methods(["GET", "POST"])
def enrol(request: OfficerRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            device, codes = second_factor.confirm(code=form.cleaned_data["code"], by=request.user)
            otp_login(request, device)
            request.session[CODES] = codes
            messages.success(request, _("The second factor is on."))
            return redirect("organisation:my_second_factor")
    device = second_factor.prepare(by=request.user)
    image = segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="#fff")
    secret = device.bin_key
    context = {"form": form, "image": image, "secret": pages.grouped_secret(secret)}
    return render(request, "organisation/second_factor_enrol.html", context)


@require_POST
def renew_codes(request: OfficerRequest) -> HttpResponse:
    request.session[CODES] = second_factor.renew_recovery_codes(by=request.user)
    return redirect("organisation:my_second_factor")


@sensitive_post_parameters()
@require_POST
def switch_off(request: OfficerRequest) -> HttpResponse:
    form = SwitchOffForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            second_factor.switch_off(password=form.cleaned_data["password"], by=request.user)
            messages.success(request, _("The second factor is off."))
            return redirect("organisation:my_second_factor")
    context = {"device": second_factor.device_of(request.user), "left": request.user.recovery_codes.count()}
    return render(request, "organisation/my_second_factor.html", context | {"form": form})


@require_POST
def act_for(request: OfficerRequest) -> HttpResponse:
    """Choose for which absent colleague to act from now on, or for nobody. Only delegations in force count."""
    wanted = request.POST.get("delegation", "")
    held = {str(delegation.pk): delegation for delegation in delegations_held(request.user)}
    if wanted in held:
        delegations.begin_acting(delegation=held[wanted], by=request.user)
        request.session[sessions.ACTING] = held[wanted].pk
        messages.info(
            request, _("You act for %(name)s. What you do is recorded so.") % {"name": held[wanted].principal}
        )
    elif wanted == "":
        request.session.pop(sessions.ACTING, None)
        messages.info(request, _("You act in your own right."))
    else:
        messages.error(request, _("This delegation is not in force."))
    return redirect(sessions.safe_next(request))
