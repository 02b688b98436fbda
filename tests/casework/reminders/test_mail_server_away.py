"""The mail server is away for minutes, for a night, for good: no mail is lost, and one that never left is said to be so."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from casework.models import InboxMessage, Reminder
from casework.reminders import digest, inbox
from core import clock, jobs
from core.models import Job, JobState
from organisation import roles
from tests import factories
from tests.casework.reminders.beats import prefer, run, work
from tests.plugins.mail_server import MailServer

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 15, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture
def post(settings):
    """A real mail server, away at first."""
    server = MailServer()
    server.set_up(settings)
    yield server
    server.stop()


def pass_by(begin, span, step=timedelta(minutes=1)):
    """The sweep of the jobs runs every `step` of a span of time. Answers the moment at its end."""
    moment = begin
    while moment < begin + span:
        moment += step
        with clock.pinned(moment):
            for job_id in jobs.lost():
                jobs.run(job_id)
    return moment


def reminded(officer):
    prefer(officer, mail_on=True, digest_on=False)
    run("2026-11-15")
    return Job.objects.get(kind=inbox.MAIL)


@pytest.mark.parametrize(
    ("outage", "step"), [(timedelta(hours=1), timedelta(minutes=1)), (timedelta(hours=14), timedelta(minutes=10))]
)
def test_a_mail_server_away_for_an_hour_or_a_night_loses_no_mail(deadline, case_officer, post, outage, step):
    job = reminded(case_officer)
    post.start()
    post.stop()
    back = pass_by(MORNING, outage, step)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert jobs.held_up() == 1
    post.start()
    pass_by(back, timedelta(minutes=20), step)
    job.refresh_from_db()
    assert (job.state, job.waiting_since) == (JobState.DONE, None)
    assert [letter["To"] for letter in post.letters] == [case_officer.email]
    assert Reminder.objects.get().channels == ["inbox", "mail"]


def test_after_five_days_a_mail_is_given_up_and_ledger_and_administrators_are_told(
    deadline, case_officer, post, log_in
):
    job = reminded(case_officer)
    nearly = pass_by(MORNING, inbox.PATIENCE - timedelta(hours=1), timedelta(hours=1))
    assert Job.objects.get(pk=job.pk).state == JobState.QUEUED
    keeper = log_in(factories.make_officer(roles.SYSTEM_ADMINISTRATOR))
    assert "因服务器无法连接而等待的任务" in keeper.get(reverse("casework:heartbeats")).content.decode()
    pass_by(nearly, timedelta(hours=3), timedelta(minutes=30))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "ConnectionRefusedError" in job.error
    assert "5" in job.error
    assert Reminder.objects.get().channels == ["inbox", "mail_failed"]
    page = keeper.get(reverse("casework:job", args=[job.pk])).content.decode()
    assert "等待 5" in page
    post.start()
    with clock.pinned(MORNING + timedelta(days=8)):
        assert jobs.retry(job)
        jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_those_who_wait_for_the_mail_server_wait_together(deadline, case_officer, post, monkeypatch):
    """Twenty mails do not run into twenty time-outs, one after the other."""
    tried = []

    def refuse(mail):
        tried.append(mail)
        raise ConnectionRefusedError("away")

    monkeypatch.setattr(inbox.EmailMessage, "send", refuse)
    prefer(case_officer, mail_on=True, digest_on=False)
    with clock.pinned(MORNING):
        for _ in range(20):
            inbox.tell(to=[case_officer], kind="note", title="试", by=None, docket=deadline.docket)
        work(inbox.MAIL)
    assert len(tried) == 1
    assert jobs.held_up() == 20


def test_an_address_refused_for_good_fails_and_one_refused_for_now_waits_alone(
    deadline, case_officer, second_officer, head, post
):
    post.start()
    for officer in (case_officer, second_officer, head):
        prefer(officer, mail_on=True, digest_on=False)
    post.refusals = {case_officer.email: "550 no such mailbox", second_officer.email: "452 mailbox full"}
    with clock.pinned(MORNING):
        inbox.tell(to=[case_officer, second_officer, head], kind="note", title="试", by=None, docket=deadline.docket)
        work(inbox.MAIL)
    pass_by(MORNING, timedelta(hours=2))
    ends = {
        InboxMessage.objects.get(pk=job.payload["message"]).recipient: job.state
        for job in Job.objects.filter(kind=inbox.MAIL)
    }
    assert ends == {case_officer: JobState.FAILED, second_officer: JobState.QUEUED, head: JobState.DONE}
    assert [letter["To"] for letter in post.letters] == [head.email]
    assert jobs.held_up() == 1


def test_a_sender_the_server_refuses_is_put_right_by_its_keeper_and_loses_no_mail(deadline, case_officer, head, post):
    post.start()
    post.refused_sender = "553 sender address rejected"
    for officer in (case_officer, head):
        prefer(officer, mail_on=True, digest_on=False)
    with clock.pinned(MORNING):
        inbox.tell(to=[case_officer, head], kind="note", title="试", by=None, docket=deadline.docket)
        work(inbox.MAIL)
    assert jobs.held_up() == 2
    assert post.visits == 1
    post.refused_sender = ""
    pass_by(MORNING, timedelta(minutes=30))
    assert {job.state for job in Job.objects.filter(kind=inbox.MAIL)} == {JobState.DONE}
    assert len(post.letters) == 2


def test_what_a_summary_could_not_say_the_next_one_says(deadline, case_officer, post):
    prefer(case_officer, digest_on=True, mail_on=True)
    with clock.pinned(MORNING):
        [message] = inbox.tell(to=[case_officer], kind="note", title="试", by=None, docket=deadline.docket)
        assert digest.send_all() == 1
    tomorrow = pass_by(MORNING, timedelta(days=1), timedelta(minutes=15))
    assert Job.objects.get(kind=digest.MAIL).state == JobState.FAILED
    post.start()
    with clock.pinned(tomorrow):
        assert digest.send_all() == 1
        work(digest.MAIL)
    [letter] = post.letters
    assert deadline.docket.number in letter.get_content()
    message.refresh_from_db()
    assert message.digested_at == tomorrow


def test_a_summary_that_leaves_after_midnight_counts_from_the_day_it_leaves(deadline, case_officer, post):
    prefer(case_officer, digest_on=True, mail_on=True)
    evening = datetime(2026, 11, 28, 20, tzinfo=clock.SHANGHAI)
    with clock.pinned(evening):
        assert digest.send_all() == 1
    back = pass_by(evening, timedelta(hours=6), timedelta(minutes=15))
    post.start()
    pass_by(back, timedelta(minutes=30), timedelta(minutes=15))
    [letter] = post.letters
    assert "2026-11-29" in letter["Subject"]


def test_what_is_only_not_due_yet_waits_as_long_as_it_takes(monkeypatch):
    def not_yet(job):
        raise jobs.TryAgain("not due", after=timedelta(days=30))

    monkeypatch.setitem(jobs._kinds, "test.later", jobs.Kind("test.later", not_yet, "以后"))
    job = jobs.enqueue("test.later", {}, max_attempts=1)
    for month in range(1, 5):
        with clock.pinned(clock.now() + timedelta(days=31 * month)):
            jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


class TestAnErrorOfItsOwn:
    """After waiting for what was away: the job no longer counts as one that waits for it."""

    @pytest.fixture
    def job(self, monkeypatch):
        def do(job):
            raise self.ends

        monkeypatch.setitem(jobs._kinds, "test.ends", jobs.Kind("test.ends", do, "试"))
        job = jobs.enqueue("test.ends", {})
        self.ends = jobs.TryAgain("away")
        jobs.run(job.pk)
        assert jobs.held_up() == 1
        return job

    @pytest.mark.parametrize("ends", [ValueError("own"), jobs.TryAgain("not due", after=timedelta(hours=1))])
    def test_ends_the_waiting(self, job, ends):
        self.ends = ends
        with clock.pinned(clock.now() + timedelta(minutes=2)):
            jobs.run(job.pk)
        assert jobs.held_up() == 0

    def test_begins_the_patience_anew(self, job):
        self.ends = ValueError("own")
        with clock.pinned(clock.now() + timedelta(hours=23)):
            jobs.run(job.pk)
        self.ends = jobs.TryAgain("away")
        with clock.pinned(clock.now() + timedelta(hours=25)):
            jobs.run(job.pk)
        job.refresh_from_db()
        assert job.state == JobState.QUEUED
