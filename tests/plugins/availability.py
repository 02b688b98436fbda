"""What this machine has, and what therefore is left out: said with the way to get it, a failure under REQUIRE_ALL=1.

Tests name their needs with markers (`postgres`, `redis`, `worker`, `chromium`, `pdf`); this plugin does the rest. Whatever is
looked at in Chromium is Chinese, so `chromium` asks for a font with Chinese characters as well.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts import site_files, system
from tests.plugins.servers import postgres_binaries


@dataclass(frozen=True)
class Need:
    label: str
    is_here: Callable[[], bool]
    how_to_get: str


def chromium_executable() -> str | None:
    """The Chromium that tests drive: CHROMIUM, else the first one on the PATH."""
    if given := os.environ.get("CHROMIUM"):
        return given
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def chinese_font() -> str | None:
    """A font in which Chromium can show Chinese; without one every character is the same empty box."""
    if shutil.which("fc-list") is None:
        return None
    found = (
        subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True).stdout.split(":")[0].strip()
    )
    return found or None


NEEDS = {
    "postgres": Need(
        "PostgreSQL",
        lambda: bool(os.environ.get("TEST_DATABASE_URL")) or postgres_binaries() is not None,
        "apt-get install postgresql",
    ),
    "redis": Need("Redis", lambda: shutil.which("redis-server") is not None, "apt-get install redis-server"),
    "worker": Need("Linux processes", lambda: Path("/proc/self/stat").exists(), "run the tests on Linux"),
    "chromium": Need("Chromium", lambda: chromium_executable() is not None, "apt-get install chromium"),
    "chinese": Need(
        "a Chinese font for Chromium",
        lambda: chinese_font() is not None,
        "apt-get install fontconfig fonts-noto-cjk",
    ),
    "compose": Need(
        "docker-compose",
        lambda: shutil.which("docker-compose") is not None,
        "apt-get install docker-compose",
    ),
    "nginx": Need(
        "nginx",
        lambda: all(map(site_files.program, ("nginx", "openssl"))),
        "apt-get install --no-install-recommends nginx openssl",
    ),
    "systemd": Need(
        "systemd-analyze", lambda: site_files.program("systemd-analyze") is not None, "apt-get install systemd"
    ),
    "poppler": Need("pdftotext", lambda: shutil.which("pdftotext") is not None, "apt-get install poppler-utils"),
    "pdf": Need("Pango", lambda: not system.missing_libraries(), system.apt_line(system.PDF_PACKAGES)),
}


# What a marker asks for besides itself.
IMPLIED = {"chinese": "chromium"}


def needs_of(item: pytest.Item) -> list[str]:
    """Names of everything that the test needs."""
    return [name for name in NEEDS if item.get_closest_marker(name) or item.get_closest_marker(IMPLIED.get(name, name))]


def require_all() -> bool:
    return os.environ.get("REQUIRE_ALL") == "1"


def lacking(names: list[str]) -> list[str]:
    """Those of the named needs that this machine does not meet. WITHOUT=redis,chromium plays a machine without them."""
    played = os.environ.get("WITHOUT", "").split(",")
    return [name for name in names if name in played or not NEEDS[name].is_here()]


def reason(names: list[str]) -> str:
    return "; ".join(f"needs {NEEDS[name].label} ({NEEDS[name].how_to_get})" for name in names)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    elsewhere = [item for item in items if _belongs_elsewhere(item, on_postgres=on_postgres)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]
    missing = set(lacking(list(NEEDS)))
    if not missing or require_all():
        return
    for item in items:
        if names := [name for name in needs_of(item) if name in missing]:
            item.add_marker(pytest.mark.skip(reason=reason(names)))


def _belongs_elsewhere(item: pytest.Item, *, on_postgres: bool) -> bool:
    """Is this test about the other database, or, in the pass on PostgreSQL, about no database at all?"""
    if item.get_closest_marker("sqlite_only" if on_postgres else "postgresql_only"):
        return True
    if not on_postgres or item.get_closest_marker("postgres"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return not item.get_closest_marker("django_db") and not fixtures & {"db", "transactional_db"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    if require_all() and (missing := lacking(needs_of(item))):
        pytest.fail(f"REQUIRE_ALL=1, but this test {reason(missing)}", pytrace=False)


def _skips(terminalreporter: Any) -> dict[str, int]:
    """How many tests were skipped, by reason."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = text.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    return reasons


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = _skips(terminalreporter)
    if reasons:
        terminalreporter.section("left out")
        for reason, count in sorted(reasons.items()):
            terminalreporter.write_line(f"{count} left out: {reason}")
    if target := os.environ.get("PORTAL_TEST_SUMMARY"):
        counts = {
            outcome: len(terminalreporter.stats.get(outcome, []))
            for outcome in ("passed", "failed", "error", "xfailed", "deselected")
        }
        Path(target).write_text(json.dumps({**counts, "left_out": reasons}))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Under REQUIRE_ALL=1 a run that left anything out is red, whoever asked for the skip."""
    if not require_all() or hasattr(session.config, "workerinput") or exitstatus != pytest.ExitCode.OK:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = chromium_executable()
    if path is None:
        pytest.fail("ask for Chromium with @pytest.mark.chromium")
    return path
