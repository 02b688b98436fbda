"""Every component in a real browser under the strict content policy: accessible, readable in the dark, at home on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from core.styleguide import ERRORS, PARTS
from tests.browser import axe

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.styleguide_urls"),
]

PAGES = [f"{part}/" if part else "" for part in (*PARTS, *(f"error-{code}" for code in ERRORS))]


@pytest.mark.parametrize("width", axe.WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_accessibility_content_policy_or_width(browser: Browser, live_server, theme, width):
    problems = []
    with axe.watched_page(browser, width=width, dark=theme == "dark") as page:
        for address in PAGES:
            problems += axe.sweep(page, f"{live_server.url}/styleguide/{address}?theme={theme}")
    assert problems == []


@pytest.mark.parametrize("width", axe.WIDTHS)
def test_english_fits_as_well(browser: Browser, live_server, width):
    problems = []
    with axe.watched_page(browser, width=width) as page:
        page.context.add_cookies([{"name": "portal_language", "value": "en", "url": live_server.url}])
        for address in PAGES:
            problems += axe.sweep(page, f"{live_server.url}/styleguide/{address}")
        page.goto(f"{live_server.url}/styleguide/list/")
        assert page.locator("html").get_attribute("lang") == "en"
    assert problems == []


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with axe.watched_page(browser) as page:
        yield page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with axe.watched_page(browser, width=360) as page:
        yield page


def test_open_menus_are_as_accessible_as_closed_ones(desk: Page, live_server):
    desk.goto(f"{live_server.url}/styleguide/case/")
    desk.locator(".head-actions .menu > summary").click()
    expect(desk.get_by_text("整改复查尚未通过。")).to_be_visible()
    assert axe.problems_of(desk) == []
    desk.keyboard.press("Escape")
    expect(desk.get_by_text("整改复查尚未通过。")).to_be_hidden()
    desk.locator(".bar .menu > summary").click()
    assert axe.problems_of(desk) == []


def test_a_dialog_asks_for_the_word_before_a_case_is_void(desk: Page, live_server):
    desk.goto(f"{live_server.url}/styleguide/case/")
    desk.locator(".head-actions .menu > summary").click()
    desk.locator(".menu-item.danger").click()
    dialog = desk.get_by_role("dialog", name="作废案件")
    expect(dialog).to_be_visible()
    assert axe.problems_of(desk) == []
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_be_visible()
    dialog.locator("[data-typed]").fill("作废")
    with desk.expect_navigation():
        dialog.locator("button[type=submit]").click()


def test_the_menu_slides_in_on_a_phone_and_leaves_again(phone: Page, live_server):
    phone.goto(f"{live_server.url}/styleguide/list/")
    menu = phone.locator("#menu")
    expect(menu).to_be_hidden()
    phone.locator(".bar-menu-button").click()
    expect(menu.get_by_text("企业库")).to_be_visible()
    assert axe.problems_of(phone) == []
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_on_a_phone_the_filters_wait_behind_a_button(phone: Page, live_server):
    phone.goto(f"{live_server.url}/styleguide/list/")
    rest = phone.locator("#id_stage")
    expect(rest).to_be_hidden()
    phone.locator("[data-toggle-filters]").click()
    expect(rest).to_be_visible()
    assert axe.problems_of(phone) == []
