"""A case on which records are written, on the day on which they are."""

from datetime import datetime, time

import pytest

from core import clock
from notices import services
from notices.models import SiteRecord
from tests.enforcement.written import words
from tests.plugins.stories import story


@pytest.fixture
def that_day():
    """Time stands at noon of the day the records tell of."""
    with clock.pinned(datetime.combine(words.DAY, time(12), clock.SHANGHAI)):
        yield


@story
def questioned(case, case_officer, second_officer) -> SiteRecord:
    """A complete record of questioning, not drawn yet."""
    with clock.pinned(datetime.combine(words.DAY, time(12), clock.SHANGHAI)):
        return services.write_record(
            kind="questioning",
            docket=case.docket,
            content=words.questioning(case_officer, second_officer),
            by=case_officer,
        )
