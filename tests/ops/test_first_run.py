"""The first `make run`: invents the demo province, prints the address and the accounts, and each account opens the portal."""

import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from rareearth.demo.accounts import DEMO_ACCOUNTS
from tests.plugins.processes import Portal

pytestmark = pytest.mark.worker


@pytest.fixture
def first_run(tmp_path: Path) -> Iterator[Portal]:
    """An empty folder, and the portal as `make run` starts it there; only the province has fewer matters."""
    portal = Portal(tmp_path / "var", "--stories", "3", PORTAL_ENVIRONMENT="demo")
    try:
        yield portal.start()
    finally:
        portal.close()


def accounts_printed(portal: Portal) -> dict[str, tuple[str, str, str]]:
    """User name → (password, name, what it can do), as a person reads them from the screen."""
    lines = re.findall(r"^  ([a-z]+) +(\S+) +(\S+)  (\S.*)$", portal.said(), re.MULTILINE)
    return {username: (password, name, can) for username, password, name, can in lines}


def page_after_log_in(portal: Portal, username: str, password: str) -> str:
    """What a browser shows after the log-in form was sent."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{portal.url}/login/", timeout=60).read().decode()
    fields = {
        "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1),
        "username": username,
        "password": password,
    }
    answer = browser.open(f"{portal.url}/login/", urllib.parse.urlencode(fields).encode(), timeout=60)
    assert not answer.url.endswith("/login/"), f"{username} was not let in"
    return answer.read().decode()


def test_the_demo_is_invented_once_and_every_account_that_is_printed_opens_the_portal(first_run: Portal) -> None:
    assert "✓ Inventing the demo province" in first_run.said()
    assert f"{first_run.url}/" in first_run.said()
    printed = accounts_printed(first_run)
    assert set(printed) == {account.username for account in DEMO_ACCOUNTS}
    for username, (password, name, can) in printed.items():
        assert can, f"one line on what {name} can do"
        assert name in page_after_log_in(first_run, username, password)
    dockets = first_run.sql("SELECT count(*) FROM casework_docket")
    assert dockets > [(0,)]

    assert first_run.stop() == 0
    first_run.start()

    assert "Inventing" not in first_run.said()
    assert accounts_printed(first_run) == printed
    username, (password, name, _can) = next(iter(printed.items()))
    assert name in page_after_log_in(first_run, username, password)
    assert first_run.sql("SELECT count(*) FROM casework_docket") == dockets
