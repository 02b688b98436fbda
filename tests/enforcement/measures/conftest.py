"""Documents of measures on a case of the day of its inspection."""

from functools import partial

import pytest

from core import clock
from tests.enforcement.measures.words import DAY, issue, words


@pytest.fixture
def on_the_day():
    """Time stands at the day of the case."""
    with clock.pinned(DAY):
        yield


@pytest.fixture
def issued_as(case, case_officer, second_officer, legal_reviewer, head):
    """Issue a document of a kind on the case, complete but for what is changed."""

    def make(kind, **changed):
        go = partial(issue, kind, case.docket, by=case_officer, reviewer=legal_reviewer, head=head)
        return go(**{**words(kind, case_officer, second_officer), **changed})

    return make
