"""A period of an order, and no other kind of period."""

import pytest

from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline
from core import clock
from tests.casework.reminders.beats import D, start
from tests.plugins.stories import story


@pytest.fixture(autouse=True)
def only_one_kind(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(DeadlineKind(code="test.order", label="改正期限", basis="责令改正决定书", side="agency"))


@story
def deadline(docket, case_officer) -> Deadline:
    """Thirty days from 31 October: due on 30 November 2026."""
    with clock.pinned(D("2026-10-31")):
        return start(docket, case_officer)
