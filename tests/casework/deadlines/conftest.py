"""The kinds of periods of these tests, on a day in November."""

import pytest

from casework.deadlines import kinds
from core import clock
from tests.casework.deadlines.acts import FILING, FINE, HANDLING, HEARING, ORDERED, SEIZURE, D


@pytest.fixture(autouse=True)
def registered_kinds(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    for kind in (HANDLING, FINE, FILING, ORDERED, HEARING, SEIZURE):
        kinds.register(kind)


@pytest.fixture(autouse=True)
def november():
    with clock.pinned(D("2026-11-20")):
        yield
