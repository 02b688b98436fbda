"""Of a restricted matter nobody hears who may not see it: not by a turn, not by an urge, not by a
reminder; and what was told before the restriction is neither mailed nor shown after it."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from casework import services, urging
from casework.models import Docket, DocketOfficer, DocketShare, InboxMessage, Reminder
from casework.reminders import digest, inbox, ledger, sending, sweep
from casework.reminders.ledger import Why
from casework.reminders.lists import channel_words
from core import clock, jobs
from core.models import Job, JobState
from enforcement.rectification import services as cases
from organisation import roles
from organisation.models import Officer
from tests.casework.pages.forms import once
from tests.factories import make_officer
from tests.plugins.matters import DAY
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db


@story
def other_head(changzhou_epb, synced_roles) -> Officer:
    """A second head of the department, with whom nothing is shared."""
    return make_officer(roles.DEPARTMENT_HEAD, department=changzhou_epb)


@story
def restricted(submitted, head, legal_reviewer, supervisor, other_head) -> Docket:
    with clock.pinned(DAY):
        services.restrict(docket=submitted.docket, reason="涉及商业秘密", by=head)
        docket = Docket.objects.get(pk=submitted.docket_id)
        for officer in (legal_reviewer, supervisor):
            services.share(docket=docket, officer=officer, reason="审核", by=head)
    InboxMessage.objects.all().delete()
    return docket


def heard(officer: Officer) -> bool:
    return InboxMessage.objects.filter(recipient=officer).exists()


def test_a_turn(restricted, submitted, legal_reviewer, head, other_head):
    with clock.pinned(DAY):
        cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    assert heard(head)
    assert not heard(other_head)


def test_an_urge(restricted, supervisor, head, other_head):
    with clock.pinned(DAY):
        told = urging.urge(docket=restricted, reason="请抓紧办理", by=supervisor)
    assert head in told
    assert other_head not in told
    assert not heard(other_head)


@pytest.mark.parametrize("has_team", [True, False], ids=["late", "without a team"])
def test_a_reminder(restricted, head, other_head, has_team):
    if not has_team:
        DocketOfficer.objects.filter(docket=restricted).delete()
        Docket.objects.filter(pk=restricted.pk).update(officer=None)
    deadline = restricted.deadlines.get(kind="rectification.handling")
    sweep.plan(deadline.due_on + timedelta(days=2))
    told = set(Reminder.objects.values_list("recipient", flat=True))
    assert head.pk in told
    assert other_head.pk not in told


@pytest.mark.parametrize(("days", "is_told"), [(1, False), (2, True)])
def test_a_reminder_asks_for_the_share_on_the_day_of_the_portal(restricted, other_head, days, is_told):
    """Not on the day of the database, which is that of UTC."""
    deadline = restricted.deadlines.get(kind="rectification.handling")
    DocketShare.objects.create(
        docket=restricted, officer=other_head, shared_by=restricted.officer, reason="协办", shared_at=clock.now(),
        until=deadline.due_on + timedelta(days=days),
    )  # fmt: skip
    sweep.plan(deadline.due_on + timedelta(days=2))
    assert Reminder.objects.filter(recipient=other_head).exists() == is_told


def planned_late(docket: Docket) -> date:
    """The day on which the period for handling is a week late: heads and supervisors were to hear of it."""
    late_on = docket.deadlines.get(kind="rectification.handling").due_on + timedelta(days=7)
    sweep.plan(late_on)
    return late_on


def test_a_reminder_planned_before_the_restriction(submitted, head, other_head, supervisor, case_officer):
    docket = submitted.docket
    late_on = planned_late(docket)
    unseeing = Reminder.objects.filter(recipient__in=[other_head, supervisor])
    assert set(unseeing.values_list("recipient", flat=True)) == {other_head.pk, supervisor.pk}
    with clock.pinned(late_on):
        services.restrict(docket=docket, reason="涉及商业秘密", by=head)
        InboxMessage.objects.all().delete()
        sending.send_all()
    came_to = set(unseeing.exclude(reason=Why.OVERTAKEN).values_list("state", "reason"))
    assert came_to == {("skipped", Why.OUT_OF_SIGHT)}
    assert not heard(other_head)
    assert not heard(supervisor)
    assert heard(head)
    assert heard(case_officer)


def test_a_reminder_struck_out_for_a_pause_and_put_back_after_the_restriction(submitted, head, other_head):
    docket = submitted.docket
    late_on = planned_late(docket)
    deadline = docket.deadlines.get(kind="rectification.handling")
    before = deadline.due_on - timedelta(days=1)
    Reminder.objects.filter(deadline=deadline, recipient=other_head).update(state="skipped", reason=Why.PAUSED)
    with clock.pinned(before):
        services.restrict(docket=docket, reason="涉及商业秘密", by=head)
        ledger.replan(deadline)
    with clock.pinned(late_on):
        sending.send_all()
    assert set(Reminder.objects.filter(recipient=other_head).values_list("reason", flat=True)) == {Why.OUT_OF_SIGHT}
    assert not heard(other_head)


def test_a_mail_of_a_reminder_queued_before_the_restriction(submitted, head, other_head):
    docket = submitted.docket
    Officer.objects.filter(pk=other_head.pk).update(mail_on=True, digest_on=False)
    late_on = planned_late(docket)
    with clock.pinned(late_on):
        sending.send_all()
        assert heard(other_head)
        services.restrict(docket=docket, reason="涉及商业秘密", by=head)
        for job in Job.objects.filter(kind=inbox.MAIL, state=JobState.QUEUED):
            jobs.run(job.pk)
    assert other_head.email
    assert other_head.email not in [to for sent in mail.outbox for to in sent.to]


@pytest.fixture
def told(submitted, head, other_head):
    """A message on the docket, told before the restriction; its reader prefers mails."""
    Officer.objects.filter(pk=other_head.pk).update(mail_on=True, digest_on=False)
    InboxMessage.objects.all().delete()

    def tell(**prefers):
        Officer.objects.filter(pk=other_head.pk).update(**prefers)
        reader = Officer.objects.get(pk=other_head.pk)
        with clock.pinned(DAY):
            [message] = inbox.tell(
                to=[reader],
                kind="mention",
                title=f"{submitted.docket.number}：请看备注",
                by=head,
                docket=submitted.docket,
            )
        return message

    return tell


def restrict(docket: Docket, head: Officer) -> None:
    with clock.pinned(DAY):
        services.restrict(docket=docket, reason="涉及商业秘密", by=head)


def mailed() -> str:
    return "\n".join(f"{sent.to} {sent.subject}\n{sent.body}" for sent in mail.outbox)


def test_a_mail_of_any_message_queued_before_the_restriction(told, submitted, head, other_head):
    message = told()
    restrict(submitted.docket, head)
    job = Job.objects.get(kind=inbox.MAIL, unique_key=f"mail:{message.pk}")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert mail.outbox == []
    assert (job.state, job.result) == (JobState.DONE, {"skipped": "out of sight"})


def test_the_page_of_the_job_says_why_no_mail_left(told, submitted, head, sysadmin, log_in):
    message = told()
    restrict(submitted.docket, head)
    job = Job.objects.get(unique_key=f"mail:{message.pk}")
    jobs.run(job.pk)
    page = log_in(sysadmin).get(reverse("casework:job", args=[job.pk])).content.decode()
    assert "收件人已无权知悉该案卷" in page


def test_the_ledger_says_that_the_mail_of_a_reminder_was_withheld(submitted, head, other_head):
    Officer.objects.filter(pk=other_head.pk).update(mail_on=True, digest_on=False)
    with clock.pinned(planned_late(submitted.docket)):
        sending.send_all()
        sent = Reminder.objects.filter(recipient=other_head, state="sent")
        assert {tuple(one.channels) for one in sent} == {("inbox", "mail")}
        services.restrict(docket=submitted.docket, reason="涉及商业秘密", by=head)
        for job in Job.objects.filter(kind=inbox.MAIL, state=JobState.QUEUED):
            jobs.run(job.pk)
    assert {tuple(one.channels) for one in sent.all()} == {("inbox", "mail_withheld")}
    assert {channel_words(one) for one in sent.all()} == {"站内、邮件未发出（收件人已无权知悉该案卷）"}


def test_a_line_of_the_daily_summary(told, submitted, head, other_head):
    told(digest_on=True)
    inbox.tell(to=[Officer.objects.get(pk=other_head.pk)], kind="calendar", title="请导入日历", by=head)
    with clock.pinned(DAY):
        digest.send_all()
        restrict(submitted.docket, head)
        job = Job.objects.get(kind=digest.MAIL, payload__officer=other_head.pk)
        jobs.run(job.pk)
    job.refresh_from_db()
    assert str(submitted.docket.number) not in mailed()
    assert (job.result["lines"], job.result["withheld"]) == (1, 1)


def test_a_summary_that_would_speak_of_nothing_else(told, submitted, head, other_head):
    told(digest_on=True)
    with clock.pinned(DAY):
        digest.send_all()
        restrict(submitted.docket, head)
        job = Job.objects.get(kind=digest.MAIL, payload__officer=other_head.pk)
        jobs.run(job.pk)
    job.refresh_from_db()
    assert mail.outbox == []
    assert job.result == {"skipped": "out of sight"}


def test_no_summary_is_begun_for_what_its_reader_no_longer_sees(told, submitted, head, other_head):
    message = told(digest_on=True)
    restrict(submitted.docket, head)
    with clock.pinned(DAY):
        digest.send_all()
    assert not Job.objects.filter(kind=digest.MAIL, payload__officer=other_head.pk).exists()
    message.refresh_from_db()
    assert message.digested_at is None  # said once he sees the docket again


def test_the_inbox_its_counts_and_the_page_of_a_message(told, submitted, head, other_head, log_in):
    message = told()
    client = log_in(other_head)
    url, unread = reverse("casework:message", args=[message.pk]), reverse("casework:inbox_unread")
    assert ">1<" in client.get(unread).content.decode()
    restrict(submitted.docket, head)
    for tab in ("unread", "all"):
        assert submitted.docket.number not in client.get(reverse("casework:inbox"), {"tab": tab}).content.decode()
    assert "bar-count" not in client.get(unread).content.decode()
    assert client.get(url).status_code == 404
    client.post(reverse("casework:inbox_read"), once())
    message.refresh_from_db()
    assert message.read_at is None  # he has not read it
    with clock.pinned(DAY):
        services.share(docket=Docket.objects.get(pk=submitted.docket_id), officer=other_head, reason="协办", by=head)
    assert ">1<" in client.get(unread).content.decode()
