"""What an officer types into a real form is never lost: the tab closed, another computer, the session ended."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from organisation.models import FormDraft
from tests.browser import axe
from tests.browser.test_coming_and_going import let_the_session_grow_old, log_in

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
FACTS = "2026年9月1日检查时，废水处理设施未运行。\n废水经溢流口排入雨水沟。"


@pytest.fixture
def form(live_server, case) -> str:
    return f"{live_server.url}/cases/{case.pk}/facts/"


@contextmanager
def at_a_computer(browser: Browser, live_server, officer) -> Iterator[Page]:
    """A browser profile of its own, with the officer logged in."""
    with axe.watched_page(browser) as page:
        log_in(page, officer, live_server)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield page


def restored(page: Page) -> None:
    bar = page.locator(".restore-bar")
    expect(bar).to_contain_text("未提交草稿")
    assert axe.problems_of(page) == []
    bar.get_by_role("button").first.click()
    expect(page.locator("#id_facts")).to_have_value(FACTS)
    expect(page.locator("#id_requirements")).to_have_value("立即恢复运行")


def type_both(page: Page) -> None:
    page.locator("#id_facts").fill(FACTS)
    page.locator("#id_requirements").fill("立即恢复运行")


def test_a_tab_closed_at_once_loses_nothing(browser, live_server, form, case_officer):
    with at_a_computer(browser, live_server, case_officer) as page:
        page.goto(form)
        type_both(page)
        again = page.context.new_page()
        page.close()
        again.goto(form)
        restored(again)


def test_a_draft_is_found_on_another_computer_and_is_gone_when_the_form_was_sent(
    browser, live_server, form, case_officer, case
):
    with at_a_computer(browser, live_server, case_officer) as page:
        page.clock.install()
        page.goto(form)
        type_both(page)
        page.clock.run_for(11_000)
        expect(page.locator("[data-autosave-state]")).to_contain_text("已自动保存")
    with at_a_computer(browser, live_server, case_officer) as page:
        page.goto(form)
        restored(page)
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page).to_have_url(f"{live_server.url}{case.docket.get_absolute_url()}")
    case.refresh_from_db()
    assert case.facts.replace("\r\n", "\n") == FACTS
    assert not FormDraft.objects.exists()


def test_a_draft_older_than_the_record_says_so(browser, live_server, form, case_officer, second_officer, case):
    from enforcement.rectification import services

    with at_a_computer(browser, live_server, case_officer) as page:
        page.goto(form)
        type_both(page)
        services.edit(
            case=case, facts="另一版", requirements="另一版", rectification_days=30, policy_source=None,
            expected_version=case.version, by=second_officer,
        )  # fmt: skip
        again = page.context.new_page()
        page.close()
        again.goto(form)
        expect(again.locator(".restore-bar")).to_contain_text("请核对后再保存")


def test_a_session_that_ends_keeps_the_text_and_so_does_logging_out(browser, live_server, form, case_officer):
    with at_a_computer(browser, live_server, case_officer) as page:
        page.clock.install()
        page.goto(form)
        type_both(page)
        let_the_session_grow_old()
        page.clock.run_for(11_000)
        expect(page.locator("[data-autosave-state]")).to_contain_text("本浏览器")
        again = page.context.new_page()
        page.close()
        log_in(again, case_officer, live_server)
        again.goto(form)
        restored(again)
        again.clock.install()
        again.locator("#id_requirements").press("End")
        again.keyboard.type("。")
        again.keyboard.press("Backspace")
        again.clock.run_for(11_000)
        expect(again.locator("[data-autosave-state]")).to_contain_text("已自动保存")
        again.on("dialog", lambda dialog: dialog.accept())
        again.evaluate("() => document.querySelector('form[data-log-out]').requestSubmit()")
        expect(again.get_by_label("用户名")).to_be_visible()
        log_in(again, case_officer)
        again.goto(form)
        restored(again)
