"""Messages of the portal: opened by their reader, marked read, never leading out."""

import pytest
from django.urls import reverse

from casework.models import InboxMessage
from core import clock
from tests.casework.pages.forms import once

pytestmark = pytest.mark.django_db


def test_a_message_is_opened_once_and_marked_read(case_officer, second_officer, docket, log_in):
    message = InboxMessage.objects.create(
        recipient=case_officer,
        docket=docket,
        kind="reminder",
        title="试验",
        url=docket.get_absolute_url(),
        at=clock.now(),
    )
    url = reverse("casework:message", args=[message.pk])
    assert log_in(second_officer).get(url).status_code == 404
    assert log_in(case_officer).get(url).url == docket.get_absolute_url()
    message.refresh_from_db()
    assert message.read_at is not None


def test_messages_are_marked_read_together_and_counted(case_officer, second_officer, log_in):
    for recipient in (case_officer, case_officer, second_officer):
        InboxMessage.objects.create(recipient=recipient, kind="reminder", title="试验", at=clock.now())
    client = log_in(case_officer)
    assert ">2<" in client.get(reverse("casework:inbox_unread")).content.decode()
    client.post(reverse("casework:inbox_read"), once())
    assert "bar-count" not in client.get(reverse("casework:inbox_unread")).content.decode()
    assert InboxMessage.objects.filter(read_at=None).get().recipient == second_officer


def test_a_message_never_leads_out_of_the_portal(case_officer, log_in):
    message = InboxMessage.objects.create(
        recipient=case_officer, kind="reminder", title="试验", url="https://elsewhere.example/", at=clock.now()
    )
    assert log_in(case_officer).get(reverse("casework:message", args=[message.pk])).status_code == 200


def test_the_unread_come_first_and_the_newest_stands_above(case_officer, log_in):
    titles = ("旧", "中", "新")
    for n, title in enumerate(titles):
        InboxMessage.objects.create(
            recipient=case_officer,
            kind="reminder",
            title=title,
            at=clock.now(),
            read_at=clock.now() if n == 1 else None,
        )
    client = log_in(case_officer)
    url = reverse("casework:inbox")
    page = client.get(url, follow=True).content.decode()
    assert page.index(">新<") < page.index(">旧<")
    assert ">中<" not in page
    everything = client.get(url, {"tab": "all"}).content.decode()
    assert everything.index(">新<") < everything.index(">中<") < everything.index(">旧<")
    assert everything.count(">未读</") >= 2
