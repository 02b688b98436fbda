"""More text than a field takes, pasted into it: a counter says so, the server refuses with both numbers, and all of it is still there."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.test_coming_and_going import log_in

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
FACTS = "检查时废水处理设施未运行。" * 2500  # 32 500 characters; the field takes 2000


@pytest.fixture
def page(browser: Browser, live_server, inspector, inspection):
    with axe.watched_page(browser) as page:
        log_in(page, inspector, live_server)
        page.goto(f"{live_server.url}/inspections/{inspection.pk}/findings/new/")
        yield page


def paste(page: Page, text: str) -> None:
    """As Ctrl+V does, which `maxlength` cuts; setting the value by script is not cut."""
    page.locator("#id_fact").focus()
    page.keyboard.insert_text(text)


def test_a_paste_that_is_too_long_is_refused_in_words_and_stays(page: Page, inspection):
    paste(page, FACTS)
    page.locator("#id_violation").select_option(index=1)
    page.locator("#id_place").fill("1号车间")
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".error-summary")).to_contain_text("事实不得超过2000字，现为32500字")
    expect(page.locator("#id_fact")).to_have_value(FACTS)
    assert not inspection.findings.exists()


def test_a_counter_appears_near_the_limit_and_says_when_it_is_passed(page: Page):
    counter = page.locator("#id_fact_count")
    paste(page, "字" * 1000)
    expect(counter).to_have_count(0)
    paste(page, "字" * 900)
    expect(counter).to_have_text("1900/2000字")
    paste(page, "字" * 101)
    expect(counter).to_have_text("2001/2000字，超出1字")
    assert axe.problems_of(page) == []
    page.locator("#id_fact").fill("字")
    expect(counter).to_be_hidden()
