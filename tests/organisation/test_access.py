"""Defect D8: access control that came address by address after release. Here: every address of this floor × every role."""

import pytest
from django.urls import get_resolver, reverse

from organisation import roles
from tests.organisation.test_scope import lend

pytestmark = pytest.mark.django_db

ANYBODY = "anybody"  # also without log-in
OFFICERS = "officers"  # every role
ONE = {"system": roles.SYSTEM_ADMINISTRATOR, "security": roles.SECURITY_ADMINISTRATOR, "audit": roles.AUDITOR}
# Who may open what. An address that is not in this table fails the test below.
OPEN_TO = {
    "login": ANYBODY,
    "second_factor": ANYBODY,
    "logout": ANYBODY,
    "language": ANYBODY,
    "kept_form": OFFICERS,
    "profile": OFFICERS,
    "keep_alive": OFFICERS,
    "preferences": OFFICERS,
    "password": OFFICERS,
    "my_second_factor": OFFICERS,
    "second_factor_enrol": OFFICERS,
    "second_factor_codes": OFFICERS,
    "second_factor_off": OFFICERS,
    "acting": OFFICERS,
    "draft": OFFICERS,
    "officer": OFFICERS,
    "officer_suggest": OFFICERS,
    "officer_new": "system",
    "officer_edit": "system",
    "officer_close": "system",
    "officer_reopen": "system",
    "officer_roles": "security",
    "officer_unlock": "security",
    "officer_reset_password": "security",
    "officer_reset_second_factor": "security",
    "department": OFFICERS,
    "department_new": "system",
    "department_rename": "system",
    "delegation": "involved",
    "delegation_revoke": "involved",
    "delegation_new": OFFICERS,
    "event": "audit",
    "trail_verification": "audit",
    "trail_verified": "audit",
}
LISTS = {"officers": OFFICERS, "departments": OFFICERS, "delegations": OFFICERS, "trail": "audit"}


def names():
    patterns = get_resolver("organisation.urls").url_patterns
    return sorted({pattern.name for pattern in patterns})


def wanted(name):
    for prefix, who in LISTS.items():
        if name == prefix or (name.startswith(f"{prefix}_") and name not in OPEN_TO):
            return who
    return OPEN_TO[name]


def address(name, subject, delegation):
    if name in {"department", "department_rename"}:
        return reverse(f"organisation:{name}", args=[subject.department.code])
    if name in {"delegation", "delegation_revoke"}:
        return reverse(f"organisation:{name}", args=[delegation.pk])
    if name == "draft":
        return reverse(f"organisation:{name}") + "?form=/leads/new/"
    pattern = next(p for p in get_resolver("organisation.urls").url_patterns if p.name == name)
    args = [subject.pk] * len(pattern.pattern.converters)
    return reverse(f"organisation:{name}", args=args)


def test_d8_every_address_of_this_floor_is_in_the_table():
    for name in names():
        assert wanted(name)


def test_d8_every_address_is_closed_to_strangers_unless_the_table_opens_it(client, case_officer, second_officer):
    delegation = lend(case_officer, second_officer)
    for name in names():
        answer = client.get(address(name, case_officer, delegation))
        if wanted(name) == ANYBODY:
            assert "next=" not in answer.get("Location", ""), name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/login/?next="), name


@pytest.mark.parametrize("role", roles.ROLES.values(), ids=lambda role: role.code)
def test_d8_each_role_opens_what_the_table_says_and_nothing_else(request, log_in, role, case_officer, second_officer):
    fixture = {
        "case_officer": "outsider",  # of another department and region
        "department_head": "head",
        "coordination_officer": "coordinator",
        "system_administrator": "sysadmin",
        "security_administrator": "secadmin",
    }.get(role.code, role.code)
    officer = request.getfixturevalue(fixture)
    delegation = lend(case_officer, second_officer)
    client = log_in(officer)
    for name in names():
        if name == "logout":
            continue
        status = client.get(address(name, case_officer, delegation)).status_code
        who = wanted(name)
        if who in {ANYBODY, OFFICERS}:
            assert status in {200, 204, 302, 404, 405}, (name, status)
        elif who == "involved":
            is_open = role in {roles.DEPARTMENT_HEAD, roles.SECURITY_ADMINISTRATOR}
            assert status == (200 if is_open else 404), (name, status)
        elif ONE[who] == role:
            assert status in {200, 302, 404, 405}, (name, status)
        else:
            # Of a list, what takes only POST says so first, and a job that is not one's own does not exist.
            of_a_list = name.endswith(("_export", "_job", "_file"))
            assert status == 403 or (of_a_list and status in {404, 405}), (name, status)
