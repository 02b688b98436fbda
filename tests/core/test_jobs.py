"""Background work: written with the change, run once, found again when its worker died."""

from datetime import timedelta

import pytest
from django.db import transaction

from core import clock, jobs
from core.errors import RuleBroken
from core.models import Heartbeat, Job, JobState


@pytest.fixture
def ran(monkeypatch):
    """A job kind that remembers its payloads."""
    seen = []
    monkeypatch.setitem(
        jobs._kinds, "test.remember", jobs.Kind("test.remember", lambda job: seen.append(job.payload), "记住")
    )
    return seen


@pytest.fixture
def failing(monkeypatch):
    def run(job):
        raise ValueError("纸用完了")

    ended: list[Job] = []
    monkeypatch.setitem(jobs._kinds, "test.fail", jobs.Kind("test.fail", run, "失败", ended.append))
    return ended


@pytest.mark.django_db
def test_a_job_is_queued_only_after_commit(ran, django_capture_on_commit_callbacks, monkeypatch):
    woken: list[int] = []
    monkeypatch.setattr(jobs, "_wake", woken.append)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        job = jobs.enqueue("test.remember", {"n": 1})
        assert woken == []
    assert woken == [job.pk]


@pytest.mark.django_db
def test_a_broker_that_is_away_never_fails_the_request(ran, monkeypatch):
    from core.tasks import run_job

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(run_job, "apply_async", refuse)
    job = jobs.enqueue("test.remember", {"n": 1})
    jobs._wake(job.pk)
    with clock.pinned(clock.now() + timedelta(minutes=1)):
        assert jobs.lost() == [job.pk]


@pytest.mark.django_db
def test_the_same_job_carried_twice_runs_once(ran):
    job = jobs.enqueue("test.remember", {"n": 1})
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert ran == [{"n": 1}]


@pytest.mark.django_db
def test_a_unique_key_makes_one_job_of_two_requests(ran):
    assert jobs.enqueue("test.remember", {}, unique_key="k").pk == jobs.enqueue("test.remember", {}, unique_key="k").pk


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_run_again_when_its_lease_is_over(ran):
    job = jobs.enqueue("test.remember", {"n": 1})
    assert jobs.claim(job.pk) is not None
    assert jobs.claim(job.pk) is None
    assert jobs.lost() == []
    with clock.pinned(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.lost() == [job.pk]
        jobs.run(job.pk)
    assert ran == [{"n": 1}]
    assert Job.objects.get(pk=job.pk).attempts == 2


@pytest.mark.django_db
def test_the_sweep_has_every_job_carried_that_nobody_carries(ran, monkeypatch):
    from core import tasks

    carried = []
    monkeypatch.setattr(tasks.run_job, "delay", carried.append)
    job = jobs.enqueue("test.remember", {"n": 1})
    with clock.pinned(clock.now() + timedelta(minutes=1)):
        tasks.sweep_jobs()
    assert carried == [job.pk]
    assert Heartbeat.objects.get(pk="core.sweep_jobs").summary == {"requeued": 1}


@pytest.mark.django_db
def test_the_keys_of_forms_are_forgotten_after_a_week():
    from core import tasks
    from core.models import SubmittedForm

    for key, days in (("old", 8), ("young", 6)):
        SubmittedForm.objects.create(key=key, path="/", at=clock.now() - timedelta(days=days))
    tasks.tidy()
    assert [form.key for form in SubmittedForm.objects.all()] == ["young"]
    assert Heartbeat.objects.get(pk="core.tidy").summary["forms_forgotten"] == 1


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_cannot_write_the_outcome(ran):
    job = jobs.enqueue("test.remember", {"n": 1})
    slow = jobs.claim(job.pk)
    with clock.pinned(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        jobs.run(job.pk)
    jobs._finish(slow, JobState.FAILED, error="too late")
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


@pytest.mark.django_db
def test_a_failing_job_is_retried_with_pauses_and_then_fails_in_words(failing):
    job = jobs.enqueue("test.fail", {}, max_attempts=2)
    jobs.run(job.pk)
    waiting = Job.objects.get(pk=job.pk)
    assert waiting.state == JobState.QUEUED
    assert waiting.not_before > clock.now()
    with clock.pinned(waiting.not_before + timedelta(seconds=1)):
        jobs.run(job.pk)
    over = Job.objects.get(pk=job.pk)
    assert over.state == JobState.FAILED
    assert "纸用完了" in over.error
    assert [j.pk for j in failing] == [job.pk]


@pytest.mark.django_db
def test_a_failed_job_can_be_given_another_chance(failing):
    job = jobs.enqueue("test.fail", {}, max_attempts=1)
    jobs.run(job.pk)
    assert jobs.retry(job)
    assert Job.objects.get(pk=job.pk).state == JobState.QUEUED


@pytest.mark.django_db
def test_a_cancelled_job_stops_at_its_next_report(ran):
    job = jobs.enqueue("test.remember", {})
    claimed = jobs.claim(job.pk)
    assert jobs.report(claimed, progress=10)
    assert jobs.cancel(claimed)
    assert not jobs.report(claimed, progress=20)


@pytest.mark.django_db
def test_what_an_act_already_done_entails_cannot_be_stopped(ran, monkeypatch):
    kind = jobs.Kind("test.effect", lambda job: None, "效力", cancellable=False)
    monkeypatch.setitem(jobs._kinds, "test.effect", kind)
    job = jobs.enqueue("test.effect", {})
    with pytest.raises(RuleBroken):
        jobs.cancel(job)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    jobs.run(job.pk)
    job.refresh_from_db()
    assert not jobs.cancel(job)  # over: nothing to refuse


@pytest.mark.parametrize(
    "kind",
    [
        "notices.deem_served",
        "notices.render",
        "notices.render_receipt",
        "casework.mail_message",
        "casework.mail_digest",
    ],
)
def test_nobody_stops_service_by_public_notice_nor_a_document_nor_a_mail(kind):
    assert not jobs._kinds[kind].cancellable


@pytest.mark.django_db
def test_a_job_that_was_stopped_can_be_given_another_chance(ran):
    job = jobs.enqueue("test.remember", {"n": 1})
    jobs.cancel(job)
    assert jobs.retry(job)
    jobs.run(job.pk)
    assert ran == [{"n": 1}]


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_when_the_job_is_written():
    with pytest.raises(ValueError, match="unknown job kind"):
        jobs.enqueue("test.nonsense", {})
