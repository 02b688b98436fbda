"""What a real browser finds wrong with a page: accessibility, content policy, width, console errors.

    problems = sweep(page, url)          # every problem in words; an empty list is what a test asserts

Open pages with `watched_page(browser, width=…, dark=…)`: it must listen before the page loads.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect

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
DESK = 768  # from here on there is a mouse
HEIGHT = 800
# How long a loaded machine may take says nothing about the portal.
PATIENCE_MS = 90_000
expect.set_options(timeout=PATIENCE_MS)
# What each watched page has said so far.
_NOTES: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()
# Runs in every page before its own scripts: remembers what the content policy blocked.
LISTEN = """
window.__blocked = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__blocked.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber || ""}`);
});
"""
# What a sticky bar covers depends on where the page happens to be scrolled to, and scrolling uncovers it: bars stand still meanwhile.
RUN_AXE = """async ([run, only]) => {
  const chosen = only === "tight" ? window.__tight : only && only.flatMap((look) => window.__looks.get(look));
  const nodes = chosen && chosen.filter((element) => element.isConnected);
  if (nodes && !nodes.length) return [];
  const bars = document.querySelectorAll(".bar, .bulkbar, .messages-float");
  bars.forEach((bar) => { bar.style.position = "static"; });
  const found = await axe.run(nodes ? { include: nodes } : document, { ...run, resultTypes: ["violations"] });
  bars.forEach((bar) => { bar.style.position = ""; });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.target.join(" ")} ${node.html.slice(0, 160)} ${node.failureSummary.replace(/\\s+/g, " ").slice(0, 220)}`));
}"""
EVERYTHING = {"runOnly": {"type": "tag", "values": RULES}}
# What colours alone decide: the rest of a page is the same in the dark.
CONTRAST = ["color-contrast", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": CONTRAST}}
SIZES = {"runOnly": {"type": "rule", "values": ["target-size"]}}
# What neither colours nor the sizes of targets decide.
THE_REST = EVERYTHING | {"rules": {rule: {"enabled": False} for rule in [*CONTRAST, "target-size"]}}
# The looks of a page's texts: colours, size, weight and the layers behind them, which is all that contrast depends on.
LOOKS = """(theme) => {
  document.documentElement.setAttribute("data-bs-theme", theme);
  const layers = new Map();
  const behind = (element) => {
    if (!element) return "";
    let known = layers.get(element);
    if (known === undefined) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join(" ");
      known = behind(element.parentElement) + (own === "rgba(0, 0, 0, 0) none 1 none" ? "" : own + ";");
      layers.set(element, known);
    }
    return known;
  };
  const looks = (window.__looks = new Map());
  for (const element of document.body.querySelectorAll("*")) {
    const talks = element.matches("input, select, textarea") ||
      Array.from(element.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
    if (!talks || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || element.closest(".visually-hidden, .visually-hidden-focusable")) continue;
    const style = getComputedStyle(element);
    const look = [
      element.tagName, element.getAttribute("class"), style.color, style.fontSize, style.fontWeight, style.textShadow,
      style.textDecorationLine, style.position, getComputedStyle(element.parentElement).color,
      Boolean(element.closest(":disabled, [aria-disabled=true]")), behind(element),
    ].join("|");
    looks.set(look, [...(looks.get(look) || []), element]);
  }
  return Array.from(looks.keys());
}"""
# Targets that may be too small or too near to another. axe weighs each against all; where plain arithmetic, a pixel stricter, already
# finds 24 px or a free circle of 24 px around the middle, there is nothing to weigh. Leaves them in __tight, says how many.
TIGHT = """() => {
  const targets = Array.from(document.body.querySelectorAll("a, area, button, input, select, textarea, summary, iframe, audio, video, [tabindex], [contenteditable]"))
    .map((element) => ({ element, box: element.getBoundingClientRect(), pieces: element.getClientRects().length }))
    .filter(({ element, box }) => element.tabIndex >= 0 && box.width && box.height && element.checkVisibility({ visibilityProperty: true }));
  for (const one of targets) {
    one.small = one.box.width < 25 || one.box.height < 25;
    one.x = (one.box.left + one.box.right) / 2;
    one.y = (one.box.top + one.box.bottom) / 2;
  }
  const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const away = (x, y, box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  // What holds a target does not cover it.
  const crowds = (one, other) => !other.element.contains(one.element) && (overlap(one.box, other.box) ||
    (one.small && (away(one.x, one.y, other.box) < 13 || (other.small && Math.hypot(one.x - other.x, one.y - other.y) < 25))));
  window.__tight = targets.filter((one) => one.pieces > 1 || targets.some((other) => crowds(one, other))).map((one) => one.element);
  return window.__tight.length;
}"""
# A look that was measured on so many pages is not measured again.
ENOUGH = 2
DRESS = """(theme) => document.documentElement.setAttribute("data-bs-theme", theme)"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return "";
  const edge = document.documentElement.clientWidth;
  const culprits = Array.from(document.querySelectorAll("body *"))
    .filter((e) => e.getBoundingClientRect().right > edge + 1 && !e.closest(".scroll-x, .subtabs"))
    .slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
  return `${wide}px of sideways scroll: ${culprits.join(" | ")}`;
}"""


# Links that stand alone, not in running text, and do not react 12 px above or below their middle. axe lets a low link pass where nothing
# else is near; a finger does not hit it all the same. What reacts is asked for, not measured: a whole line may be the link.
LEAST_TARGET = 24
LOW_LINKS = """(least) => {
  const alone = (link) => {
    let block = link.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const others = Array.from(block.childNodes).filter((node) => !node.contains(link)).map((node) => node.textContent).join("").trim();
    return !others || getComputedStyle(link).display !== "inline";
  };
  const reacts = (link, x, y) => { const hit = document.elementFromPoint(x, y); return Boolean(hit && (link.contains(hit) || hit.contains(link) && hit.closest("a, label, summary"))); };
  const found = [];
  for (const link of document.querySelectorAll("main a[href]")) {
    if (!link.checkVisibility({ visibilityProperty: true })) continue;
    let box = link.getBoundingClientRect();
    if (box.width < 2 || box.height >= least || !alone(link)) continue;
    link.scrollIntoView({ block: "center", behavior: "instant" });
    box = link.getClientRects()[0];
    const x = box.left + box.width / 2, y = box.top + box.height / 2, half = least / 2 - 1;
    if (!reacts(link, x, y - half) || !reacts(link, x, y + half)) found.push(`${Math.round(box.height)} px: ${link.outerHTML.slice(0, 110)}`);
  }
  return found;
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
    made.set_default_timeout(PATIENCE_MS)
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


def problems_of(page: Page, *, run: dict[str, Any] = EVERYTHING) -> list[str]:
    """What is wrong with the page as it stands now (also after clicks: with an open menu, with a dialog)."""
    found = list(_NOTES.get(page, []))
    found += _axe(page, run)
    found += [f"content policy: {blocked}" for blocked in page.evaluate("() => window.__blocked || []")]
    if wide := page.evaluate(TOO_WIDE):
        found.append(wide)
    return found


def problems_in_each_light(page: Page, seen: Counter[str], *, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What is wrong with the page as it stands, in the light and in the dark, at each width. Loads nothing anew.

    `seen`: on how many pages each look of a text was measured; kept by the caller from page to page.
    """
    found: list[str] = []
    page.evaluate(DRESS, "light")
    lights = ["light", "dark"]
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in lights:
            place = f"{width} px" if theme == "light" else f"{width} px, dark"
            found += [f"{place}: {problem}" for problem in _contrast(page, theme, seen)]
            if theme == "light":
                found += [f"{place}: {problem}" for problem in [*problems_of(page, run=THE_REST), *_sizes(page)]]
                found += [f"{place}: too low for a finger: {link}" for link in low_links(page)] if width < DESK else []
                forget(page)
                page.evaluate("() => { window.__blocked = []; }")
        lights.reverse()  # the next width begins in the light that this one ends in: changing it costs most
    return found


def _sizes(page: Page) -> list[str]:
    """Targets that are too small and too near to each other."""
    return _axe(page, SIZES, "tight") if page.evaluate(TIGHT) else []


def low_links(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LOW_LINKS, LEAST_TARGET)
    page.evaluate("() => window.scrollTo(0, 0)")
    return found


def _contrast(page: Page, theme: str, seen: Counter[str]) -> list[str]:
    """Contrast of the texts whose look in this theme is new, or was measured on few pages."""
    looks = [look for look in page.evaluate(LOOKS, theme) if seen[look] < ENOUGH]
    seen.update(looks)
    return _axe(page, COLOURS, looks) if looks else []


def _axe(page: Page, run: dict[str, Any], only: list[str] | str | None = None) -> list[str]:
    """`only`: texts of these looks, or "tight" targets; else the whole page."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN_AXE, [run, only])
    return found
