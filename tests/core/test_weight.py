"""What a browser loads for a page the first time, compressed: an office's line is slow, a phone's slower."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db
ASSET = re.compile(r'(?:<script[^>]*\bsrc|<link[^>]*rel="stylesheet"[^>]*\bhref|<link[^>]*\bhref)="/static/([^"?#]+)')
KB = 1000


def weight_kb(client: Client, path: str) -> float:
    """The page, its styles and scripts, each compressed as the server sends it."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = answer.content.decode()
    files = [finders.find(name) for name in set(ASSET.findall(page))]
    assert any(str(file).endswith(".css") for file in files)
    parts = [page.encode(), *(Path(file).read_bytes() for file in files if str(file).endswith((".css", ".js")))]
    return sum(len(gzip.compress(part, 6)) for part in parts) / KB


@pytest.mark.parametrize(
    "path",
    [lambda case: "/", lambda case: "/cases/", lambda case: case.get_absolute_url()],
    ids=["work", "list", "docket"],
)
def test_a_page_of_the_portal_weighs_120_kb_at_most(path: Callable, case, case_officer, log_in):
    assert weight_kb(log_in(case_officer), path(case)) <= 120


def test_the_public_page_weighs_60_kb_at_most(db):
    assert weight_kb(Client(), "/v/") <= 60


def test_the_board_weighs_350_kb_at_most(supervisor, log_in):
    assert weight_kb(log_in(supervisor), "/oversight/") <= 350


def test_nothing_is_loaded_from_elsewhere(case, case_officer, log_in):
    page = log_in(case_officer).get(case.get_absolute_url()).content.decode()
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1|testserver)[^"]+"', page) == []
    assert settings.STATIC_URL.startswith("/")
