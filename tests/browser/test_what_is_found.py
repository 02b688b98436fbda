"""The instrument of the sweep finds what it is for: a fault of each kind, in the light and at the width where alone it shows."""

from collections import Counter

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe

pytestmark = pytest.mark.chromium

ADDRESS = "http://portal.test/"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'"
PAGE = """<!doctype html><html lang="zh-CN"><head><title>案件</title><style>
  body { background: #fff; color: #111 } [data-bs-theme=dark] body { background: #111; color: #eee }
  button { background: #fff; color: #111; border: 1px solid; padding: 0; margin: 0; width: 40px; height: 40px }
  [data-bs-theme=dark] .grey { color: #333 }
  .tiny { width: 12px; height: 12px; display: block }
  .over { position: relative; left: -30px }
  .on-phone { display: none }
  @media (max-width: 500px) { .on-phone { display: block } .tiny-on-phone { width: 12px; height: 12px; display: block }
    [data-bs-theme=dark] .grey-on-phone { color: #333 } }
</style></head><body><main id="main" tabindex="-1"><h1>案件</h1>%s</main></body></html>"""

FAULTS = {
    "no name": ("<button></button>", "1280 px: button-name"),
    "no name on a phone": ('<div class="on-phone"><button></button></div>', "360 px: button-name"),
    "grey on black": ('<p class="grey">整改</p>', "1280 px, dark: color-contrast"),
    "grey on black on a phone": ('<p class="grey-on-phone">整改</p>', "360 px, dark: color-contrast"),
    "pale on white": ('<p style="color: #ddd">整改</p>', "1280 px: color-contrast"),
    "small and close": ('<button class="tiny">一</button><button class="tiny">二</button>', "1280 px: target-size"),
    "small and close on a phone": (
        '<button class="tiny-on-phone">一</button><button class="tiny-on-phone">二</button>',
        "360 px: target-size",
    ),
    "covered": ('<button>一</button><button class="over">二</button>', "1280 px: target-size"),
    "too wide for a phone": ('<div style="width: 700px">整改</div>', "360 px: "),
    "a script in the page": ("<script>window.x = 1</script>", "content policy: script-src"),
}


def found_on(browser: Browser, content: str) -> list[str]:
    with axe.watched_page(browser) as page:
        _serve(page, PAGE % content)
        page.goto(ADDRESS)
        return axe.problems_in_each_light(page, Counter())


def _serve(page: Page, text: str) -> None:
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
    page.route("**/*", lambda route: route.fulfill(body=text, headers=headers))


def test_a_page_without_faults_has_none(browser: Browser) -> None:
    assert found_on(browser, "<p>整改</p><button>一</button> <button>二</button>") == []


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_found_where_it_shows(browser: Browser, kind: str) -> None:
    content, words = FAULTS[kind]
    found = found_on(browser, content)
    assert any(words in problem for problem in found), found
    phone_only, dark_only = words.startswith("360 px"), "dark" in words
    assert not (phone_only and any(problem.startswith("1280 px") for problem in found)), found
    assert not (dark_only and any("dark" not in problem for problem in found)), found
