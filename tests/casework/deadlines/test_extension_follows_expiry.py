"""An extension begins on the day after the expiry the party was told: the working day to which its last day was rolled."""

from datetime import date

import pytest
from django.utils import translation

from casework import deadlines
from casework.calendar import Almanac
from casework.deadlines import explain, foreseeing, periods
from casework.deadlines.periods import ExtensionSpan
from core.workdays import Calendar
from tests.casework.deadlines.acts import extend, start

FRIDAY, SUNDAY, MONDAY = date(2026, 11, 13), date(2026, 12, 13), date(2026, 12, 14)
PLAIN = Calendar()


def extended(length, unit, side="party", start=FRIDAY, days=30):
    return periods.compute(start, days, "calendar_day", PLAIN, side, extensions=[ExtensionSpan(length, unit)])


def test_without_an_extension_the_last_day_rolls_from_sunday_to_monday():
    found = periods.compute(FRIDAY, 30, "calendar_day", PLAIN, "party")
    assert (found.statutory_due_on, found.due_on) == (SUNDAY, MONDAY)


@pytest.mark.parametrize(
    ("length", "unit", "ends", "due"),
    [
        (5, "working_day", date(2026, 12, 21), date(2026, 12, 21)),  # the week after the Monday of the expiry
        (5, "calendar_day", date(2026, 12, 19), date(2026, 12, 21)),
        (1, "month", date(2027, 1, 14), date(2027, 1, 14)),
    ],
)
def test_every_unit_is_counted_from_the_day_after_the_rolled_expiry(length, unit, ends, due):
    found = extended(length, unit)
    assert (found.extensions[0].after, found.extensions[0].rolled_from) == (MONDAY, SUNDAY)
    assert (found.statutory_due_on, found.due_on) == (ends, due)


def test_a_second_extension_follows_on_the_expiry_that_the_first_gave():
    found = periods.compute(
        FRIDAY, 30, "calendar_day", PLAIN, "party",
        extensions=[ExtensionSpan(5, "calendar_day"), ExtensionSpan(1, "working_day")],
    )  # fmt: skip
    assert found.extensions[1].after == date(2026, 12, 21)
    assert found.due_on == date(2026, 12, 22)


def test_the_authority_s_own_period_is_extended_from_its_statutory_end():
    assert extended(5, "calendar_day", side="agency").statutory_due_on == date(2026, 12, 18)


def test_a_last_day_that_is_a_working_day_is_followed_by_its_extension_as_before():
    found = extended(5, "calendar_day", start=date(2026, 11, 12), days=29)
    assert found.extensions[0].rolled_from is None
    assert found.statutory_due_on == date(2026, 12, 16)


@pytest.mark.parametrize("extensions", [(), (ExtensionSpan(5, "calendar_day"),)], ids=["expiry", "before an extension"])
def test_a_last_day_that_rolls_past_a_stopped_monday_says_so(extensions):
    """Sunday the 13th is followed by a Monday on which the clock was stopped: Tuesday is not the first working day."""
    stopped = [periods.PauseSpan(MONDAY, MONDAY, "补充材料")]
    found = periods.compute(FRIDAY, 30, "calendar_day", PLAIN, "party", stopped, extensions, today=date(2027, 1, 1))
    with translation.override("zh-hans"):
        said = "".join(explain.steps(explain.document(found, Almanac(PLAIN), rule=None)))
    assert "其后未停止计算的第一个工作日" in said
    assert "2026-12-15" in said


@pytest.fixture
def of_a_party(docket, case_officer):
    return start(docket, case_officer, kind="test.ordered", on=FRIDAY.isoformat(), length=30, unit="calendar_day")


@pytest.mark.django_db
def test_an_extension_keeps_on_which_expiry_it_followed(of_a_party, head):
    assert extend(of_a_party, head, length=5).follows_on == MONDAY
    assert of_a_party.due_on == date(2026, 12, 21)
    assert not deadlines.recompute(deadline=of_a_party, by=head, reason="重算")


@pytest.mark.django_db
def test_an_extension_granted_before_that_keeps_its_date_and_a_later_one_follows_on_the_expiry(of_a_party, head):
    made = extend(of_a_party, head, length=6)
    made.follows_on = None
    made.save(update_fields=["follows_on"])
    deadlines.recompute(deadline=of_a_party, by=head, reason="重算")
    of_a_party.refresh_from_db()
    assert (of_a_party.statutory_due_on, of_a_party.due_on) == (date(2026, 12, 19), date(2026, 12, 21))
    extend(of_a_party, head, length=1, document="常环延〔2026〕2号")
    assert of_a_party.due_on == date(2026, 12, 22)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [5, 6])
def test_what_is_foreseen_of_a_new_extension_is_counted_as_it_will_be(of_a_party, head, length):
    said = foreseeing.of_extension(of_a_party, {"length": length, "unit": "calendar_day"})
    extend(of_a_party, head, length=length)
    assert of_a_party.due_on.isoformat() in said


@pytest.mark.parametrize(("follows_expiry", "ends"), [(True, date(2026, 12, 19)), (False, date(2026, 12, 17))])
def test_a_new_calendar_moves_the_expiry_and_with_it_only_what_follows_on_it(follows_expiry, ends):
    """Kept is the way of counting, not a day: an expiry that moves takes along what was granted after it."""
    monday_off = Calendar({MONDAY: False})
    granted = ExtensionSpan(4, "calendar_day", follows_expiry=follows_expiry)
    found = periods.compute(FRIDAY, 30, "calendar_day", monday_off, "party", extensions=[granted])
    assert found.statutory_due_on == ends
