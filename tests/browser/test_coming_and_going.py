"""Coming in and going out in a real browser: a session that ends in the middle of a form, the second factor, acting for a colleague."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Page, expect

from core import clock
from organisation import roles
from organisation.models import Delegation
from organisation.services import delegations
from tests.browser import axe
from tests.factories import PASSWORD, make_department, make_officer

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db):
    roles.sync_roles()
    department = make_department()
    officer = make_officer(roles.CASE_OFFICER, department=department, username="wanglei", name="王磊")
    head = make_officer(roles.DEPARTMENT_HEAD, department=department, username="lijing", name="李静")
    return officer, head


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with axe.watched_page(browser) as page:
        yield page


def log_in(page: Page, officer, server=None) -> None:
    if server:
        page.goto(f"{server.url}/login/")
    page.get_by_label("用户名").fill(officer.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def let_the_session_grow_old() -> None:
    """As if nobody had touched the keyboard for an hour."""
    for row in Session.objects.all():
        store = row.get_session_store_class()(row.session_key)
        store["seen_at"] = (clock.now() - timedelta(hours=1)).isoformat()
        store.save()


def fill_in(page: Page) -> None:
    page.get_by_label("受托人").select_option(label="李静 · 市生态环境局")
    for label in ("起始日期", "截止日期"):
        page.get_by_label(label).fill(clock.today().isoformat())
    page.get_by_label("理由").fill("赴省厅参加业务培训")


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(page, live_server, people):
    officer, _head = people
    log_in(page, officer, live_server)
    page.goto(f"{live_server.url}/delegations/new/")
    fill_in(page)
    let_the_session_grow_old()
    page.get_by_role("button", name="确认委托").click()
    expect(page.get_by_text("您长时间未操作，系统已自动退出")).to_be_visible()
    expect(page.get_by_text("您填写的内容已保留")).to_be_visible()
    assert not Delegation.objects.exists()
    log_in(page, officer)
    expect(page.get_by_text("赴省厅参加业务培训")).to_be_visible()
    assert axe.problems_of(page) == []
    page.get_by_role("button", name="继续提交").click()
    expect(page).to_have_url(f"{live_server.url}/delegations/")
    assert Delegation.objects.get().reason == "赴省厅参加业务培训"


def test_a_form_opened_before_logging_in_again_in_another_window_loses_nothing(page, live_server, people):
    officer, _head = people
    log_in(page, officer, live_server)
    page.goto(f"{live_server.url}/delegations/new/")
    fill_in(page)
    let_the_session_grow_old()
    other = page.context.new_page()
    other.goto(f"{live_server.url}/officers/")
    log_in(other, officer)
    page.get_by_role("button", name="确认委托").click()
    expect(page.get_by_text("该表单是您上次登录前打开的")).to_be_visible()
    page.get_by_role("button", name="继续提交").click()
    expect(page).to_have_url(f"{live_server.url}/delegations/")
    assert Delegation.objects.count() == 1


def test_the_browser_s_own_copy_survives_when_the_server_kept_nothing(page, live_server, people):
    """A text too long for the session: the form's copy in the browser is offered again."""
    officer, _head = people
    log_in(page, officer, live_server)
    page.goto(f"{live_server.url}/delegations/new/")
    fill_in(page)
    page.get_by_label("理由").press_sequentially("，为期一周")
    let_the_session_grow_old()
    page.evaluate(
        "document.querySelector('main form').insertAdjacentHTML('beforeend', `<input type=hidden name=x value='${'x'.repeat(250000)}'>`)"
    )
    page.get_by_role("button", name="确认委托").click()
    expect(page.get_by_text("系统已自动退出")).to_be_visible()
    expect(page.get_by_text("您填写的内容已保留")).to_have_count(0)
    log_in(page, officer)
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("理由")).to_have_value("赴省厅参加业务培训，为期一周")


def test_the_second_factor_from_picture_to_log_in(page, live_server, people):
    officer, _head = people
    log_in(page, officer, live_server)
    page.goto(f"{live_server.url}/me/second-factor/")
    page.get_by_role("link", name="设置双因素认证").click()
    expect(page.get_by_role("img", name="双因素认证密钥二维码")).to_be_visible()
    assert axe.problems_of(page) == []
    page.get_by_label("验证码").fill(code_for(officer))
    page.get_by_role("button", name="启用双因素认证").click()
    codes = page.locator(".recovery-codes li").all_inner_texts()
    assert len(codes) == 10
    assert axe.problems_of(page) == []
    page.context.clear_cookies()
    log_in(page, officer, live_server)
    expect(page.get_by_role("heading", name="双因素认证")).to_be_visible()
    assert axe.problems_of(page) == []
    page.get_by_label("验证码").fill(codes[3])
    page.get_by_role("button", name="登录", exact=True).click()
    page.goto(f"{live_server.url}/me/second-factor/")
    expect(page.get_by_text("剩余恢复码 9 个")).to_be_visible()


def code_for(officer) -> str:
    device = TOTPDevice.objects.get(user=officer)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    return f"{totp.token():06d}"


def test_acting_for_a_colleague_shows_on_every_page(page, live_server, people):
    officer, head = people
    day = clock.today()
    delegations.give(principal=head, deputy=officer, starts_on=day, ends_on=day, reason="休假", by=head)
    log_in(page, officer, live_server)
    page.goto(f"{live_server.url}/me/")
    page.get_by_role("button", name="代李静").click()
    page.goto(f"{live_server.url}/departments/")
    expect(page.locator(".acting-banner")).to_contain_text("现代李静办理")
    assert axe.problems_of(page) == []
    page.get_by_role("button", name="恢复本人身份").click()
    expect(page.locator(".acting-banner")).to_have_count(0)


def test_without_scripts_an_officer_logs_in_changes_the_language_and_logs_out(browser, live_server, people):
    officer, _head = people
    with axe.context(browser, java_script_enabled=False) as profile:
        page = profile.new_page()
        log_in(page, officer, live_server)
        page.goto(f"{live_server.url}/officers/?q=wang")
        page.get_by_role("button", name="English").first.click()
        expect(page.get_by_role("heading", name="Officers")).to_be_visible()
        assert page.url.endswith("/officers/?q=wang")
        page.locator("header details summary").first.click()
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("heading", name="Log in")).to_be_visible()
