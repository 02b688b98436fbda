"""The inbox of the demo looks lived in: the past is read, the last days are not."""

from datetime import timedelta

import pytest

from casework.models import InboxMessage
from casework.reminders import inbox
from core import clock
from rareearth.management.commands.load_demo import read_what_is_old

pytestmark = pytest.mark.django_db


def test_messages_of_the_past_are_read_on_their_day_and_those_of_the_last_days_wait(case_officer, head):
    for days in (40, 4, 2, 0):
        with clock.pinned(clock.now() - timedelta(days=days)):
            inbox.tell(to=[case_officer], kind="turn", title=f"{days}", by=head)
    read_what_is_old()
    told = {message.title: message for message in InboxMessage.objects.all()}
    assert {title for title, message in told.items() if message.read_at is None} == {"2", "0"}
    assert told["40"].read_at == told["40"].at
