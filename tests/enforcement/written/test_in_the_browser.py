"""A real Chromium: the preview follows the typing, a draft waits on the server, and the password makes the record final."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import problems_of, watched_page
from tests.factories import PASSWORD
from tests.plugins.processes import Portal

pytestmark = [pytest.mark.chromium, pytest.mark.pdf, pytest.mark.worker]

PEOPLE = """
import json
from core import clock
from casework.models import DocketOfficer
from organisation import roles
from tests import factories
roles.sync_roles()
department = factories.make_department("3204-EPD", "常州市生态环境局", brand="常环")
facts = {"department": department, "password_changed_at": clock.now()}
first = factories.make_officer(roles.CASE_OFFICER, username="anjian", name="王测试", **facts)
second = factories.make_officer(roles.CASE_OFFICER, username="anjian2", name="李测试", **facts)
docket = factories.make_docket(kind="rectification", department=department, officer=first, enterprise=factories.make_enterprise())
DocketOfficer.objects.create(docket=docket, officer=second, part="co")
print(json.dumps(docket.pk))
"""


def enter(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.url}/login/")
    page.fill("[name=username]", "anjian")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def fill(page: Page) -> None:
    for name, value in {
        "began": "2026-09-05T09:00", "ended": "2026-09-05T10:00", "place": "办公楼会议室", "person": "钱测试",
        "relation": "车间主任", "answers-0-question": "设施为什么没有运行？", "answers-0-answer": "水泵坏了。",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", value)
    page.check("[name=rights_told]")


@pytest.mark.parametrize("width", [1280, 360])
def test_from_an_empty_form_to_a_final_record(embedded_portal, browser, width):
    portal = embedded_portal
    docket = json.loads(portal.manage("shell", "-v", "0", "-c", PEOPLE).splitlines()[-1])
    with watched_page(browser, width=width) as page:
        enter(page, portal)
        page.goto(f"{portal.url}/documents/records/new/{docket}/questioning/")
        expect(page.locator("#look .tone-amber")).to_be_visible()
        expect(page.locator("[name=officers]:checked")).to_have_count(2)
        fill(page)
        expect(page.locator("#look .tone-green")).to_be_visible()
        expect(page.locator("#look img").first).to_have_attribute("src", re.compile("^data:image/png"))
        page.fill("[name=place]", "会议室\U0001f4c5")
        expect(page.locator("#look")).to_contain_text("U+1F4C5")
        page.fill("[name=place]", "办公楼会议室")
        expect(page.locator("#look .tone-green")).to_be_visible()
        assert problems_of(page) == []
        page.fill("[name=password]", PASSWORD)
        page.locator("#draft button.btn-primary").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("调查询问笔录（钱测试）")
        expect(page.locator(".pdf-pages img").first).to_be_visible()
        assert problems_of(page) == []


def test_rows_that_were_added_are_put_back_from_the_draft(embedded_portal, browser):
    portal = embedded_portal
    docket = json.loads(portal.manage("shell", "-v", "0", "-c", PEOPLE).splitlines()[-1])
    with watched_page(browser) as page:
        enter(page, portal)
        address = f"{portal.url}/documents/records/new/{docket}/questioning/"
        page.goto(address)
        fill(page)
        for row in (1, 2):
            page.fill(f"[name=answers-{row}-question]", f"第{row}问")
            page.fill(f"[name=answers-{row}-answer]", "答。")
        page.locator("#draft button[name=look]").click()
        expect(page.locator("[name=answers-5-question]")).to_be_visible()
        expect(page.locator(".restore-bar")).to_have_count(0)
        page.fill("[name=answers-5-question]", "最后一问")
        with page.expect_response(
            lambda answer: "/draft" in answer.url and answer.request.method == "POST", timeout=30_000
        ):
            pass
        page.goto(f"{portal.url}/")
        page.goto(address)
        page.locator(".restore-bar .btn-primary").click()
        assert page.input_value("[name=answers-5-question]") == "最后一问"
        assert page.input_value("[name=person]") == "钱测试"
