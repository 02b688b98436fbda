"""The authority's own period that ends on a day off: reminders and the amber light go by the last working day before it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from casework import deadlines, selectors
from casework.deadlines import kinds, showing
from casework.deadlines.kinds import DeadlineKind
from casework.due import DueWords, calendar_for, through_rest
from casework.models import Docket, InboxMessage, Reminder
from casework.reminders import digest, inbox, sending, sweep
from core import clock
from tests.plugins.stories import story

D = date.fromisoformat
pytestmark = pytest.mark.django_db
# Fifteen calendar days from 20 September 2026: over on 5 October, within National Day; the last working day is 30 September.
BEGUN, TARGET, DUE = D("2026-09-20"), D("2026-09-30"), D("2026-10-05")


@pytest.fixture(autouse=True)
def prepared(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", {})
    for code, side in (("test.own", "agency"), ("test.party", "party")):
        kinds.register(DeadlineKind(code=code, label="办理期限", basis="试验", side=side))


def start(docket, by, on=BEGUN, length=15, kind="test.own"):
    with clock.pinned(on):
        return deadlines.start(docket=docket, kind=kind, on=on, by=by, length=length, unit="calendar_day")


@story
def deadline(docket, case_officer):
    return start(docket, case_officer)


def days_sent(officer, first, last) -> dict[str, int]:
    """{day: offset} of the reminders that came while the schedule ran each day."""
    day = first
    while day <= last:
        with clock.pinned(day):
            sweep.plan()
            sending.send_all()
        day += timedelta(1)
    rows = Reminder.objects.filter(recipient=officer, state="sent").order_by("sent_at", "id")
    return {str(clock.local(row.sent_at).date()): row.offset_days for row in rows}


def test_reminders_come_before_national_day_and_what_is_over_goes_by_the_end_in_law(deadline, case_officer):
    assert (deadline.target_on, deadline.due_on) == (TARGET, DUE)
    assert days_sent(case_officer, BEGUN, D("2026-10-07")) == {
        "2026-09-23": 7,
        "2026-09-27": 3,
        "2026-09-29": 1,
        "2026-09-30": 0,
        "2026-10-06": -1,
    }


def test_reminders_come_before_spring_festival(docket, case_officer):
    """Due on 18 February 2026, within Spring Festival (15 to 23 February); Saturday 14 February is worked."""
    deadline = start(docket, case_officer, on=D("2026-02-01"), length=17)
    assert (deadline.target_on, deadline.due_on) == (D("2026-02-14"), D("2026-02-18"))
    assert days_sent(case_officer, D("2026-02-02"), D("2026-02-20")) == {
        "2026-02-07": 7,
        "2026-02-11": 3,
        "2026-02-13": 1,
        "2026-02-14": 0,
        "2026-02-19": -1,
    }


def test_the_party_has_until_the_first_working_day_after_the_holiday(docket, case_officer):
    deadline = start(docket, case_officer, kind="test.party")
    assert deadline.due_on == deadline.target_on == D("2026-10-08")
    sent = days_sent(case_officer, BEGUN, D("2026-10-09"))
    assert {day: offset for day, offset in sent.items() if offset <= 1} == {
        "2026-10-07": 1,
        "2026-10-08": 0,
        "2026-10-09": -1,
    }


def test_d1_a_schedule_that_slept_over_the_target_still_reminds_within_the_holiday(deadline, case_officer):
    assert days_sent(case_officer, D("2026-10-03"), D("2026-10-03")) == {"2026-10-03": 0}
    assert Reminder.objects.filter(state="skipped", reason="overtaken").count() == 3


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-09-23", "应至迟于2026-09-30办结，还剩7日；法定期限于2026-10-05届满，该日为非工作日"),
        ("2026-09-30", "应于今天（2026-09-30）办结；法定期限于2026-10-05届满，该日为非工作日"),
        ("2026-10-03", "最后一个工作日（2026-09-30）已过；法定期限2026-10-05届满"),
        ("2026-10-06", "已于2026-10-05届满，逾期1日"),
    ],
)
def test_a_reminder_names_both_days(deadline, day, words):
    with translation.override("zh-hans"):
        assert words in inbox.words_for(deadline, D(day))


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        ("2026-09-18", "剩余 17 天", "green"),
        ("2026-09-24", "剩余 11 天，最后一个工作日为 09-30", "amber"),
        ("2026-09-30", "今日为届满前最后一个工作日", "amber"),
        ("2026-10-02", "届满前已无工作日", "amber"),
        ("2026-10-05", "今日到期", "amber"),
        ("2026-10-06", "超期 1 天", "red"),
    ],
)
def test_the_light_of_the_docket_goes_by_the_last_working_day_and_says_it(deadline, case_officer, day, words, tone):
    with clock.pinned(D(day)), translation.override("zh-hans"):
        due = DueWords(calendar_for(case_officer)).of(Docket.objects.get(pk=deadline.docket_id))["due"]
        assert words in due["words"]
        assert (due["tone"], due["on"]) == (tone, DUE)
        assert words in showing.status(deadline, DueWords(calendar_for(case_officer)))["words"]


def test_days_off_after_the_last_day_belong_to_it(case_officer, statute_book):
    calendar = calendar_for(case_officer)
    assert through_rest(TARGET, calendar) == D("2026-10-07")
    assert through_rest(D("2026-09-29"), calendar) == D("2026-09-29")


def test_lists_and_my_work_count_it_as_close_five_working_days_before_the_target(deadline, case_officer, log_in):
    def seen(on):
        with clock.pinned(D(on)):
            case_officer.__dict__.pop("_close_until", None)
            page = log_in(case_officer).get(reverse("casework:cases"), {"tab": "close"}).content.decode()
            return len(selectors.my_work(case_officer).close), deadline.docket.number in page

    assert seen("2026-09-21") == (0, False)
    assert seen("2026-09-22") == (1, True)


def test_the_daily_summary_lists_it_a_week_before_the_target(deadline, case_officer):
    case_officer.mail_on = case_officer.digest_on = True
    case_officer.save()
    with clock.pinned(D("2026-09-22")):
        assert digest.send_all() == 0
    with clock.pinned(D("2026-09-23")):
        assert digest.send_all() == 1


def test_an_outsider_is_reminded_of_nothing(deadline, outsider):
    days_sent(outsider, BEGUN, D("2026-10-07"))
    assert not Reminder.objects.filter(recipient=outsider).exists()
    assert not InboxMessage.objects.filter(recipient=outsider).exists()
