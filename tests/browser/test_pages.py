"""Every page of the portal in a real browser: accessible, within the content policy, as wide as the screen, in one language.

The pages are not listed here: `tests.browser.atlas` finds them by following links as officers of every role and by the table of doors,
so that a new URL is swept as soon as it exists, and fails `test_every_address…` when no page of it was found.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import polib
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from rareearth.translations import CATALOGUE
from tests.browser import axe
from tests.browser.atlas import NO_PAGE, NO_PAGE_ENDS, Leaf
from tests.plugins.availability import chromium_executable
from tests.plugins.processes import ROOT, Portal

# Hundreds of pages in two tests: they take longer than any other.
pytestmark = [pytest.mark.chromium, pytest.mark.worker, pytest.mark.pdf, pytest.mark.timeout(1500)]
PHONE, DESK = 360, 1280
ZOOMED = 320  # what 400 % of zoom leave of a desk
BROWSERS = 2
PASSWORD = "Xitu-2026-demo"

# The style guide has a test of its own, and one list's export in progress looks like any other's.
TOLD_ELSEWHERE = {"styleguide:index", "styleguide:part"}
TOLD_ELSEWHERE_ENDS = ("_export_job",)


@dataclass
class Site:
    """A running portal whose pages are known."""

    portal: Portal
    leaves: list[Leaf]
    sessions: dict[str, str]
    unseen: list[str]

    @property
    def url(self) -> str:
        return self.portal.url


@pytest.fixture(scope="module")
def site(prepared_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The portal as `make run` starts it, with people, companies and matters at every stage."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(
        prepared_var, folder / "var", ignore=shutil.ignore_patterns("log", "*.lock", "broker", "beat-schedule*")
    )
    portal = Portal(folder / "var", "--no-demo")
    try:
        portal.manage("load_demo", "--stories", "0")
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.atlas", str(folder / "pages.json")],
            cwd=ROOT, env={**portal.environment, "LOG_LEVEL": "CRITICAL"}, text=True, capture_output=True,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        atlas = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
        portal.start()
        yield Site(portal, [Leaf(**page) for page in atlas["pages"]], atlas["sessions"], atlas["unseen"])
    finally:
        portal.close()


# Sends a form as the browser does, past its own checks: only what is given, with the token of the page.
SEND = """(fields) => {
  const form = document.createElement("form");
  form.method = "post";
  const token = document.querySelector("main input[name=csrfmiddlewaretoken], input[name=csrfmiddlewaretoken]");
  for (const [name, value] of Object.entries({csrfmiddlewaretoken: token.value, ...fields})) {
    const input = document.createElement("input");
    input.type = "hidden"; input.name = name; input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}"""


class Walker:
    """A browser page that changes officers by their session's cookie and notes what is wrong."""

    def __init__(self, site: Site, profile: BrowserContext) -> None:
        self.site, self.profile = site, profile
        self.page = profile.new_page()
        self.page.set_default_timeout(60_000)
        self._officer = ""
        self._at = ("", "")
        self.looks: Counter[str] = Counter()
        axe.watch(self.page)

    def become(self, officer: str) -> None:
        if officer and officer == self._officer:
            return
        self.profile.clear_cookies(name="portal_session")
        if officer:
            cookie: Any = {"name": "portal_session", "value": self.site.sessions[officer], "url": self.site.url}
            self.profile.add_cookies([cookie])
        self._officer = officer

    def open(self, leaf: Leaf) -> list[str]:
        """Open a page, send its form if it is to be sent; says when the answer is not the expected one."""
        axe.forget(self.page)
        if self._at != (leaf.officer, leaf.path) or leaf.sends is None:
            self.become(leaf.officer)
            answer = self.page.goto(self.site.url + leaf.path, wait_until="load")
            self._at = (leaf.officer, leaf.path)
        if leaf.sends is not None:
            with self.page.expect_navigation(wait_until="load") as sent:
                self.page.evaluate(SEND, leaf.sends)
            answer = sent.value
            self._at = ("", "")
        status = answer.status if answer else 0
        return [] if status == leaf.status else [f"answers {status}, not {leaf.status}"]


@contextmanager
def walker(site: Site, browser: Browser, *, language: str = "", **options: Any) -> Iterator[Walker]:
    with axe.context(browser, **options) as profile:
        if language:
            profile.add_cookies([{"name": "portal_language", "value": language, "url": site.url}])
        yield Walker(site, profile)


def side_by_side(site: Site, look: Callable[[Walker, Leaf], None], **options: Any) -> None:
    """Let two browsers look at all pages: while one page is examined, another is made. A form's answer follows its page."""
    left = deque(list(group) for _, group in groupby(site.leaves, key=lambda leaf: (leaf.officer, leaf.path)))
    executable = chromium_executable()
    assert executable

    def taken() -> list[Leaf]:
        with suppress(IndexError):
            return left.popleft()
        return []

    def work() -> None:
        with sync_playwright() as playwright:
            browser = axe.launch(playwright, executable)
            with walker(site, browser, **options) as who:
                while leaves := taken():
                    for leaf in leaves:
                        look(who, leaf)
            browser.close()

    with ThreadPoolExecutor(BROWSERS) as pool:
        for done in [pool.submit(work) for _ in range(BROWSERS)]:
            done.result()


def told(leaf: Leaf, problems: list[str]) -> list[str]:
    sent = "" if leaf.sends is None else f" sent {leaf.sends}"
    return [f"{leaf.path}{sent} as {leaf.officer or 'nobody'}: {problem}" for problem in problems]


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
        _keep_picture(who.page, leaf)

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


def _keep_picture(page: Page, leaf: Leaf) -> None:
    """PAGES_PICTURES=folder keeps a picture of each page at each width, for people to look at."""
    if not (folder := os.environ.get("PAGES_PICTURES")):
        return
    name = (leaf.path.strip("/") or "home").replace("/", "_").replace("?", "+")[:80] + f"@{leaf.officer}"
    name += "" if leaf.sends is None else f"-sent{leaf.status}"
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": axe.HEIGHT})
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


# Words of the page as people read and hear them, without what officers typed and without codes.
WORDS = """() => {
  const found = new Set();
  const skip = "script, style, kbd, code, pre, .mono, [lang=en], [data-language]";
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const text = walk.currentNode.textContent.trim();
    if (text && !parent.closest(skip)) found.add(text);
  }
  for (const element of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]"))
    for (const name of ["title", "aria-label", "placeholder", "alt"])
      if (element.getAttribute(name) && !element.closest(skip)) found.add(element.getAttribute(name));
  for (const element of document.querySelectorAll("[data-words]")) found.add(element.dataset.words);
  found.add(document.title);
  return [...found];
}"""


# What Chinese officials write in Latin letters: names of formats and keys, …
NAMES = [
    "PDF",
    "PDF/A",
    "Excel",
    "SHA",
    "SHA256SUMS",
    "sha256sum",
    "ZIP",
    "HS",
    "REO",
    "CSV",
    "JSON",
    "XLS",
    "XLSX",
    "Word",
    "TOTP",
    "Ctrl",
    "Shift",
    "Enter",
    "Esc",
    "Tab",
    "NFC",
    "UTF",
]
ALLOWED = re.compile(
    r"请求编号 \w+|^English$"
    # … addresses, accounts that are mentioned, names of files, codes,
    r"|[\w.+-]+@[\w.-]+|https?://\S+|@[a-z0-9_]+|\.[a-z]{3,4}\b|\b[A-Z]{2,4}-[A-Z]{2,5}\b"
    # conditions of customs supervision, as the tariff prints them (4Bxy).
    r"|\d*[A-Z]{1,2}xy\d*"
    rf"|(?<![A-Za-z])(?:{'|'.join(NAMES)})(?![A-Za-z])"
)
ENGLISH = re.compile(r"[A-Za-z][a-z]{2,}")


def english_in(texts: list[str], accounts: set[str]) -> list[str]:
    """Those of the texts that hold an English word."""
    return [
        text[:160] for text in texts if any(word not in accounts for word in ENGLISH.findall(ALLOWED.sub("", text)))
    ]


# What the portal itself says on an English page, beside the names and texts that officers and statutes gave it.
LABELS = """() => [...document.querySelectorAll(
  "main label, main legend, main th, main button, main summary, main .btn, nav a, h1, .panel-title, .head-actions a, .stepbar li, .error-summary li"
)].filter((one) => one.offsetParent && !one.closest("[lang=zh-Hans], [data-content]")).map((one) => one.textContent.trim().replace(/\\s+/g, " "))"""


CHINESE = re.compile(r"[\u3400-\u9fff]")
# What the portal says in Chinese. A short word (期限) is kept somewhere by chance; a longer one is a title, kept as it was given.
LONGEST_CHANCE = 4
OWN_WORDS = {entry.msgstr for entry in polib.pofile(str(CATALOGUE)) if CHINESE.search(entry.msgstr)}


def data_in(site: Site) -> list[str]:
    """Names, titles and texts that the portal keeps, the longest first: on an English page they stay as they were given."""
    kept = set()
    for (table,) in site.portal.sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        for column in site.portal.sql(
            f"SELECT name FROM pragma_table_info('{table}') WHERE type LIKE '%char%' OR type = 'TEXT'"
        ):
            least = 1 if table == "registry_element" else 2  # 镧
            rows = site.portal.sql(
                f'SELECT DISTINCT "{column[0]}" FROM "{table}" WHERE length("{column[0]}") BETWEEN {least} AND 200'
            )
            kept |= {text for (text,) in rows if isinstance(text, str) and CHINESE.search(text)}
    return sorted(kept, key=len, reverse=True)


def chinese_in(texts: list[str], data: list[str]) -> list[str]:
    """Those of the texts that are the portal's own words, or hold Chinese when the data are taken away.

    "中文" is how the language is chosen.
    """
    left = []
    for text in texts:
        rest = "" if text == "中文" else text
        for name in data if CHINESE.search(text) else ():
            rest = rest.replace(name, "")
        by_chance = len(text) <= LONGEST_CHANCE or text not in data
        if CHINESE.search(rest) or (text in OWN_WORDS and by_chance):
            left.append(text)
    return left


@pytest.mark.sweep
def test_english_pages_are_english_and_fit_a_phone(site: Site):
    """English words are longer than Chinese ones: no page may be pushed wider by them."""
    problems: list[str] = []
    data = data_in(site)

    def look(who: Walker, leaf: Leaf) -> None:
        found = who.open(replace(leaf, path=in_english(leaf)))
        if who.page.locator("html").get_attribute("lang") != "en":
            found.append("is not in English")
        found += [f"says “{text[:80]}”" for text in chinese_in(who.page.evaluate(LABELS), data)]
        if wide := who.page.evaluate(axe.TOO_WIDE):
            found.append(wide)
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
