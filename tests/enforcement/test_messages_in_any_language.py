"""A message is read in the language of the screen, whatever language its reader preferred when it was written."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from casework import calendar_watch, turns
from casework.models import InboxMessage
from casework.reminders import inbox
from core import clock
from core.labels import Wording, said
from organisation import hooks
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


def _english(kind: str) -> str:
    """The title of the one message of this kind, on an English screen."""
    message = InboxMessage.objects.get(kind=kind)
    assert message.title.isascii() is False  # its reader preferred Chinese when it came
    with translation.override("en"):
        return message.said


def test_the_call_for_next_year_s_calendar(sysadmin, statute_book):
    with clock.pinned(date(2026, 11, 2)):
        calendar_watch.ask_for_next_year()
    assert _english("calendar_2027_ask").startswith("The working calendar of 2027 has not been loaded yet.")


def test_a_blocked_log_in(secadmin, case_officer):
    hooks.tell_of_block(case_officer, 30, 12)
    said_of_it = _english("lock_out")
    assert said_of_it.startswith("Log-in as ")
    assert "30 failures from 12 addresses" in said_of_it


def test_access_restored_at_the_console(secadmin, case_officer):
    hooks.tell_of_recovery(case_officer, "安全管理员手机遗失")
    assert _english("recovery").endswith("was restored at the server's console.")
    assert InboxMessage.objects.get().body == "安全管理员手机遗失"  # as it was typed: in no language but its own
