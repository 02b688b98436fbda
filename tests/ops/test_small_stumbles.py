"""What an administrator stumbled over once: each small, each said or mended."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.models import Job, JobState
from rareearth import health
from rareearth.apps import address_in_print
from rareearth.management.commands.load_demo import queue_now
from tests.plugins.processes import ROOT


@pytest.mark.parametrize(
    ("address", "refused"), [("https://p.example.cn", 0), ("http://p.example.cn", 1), ("p.example.cn", 1)]
)
def test_an_address_that_is_printed_must_begin_with_https(settings, address: str, refused: int) -> None:
    settings.PORTAL_URL = address
    assert len(address_in_print()) == refused


def test_the_deployment_check_says_it(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], cwd=ROOT, text=True,
        capture_output=True,
        env={**os.environ, "PORTAL_VAR": str(tmp_path), "PORTAL_ENVIRONMENT": "production", "HTTPS": "1",
             "SECRET_KEY": "k9-" * 30 + "xyz", "PORTAL_URL": "http://portal.example.gov.cn",
             "ALLOWED_HOSTS": "portal.example.gov.cn"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "PORTAL_URL must begin with https://" in done.stderr
    assert "W021" not in done.stderr, "preload is not asked of a site"


@pytest.mark.django_db
def test_what_a_demo_leaves_to_be_done_does_not_make_it_ill() -> None:
    past = clock.now() - timedelta(days=400)
    Job.objects.create(kind="x", payload={}, max_attempts=1, not_before=past, created_at=past, state=JobState.QUEUED)
    assert not health.queue().ok
    queue_now()
    assert health.queue().ok


@pytest.mark.django_db
def test_a_probe_may_ask_for_the_head_of_the_first_page() -> None:
    assert Client().head("/login/").status_code == 200


def test_a_folder_that_cannot_be_made_says_who_needs_which(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "backup", "/dev/null/backups"], cwd=ROOT, text=True, capture_output=True,
        env={**os.environ, "PORTAL_VAR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written to /dev/null/backups" in done.stderr
    assert "install -d -o" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("hour", "said"),
    [(2, "您好"), (4, "您好"), (5, "上午好"), (11, "下午好"), (18, "晚上好"), (22, "您好"), (23, "您好")],
)
def test_nobody_is_wished_a_good_morning_at_night(monkeypatch, hour: int, said: str) -> None:
    from casework import selectors

    monkeypatch.setattr(clock, "now", lambda: clock.local(clock_now()).replace(hour=hour))
    assert said in selectors.greeting()


clock_now = clock.now
