"""A new working calendar moves the authority's next look with the party's period, as its preview says."""

from datetime import date

import pytest

from casework import calendar, calendar_loading
from casework.models import Violation
from core import clock
from enforcement.rectification import services as cases
from tests.casework.test_calendar import days_2027
from tests.plugins.matters import serve
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
NOVEMBER = date(2026, 11, 20)
# Invented: nobody has announced 2027 yet. Spring Festival is off from 5 to 11 February.
ONE_DAY_MORE = "2027-02-04,休,春节\n"
THREE_DAYS_MORE = "2027-02-03,休,春节\n2027-02-04,休,春节\n"


@pytest.fixture(autouse=True)
def fresh_almanac():
    """Kept by the moment of loading, which is the same in every test here."""
    calendar._of_editions.cache_clear()
    yield
    calendar._of_editions.cache_clear()


@story
def until_february(issued, case_officer, second_officer):
    """The party has time until 3 February 2027, the authority looks on the 4th."""
    issued.violation, issued.rectification_days = Violation.objects.get(code="EC1086"), 153
    issued.save(update_fields=["violation", "rectification_days"])
    case = serve(issued, case_officer, second_officer)
    assert dates_of(case) == {cases.PERIOD: date(2027, 2, 3), cases.NEXT_LOOK: date(2027, 2, 4)}
    return case


def dates_of(case):
    return dict(case.docket.deadlines.open().values_list("kind", "due_on"))


def previewed(days):
    return {move.deadline.kind: move.after for move in calendar_loading.impact(2027, days)}


@pytest.mark.parametrize("extra", [ONE_DAY_MORE, THREE_DAYS_MORE])
def test_what_the_preview_says_is_what_happens(until_february, head, extra):
    days = days_2027(extra)
    with clock.pinned(NOVEMBER):
        shown, moves = previewed(days), list(calendar_loading.impact(2027, days))
        seen = calendar_loading.fingerprint(moves)
        _edition, moved = calendar_loading.load_year(year=2027, days=days, source="试验通知", by=head, seen=seen)
    assert dates_of(until_february) == dates_of(until_february) | shown
    assert moved == len(moves)
    reasons = {event.facts["reason"] for event in Event.objects.filter(verb="deadline.recompute")}
    assert len(reasons) == 1
    assert not Event.objects.filter(verb="deadline.set_end").exists()


def test_a_look_is_not_left_on_a_day_that_became_a_holiday(until_february, head):
    with clock.pinned(NOVEMBER):
        calendar_loading.load_year(year=2027, days=days_2027(ONE_DAY_MORE), source="试验通知", by=head)
    assert dates_of(until_february) == {cases.PERIOD: date(2027, 2, 3), cases.NEXT_LOOK: date(2027, 2, 12)}


def test_a_look_whose_day_no_time_of_the_party_sets_stays(until_february, head):
    """Once the party's time is over, the day that was set stands."""
    with clock.pinned(date(2027, 2, 4)):
        assert cases.NEXT_LOOK not in {
            kind for kind, after in previewed(days_2027(ONE_DAY_MORE)).items() if after != date(2027, 2, 4)
        }
