"""Whoever handled a restricted matter hears that it was handed over, though he sees it no more: its number, to whom, no more than that."""

import pytest
from django.core import mail
from django.urls import reverse

from casework import handover, services
from casework.models import Docket, InboxMessage
from casework.reminders import digest, inbox
from core import jobs
from core.models import Job
from organisation.models import Officer
from organisation.roles import CASE_OFFICER
from tests import factories
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
REASON = "涉及商业秘密的部分须由他人办理"


@story
def handed_away(docket, case_officer, second_officer, head) -> Docket:
    Officer.objects.filter(pk=case_officer.pk).update(mail_on=True, digest_on=False, email="zhang@example.test")
    services.restrict(docket=docket, reason="涉及商业秘密", by=head)
    InboxMessage.objects.all().delete()
    third = factories.make_officer(CASE_OFFICER, department=docket.department)
    restricted = Docket.objects.get(pk=docket.pk)
    handover.reassign(docket=restricted, to=second_officer, second=third, reason=REASON, by=head)
    assert not Docket.objects.visible_to(case_officer).filter(pk=docket.pk).exists()
    return docket


def message_to(officer) -> InboxMessage:
    return InboxMessage.objects.get(recipient=officer)


def test_he_finds_it_among_his_new_messages(handed_away, case_officer, second_officer, log_in):
    assert inbox.unread_count(case_officer) == 1
    page = log_in(case_officer).get(reverse("casework:inbox")).content.decode()
    assert handed_away.number in page
    assert second_officer.name in page


def test_it_tells_him_neither_the_reason_nor_the_page_of_the_matter(handed_away, case_officer, second_officer, log_in):
    assert message_to(second_officer).body == REASON
    answer = log_in(case_officer).get(reverse("casework:message", args=[message_to(case_officer).pk]))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert handed_away.number in page
    assert REASON not in page
    assert handed_away.title not in page
    assert handed_away.get_absolute_url() not in page


def test_what_he_was_told_before_the_matter_was_restricted_shows_its_title_alone(
    docket, case_officer, second_officer, head, log_in
):
    third = factories.make_officer(CASE_OFFICER, department=docket.department)
    handover.reassign(docket=docket, to=second_officer, second=third, reason=REASON, by=head)
    message = message_to(case_officer)
    shown = [reverse("casework:message", args=[message.pk]), reverse("casework:inbox")]
    client = log_in(case_officer)
    assert REASON in client.get(shown[1]).content.decode()
    services.restrict(docket=Docket.objects.get(pk=docket.pk), reason="涉及商业秘密", by=head)
    for address in shown:
        page = client.get(address).content.decode()
        assert docket.number in page
        assert REASON not in page
        assert docket.title not in page


def test_it_is_mailed_with_a_link_that_he_may_follow(handed_away, case_officer):
    told = message_to(case_officer)
    job = Job.objects.get(unique_key=f"mail:{told.pk}")
    jobs.run(job.pk)
    [sent] = mail.outbox
    assert (sent.to, handed_away.number in sent.subject) == (["zhang@example.test"], True)
    assert reverse("casework:message", args=[told.pk]) in sent.body
    assert handed_away.get_absolute_url() not in sent.body


def test_the_daily_summary_names_it(handed_away, case_officer):
    Officer.objects.filter(pk=case_officer.pk).update(digest_on=True)
    assert message_to(case_officer) in digest._messages(case_officer)


def test_any_other_message_on_the_matter_still_waits(handed_away, case_officer, head):
    inbox.tell(to=[case_officer], kind="mention", title="请看", by=head, docket=handed_away)
    assert inbox.unread_count(case_officer) == 1


def test_the_new_officer_is_led_to_the_matter(handed_away, second_officer, log_in):
    answer = log_in(second_officer).get(reverse("casework:message", args=[message_to(second_officer).pk]))
    assert answer["Location"] == handed_away.get_absolute_url()
