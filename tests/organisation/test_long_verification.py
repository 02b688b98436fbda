"""The verification of a long trail keeps its lease: no second worker begins it anew."""

from datetime import timedelta

import pytest
from django.db import transaction

import trail
from core import clock, jobs
from core.models import Job, JobState
from organisation.services import auditing
from trail import recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed(docket, case_officer, auditor, monkeypatch) -> Job:
    """A verification that a worker has begun, of a trail that is long for the occasion."""
    monkeypatch.setattr(recording, "BETWEEN_REPORTS", 2)
    with transaction.atomic():
        for number in range(5):
            trail.record("casework.open_docket", docket, by=case_officer, docket=docket, kind="lead", title=str(number))
    job = jobs.claim(auditing.verify_trail(by=auditor).pk)
    assert job is not None
    return job


def test_the_lease_is_renewed_while_the_events_are_read(claimed):
    with clock.pinned(clock.now() + timedelta(minutes=4)):
        assert auditing.run(claimed)["flaw_count"] == 0
        now = Job.objects.get(pk=claimed.pk)
        assert now.lease_until == clock.now() + jobs.LEASE
        assert 0 < now.progress < 100


def test_the_seals_renew_it_too(claimed):
    with clock.pinned(clock.now() + timedelta(hours=1)):
        recording.seal()
    heard: list[int] = []
    recording.verify(on_progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] > 60


def test_a_verification_that_was_stopped_ends_without_a_result(claimed):
    Job.objects.filter(pk=claimed.pk).update(state=JobState.CANCELLED, lease_token="")
    assert auditing.run(claimed) == {}
