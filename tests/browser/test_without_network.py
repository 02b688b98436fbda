"""The network is gone when a form is sent, or the browser comes back to one: nothing typed is lost, nothing is chosen that nobody chose."""

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.inspections.models import Inspection
from tests.browser import axe
from tests.browser.test_coming_and_going import log_in

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PLANT = "二号厂区（常州市试验路2号）"


@pytest.fixture
def page(browser: Browser, live_server, inspector, case_officer, enterprise):
    enterprise.facilities.create(name="二号厂区", address="常州市试验路2号", region=enterprise.region)
    with axe.watched_page(browser) as page:
        log_in(page, inspector, live_server)
        page.goto(f"{live_server.url}/inspections/new/")
        page.locator("#id_enterprise").select_option(str(enterprise.pk))
        page.locator("#id_site").select_option(PLANT)
        for box in page.locator("[name=inspectors]").all():
            box.check()
        page.locator("#id_attended_by").fill("钱测试")
        yield page


def begin(page: Page) -> None:
    page.get_by_role("button", name="开始检查").click()


def is_as_it_was_filled_in(page: Page) -> None:
    expect(page.locator("#id_site")).to_have_value(PLANT)
    expect(page.locator("#id_attended_by")).to_have_value("钱测试")
    expect(page.locator("[name=inspectors]:checked")).to_have_count(2)


def test_a_form_sent_without_network_stays_and_says_so_and_is_sent_later(page: Page):
    page.context.set_offline(True)
    begin(page)
    said = page.locator("[data-not-sent]")
    expect(said).to_contain_text("没有网络连接，内容未提交")
    expect(said).to_be_focused()
    begin(page)
    expect(said).to_have_count(1)
    is_as_it_was_filled_in(page)
    assert axe.problems_of(page) == []
    assert not Inspection.objects.exists()
    page.context.set_offline(False)
    expect(said).to_have_count(0)
    with page.expect_navigation():
        begin(page)
    assert Inspection.objects.get().place == PLANT


@pytest.mark.parametrize("way", ["back", "reload"])
def test_who_comes_back_to_the_form_is_offered_all_of_it_and_no_other_plant_is_chosen(page: Page, way: str):
    here = page.url
    if way == "back":
        page.goto(here.replace("/inspections/new/", "/search/"))
        page.go_back()
    else:
        page.reload()
    expect(page).to_have_url(here)
    expect(page.locator("#id_enterprise")).to_have_value("")
    expect(page.locator("#id_site")).to_have_value("")
    page.locator(".restore-bar .btn-primary").click()
    is_as_it_was_filled_in(page)


def test_a_plant_that_is_offered_no_more_leaves_the_choice_open(page: Page, enterprise):
    enterprise.facilities.update(is_closed=True)
    page.reload()
    with page.expect_response("**/sites/**"):
        page.locator(".restore-bar .btn-primary").click()
    expect(page.locator("#id_site option")).to_have_count(2)
    expect(page.locator("#id_site")).to_have_value("")
    assert page.locator("#id_site").evaluate("list => list.selectedIndex") == -1
