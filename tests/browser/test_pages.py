"""Every page of the portal in a real browser: accessible, within the content policy, as wide as the screen, in one language.

The pages are not listed here: `tests.browser.atlas` finds them by following links as officers of every role and by the table of doors,
so that a new URL is swept as soon as it exists, and fails `test_every_address…` when no page of it was found.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.atlas import NO_PAGE, NO_PAGE_ENDS, Leaf
from tests.browser.site import Site, Walker, keep_picture, prepared_site, side_by_side, told, walker
from tests.browser.words import LABELS, WORDS, chinese_in, data_in, english_in

# Hundreds of pages in two tests: they take longer than any other.
pytestmark = [pytest.mark.chromium, pytest.mark.worker, pytest.mark.pdf, pytest.mark.timeout(1500)]
PHONE, DESK = 360, 1280
ZOOMED = 320  # what 400 % of zoom leave of a desk
PASSWORD = "Xitu-2026-demo"

# The style guide has a test of its own, and one list's export in progress looks like any other's.
TOLD_ELSEWHERE = {"styleguide:index", "styleguide:part"}
# Owed: the officers of the demonstration have no campaign, and no penalty at the stage that links to these. Their pages are held by
# tests of their own (tests/enforcement/campaigns, tests/enforcement/penalties/test_pages.py, tests/enforcement/leads).
TOLD_ELSEWHERE |= {
    *(f"campaigns:{name}" for name in (
        "add_matters", "add_member", "add_targets", "assign", "edit_plan", "extend", "progress", "release", "remove_matter",
        "remove_member", "remove_target", "report_excel", "report_pdf", "self_check", "take_step", "take_task_step",
    )),
    "leads:informant",
    *(f"penalties:{name}" for name in (
        "arrange_hearing", "call_off_hearing", "carry_out", "draft_document", "edit", "end_hearing", "go_to_hearing", "publish",
        "sign", "take_step",
    )),
}  # fmt: skip
TOLD_ELSEWHERE_ENDS = ("_export_job",)


@pytest.fixture(scope="module")
def site(prepared_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with prepared_site(prepared_var, tmp_path_factory.mktemp("pages")) as made:
        yield made


def test_every_address_of_the_portal_has_a_page_in_the_sweep(site: Site):
    left = [
        name
        for name in site.unseen
        if name not in NO_PAGE | TOLD_ELSEWHERE and not name.endswith(NO_PAGE_ENDS + TOLD_ELSEWHERE_ENDS)
    ]
    assert left == []


@dataclass(frozen=True)
class Findings:
    """What one walk through all pages found: faults of the pages, and English on Chinese pages."""

    faults: list[str]
    english: list[str]


@pytest.fixture(scope="module")
def findings(site: Site) -> Findings:
    """Each page is loaded once and looked at in two themes at two widths, which change styles only and not the document; then it is
    narrowed to what the strongest zoom leaves."""
    found = Findings([], [])

    def look(who: Walker, leaf: Leaf) -> None:
        problems = who.open(leaf)
        found.english.extend(told(leaf, english_in(who.page.evaluate(WORDS), set(site.sessions))))
        problems += axe.problems_in_each_light(who.page, who.looks, widths=(DESK, PHONE))
        who.page.set_viewport_size({"width": ZOOMED, "height": axe.HEIGHT})
        if wide := who.page.evaluate(axe.TOO_WIDE):
            problems.append(f"{ZOOMED} px: {wide}")
        who.page.set_viewport_size({"width": DESK, "height": axe.HEIGHT})
        found.faults.extend(told(leaf, problems))
        keep_picture(who.page, leaf)

    side_by_side(site, look, width=DESK)
    return found


@pytest.mark.sweep
def test_every_page_is_accessible_keeps_the_content_policy_and_fits_in_light_and_dark_on_desk_and_phone(
    findings: Findings,
):
    assert findings.faults == []


@pytest.mark.sweep
def test_no_chinese_page_speaks_english(findings: Findings):
    """Every text, label and title of every page; what stays in Latin letters is a code, an address or an account."""
    assert sorted(set(findings.english)) == []


@pytest.mark.sweep
def test_english_pages_are_english_and_fit_phone_and_desk(site: Site):
    """English words are longer than Chinese ones: no page may be pushed wider by them."""
    problems: list[str] = []
    data = data_in(site)

    def look(who: Walker, leaf: Leaf) -> None:
        found = who.open(replace(leaf, path=in_english(leaf)))
        if who.page.locator("html").get_attribute("lang") != "en":
            found.append("is not in English")
        found += [f"says “{text[:80]}”" for text in chinese_in(who.page.evaluate(LABELS), data)]
        for width in (PHONE, DESK):
            who.page.set_viewport_size({"width": width, "height": axe.HEIGHT})
            if wide := who.page.evaluate(axe.TOO_WIDE):
                found.append(f"{width} px: {wide}")
        who.page.set_viewport_size({"width": PHONE, "height": axe.HEIGHT})
        problems.extend(told(leaf, found))

    with speaking(site, "en"):
        side_by_side(site, look, width=PHONE, language="en")
    assert problems == []


def in_english(leaf: Leaf) -> str:
    """Officers have their language and strangers a cookie, but a public page is asked for it in its address."""
    return f"{leaf.path}?lang=en" if leaf.name.startswith("public:") else leaf.path


@contextmanager
def speaking(site: Site, language: str) -> Iterator[None]:
    """All officers prefer this language meanwhile."""
    site.portal.sql("UPDATE organisation_officer SET language = ?", [language])
    yield
    site.portal.sql("UPDATE organisation_officer SET language = ?", ["zh-hans"])


# --- the keyboard ------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(site: Site, browser: Browser) -> Iterator[Page]:
    """Wang Lei's desk, his work before him."""
    with walker(site, browser, width=DESK) as who:
        who.become("wanglei")
        who.page.goto(site.url)
        yield who.page


def test_the_first_tab_offers_to_skip_to_the_content(desk: Page):
    desk.keyboard.press("Tab")
    expect(desk.locator(".skip-link")).to_be_focused()
    expect(desk.locator(".skip-link")).to_be_in_viewport()
    desk.keyboard.press("Enter")
    expect(desk.locator("#main")).to_be_focused()


def test_every_stop_of_the_tab_key_is_seen(desk: Page):
    """Forty stops through the list of cases: each is on the screen and drawn differently when it has the focus."""
    desk.goto(desk.url + "cases/")
    unseen = []
    for _stop in range(40):
        desk.keyboard.press("Tab")
        mark = desk.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
            return {what: e.outerHTML.slice(0, 100), drawn: s.outlineStyle !== "none" || s.boxShadow !== "none" || e.matches(".visually-hidden-focusable"),
                    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight}; }"""
        )
        if not (mark["drawn"] and mark["seen"]):
            unseen.append(mark)
    assert unseen == []


def test_slash_leads_to_the_search_and_enter_starts_it(desk: Page):
    desk.keyboard.press("/")
    expect(desk.locator("#global-search")).to_be_focused()
    desk.keyboard.type("czo")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert "/search/?q=czo" in desk.url


def test_the_palette_opens_and_closes_by_keys(desk: Page):
    desk.keyboard.press("Control+k")
    palette = desk.locator("dialog[open], .palette:visible, [role=dialog]:visible").first
    expect(palette).to_be_visible()
    assert axe.problems_of(desk) == []
    desk.keyboard.press("Escape")
    expect(palette).to_be_hidden()


def test_log_out_is_reached_without_a_mouse(desk: Page):
    desk.locator(".bar details.menu > summary").focus()
    desk.keyboard.press("Enter")
    leave = desk.get_by_role("button", name="退出")
    expect(leave).to_be_visible()
    leave.focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert "/login/" in desk.url


# --- without scripts ---------------------------------------------------------------------------------------------------


def test_the_portal_works_without_scripts(site: Site, browser: Browser):
    """Log in, look through the list, open a matter, add a note, log out, in a browser that runs no script."""
    with axe.context(browser, java_script_enabled=False) as profile:
        page = profile.new_page()
        page.goto(site.url)
        page.fill("[name=username]", "lijing")
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("link", name="案件", exact=False).first.click()
        page.goto(f"{site.url}/cases/")
        page.locator("form.filters input[type=search], form.filters input[name=q]").first.fill("整改")
        page.locator("form.filters button[type=submit]").first.click()
        assert "q=" in page.url
        page.goto(f"{site.url}/cases/")
        page.locator("main table a.row-link").first.click()
        assert "/dockets/" in page.url
        page.locator("main form textarea[name=text]").fill("不用脚本也能写的办案记录。")
        page.locator("main form:has(textarea[name=text]) button").first.click()
        expect(page.get_by_text("不用脚本也能写的办案记录。").first).to_be_visible()
        page.locator(".bar details.menu > summary").click()
        page.get_by_role("button", name="退出").click()
        assert "/login/" in page.url
