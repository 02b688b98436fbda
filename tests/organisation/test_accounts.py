"""Accounts are opened, changed and closed by the system administrator."""

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import RuleBroken
from organisation import hooks, roles
from organisation.hooks import OpenMatters
from organisation.models import Delegation, Officer
from organisation.roles import roles_of
from organisation.services import accounts
from tests.factories import make_docket, make_officer
from tests.organisation.test_scope import fresh, lend
from trail.models import Event

pytestmark = pytest.mark.django_db


def typed(at, **more):
    """A form as the system administrator fills it in."""
    return {"username": "zhouxin", "name": "周新", "department": at.pk, "post": "科员", "phone": "0519-85681234"} | more


def test_an_account_is_opened_without_roles_and_its_password_shown_once(log_in, sysadmin, changzhou_epb):
    client = log_in(sysadmin)
    answer = client.post("/officers/new/", typed(changzhou_epb))
    opened = Officer.objects.get(username="zhouxin")
    assert answer["Location"] == f"/officers/{opened.pk}/"
    assert "初始密码" in client.get(answer["Location"]).content.decode()
    assert "初始密码" not in client.get(answer["Location"]).content.decode()
    assert opened.must_change_password
    assert roles_of(opened) == []
    assert opened.initials == "zx"
    assert Event.objects.get(verb="organisation.account_open").facts["after"]["department"] == changzhou_epb.short_name


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": "ZhouXin"}, "小写字母"),
        ({"username": "zx"}, "3"),
        ({"username": "周新"}, "小写字母"),
        ({"name": ""}, "姓名"),
        ({"department": 999999}, "部门"),
        ({"email": "nonsense"}, "邮"),
        ({"phone": "abc"}, "数字"),
        ({"certificate_expires_on": "2027-02-30"}, "日期"),
        ({"certificate_expires_on": "2027-01-31"}, "执法证号"),
    ],
)
def test_a_wrong_or_half_filled_form_says_what_is_wrong_and_keeps_the_rest(
    log_in, sysadmin, changzhou_epb, wrong, said
):
    answer = log_in(sysadmin).post("/officers/new/", typed(changzhou_epb, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "error-summary" in page
    assert said in page
    assert "0519-85681234" in page or "phone" in wrong
    assert not Officer.objects.filter(name="周新").exists()


def test_two_officers_do_not_share_a_user_name_whatever_its_case(log_in, sysadmin, changzhou_epb, case_officer):
    Officer.objects.filter(pk=case_officer.pk).update(username="ZhouXin")
    page = log_in(sysadmin).post("/officers/new/", typed(changzhou_epb)).content.decode()
    assert "该用户名已被使用" in page


def test_a_department_that_does_not_use_the_portal_takes_no_officers(sysadmin, changzhou_epb):
    changzhou_epb.uses_portal = False
    changzhou_epb.save()
    with pytest.raises(RuleBroken):
        accounts.open_account(account=accounts.Account("zhouxin", "周新", changzhou_epb), by=sysadmin)


def test_the_same_form_sent_twice_opens_one_account(log_in, sysadmin, changzhou_epb):
    client = log_in(sysadmin)
    form = typed(changzhou_epb, _once="0b5c1a70-2222-4333-8444-555566667777")
    first = client.post("/officers/new/", form)
    second = client.post("/officers/new/", form)
    assert first["Location"] == second["Location"]
    assert Officer.objects.filter(username="zhouxin").count() == 1
    assert Event.objects.filter(verb="organisation.account_open").count() == 1


def test_a_change_is_recorded_field_by_field(log_in, sysadmin, case_officer):
    form = {
        "username": case_officer.username,
        "name": case_officer.name,
        "department": case_officer.department_id,
        "post": "一级主任科员",
        "email": case_officer.email,
        "certificate_number": case_officer.certificate_number,
        "certificate_expires_on": case_officer.certificate_expires_on.isoformat(),
    }
    assert log_in(sysadmin).post(f"/officers/{case_officer.pk}/edit/", form).status_code == 302
    event = Event.objects.get(verb="organisation.account_change")
    assert event.facts["before"] == {"post": ""}
    assert event.facts["after"] == {"post": "一级主任科员"}
    assert roles_of(fresh(case_officer)) == [roles.CASE_OFFICER]


def test_a_change_that_changes_nothing_leaves_no_event(sysadmin, case_officer):
    accounts.change_account(officer=case_officer, account=accounts.account_of(case_officer), by=sysadmin)
    assert not Event.objects.exists()


def test_moving_an_officer_takes_the_roles_that_were_granted_for_the_old_department(sysadmin, case_officer, xuzhou_epb):
    """Else the system administrator alone could show anybody any department's cases."""
    account = accounts.Account(case_officer.username, case_officer.name, xuzhou_epb)
    accounts.change_account(officer=case_officer, account=account, by=sysadmin)
    moved = fresh(case_officer)
    assert moved.department == xuzhou_epb
    assert roles_of(moved) == []
    assert Event.objects.filter(verb="organisation.role_revoke").count() == 1


def test_closing_an_account_ends_roles_and_delegations(log_in, sysadmin, case_officer, second_officer):
    lend(second_officer, case_officer, 0, 5)
    assert log_in(sysadmin).post(f"/officers/{case_officer.pk}/close/", {"reason": "调离"}).status_code == 302
    left = fresh(case_officer)
    assert not left.is_active
    assert left.left_on == clock.today()
    assert roles_of(left) == []
    assert not Delegation.objects.in_force(clock.today()).exists()
    assert Event.objects.get(verb="organisation.account_close").facts["reason"] == "调离"


def test_a_leaver_with_open_matters_is_asked_to_hand_them_over_first(log_in, sysadmin, case_officer, monkeypatch):
    monkeypatch.setattr(hooks, "_asks", [lambda officer: OpenMatters("未办结案卷", 12, "/cases/?officer=1")])
    client = log_in(sysadmin)
    url = f"/officers/{case_officer.pk}/close/"
    assert "未办结案卷" in client.get(url).content.decode()
    page = client.post(url, {"reason": "调离"}).content.decode()
    assert "尚有未办结案卷 12 件" in page
    assert fresh(case_officer).is_active
    assert client.post(url, {"reason": "调离", "leave_open_matters": "on"}).status_code == 302
    assert Event.objects.get(verb="organisation.account_close").facts["left_open"] == {"未办结案卷": 12}


def test_the_matters_in_hand_are_what_a_leaver_leaves_behind(log_in, sysadmin, case_officer, changzhou_epb):
    make_docket(department=changzhou_epb, officer=case_officer)
    make_docket(department=changzhou_epb, officer=case_officer, closed_on=clock.today())
    page = log_in(sysadmin).post(f"/officers/{case_officer.pk}/close/", {"reason": "调离"}).content.decode()
    assert "尚有在办事项 1 件" in page
    assert fresh(case_officer).is_active


def test_open_matters_of_none_are_not_mentioned(case_officer, monkeypatch):
    monkeypatch.setattr(hooks, "_asks", [lambda officer: OpenMatters("a", 0, ""), lambda officer: None])
    assert hooks.open_matters(case_officer) == []


def test_nobody_closes_his_own_account(sysadmin):
    with pytest.raises(RuleBroken):
        accounts.close_account(officer=sysadmin, reason="x", by=sysadmin)


def test_the_last_security_administrator_is_not_closed_away(sysadmin, secadmin):
    with pytest.raises(RuleBroken):
        accounts.close_account(officer=secadmin, reason="x", by=sysadmin)
    assert fresh(secadmin).is_active
    assert not Event.objects.exists()


def test_who_comes_back_gets_a_new_password_and_no_roles(log_in, sysadmin, case_officer):
    accounts.close_account(officer=case_officer, reason="借调", by=sysadmin)
    client = log_in(sysadmin)
    assert client.post(f"/officers/{case_officer.pk}/reopen/", {"reason": "借调期满"}).status_code == 302
    back = fresh(case_officer)
    assert back.is_active
    assert back.left_on is None
    assert back.must_change_password
    assert roles_of(back) == []


@pytest.mark.parametrize("path", ["new/", "{pk}/edit/", "{pk}/close/", "{pk}/reopen/"])
def test_nobody_else_keeps_accounts(log_in, case_officer, head, secadmin, auditor, outsider, path):
    for officer in (case_officer, head, secadmin, auditor, outsider):
        assert log_in(officer).get("/officers/" + path.format(pk=case_officer.pk)).status_code == 403


def test_the_services_refuse_too(head, case_officer, changzhou_epb):
    with pytest.raises(PermissionDenied):
        accounts.open_account(account=accounts.Account("zhouxin", "周新", changzhou_epb), by=head)
    with pytest.raises(PermissionDenied):
        accounts.close_account(officer=case_officer, reason="x", by=head)


@pytest.mark.parametrize("path", ["", "edit/", "close/", "roles/", "unlock/", "password/", "second-factor/"])
@pytest.mark.parametrize("pk", ["0", "987654321", "99999999999999999999"])
def test_forged_ids_lead_nowhere(log_in, sysadmin, secadmin, path, pk):
    for officer in (sysadmin, secadmin):
        assert log_in(officer).get(f"/officers/{pk}/{path}").status_code in {403, 404}


def test_the_officer_s_page_offers_each_what_he_may_do_and_no_more(log_in, case_officer, sysadmin, secadmin, outsider):
    url = f"/officers/{case_officer.pk}/"
    assert "停用账号" in log_in(sysadmin).get(url).content.decode()
    page = log_in(secadmin).get(url).content.decode()
    assert "授予或收回角色" in page
    assert "停用账号" not in page
    page = log_in(outsider).get(url).content.decode()
    assert case_officer.name in page
    for word in ("停用账号", "授予或收回角色", "重置密码", "账号动态"):
        assert word not in page


def test_colleagues_are_suggested_by_name_initials_and_user_name(log_in, case_officer, second_officer):
    Officer.objects.filter(pk=second_officer.pk).update(initials="lcs")
    client = log_in(case_officer)
    for query in ("李测", "lc", "anjian2"):
        found = client.get("/officers/suggest/", {"q": query}).json()["results"]
        assert [row["id"] for row in found] == [second_officer.pk]
    assert client.get("/officers/suggest/", {"q": " "}).json() == {"results": []}


def test_who_left_is_not_suggested(log_in, case_officer, second_officer):
    Officer.objects.filter(pk=second_officer.pk).update(is_active=False)
    assert log_in(case_officer).get("/officers/suggest/", {"q": "李测"}).json() == {"results": []}


def test_the_directory_lists_and_filters(log_in, case_officer, outsider, secadmin):
    client = log_in(case_officer)
    assert outsider.name in client.get("/officers/").content.decode()
    page = client.get("/officers/", {"role": "security_administrator"}).content.decode()
    assert secadmin.name in page
    assert outsider.name not in page
    page = client.get("/officers/", {"department": outsider.department_id}).content.decode()
    assert outsider.name in page
    assert secadmin.name not in page


def test_the_directory_costs_the_same_for_few_and_many(
    log_in, case_officer, changzhou_epb, django_assert_max_num_queries
):
    for _number in range(30):
        make_officer(roles.INSPECTOR, department=changzhou_epb)
    client = log_in(case_officer)
    client.get("/officers/")
    with django_assert_max_num_queries(25):
        client.get("/officers/")
