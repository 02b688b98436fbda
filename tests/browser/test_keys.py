"""The keys of the real pages: the list of keys names what the page has, and every key it names acts."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from casework import search
from casework.models import Docket, Note
from tests import factories
from tests.browser import axe
from tests.factories import PASSWORD

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
CASES = "/cases/?tab=department&sort=due"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with axe.watched_page(browser) as page:
        yield page


@pytest.fixture
def neighbours(case, violation) -> list[Docket]:
    """A matter before the case and one after it, by their deadlines."""
    case.docket.refresh_from_db()
    officer, enterprise, due = case.docket.officer, case.docket.enterprise, case.docket.next_due_on
    made = [
        factories.make_lead(
            violation, officer=officer, department=officer.department, enterprise=enterprise, next_due_on=day
        )
        for day in (due - timedelta(days=9), due + timedelta(days=9))
    ]
    for docket in (*made, case.docket):
        search.index(docket)
    return made


def log_in(page: Page, server, officer) -> None:
    page.goto(f"{server.url}/login/")
    page.get_by_label("用户名").fill(officer.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def leave(page: Page) -> None:
    """Out of the field: keys are silent while somebody types."""
    page.evaluate("() => document.activeElement.blur()")


def listed(page: Page) -> set[str]:
    """The keys the list of keys shows, as they are pressed one after the other."""
    leave(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    lines = page.locator("#keys dd:visible").all()
    found = {" ".join(line.locator("kbd").all_inner_texts()) for line in lines}
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    return found


def press(page: Page, key: str, leads_to: str | re.Pattern[str]) -> None:
    with page.expect_navigation(url=leads_to):
        for one in key.split():
            page.keyboard.press(one)


EVERYWHERE = {"/", "Ctrl K", "?", "g d", "g c", "g i", "Esc"}


def test_on_a_case_every_key_that_is_listed_acts(page, live_server, case, neighbours, case_officer):
    log_in(page, live_server, case_officer)
    page.goto(f"{live_server.url}{CASES}")
    page.get_by_role("link", name=case.docket.number).click()
    expect(page.locator(".identity-number")).to_have_text(case.docket.number)
    assert listed(page) == EVERYWHERE | {"[", "]", "e", "Ctrl Enter"}

    page.keyboard.press("/")
    expect(page.locator("#global-search")).to_be_focused()
    leave(page)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-query")).to_be_focused()
    page.keyboard.type("常")  # the first Escape closes, and does not stop at emptying the field
    page.keyboard.press("Escape")
    expect(page.locator("#palette-query")).to_be_hidden()

    before, after = neighbours
    press(page, "]", re.compile(rf"/dockets/{after.pk}/"))
    press(page, "[", re.compile(rf"/dockets/{case.docket_id}/"))
    press(page, "[", re.compile(rf"/dockets/{before.pk}/"))
    press(page, "]", re.compile(rf"/dockets/{case.docket_id}/"))

    page.locator("#note_text").fill("已电话联系企业")
    press(page, "Control+Enter", re.compile(rf"/dockets/{case.docket_id}/$"))
    expect(page.locator(".timeline").get_by_text("备注").first).to_be_visible()
    assert Note.objects.get().text == "已电话联系企业"
    # The walk goes on after an act.
    press(page, "]", re.compile(rf"/dockets/{after.pk}/"))
    press(page, "[", re.compile(rf"/dockets/{case.docket_id}/"))

    press(page, "e", re.compile(rf"/cases/{case.pk}/facts/"))
    page.go_back()
    press(page, "g d", f"{live_server.url}/")
    press(page, "g c", re.compile(r"/cases/"))
    press(page, "g i", re.compile(r"/cases/\?tab=all&kind=inspection"))
    expect(page.locator("[data-row]")).to_have_count(1)


def test_on_the_list_every_key_that_is_listed_acts(page, live_server, case, neighbours, head):
    log_in(page, live_server, head)
    page.goto(f"{live_server.url}{CASES}")
    before = neighbours[0]
    assert listed(page) == EVERYWHERE | {"j k", "x", "Enter", "p", "a", "n", "Ctrl Enter"}
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.is-cursor")).to_contain_text(before.number)
    page.keyboard.press("p")
    expect(page.locator(".row-preview")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("1")
    assert axe.problems_of(page) == []
    press(page, "a", re.compile(r"/cases/bulk/"))
    expect(page.locator(".outcomes")).to_contain_text(before.number)
    page.go_back()
    page.locator("[data-row] a").first.focus()
    press(page, "Enter", re.compile(rf"/dockets/{before.pk}/"))
    page.go_back()
    press(page, "n", re.compile(r"/new/"))


def test_hand_over_takes_the_row_the_officer_stands_on(page, live_server, case, neighbours, head):
    log_in(page, live_server, head)
    page.goto(f"{live_server.url}{CASES}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    press(page, "a", re.compile(r"/cases/bulk/"))
    expect(page.locator(".outcomes")).to_contain_text(case.docket.number)
    expect(page.locator(".outcomes li")).to_have_count(1)


def test_a_case_that_was_not_opened_from_a_list_has_no_neighbours(page, live_server, case, neighbours, case_officer):
    log_in(page, live_server, case_officer)
    page.goto(f"{live_server.url}{case.docket.get_absolute_url()}")
    assert {"[", "]"} & listed(page) == set()
    page.keyboard.press("]")
    page.wait_for_load_state()
    expect(page).to_have_url(f"{live_server.url}{case.docket.get_absolute_url()}")


def test_who_switched_the_keys_off_is_left_alone(page, live_server, case, case_officer):
    case_officer.hotkeys_on = False
    case_officer.save(update_fields=["hotkeys_on"])
    log_in(page, live_server, case_officer)
    page.goto(f"{live_server.url}{case.docket.get_absolute_url()}")
    for key in ("?", "e", "/"):
        page.keyboard.press(key)
    expect(page.locator("#keys")).to_be_hidden()
    expect(page.locator("#global-search")).not_to_be_focused()
    expect(page).to_have_url(f"{live_server.url}{case.docket.get_absolute_url()}")


def test_a_button_that_fetches_a_file_wakes_up_when_the_file_is_there(page: Page, live_server, case, neighbours):
    log_in(page, live_server, case.docket.officer)
    page.goto(live_server.url + CASES)
    button = page.get_by_role("button", name="导出Excel")
    for _time in range(2):
        with page.expect_download() as fetched:
            button.click()
        assert fetched.value.suggested_filename.endswith(".xlsx")
        expect(button).not_to_have_attribute("aria-busy", "true")
        assert page.locator("form[data-sent]").count() == 0
