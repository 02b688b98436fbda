"""The reminder ladder: planned once, sent once, caught up after an outage, never to those who have already done it."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from casework import deadlines, tasks
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline, DocketOfficer, InboxMessage, Part, Reminder, ReminderState
from casework.reminders import digest, inbox, ledger, sending, sweep
from casework.reminders.ledger import Why
from core import clock, jobs
from core.models import Heartbeat, Job, JobState
from organisation import roles
from organisation.models import Delegation
from tests import factories

D = date.fromisoformat
pytestmark = pytest.mark.django_db
DUE = D("2026-11-30")


@pytest.fixture(autouse=True)
def only_one_kind(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(DeadlineKind(code="test.order", label="整改期限", basis="责令改正决定书", side="agency"))


@pytest.fixture
def deadline(docket, case_officer) -> Deadline:
    """Thirty days from 31 October: due on 30 November 2026."""
    with clock.pinned(D("2026-10-31")):
        return start(docket, case_officer)


def start(docket, by, on="2026-10-31", length=30):
    return deadlines.start(docket=docket, kind="test.order", on=D(on), by=by, length=length, unit="calendar_day")


def run(on, hour=9):
    """One beat of the schedule on that day: sweep, then send."""
    on = D(on) if isinstance(on, str) else on
    with clock.pinned(datetime(on.year, on.month, on.day, hour, tzinfo=clock.SHANGHAI)):
        sweep.plan()
        return sending.send_all()


def rows(**filters):
    found = Reminder.objects.filter(**filters).order_by("-offset_days", "recipient_id")
    return [(row.offset_days, row.state, row.reason) for row in found]


def sent(officer):
    return [
        row.offset_days for row in Reminder.objects.filter(recipient=officer, state="sent").order_by("sent_at", "id")
    ]


# --- the ladder ----------------------------------------------------------------------------------------------------


def test_reminders_come_15_7_3_and_1_days_ahead_on_the_day_and_after_it(deadline, case_officer):
    day = D("2026-11-01")
    while day <= D("2026-12-08"):
        run(day)
        day += timedelta(1)
    assert sent(case_officer) == [15, 7, 3, 1, 0, -1, -7]
    assert [m.title for m in InboxMessage.objects.filter(recipient=case_officer).order_by("at")][:2] == [
        inbox_title(deadline, 15),
        inbox_title(deadline, 7),
    ]


def inbox_title(deadline, days):
    with clock.pinned(DUE - timedelta(days)):
        return inbox.words_for(deadline, clock.today())


def test_a_second_sweep_writes_nothing(deadline):
    with clock.pinned(D("2026-11-15")):
        assert sweep.plan() == 1
        assert sweep.plan() == 0


def test_the_day_of_an_offset_before_the_start_is_no_day(docket, case_officer):
    with clock.pinned(D("2026-11-16")):
        start(docket, case_officer, on="2026-11-16", length=5)
        assert sweep.plan() == 0
    with clock.pinned(D("2026-11-18")):
        sweep.plan()
    assert rows() == [(3, "planned", "")]


def test_the_head_hears_of_it_when_it_is_late_and_the_supervisors_after_a_week(
    deadline, case_officer, head, supervisor, outsider
):
    run("2026-11-30")
    assert sent(head) == []
    run("2026-12-01")
    assert (sent(head), sent(supervisor)) == ([-1], [])
    run("2026-12-07")
    assert sent(head) == [-1, -7]
    assert sent(supervisor) == [-7]
    assert not Reminder.objects.filter(recipient=outsider).exists()


def test_a_restricted_docket_is_not_told_to_supervisors(deadline, supervisor):
    deadline.docket.confidentiality = "restricted"
    deadline.docket.save()
    run("2026-12-07")
    assert sent(supervisor) == []


def test_a_docket_without_an_officer_reaches_the_head(docket, case_officer, head):
    with clock.pinned(D("2026-10-31")):
        start(docket, case_officer)
    DocketOfficer.objects.all().delete()
    docket.officer = None
    docket.save()
    run("2026-11-15")
    assert sent(head) == [15]


def test_co_handlers_and_deputies_on_leave_cover_are_reminded_too(
    deadline, case_officer, second_officer, inspector, head
):
    DocketOfficer.objects.create(docket=deadline.docket, officer=inspector, part=Part.CO)
    Delegation.objects.create(
        principal=case_officer, deputy=second_officer, starts_on=D("2026-11-10"), ends_on=D("2026-11-20"),
        reason="休假", created_by=head, created_at=clock.now(),
    )  # fmt: skip
    run("2026-11-15")
    run("2026-11-23")  # the leave is over
    assert sent(case_officer) == [15, 7]
    assert sent(inspector) == [15, 7]
    assert sent(second_officer) == [15]


# --- D1: outages ---------------------------------------------------------------------------------------------------


def test_d1_the_scheduler_off_for_three_days_loses_no_reminder(deadline, case_officer):
    """Due in 7 days on the 23rd; the schedule sleeps from the 22nd to the 25th."""
    run("2026-11-15")
    run("2026-11-21")
    run("2026-11-25")
    assert sent(case_officer) == [15, 7]
    with clock.pinned(D("2026-11-25")):
        assert InboxMessage.objects.latest("id").title == inbox.words_for(deadline, D("2026-11-25"))
    assert "5" in InboxMessage.objects.latest("id").title  # days left when it was sent, not when it was due to be sent


def test_d1_after_a_long_outage_only_the_nearest_is_sent_and_the_others_are_written_down(deadline, case_officer):
    run("2026-11-29")
    assert rows() == [
        (15, "skipped", Why.OVERTAKEN),
        (7, "skipped", Why.OVERTAKEN),
        (3, "skipped", Why.OVERTAKEN),
        (1, "sent", ""),
    ]
    assert InboxMessage.objects.filter(recipient=case_officer, kind="reminder").count() == 1


def test_d1_every_length_of_outage_ends_with_one_reminder_that_is_true(deadline, case_officer):
    for days in range(45):
        Reminder.objects.all().delete()
        InboxMessage.objects.all().delete()
        day = D("2026-11-15") + timedelta(days)
        run(day)
        [message] = InboxMessage.objects.filter(recipient=case_officer)
        assert message.title == inbox.words_for(deadline, day)


# --- D16 and what moves --------------------------------------------------------------------------------------------


def test_d16_nobody_is_reminded_of_what_he_has_done(deadline, case_officer):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        deadlines.meet(deadline=deadline, on=D("2026-11-15"), by=case_officer)
        assert sending.send_all() == {}
    assert rows() == [(15, "skipped", Why.MET)]
    assert not InboxMessage.objects.exists()


def test_d16_state_is_looked_at_again_between_claim_and_delivery(deadline, case_officer):
    """The officer meets the deadline after a worker has claimed the reminder, before it delivers it."""
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        token, [reminder_id] = sending.claim()
        Deadline.objects.filter(pk=deadline.pk).update(met_on=D("2026-11-15"))
        assert sending.deliver(reminder_id, token) == ReminderState.SKIPPED
    assert rows() == [(15, "skipped", Why.MET)]


def test_d16_a_mail_already_queued_is_not_sent_once_the_matter_is_settled(deadline, case_officer):
    prefer(case_officer, mail_on=True, digest_on=False)
    run("2026-11-15")
    with clock.pinned(D("2026-11-15")):
        deadlines.meet(deadline=deadline, on=D("2026-11-15"), by=case_officer)
    work(inbox.MAIL)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda d, by: deadlines.cancel(deadline=d, reason="录错", by=by), Why.CANCELLED),
        (
            lambda d, by: deadlines.pause(
                deadline=d, reason_code="hearing", reason="听证", document="3号", from_on=D("2026-11-15"), by=by
            ),
            Why.PAUSED,
        ),
        (lambda d, by: deadlines.extend(deadline=d, length=5, reason="复杂", document="1号", by=by), Why.MOVED),
    ],
)
def test_a_change_strikes_out_what_was_planned_and_says_why(deadline, head, change, why):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        change(deadline, head)
    assert rows() == [(15, "skipped", why)]


def test_d14_a_date_moved_twice_is_reminded_of_at_its_new_date_only(deadline, case_officer, head):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        deadlines.extend(deadline=deadline, length=10, reason="复杂", document="1号", by=head)  # 10 December
        deadlines.extend(deadline=deadline, length=5, reason="复杂", document="2号", by=head)  # 15 December
        sweep.plan()
        sending.send_all()
    assert rows() == [(15, "skipped", Why.MOVED)]
    day = D("2026-11-16")
    while day <= D("2026-12-15"):
        run(day)
        day += timedelta(1)
    assert sent(case_officer) == [15, 7, 3, 1, 0]
    assert set(Reminder.objects.filter(state="sent").values_list("due_on", flat=True)) == {D("2026-12-15")}


def test_a_change_taken_back_puts_the_planned_reminder_back(deadline, case_officer, head):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        deadlines.meet(deadline=deadline, on=D("2026-11-15"), by=case_officer)
        deadlines.reopen(deadline=deadline, reason="录错", by=head)
        sweep.plan()
        assert sending.send_all() == {"sent": 1}


def test_d1_a_stopped_clock_reminds_of_nothing_until_it_runs_again(deadline, case_officer, head):
    with clock.pinned(D("2026-11-10")):
        deadlines.pause(
            deadline=deadline,
            reason_code="hearing",
            reason="听证",
            document="3号",
            from_on=D("2026-11-10"),
            by=head,
        )
    run("2026-11-16")
    assert not Reminder.objects.exists()
    with clock.pinned(D("2026-11-20")):
        deadlines.resume(deadline=deadline, to_on=D("2026-11-19"), reason="中止原因消除", by=head)
    assert deadline.due_on == D("2026-12-10")
    run("2026-11-25")
    assert sent(case_officer) == [15]


def test_who_has_left_or_gone_off_the_case_is_not_reminded(deadline, case_officer, inspector, second_officer):
    for officer in (inspector, second_officer):
        DocketOfficer.objects.create(docket=deadline.docket, officer=officer, part=Part.CO)
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        inspector.is_active = False
        inspector.save()
        DocketOfficer.objects.filter(officer=second_officer).delete()
        sending.send_all()
    assert rows(recipient=inspector) == [(15, "skipped", Why.LEFT)]
    assert rows(recipient=second_officer) == [(15, "skipped", Why.OFF_CASE)]
    assert sent(case_officer) == [15]


# --- one worker after another --------------------------------------------------------------------------------------


def test_a_claimed_reminder_is_not_claimed_again_until_its_lease_runs_out(deadline):
    with clock.pinned(D("2026-11-15")):
        sweep.plan()
        token, ids = sending.claim()
        assert len(ids) == 1
        assert sending.claim()[1] == []
    with clock.pinned(datetime(2026, 11, 15, 9, 6, tzinfo=clock.SHANGHAI)):
        other, again = sending.claim()
        assert again == ids
        assert sending.deliver(ids[0], token) is None  # the first worker wakes up too late
        assert sending.deliver(ids[0], other) == ReminderState.SENT
    assert InboxMessage.objects.count() == 1


def test_a_reminder_whose_workers_keep_dying_ends_as_failed(deadline):
    now = datetime(2026, 11, 15, 9, tzinfo=clock.SHANGHAI)
    with clock.pinned(now):
        sweep.plan()
    for attempt in range(sending.MOST_ATTEMPTS):
        with clock.pinned(now + attempt * 2 * sending.LEASE):
            assert len(sending.claim()[1]) == 1
    with clock.pinned(now + 12 * sending.LEASE):
        assert sending.send_all() == {"failed": 1}
    assert not InboxMessage.objects.exists()


# --- mail ----------------------------------------------------------------------------------------------------------


def prefer(officer, **fields):
    for name, value in fields.items():
        setattr(officer, name, value)
    officer.save()


def work(kind):
    for job in Job.objects.filter(kind=kind, state=JobState.QUEUED):
        jobs.run(job.pk)


def test_a_mail_names_the_docket_and_a_link_and_no_party(deadline, case_officer, enterprise, settings):
    settings.PORTAL_URL = "https://portal.example.test"
    prefer(case_officer, mail_on=True, digest_on=False)
    run("2026-11-15")
    with clock.pinned(D("2026-11-15")):
        work(inbox.MAIL)
    [letter] = mail.outbox
    assert letter.to == [case_officer.email]
    assert deadline.docket.number in letter.subject
    assert f"https://portal.example.test{deadline.docket.get_absolute_url()}" in letter.body
    for secret in (enterprise.name, deadline.docket.title, enterprise.credit_code):
        assert secret not in letter.subject + letter.body
    assert rows() == [(15, "sent", "")]
    assert Reminder.objects.get().channels == ["inbox", "mail"]


def test_a_mail_server_that_is_away_is_tried_again_and_the_ledger_says_when_it_never_came_back(
    deadline, case_officer, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    prefer(case_officer, mail_on=True, digest_on=False)
    run("2026-11-15")
    job = Job.objects.get(kind=inbox.MAIL)
    for attempt in range(job.max_attempts):
        with clock.pinned(datetime(2026, 11, 15, 10 + attempt, tzinfo=clock.SHANGHAI)):
            jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert Reminder.objects.get().channels == ["inbox", "mail_failed"]


def test_own_acts_are_neither_told_nor_mailed(deadline, case_officer, second_officer, head):
    DocketOfficer.objects.create(docket=deadline.docket, officer=second_officer, part=Part.CO)
    DocketOfficer.objects.create(docket=deadline.docket, officer=head, part=Part.CO)
    for officer in (case_officer, second_officer, head):
        prefer(officer, mail_on=True, digest_on=False)
    with clock.pinned(D("2026-11-10")):
        deadlines.pause(
            deadline=deadline,
            reason_code="hearing",
            reason="听证",
            document="3号",
            from_on=D("2026-11-10"),
            by=head,
        )
        work(inbox.MAIL)
    others = {case_officer, second_officer}
    assert {message.recipient for message in InboxMessage.objects.all()} == others
    assert sorted(letter.to for letter in mail.outbox) == sorted([officer.email] for officer in others)


def test_an_officer_who_wants_no_mail_gets_none(deadline, case_officer):
    prefer(case_officer, mail_on=False, digest_on=False)
    run("2026-11-15")
    assert not Job.objects.filter(kind=inbox.MAIL).exists()
    assert InboxMessage.objects.filter(recipient=case_officer).count() == 1


def test_reminders_are_written_in_the_readers_language(deadline, case_officer):
    prefer(case_officer, language="en")
    run("2026-11-29")
    assert "in 1 day" in InboxMessage.objects.get().title


# --- the daily summary ---------------------------------------------------------------------------------------------


def test_the_summary_comes_once_a_day_and_lists_what_is_late_and_near(deadline, case_officer):
    run("2026-11-29")
    for hour in (9, 10, 11):
        with clock.pinned(datetime(2026, 11, 29, hour, 40, tzinfo=clock.SHANGHAI)):
            digest.send_all()
            work(digest.MAIL)
    [letter] = mail.outbox
    assert deadline.docket.number in letter.body
    assert deadline.docket.title not in letter.body
    with clock.pinned(D("2026-11-30")):
        digest.send_all()
        work(digest.MAIL)
    assert len(mail.outbox) == 2


def test_the_summary_says_nothing_of_what_was_settled_since(deadline, case_officer):
    run("2026-11-29")
    with clock.pinned(D("2026-11-29")):
        assert digest.send_all() == 1
        deadlines.meet(deadline=deadline, on=D("2026-11-29"), by=case_officer)
        work(digest.MAIL)
    assert mail.outbox == []
    assert Job.objects.get(kind=digest.MAIL).state == JobState.DONE


def test_no_summary_for_whoever_has_nothing_new_or_prefers_single_mails(deadline, case_officer, second_officer):
    prefer(case_officer, digest_on=False)
    run("2026-11-29")
    with clock.pinned(D("2026-11-29")):
        assert digest.send_all() == 0


# --- D7, D13: does it run? -----------------------------------------------------------------------------------------


def test_d7_every_scheduled_reminder_task_exists_and_leaves_a_heartbeat(deadline):
    from celery import current_app

    from rareearth.celery import BEAT

    with clock.pinned(D("2026-11-15")):
        for task in (
            tasks.sweep_reminders, tasks.sweep_missed, tasks.end_shares, tasks.ask_for_calendar, tasks.send_reminders,
            tasks.send_digests,
        ):  # fmt: skip
            task()
    mine = {name for name in BEAT if name.startswith("casework.")}
    assert mine <= set(current_app.tasks)
    beats = {beat.name: beat for beat in Heartbeat.objects.all()}
    assert mine == set(beats)
    assert beats["casework.sweep_reminders"].summary["written"] == 1
    assert beats["casework.send_reminders"].summary == {"sent": 1}


def test_d13_a_task_that_fails_says_so_in_its_heartbeat(monkeypatch):
    def broken():
        raise RuntimeError("no disk left")

    monkeypatch.setattr(sweep, "plan", broken)
    with pytest.raises(RuntimeError):
        tasks.sweep_reminders()
    assert "no disk left" in Heartbeat.objects.get(pk="casework.sweep_reminders").error


# --- the ledger ----------------------------------------------------------------------------------------------------


def test_the_ledger_is_seen_within_the_scope_of_the_dockets_only(deadline, case_officer, outsider):
    run("2026-11-15")
    assert Reminder.objects.visible_to(case_officer).count() == 1
    assert Reminder.objects.visible_to(outsider).count() == 0


def test_why_a_reminder_was_not_sent_reads_as_a_sentence():
    assert all(str(why.label).endswith((".", "。")) for why in Why)
    assert set(ledger.RETURNABLE) <= set(Why)


def test_next_years_calendar_is_asked_for_once_from_november_and_pressed_for_from_mid_december(statute_book):
    roles.sync_roles()
    keeper = factories.make_officer(roles.SYSTEM_ADMINISTRATOR)
    assert Group.objects.filter(name="system_administrator").exists()
    for day in ("2026-10-31", "2026-11-01", "2026-11-02", "2026-12-14", "2026-12-15", "2026-12-16"):
        with clock.pinned(D(day)):
            tasks.ask_for_calendar()
    kinds_of_message = list(InboxMessage.objects.filter(recipient=keeper).order_by("id").values_list("kind", flat=True))
    assert kinds_of_message == ["calendar_2027_ask", "calendar_2027_press"]
