"""Whoever is handed a docket or mentioned on it is told like of everything else: in his language, by mail as he prefers."""

import pytest

from casework import handover, notes
from casework.models import HANDOVER, InboxMessage
from casework.reminders import inbox
from core import clock, jobs
from core.models import Job, JobState
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
MAIL = "casework.mail_message"


@story
def reader(second_officer):
    """He reads English and wants single mails."""
    second_officer.language, second_officer.email = "en", "li@example.test"
    second_officer.mail_on, second_officer.digest_on = True, False
    second_officer.save()
    return second_officer


def handed(docket, to, by):
    return handover.reassign(docket=docket, to=to, reason="均衡办案", by=by)


def test_a_handing_over_is_told_in_the_language_of_the_reader_and_mailed(docket, reader, case_officer, head):
    handed(docket, reader, head)
    assert "was handed to you" in InboxMessage.objects.get(recipient=reader).title
    assert "was handed" not in InboxMessage.objects.get(recipient=case_officer).title
    assert Job.objects.filter(kind=MAIL).count() >= 1


def test_a_mention_is_told_in_the_language_of_the_reader_and_mailed(docket, reader, case_officer):
    notes.add(docket=docket, text=f"@{reader.name} 请看", by=case_officer)
    message = InboxMessage.objects.get(recipient=reader)
    assert "mentioned you" in message.title
    assert Job.objects.filter(kind=MAIL, unique_key=f"mail:{message.pk}").exists()


def test_taking_back_forgets_the_messages_of_that_handing_over_and_no_earlier_one(docket, reader, case_officer, head):
    earlier = inbox.tell(to=[reader], kind=HANDOVER, title="更早的移交", by=head, docket=docket)[0]
    facts = handed(docket, reader, head)
    handover.take_back(docket=docket, by=head, **facts)
    assert list(InboxMessage.objects.filter(recipient=reader)) == [earlier]


def test_a_mail_of_a_message_that_was_taken_back_is_not_sent(docket, reader, head, mailoutbox):
    handover.take_back(docket=docket, by=head, **handed(docket, reader, head))
    job = Job.objects.filter(kind=MAIL).first()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, mailoutbox) == (JobState.DONE, [])


@pytest.mark.parametrize("seen", ["read", "mailed"])
def test_whoever_has_heard_of_it_is_told_that_it_was_taken_back(docket, reader, head, seen):
    facts = handed(docket, reader, head)
    message = InboxMessage.objects.get(recipient=reader)
    if seen == "read":
        InboxMessage.objects.filter(pk=message.pk).update(read_at=clock.now())
    else:
        Job.objects.filter(unique_key=f"mail:{message.pk}").update(state=JobState.DONE)
    handover.take_back(docket=docket, by=head, **facts)
    titles = InboxMessage.objects.filter(recipient=reader).order_by("pk").values_list("title", flat=True)
    assert len(titles) == 2
    assert "taken back" in titles[1]
