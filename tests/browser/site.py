"""The whole portal with a page of every nature, and a browser that walks through it as every officer.

The pages are not listed here: `tests.browser.atlas` finds them by following links as officers of every role and by the table of doors.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import axe
from tests.browser.atlas import Leaf
from tests.plugins.availability import chromium_executable
from tests.plugins.processes import ROOT, Portal

BROWSERS = 2


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


@contextmanager
def prepared_site(prepared_var: Path, folder: Path) -> Iterator[Site]:
    """The portal as `make run` starts it, with people, companies and matters at every stage."""
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

    def __init__(self, site: Site, profile: BrowserContext, looks: Counter[str]) -> None:
        self.site, self.profile = site, profile
        self.page = profile.new_page()
        self.page.set_default_timeout(60_000)
        self._officer = ""
        self._at = ("", "")
        self.looks = looks
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
def walker(
    site: Site, browser: Browser, *, language: str = "", looks: Counter[str] | None = None, **options: Any
) -> Iterator[Walker]:
    """A profile with a walker in it. `looks`: the looks of texts that other walkers have measured already."""
    with axe.context(browser, **options) as profile:
        if language:
            profile.add_cookies([{"name": "portal_language", "value": language, "url": site.url}])
        yield Walker(site, profile, Counter() if looks is None else looks)


def side_by_side(site: Site, look: Callable[[Walker, Leaf], None], **options: Any) -> None:
    """Let two browsers look at all pages: while one page is examined, another is made. A form's answer follows its page."""
    left = deque(list(group) for _, group in groupby(site.leaves, key=lambda leaf: (leaf.officer, leaf.path)))
    executable = chromium_executable()
    assert executable
    looks: Counter[str] = Counter()

    def taken() -> list[Leaf]:
        with suppress(IndexError):
            return left.popleft()
        return []

    def work() -> None:
        with sync_playwright() as playwright:
            browser = axe.launch(playwright, executable)
            with walker(site, browser, looks=looks, **options) as who:
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


def keep_picture(page: Page, leaf: Leaf) -> None:
    """PAGES_PICTURES=folder keeps a picture of each page at each width, for people to look at."""
    if not (folder := os.environ.get("PAGES_PICTURES")):
        return
    name = (leaf.path.strip("/") or "home").replace("/", "_").replace("?", "+")[:80] + f"@{leaf.officer}"
    name += "" if leaf.sends is None else f"-sent{leaf.status}"
    for width in axe.WIDTHS:
        page.set_viewport_size({"width": width, "height": axe.HEIGHT})
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
