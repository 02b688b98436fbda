"""What a real browser finds wrong with a page: accessibility, content policy, width, console errors.

    problems = sweep(page, url)          # every problem in words; an empty list is what a test asserts

Open pages with `watched_page(browser, width=…, dark=…)`: it must listen before the page loads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]
WIDTHS = (1280, 360)
HEIGHT = 800
# What each watched page has said so far.
_NOTES: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()
# Runs in every page before its own scripts: remembers what the content policy blocked.
LISTEN = """
window.__blocked = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__blocked.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber || ""}`);
});
"""
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.target.join(" ")} ${node.html.slice(0, 160)} ${node.failureSummary.replace(/\\s+/g, " ").slice(0, 220)}`));
}"""
# What colours alone decide: the rest of a page is the same in the dark.
CONTRAST = ["color-contrast", "link-in-text-block"]
RUN_AXE_RULES = RUN_AXE.replace('type: "tag"', 'type: "rule"')
DRESS = """(theme) => document.documentElement.setAttribute("data-bs-theme", theme)"""
# What a sticky bar covers depends on where the page happens to be scrolled to, and scrolling uncovers it.
UNSTICK = """(on) => document.querySelectorAll(".bar, .bulkbar, .messages-float").forEach((bar) => {
  bar.style.position = on ? "static" : "";
})"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return "";
  const edge = document.documentElement.clientWidth;
  const culprits = Array.from(document.querySelectorAll("body *"))
    .filter((e) => e.getBoundingClientRect().right > edge + 1 && !e.closest(".scroll-x, .subtabs"))
    .slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
  return `${wide}px of sideways scroll: ${culprits.join(" | ")}`;
}"""


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start the machine's Chromium, quiet and with steady font rendering."""
    return playwright.chromium.launch(executable_path=executable, args=ARGS)


@contextmanager
def context(browser: Browser, *, width: int = 1280, dark: bool = False, **options: Any) -> Iterator[BrowserContext]:
    """A browser profile of its own; touch and 360 px for a phone."""
    made = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="zh-CN",
        has_touch=width < 768,
        **options,
    )
    made.add_init_script(LISTEN)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def watched_page(browser: Browser, *, width: int = 1280, dark: bool = False, **options: Any) -> Iterator[Page]:
    """A page whose content-policy violations, console errors and foreign requests `problems_of` can tell."""
    with context(browser, width=width, dark=dark, **options) as profile:
        page = profile.new_page()
        watch(page)
        yield page


def watch(page: Page) -> None:
    """Begin to note a page's console errors and failures. Call once, before the first `goto`."""
    notes: list[str] = []
    _NOTES[page] = notes
    page.on("pageerror", lambda error: notes.append(f"script error: {error}"))
    page.on("console", lambda message: notes.append(f"console: {message.text}") if _is_trouble(message) else None)


def _is_trouble(message: ConsoleMessage) -> bool:
    """An error, other than the browser's remark that the page itself answered 4xx or 5xx."""
    return message.type == "error" and "the server responded with a status of" not in message.text


def forget(page: Page) -> None:
    """Drop what a watched page has said so far: another page is opened in it."""
    _NOTES.get(page, []).clear()


def sweep(page: Page, url: str, *, theme: str | None = None) -> list[str]:
    """Open `url` and say what is wrong with it. `theme` ("light", "dark") overrides the officer's own choice."""
    forget(page)
    page.goto(url, wait_until="load")
    if theme:
        page.evaluate(DRESS, theme)
    return [f"{url}: {problem}" for problem in problems_of(page)]


def problems_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands now (also after clicks: with an open menu, with a dialog)."""
    found = list(_NOTES.get(page, []))
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(UNSTICK, True)
    found += page.evaluate(RUN_AXE, RULES)
    page.evaluate(UNSTICK, False)
    found += [f"content policy: {blocked}" for blocked in page.evaluate("() => window.__blocked || []")]
    if wide := page.evaluate(TOO_WIDE):
        found.append(wide)
    return found


def problems_in_each_light(page: Page, *, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What is wrong with the page as it stands, in the light and in the dark, at each width. Loads nothing anew."""
    found: list[str] = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(DRESS, "light")
        found += [f"{width} px: {problem}" for problem in problems_of(page)]
        forget(page)
        page.evaluate("() => { window.__blocked = []; }")
        page.evaluate(DRESS, "dark")
        page.evaluate(UNSTICK, True)
        found += [f"{width} px, dark: {problem}" for problem in page.evaluate(RUN_AXE_RULES, CONTRAST)]
        page.evaluate(UNSTICK, False)
        page.evaluate(DRESS, "light")
    return found
