"""Addresses of people, authorities and access."""

from django.urls import path

from organisation.lists import DELEGATIONS, DEPARTMENTS, OFFICERS, TRAIL
from organisation.views import delegations, departments, drafts, entry, people, profile, trail

app_name = "organisation"

urlpatterns = [
    path("login/", entry.log_in, name="login"),
    path("login/code/", entry.check_second_factor, name="second_factor"),
    path("login/kept/", entry.kept_form, name="kept_form"),
    path("logout/", entry.log_out, name="logout"),
    path("language/", profile.set_language, name="language"),
    # One's own
    path("me/", profile.profile, name="profile"),
    path("me/keep-alive/", entry.keep_alive, name="keep_alive"),
    path("me/preferences/", profile.set_preferences, name="preferences"),
    path("me/password/", profile.change_password, name="password"),
    path("me/second-factor/", profile.second_factor_page, name="my_second_factor"),
    path("me/second-factor/new/", profile.enrol, name="second_factor_enrol"),
    path("me/second-factor/codes/", profile.renew_codes, name="second_factor_codes"),
    path("me/second-factor/off/", profile.switch_off, name="second_factor_off"),
    path("me/drafts/", drafts.draft, name="draft"),
    path("me/acting/", profile.act_for, name="acting"),
    # Officers
    *OFFICERS.urls("officers/"),
    path("officers/new/", people.new, name="officer_new"),
    path("officers/suggest/", people.suggest, name="officer_suggest"),
    path("officers/<int:pk>/", people.officer, name="officer"),
    path("officers/<int:pk>/edit/", people.edit, name="officer_edit"),
    path("officers/<int:pk>/close/", people.close, name="officer_close"),
    path("officers/<int:pk>/reopen/", people.reopen, name="officer_reopen"),
    path("officers/<int:pk>/roles/", people.roles, name="officer_roles"),
    path("officers/<int:pk>/unlock/", people.unlock, name="officer_unlock"),
    path("officers/<int:pk>/password/", people.reset_password, name="officer_reset_password"),
    path("officers/<int:pk>/second-factor/", people.reset_second_factor, name="officer_reset_second_factor"),
    # Authorities
    *DEPARTMENTS.urls("departments/"),
    path("departments/new/", departments.new, name="department_new"),
    path("departments/<slug:code>/rename/", departments.rename, name="department_rename"),
    path("departments/<slug:code>/", departments.department, name="department"),
    # Leave cover
    *DELEGATIONS.urls("delegations/"),
    path("delegations/new/", delegations.new, name="delegation_new"),
    path("delegations/<int:pk>/", delegations.delegation, name="delegation"),
    path("delegations/<int:pk>/revoke/", delegations.revoke, name="delegation_revoke"),
    # The trail
    *TRAIL.urls("trail/"),
    path("trail/<int:pk>/", trail.event, name="event"),
    path("trail/verify/", trail.verification, name="trail_verification"),
    path("trail/verify/<int:pk>/", trail.verified, name="trail_verified"),
]
