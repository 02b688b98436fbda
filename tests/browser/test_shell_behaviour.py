"""What the scripts add to pages that also work without them: keys, choosing rows, drafts, one submission only."""

import hashlib
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.styleguide_urls"),
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with axe.watched_page(browser) as page:
        yield page


def guide(live_server, part: str = "") -> str:
    return f"{live_server.url}/styleguide/{part}"


def test_the_whole_list_can_be_worked_from_the_keyboard(page: Page, live_server):
    page.goto(guide(live_server, "list/"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("tr.is-cursor .row-link")).to_have_text("苏稀监立〔2026〕1701号")
    expect(page.locator("[data-bulk-count]")).to_have_text("1")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("2")
    page.keyboard.press("/")
    expect(page.locator("#global-search")).to_be_focused()
    page.keyboard.type("jx")
    expect(page.locator("#global-search")).to_have_value("jx")
    expect(page.locator("[data-bulk-count]")).to_have_text("2")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe.problems_of(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    with page.expect_navigation(url="**/styleguide/"):
        page.keyboard.press("d")


def test_shortcuts_stay_silent_when_the_officer_switched_them_off(page: Page, live_server):
    page.goto(guide(live_server, "list/?hotkeys=off"))
    page.keyboard.press("/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#global-search")).not_to_be_focused()
    expect(page.locator("[data-bulkbar]")).to_be_hidden()


def test_control_k_opens_the_palette_and_arrows_walk_through_what_the_server_suggests(page: Page, live_server):
    page.route(
        "**/styleguide/?q=*",
        lambda route: route.fulfill(
            body='<ul class="results"><li><a href="/styleguide/case/">苏稀监立〔2026〕1702号</a></li></ul>',
            content_type="text/html",
        ),
    )
    page.goto(guide(live_server, "list/"))
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-query")).to_be_focused()
    page.keyboard.type("1702")
    expect(page.locator("#palette-results a")).to_be_visible()
    assert axe.problems_of(page) == []
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(url="**/styleguide/case/"):
        page.keyboard.press("Enter")


def test_choosing_a_page_a_range_and_nothing(page: Page, live_server):
    page.goto(guide(live_server, "list/"))
    boxes = page.locator("input[name=selected]")
    bar = page.locator("[data-bulkbar]")
    expect(bar).to_be_hidden()
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("[data-bulk-count]")).to_have_text("4")
    page.locator("[data-select-all]").click()
    expect(page.locator("[data-bulk-count]")).to_have_text("25")
    assert axe.problems_of(page) == []
    page.locator("[data-bulk-clear]").click()
    expect(bar).to_be_hidden()


def test_a_second_press_of_the_button_sends_nothing(page: Page, live_server):
    sent = []

    def slow(route):
        if route.request.method == "POST":
            sent.append(route.request.url)
            time.sleep(0.4)
        route.continue_()

    page.route("**/styleguide/form/", slow)
    page.goto(guide(live_server, "form/"))
    page.evaluate(
        """() => { const button = document.querySelector("form.form-house[novalidate] button[type=submit]"); button.click(); button.click(); button.click(); }"""
    )
    page.wait_for_load_state("load")
    expect(page.locator("h1")).to_have_text("新建立案")
    assert len(sent) == 1


def test_text_typed_into_a_form_survives_the_closing_of_the_tab(page: Page, live_server):
    page.goto(guide(live_server, "case/"))
    page.locator("#id_text").fill("当事人要求 12 月 20 日前提交补充材料")
    page.goto(guide(live_server, "list/"))
    page.goto(guide(live_server, "case/"))
    bar = page.locator(".restore-bar")
    expect(bar).to_be_visible()
    assert axe.problems_of(page) == []
    bar.get_by_role("button").first.click()
    expect(page.locator("#id_text")).to_have_value("当事人要求 12 月 20 日前提交补充材料")


def test_a_draft_goes_to_the_server_ten_seconds_after_the_last_change_and_stays_here_when_it_cannot(
    page: Page, live_server
):
    saved = []
    answers = [204, 401]

    def answer(route):
        saved.append(route.request.post_data or "")
        route.fulfill(status=answers[len(saved) - 1], body="")

    page.clock.install()
    page.goto(guide(live_server, "form/"))
    page.route("**/styleguide/", lambda route: answer(route) if route.request.method == "POST" else route.continue_())
    page.locator("#id_facts").fill("第一稿")
    page.clock.run_for(9000)
    assert saved == []
    page.clock.run_for(2000)
    expect(page.locator("[data-autosave-state]")).to_contain_text("已自动保存")
    assert len(saved) == 1
    assert "第一稿" in saved[0]
    assert "csrfmiddlewaretoken" not in saved[0]
    page.locator("#id_facts").fill("第二稿")
    page.clock.run_for(11000)
    expect(page.locator("[data-autosave-state]")).to_contain_text("本浏览器")


def test_leaving_with_unsaved_text_asks_first(page: Page, live_server):
    asked = []

    def accept(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.goto(guide(live_server, "form/"))
    page.locator("#id_facts").click()
    page.keyboard.type("超出指标")
    page.goto(guide(live_server, "list/"))
    assert asked == ["beforeunload"]


def test_the_fingerprint_of_a_file_is_computed_before_it_is_sent(page: Page, live_server):
    content = "现场笔录".encode()
    page.goto(guide(live_server, "form/"))
    page.locator("#id_file").set_input_files({"name": "笔录.pdf", "mimeType": "application/pdf", "buffer": content})
    expected = hashlib.sha256(content).hexdigest()
    expect(page.locator("[data-upload-list]")).to_contain_text(expected)
    expect(page.locator("input[name=file_sha256]")).to_have_value(expected)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, live_server):
    page.goto(guide(live_server, "form/"))
    page.evaluate("() => { document.querySelector('[data-upload]').dataset.maxBytes = '8'; }")
    page.locator("#id_file").set_input_files({"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"0123456789"})
    expect(page.locator("[data-upload-list]")).to_contain_text("过大")
    assert page.evaluate("() => document.querySelector('#id_file').validity.customError")


def test_a_large_file_shows_its_progress_and_its_answer(page: Page, live_server):
    page.goto(guide(live_server, "form/"))
    page.locator("#id_file").set_input_files({"name": "录像.mp4", "mimeType": "video/mp4", "buffer": b"0" * 700_000})
    expect(page.locator("[data-upload-list]")).to_contain_text("SHA-256")
    page.locator("form:has(#id_file) button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert axe.problems_of(page) == []


def test_the_public_page_compares_a_pdf_without_sending_it(page: Page, live_server):
    requests = []
    page.goto(guide(live_server, "public/"))
    page.on("request", lambda request: requests.append(request.url) if request.method == "POST" else None)
    page.locator("#pdf").set_input_files({"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"another"})
    expect(page.locator("#pdf-result")).to_contain_text("不一致")
    assert requests == []
    assert axe.problems_of(page) == []


def test_two_minutes_before_the_session_ends_the_officer_is_warned_and_can_stay(page: Page, live_server):
    kept = []

    def keep_alive(route):
        if route.request.method != "POST":
            route.continue_()
            return
        kept.append(route.request.url)
        route.fulfill(status=204)

    page.clock.install()
    page.goto(guide(live_server, "list/"))
    page.route("**/styleguide/", keep_alive)
    page.clock.run_for(1_660_000)
    assert page.locator("#messages .message").count() == 0
    page.clock.run_for(60_000)
    warning = page.locator("#messages .message")
    expect(warning).to_contain_text("2 分钟后将自动退出")
    warning.get_by_role("button").first.click()
    expect(warning).to_have_count(0)
    assert kept


def test_a_failed_partial_request_is_said_in_words(page: Page, live_server):
    page.goto(guide(live_server, "list/"))
    page.route("**/nowhere/", lambda route: route.fulfill(status=409, body="conflict"))
    page.evaluate("() => window.htmx.ajax('GET', '/nowhere/', { target: 'h1' })")
    expect(page.locator("#messages .tone-red")).to_contain_text("他人已先行修改")
    expect(page.locator("h1")).to_contain_text("案件")


def test_a_partial_request_that_meets_the_log_in_page_does_not_paste_it(page: Page, live_server):
    page.goto(guide(live_server, "list/"))
    page.evaluate("() => window.htmx.ajax('GET', '/styleguide/login/', { target: 'h1' })")
    expect(page.locator("#messages .tone-red")).to_contain_text("登录已失效")
    expect(page.locator("h1")).to_contain_text("案件")


def test_an_at_sign_in_a_note_offers_colleagues(page: Page, live_server):
    page.goto(guide(live_server, "case/"))
    page.evaluate("() => { document.querySelector('.note-box').dataset.mention = '/people/'; }")
    people = '{"results": [{"id": 1, "text": "李静", "note": "稀土管理科"}, {"id": 2, "text": "李明"}]}'
    page.route("**/people/?q=*", lambda route: route.fulfill(body=people, content_type="application/json"))
    page.locator("#id_text").press_sequentially("请 @李")
    expect(page.get_by_role("option")).to_have_count(2)
    assert axe.problems_of(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_have_value("请 @李明 ")


def test_without_scripts_menus_dialogs_and_messages_still_work(browser: Browser, live_server):
    with axe.context(browser, java_script_enabled=False) as profile:
        page = profile.new_page()
        page.goto(guide(live_server, "case/"))
        page.locator(".head-actions .menu > summary").click()
        page.locator(".menu-item.danger").click()
        expect(page.locator("#void")).to_be_visible()
        page.goto(guide(live_server))
        expect(page.get_by_text("已移交李静承办。")).to_be_visible()
        page.goto(guide(live_server, "bulk/"))
        expect(page.locator("[data-bulkbar]")).to_be_visible()
        expect(page.locator("[data-select-all]")).to_be_hidden()


def test_without_scripts_the_phone_menu_opens_by_its_address(browser: Browser, live_server):
    with axe.context(browser, width=360, java_script_enabled=False) as profile:
        page = profile.new_page()
        page.goto(guide(live_server, "list/"))
        page.locator(".bar-menu-button").click()
        expect(page.locator("#menu").get_by_text("企业库")).to_be_visible()
