"""A period on a docket, an officer who keeps the system, a day in November."""

import pytest
from django.utils import timezone

from casework import deadlines
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline
from core import clock, jobs
from core.models import Job, JobState
from organisation import roles
from tests import factories
from tests.casework.pages.forms import D
from tests.plugins.stories import story


@pytest.fixture(autouse=True)
def prepared(monkeypatch, statute_book, synced_roles):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(DeadlineKind(code="test.handling", label="办案期限", rules=("D06",)))
    kinds.register(DeadlineKind(code="test.fine", label="缴纳罚款", rules=("D31",)))
    with clock.pinned(D("2026-11-20")):
        yield


@story
def deadline(docket, case_officer) -> Deadline:
    return deadlines.start(docket=docket, kind="test.handling", on=D("2026-09-01"), by=case_officer)


@story
def keeper(synced_roles, changzhou_epb):
    return factories.make_officer(roles.SYSTEM_ADMINISTRATOR, department=changzhou_epb)


@pytest.fixture
def failed_job(case_officer):
    jobs.register("test.job", _nothing, label="试验任务")
    return Job.objects.create(
        kind="test.job", state=JobState.FAILED, error="KeyError: 'x'\nTraceback", requested_by_id=case_officer.pk,
        not_before=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip


def _nothing(job):
    return {}
