"""A real Chromium: the preview that follows the typing, issue in four presses, a PDF compared on the citizen's own device."""

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
from organisation import roles
from tests import factories
roles.sync_roles()
department = factories.make_department("3204-EPD", "常州市生态环境局", brand="常环")
facts = {"department": department, "password_changed_at": clock.now()}
author = factories.make_officer(roles.CASE_OFFICER, username="anjian", name="王测试", **facts)
factories.make_officer(roles.DEPARTMENT_HEAD, username="fuzeren", name="周测试", **facts)
docket = factories.make_docket(department=department, officer=author, enterprise=factories.make_enterprise())
print(json.dumps(docket.pk))
"""


def enter(page: Page, portal: Portal, username: str) -> None:
    page.goto(f"{portal.url}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def draft_with_preview(page: Page, portal: Portal, docket: int) -> str:
    """Type a notice, watch the preview follow, submit; returns the address of the notice."""
    enter(page, portal, "anjian")
    page.goto(f"{portal.url}/documents/new/{docket}/notice/")
    expect(page.get_by_text("尚缺内容")).to_be_visible()
    page.fill("[name=subject]", "报送流向台账")
    page.fill("[name=paragraphs]", "请于2026年12月1日前报送。")
    expect(page.get_by_text("内容完整，可以提交。")).to_be_visible()
    expect(page.locator("#look img").first).to_have_attribute("src", re.compile("^data:image/png"))
    page.fill("[name=subject]", "报送台账\U0001f4c5")
    expect(page.locator("#look")).to_contain_text("U+1F4C5")
    page.fill("[name=subject]", "报送流向台账")
    expect(page.get_by_text("内容完整，可以提交。")).to_be_visible()
    assert problems_of(page) == []
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("关于报送流向台账的通知书")
    return page.url


def approve(page: Page, portal: Portal, path: str) -> None:
    enter(page, portal, "fuzeren")
    page.goto(f"{path}decide/")
    page.check("[name=confirmed]")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="审批同意").click()
    expect(page.get_by_text("已审批同意。")).to_be_visible()


def issue(page: Page, portal: Portal, path: str) -> str:
    """Issue, and wait until the worker's PDF is on the page; returns the verification code."""
    enter(page, portal, "anjian")
    page.goto(path)
    page.locator("a[href='#issue']").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("制发")
    dialog.get_by_role("button", name="制发").click()
    expect(page.get_by_text("已制发，文号为常环通〔")).to_be_visible()
    expect(page.locator(".pdf-pages img").first).to_be_visible()
    assert problems_of(page) == []
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.content())
    assert found
    return found[0]


def test_from_an_empty_form_to_a_genuine_document(embedded_portal, browser, tmp_path):
    portal = embedded_portal
    docket = json.loads(portal.manage("shell", "-v", "0", "-c", PEOPLE).splitlines()[-1])
    with watched_page(browser) as page:
        path = draft_with_preview(page, portal, docket)
    with watched_page(browser) as page:
        approve(page, portal, path)
    with watched_page(browser) as page:
        code = issue(page, portal, path)
    (stored,) = (portal.var / "media" / "notices").rglob("*.pdf")
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(stored.read_bytes() + b" ")
    with watched_page(browser, width=360) as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.method))
        page.goto(f"{portal.url}/v/{code}")
        expect(page.get_by_text("文书真实有效")).to_be_visible()
        page.set_input_files("#pdf", stored)
        expect(page.locator("#pdf-result")).to_have_class(re.compile("tone-green"))
        page.set_input_files("#pdf", altered)
        expect(page.locator("#pdf-result")).to_have_class(re.compile("tone-red"))
        assert set(sent) == {"GET"}, "the file never leaves the device"
        assert page.context.cookies() == []
        assert problems_of(page) == []
