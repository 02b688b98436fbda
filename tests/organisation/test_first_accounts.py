"""A new installation has nobody: one command names the first three."""

import pytest
from django.core.management import CommandError, call_command

from organisation.models import Officer
from organisation.roles import roles_of
from organisation.services import appointments
from tests.factories import make_department

pytestmark = pytest.mark.django_db
PEOPLE = {"system": "xitong=赵系统", "security": "anquan=钱安全", "audit": "shenji=孙审计"}


def test_the_first_three_are_named_and_each_holds_one_role(capsys, synced_roles):
    make_department("JS-MIIT", "省工业和信息化厅")
    call_command("appoint_administrators", department="JS-MIIT", **PEOPLE)
    printed = capsys.readouterr().out
    held = {officer.username: [role.code for role in roles_of(officer)] for officer in Officer.objects.all()}
    assert held == {
        "xitong": ["system_administrator"],
        "anquan": ["security_administrator"],
        "shenji": ["auditor"],
    }
    for officer in Officer.objects.all():
        line = next(line for line in printed.splitlines() if officer.username in line)
        assert officer.check_password(line.split()[-1])
        assert officer.must_change_password


def test_it_works_once_only(secadmin):
    with pytest.raises(CommandError, match="security administrator already"):
        call_command("appoint_administrators", department="JS-EPD", **PEOPLE)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"department": "JS-NONE"}, "load_reference"),
        ({"audit": "shenji"}, "USERNAME=NAME"),
        ({"audit": "xitong=孙审计"}, "用户名"),
    ],
)
def test_a_mistake_is_said_in_words_and_opens_nothing(synced_roles, options, said):
    make_department("JS-MIIT", "省工业和信息化厅")
    with pytest.raises(CommandError, match=said):
        call_command("appoint_administrators", **({"department": "JS-MIIT"} | PEOPLE | options))
    assert not Officer.objects.exists()


def test_the_security_administrator_it_named_can_go_on(synced_roles, second_officer):
    make_department("JS-MIIT", "省工业和信息化厅")
    call_command("appoint_administrators", department="JS-MIIT", **PEOPLE)
    by = Officer.objects.get(username="anquan")
    from organisation import roles

    appointments.grant(officer=second_officer, role=roles.INSPECTOR, reason="岗位安排", by=by)
