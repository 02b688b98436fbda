"""A message is read in the language of the screen, whatever language its reader preferred when it was written."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from casework import turns
from casework.models import InboxMessage
from casework.reminders import inbox
from core.labels import Wording, said
from organisation.models import Officer

pytestmark = pytest.mark.django_db


def test_a_wording_is_said_in_each_language_with_its_facts_translated_too():
    kept = Wording(
        gettext_lazy("You are named on %(docket)s: %(kind)s"), {"docket": "1号", "kind": gettext_lazy("Lead")}
    ).kept()
    with translation.override("zh-hans"):
        assert said(kept) == "您被列为1号（线索）的办理人员"
    with translation.override("en"):
        assert said(kept) == "You are named on 1号: Lead"


def test_whose_turn_it_is_reads_so_on_an_english_screen(case, case_officer, second_officer, head, log_in, outsider):
    turns.tell(case.docket, by=head)
    message = InboxMessage.objects.filter(recipient=case_officer, kind=turns.MESSAGE).latest("id")
    with translation.override("en"):
        assert message.said.startswith(f"{case} is for you to deal with: ")
        assert not any("\u4e00" <= char <= "\u9fff" for char in message.said.split(": ", 1)[1])
    client = log_in(case_officer)
    Officer.objects.filter(pk=case_officer.pk).update(language="en")
    assert "is for you to deal with" in client.get("/inbox/?tab=all").content.decode()
    assert "is for you to deal with" not in log_in(outsider).get("/inbox/?tab=all").content.decode()


@pytest.mark.parametrize(("days", "words"), [(7, "in 7 days"), (1, "in 1 day"), (0, "ends today"), (-3, "3 days ago")])
def test_a_reminder_counts_its_days_in_each_language(case, days, words):
    deadline = case.docket.deadlines.open().first()
    today = deadline.due_on - timedelta(days)
    deadline.target_on = deadline.due_on
    kept = inbox.wording_for(deadline, today).kept()
    with translation.override("en"):
        assert words in said(kept)
    with translation.override("zh-hans"):
        assert said(kept) == inbox.words_for(deadline, today)
