"""An extension begins on the day after the expiry the party was told: the working day to which its last day was rolled."""

from datetime import date

import pytest

from casework.deadlines import periods
from casework.deadlines.periods import ExtensionSpan
from core.workdays import Calendar

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
