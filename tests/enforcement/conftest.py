"""The record of an inspection at each stage."""

from dataclasses import replace
from datetime import time

import pytest

from core import clock
from enforcement.inspections import services as inspections
from notices.models import SiteRecord
from tests.enforcement.records import draw
from tests.plugins.matters import DAY
from tests.plugins.stories import story


@pytest.fixture
def on_the_day():
    """Time stands at the day of the visit."""
    with clock.pinned(DAY):
        yield


@story
def recorded(finding, inspector):
    """The record of an inspection, written, not signed yet."""
    inspection = finding.inspection
    inspection.refresh_from_db()
    return inspections.describe(
        inspection=inspection,
        record=replace(
            inspection.record(), situation="一号线正在生产。\n二号线停产。", ended_on=DAY, ended_at=time(11, 20)
        ),
        expected_version=inspection.version,
        by=inspector,
    )


@story
def complete(recorded, inspector, case_officer):
    for officer in (inspector, case_officer):
        inspections.sign(inspection=recorded, seen=recorded.seen_as(), by=officer)
    return inspections.complete_record(inspection=recorded, by=inspector)


@story
def record(complete) -> SiteRecord:
    """The frozen record of the inspection, drawn."""
    return draw(complete.docket.site_records.get())
