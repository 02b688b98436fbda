"""When nobody in the browser can help, the machine's console can, and everybody who watches hears of it."""

import pytest
from django.core.management import CommandError, call_command

from casework.models import InboxMessage
from organisation.models import Officer
from organisation.roles import SECURITY_ADMINISTRATOR, roles_of
from organisation.services import second_factor
from trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_console(monkeypatch):
    """A terminal at which `answer` is typed to whatever is asked."""

    def sit(answer="安全管理员手机遗失"):
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda _question: answer)

    sit()
    return sit


def _with_second_factor(officer):
    device = second_factor.prepare(by=officer)
    device.confirmed = True
    device.save()


def _printed_password(capsys, officer):
    line = next(line for line in capsys.readouterr().out.splitlines() if officer.username in line)
    return line.split()[-1]


def test_the_only_security_administrator_gets_back_in(secadmin, at_console, capsys):
    _with_second_factor(secadmin)
    call_command("recover_access", "anquan")
    secadmin.refresh_from_db()
    assert second_factor.device_of(secadmin) is None
    assert secadmin.check_password(_printed_password(capsys, secadmin))
    assert secadmin.must_change_password
    event = Event.objects.get(verb="organisation.recover_access")
    assert (event.actor_id, event.actor_name, event.facts["reason"]) == (None, "系统", "安全管理员手机遗失")
    assert event.facts["console"]
    assert Event.objects.filter(verb="organisation.second_factor_reset", actor_name="系统").exists()


def test_every_administrator_and_the_auditor_are_told_and_nobody_else(
    secadmin, sysadmin, auditor, case_officer, outsider, at_console
):
    call_command("recover_access", "anquan")
    told = InboxMessage.objects.all()
    assert {message.recipient for message in told} == {secadmin, sysadmin, auditor}
    assert {message.title for message in told} == {"卫测试的账号已通过服务器控制台恢复登录。"}
    assert "安全管理员手机遗失" in told[0].body


def test_who_is_gone_for_good_gets_a_successor_from_the_console(sysadmin, auditor, outsider, at_console):
    """The account was opened by the system administrator; nobody is left to appoint its holder."""
    successor = Officer.objects.create(username="xinren", name="新任", department=sysadmin.department)
    call_command("recover_access", "xinren", "--security")
    assert roles_of(successor) == [SECURITY_ADMINISTRATOR]


def test_the_three_stay_three_people_at_the_console_too(sysadmin, outsider, at_console):
    for officer in (sysadmin, outsider):
        with pytest.raises(CommandError, match="三员分立"):
            call_command("recover_access", officer.username, "--security")
    assert not Event.objects.filter(verb="organisation.recover_access").exists()


@pytest.mark.parametrize("command", ["recover_access", "changepassword"])
def test_without_a_reason_or_a_terminal_nothing_is_changed(secadmin, at_console, monkeypatch, command):
    before = secadmin.password
    at_console("  ")
    with pytest.raises(CommandError, match="needs a reason"):
        call_command(command, "anquan")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match="at a terminal only"):
        call_command(command, "anquan", "--reason", "测试")
    secadmin.refresh_from_db()
    assert secadmin.password == before


@pytest.mark.parametrize("command", ["recover_access", "changepassword"])
def test_an_account_nobody_has_is_said_in_words(db, at_console, command):
    with pytest.raises(CommandError, match="nobody"):
        call_command(command, "nobody")


def test_changepassword_goes_through_the_trail_and_asks_for_another_at_log_in(
    case_officer, secadmin, auditor, at_console, capsys
):
    call_command("changepassword", "anjian", "--reason", "浏览器不可用")
    case_officer.refresh_from_db()
    assert case_officer.must_change_password
    assert case_officer.check_password(_printed_password(capsys, case_officer))
    event = Event.objects.get(verb="organisation.password_reset")
    assert (event.actor_name, event.facts["reason"]) == ("系统", "浏览器不可用")
    assert InboxMessage.objects.filter(recipient=auditor, kind="recovery").exists()


@pytest.mark.parametrize(
    ("command", "instead"),
    [("createsuperuser", "no superuser"), ("axes_reset", "in the browser"), ("axes_reset_username", "recover_access")],
)
def test_inherited_commands_that_pass_by_the_trail_are_refused_with_what_to_do_instead(db, command, instead):
    with pytest.raises(CommandError, match=instead):
        call_command(command)
