"""Mails and the daily summary: they name the docket and no party, and come once."""

from datetime import datetime

import pytest
from django.core import mail

from casework import deadlines
from casework.models import DocketOfficer, InboxMessage, Part, Reminder
from casework.reminders import digest, inbox
from core import clock
from core.models import Job, JobState
from tests.casework.reminders.beats import D, prefer, rows, run, work

pytestmark = pytest.mark.django_db


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
