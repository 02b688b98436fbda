"""Due dates that passed unmet: each noted once, by a job of its own, whatever becomes of the others."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework import deadlines, tasks
from casework.deadlines import kinds, passing
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline
from core import clock, jobs
from core.models import Heartbeat, Job, JobState
from organisation import roles
from tests import factories
from trail.models import Event
from trail.recording import SYSTEM

D = date.fromisoformat
pytestmark = pytest.mark.django_db
told: list[int] = []
poisonous: set[int] = set()


def _tell(deadline: Deadline) -> None:
    if deadline.pk in poisonous:
        raise ZeroDivisionError("callback of a kind")
    told.append(deadline.pk)


@pytest.fixture(autouse=True)
def watched(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(DeadlineKind(code="test.watched", label="受监视", basis="试验", side="agency", on_missed=_tell))
    told.clear()
    poisonous.clear()
    with clock.pinned(D("2026-11-20")):
        yield


def start(docket, by, on="2026-11-02", length=10) -> Deadline:
    return deadlines.start(docket=docket, kind="test.watched", on=D(on), by=by, length=length, unit="calendar_day")


def work() -> None:
    """A worker does what is queued, also what waits for another try."""
    for later in range(6):
        with clock.pinned(clock.now() + timedelta(hours=later)):
            for job in Job.objects.filter(kind=passing.JOB, state=JobState.QUEUED).order_by("pk"):
                jobs.run(job.pk)


def test_a_missed_date_is_noted_once_and_told_to_its_kind(docket, case_officer):
    deadline = start(docket, case_officer)
    for _run in range(3):
        tasks.sweep_missed()
        work()
    assert told == [deadline.pk]
    [event] = Event.objects.filter(docket_id=docket.pk, verb="deadline.missed")
    assert event.actor_name == str(SYSTEM)


def test_a_date_moved_and_missed_again_is_noted_again(docket, case_officer):
    deadline = start(docket, case_officer)
    tasks.sweep_missed()
    work()
    Deadline.objects.filter(pk=deadline.pk).update(due_on=D("2026-11-18"))
    tasks.sweep_missed()
    work()
    assert told == [deadline.pk, deadline.pk]


def test_one_that_fails_stays_with_its_error_on_the_jobs_page_and_the_others_go_on(docket, case_officer, log_in):
    oldest, later = start(docket, case_officer), start(docket, case_officer, on="2026-11-03")
    poisonous.add(oldest.pk)
    for _run in range(3):
        tasks.sweep_missed()
        work()
    assert told == [later.pk]
    oldest.refresh_from_db()
    assert oldest.missed_due_on is None  # nothing of the failed one is half done
    failed = Job.objects.get(kind=passing.JOB, state=JobState.FAILED)
    assert "ZeroDivisionError" in failed.error
    keeper = factories.make_officer(roles.SYSTEM_ADMINISTRATOR, department=case_officer.department)
    assert "callback of a kind" in log_in(keeper).get(reverse("casework:job", args=[failed.pk])).content.decode()
    assert log_in(case_officer).get(reverse("casework:job", args=[failed.pk])).status_code == 404

    poisonous.clear()
    jobs.retry(failed)
    work()
    assert told == [later.pk, oldest.pk]


def test_a_thousand_that_fail_do_not_take_the_place_of_those_that_come_after(docket, case_officer):
    broken = [start(docket, case_officer, on=f"2026-10-0{day}") for day in (1, 2, 3)]
    poisonous.update(deadline.pk for deadline in broken)
    assert passing.queue_all(limit=3) == 3
    work()
    sound = start(docket, case_officer)
    assert passing.queue_all(limit=3) == 1
    work()
    assert told == [sound.pk]


def test_a_date_that_was_not_late_when_its_job_ran_is_looked_at_again(docket, case_officer, head):
    deadline = start(docket, case_officer)
    tasks.sweep_missed()
    deadlines.meet(deadline=deadline, on=D("2026-11-10"), by=case_officer)
    work()
    assert told == []
    deadlines.reopen(deadline=deadline, reason="尚未办结", by=head)
    tasks.sweep_missed()
    work()
    assert told == [deadline.pk]


def test_one_duty_of_the_schedule_that_fails_leaves_the_others_alone(docket, case_officer, monkeypatch):
    def broken():
        raise RuntimeError("calendar unreadable")

    monkeypatch.setattr("casework.calendar_watch.ask_for_next_year", broken)
    start(docket, case_officer)
    with pytest.raises(RuntimeError):
        tasks.ask_for_calendar()
    tasks.sweep_reminders()
    tasks.sweep_missed()
    tasks.end_shares()
    assert {beat.name for beat in Heartbeat.objects.exclude(error="")} == {"casework.ask_for_calendar"}
    assert Job.objects.filter(kind=passing.JOB).count() == 1
