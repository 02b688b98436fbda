"""When periods end: a table checked by hand against the printed calendars, and a naive count of days beside it."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework import calendar, reference, statutes
from casework.deadlines import periods
from casework.deadlines.periods import ExtensionSpan, PauseSpan
from core import workdays
from core.workdays import Calendar

FOLDER = Path(__file__).parents[2] / "reference"
BOOK = {rule.code: rule for rule in reference.read_rules(FOLDER)}
ALMANAC = reference.almanac(FOLDER)
D = date.fromisoformat


def of(code, start):
    return statutes.version_on(BOOK[code], D(start), BOOK.values())


def run(code, start, pauses=(), extensions=(), today="2026-11-22"):
    rule = of(code, start)
    if rule.counts_back:
        return periods.compute_back(D(start), rule.length, rule.unit, ALMANAC.calendar, rule.actor_side)
    return periods.compute(
        D(start),
        rule.length,
        rule.unit,
        ALMANAC.calendar,
        rule.actor_side,
        [PauseSpan(D(first), D(last) if last else None) for first, last in pauses],
        [ExtensionSpan(length, unit) for length, unit in extensions],
        today=D(today),
    )


# Rule, start, due. Where a remark names days, they were counted off by hand on the printed calendar of the year.
CASES = [
    # --- the regime of 2012 ---
    # 19(1) 20(2) 21 Sat worked(3), 22–28 Spring Festival, 29 Sun worked(4) 30(5) 31(6), 1 Feb(7)
    ("D01", "2012-01-18", "2012-02-01"),
    # 25(1) 26(2) 27(3) 28(4) 29 Sat worked(5), 30 Sep–7 Oct off, 8(6) 9(7)
    ("D01", "2012-09-24", "2012-10-09"),
    # 29(1) 30(2) 31 Sat worked(3), 1 Apr Sun worked(4), 2–4 Qingming, 5(5) 6(6), 7–8 weekend, 9(7)
    ("D01", "2012-03-28", "2012-04-09"),
    # 31(1), 1–3 Jan 2013 off, 4(2) 5 Sat worked(3) 6 Sun worked(4) 7(5) 8(6) 9(7)
    ("D07", "2012-12-28", "2013-01-09"),
    ("D03", "2012-06-18", "2012-06-28"),  # 19(1) 20(2) 21(3), 22–24 Dragon Boat, 25(4) 26(5) 27(6) 28(7)
    ("D04", "2012-03-15", "2012-06-15"),
    ("D04", "2012-11-30", "2013-02-28"),  # no 30 February
    ("D23", "2012-09-28", "2012-10-08"),  # 3 days end on 1 October; National Day until the 7th
    (
        "D31",
        "2012-01-10",
        "2012-01-29",
    ),  # ends on 25 January, Spring Festival until the 28th, Sunday the 29th is worked
    ("D31", "2012-03-20", "2012-04-05"),  # ends on 4 April, Qingming
    ("D33", "2012-12-03", "2013-02-01"),
    ("D35", "2012-06-29", "2012-09-29"),  # a Saturday, but worked for National Day: it stays
    ("D52", "2012-12-20", "2013-01-09"),
    ("D20", "2012-02-29", "2013-02-28"),
    ("D48", "2012-02-29", "2014-02-28"),
    ("D39", "2012-11-30", "2013-02-28"),
    ("D54", "2012-08-10", "2012-10-09"),
    # --- the regime of today ---
    # 28 Sun worked(1) 29(2) 30(3), 1–8 October off, 9(4) 10(5)
    ("D22", "2025-09-26", "2025-10-10"),
    ("D22", "2026-09-18", "2026-09-24"),  # 20 Sun worked(1) 21(2) 22(3) 23(4) 24(5)
    # 29(1) 30(2), 1–7 October off, 8(3) 9(4) 10 Sat worked(5), 11 Sunday, 12(6) 13(7)
    ("D29", "2026-09-28", "2026-10-13"),
    ("D31", "2025-09-22", "2025-10-09"),  # ends on 7 October; off until the 8th
    ("D31", "2026-09-17", "2026-10-08"),
    ("D12", "2025-01-24", "2025-02-05"),  # 26 Sun worked(1) 27(2), 28 January–4 February off, 5(3)
    ("D12", "2026-02-12", "2026-02-24"),  # 13(1) 14 Sat worked(2), 15–23 off, 24(3)
    ("D21", "2026-02-25", "2026-03-03"),  # 26(1) 27(2) 28 Sat worked(3), 1 Sunday, 2(4) 3(5)
    # 24(1) 25(2), 26 Saturday, 27 Sun worked(3) 28(4) 29(5) 30(6), 1–5 May off, 6(7) 7(8) 8(9) 9(10)
    ("D38", "2025-04-23", "2025-05-09"),
    ("D05", "2026-01-05", "2026-04-05"),
    ("D06", "2025-07-03", "2025-10-01"),
    ("D13", "2026-01-16", "2026-02-15"),
    ("D02", "2026-04-20", "2026-05-05"),
    ("D34", "2025-08-31", "2026-02-28"),  # 31 August + 6 months; a Saturday, but worked
    ("D34", "2025-04-04", "2025-10-09"),
    ("D16", "2025-11-30", "2026-02-28"),
    ("D33", "2025-12-06", "2026-02-04"),
    # --- year ends ---
    ("D31", "2025-12-18", "2026-01-04"),  # ends on 2 January, off until the 3rd; Sunday the 4th is worked
    ("D22", "2025-12-26", "2026-01-05"),  # 29(1) 30(2) 31(3), 1–3 January off, 4 Sun worked(4) 5(5)
    ("D22", "2018-12-26", None),  # before the law of 2021: the table's rule did not exist yet
    ("D07", "2018-12-26", "2019-01-07"),  # 27(1) 28(2) 29 Sat worked(3), 30 Dec–1 Jan off, 2(4) 3(5) 4(6) 7(7)
    ("D22", "2026-12-24", "2026-12-31"),
    # --- leap days and month ends ---
    ("D33", "2024-01-01", "2024-03-01"),
    ("D70", "2024-01-31", "2024-02-29"),
    ("D71", "2024-12-31", "2025-02-28"),
    ("D72", "2024-02-29", "2025-02-28"),
    # --- beyond the published calendar ---
    ("D31", "2026-12-20", "2027-01-04"),
    ("D17", "2026-12-15", "2027-01-06"),  # 1 January 2027 is a statutory holiday, whatever is announced
    ("D05", "2026-11-20", "2027-02-18"),
    ("D74", "2026-08-20", "2028-08-21"),  # a Sunday
    ("D31", "2027-09-18", "2027-10-04"),  # ends on 3 October, the last statutory day of National Day
    # --- counted back from an event ---
    ("D24", "2026-10-12", "2026-09-24"),  # 10 Sat worked(1) 9(2) 8(3) 30(4) 29(5) 28(6), 25–27 Mid-autumn, 24(7)
    ("D42", "2026-02-25", "2026-02-13"),  # 24(1) 14 Sat worked(2) 13(3)
    ("D63", "2026-11-06", "2026-10-07"),
]


@pytest.mark.parametrize(("code", "start", "due"), CASES)
def test_period_ends_on_the_day_counted_by_hand(code, start, due):
    rule = of(code, start)
    if due is None:
        assert not statutes.in_force(rule, D(start))
        return
    assert statutes.in_force(rule, D(start)) or rule.counts_back
    assert run(code, start).due_on == D(due)


@pytest.mark.parametrize(
    ("code", "start", "target"),
    [
        ("D05", "2026-01-05", "2026-04-03"),  # 5 April is Qingming; 4–6 April off
        ("D06", "2025-07-03", "2025-09-30"),
        ("D13", "2026-01-16", "2026-02-14"),  # the Saturday before Spring Festival is worked
        ("D02", "2026-04-20", "2026-04-30"),
        ("D63", "2026-11-06", "2026-09-30"),
        (
            "D43",
            "2026-09-30",
            "2026-10-03",
        ),  # three days of National Day: no working day to aim at, the end itself stands
    ],
)
def test_the_authority_keeps_its_statutory_end_and_aims_for_the_working_day_before(code, start, target):
    explained = run(code, start)
    assert explained.due_on == explained.statutory_due_on
    assert explained.target_on == D(target)


@pytest.mark.parametrize(
    ("code", "start", "pauses", "extensions", "due", "left_out"),
    [
        # 10 and 25 days that overlap are 29 days, not 35
        ("D05", "2026-01-05", [("2026-02-01", "2026-02-10"), ("2026-02-05", "2026-03-01")], [], "2026-05-04", 29),
        (
            "D05",
            "2026-01-05",
            [("2026-02-01", "2026-02-10"), ("2026-02-05", "2026-03-01")],
            [(30, "calendar_day")],
            "2026-06-03",
            29,
        ),
        ("D05", "2026-01-05", [("2026-02-01", "2026-02-10"), ("2026-02-11", "2026-02-20")], [], "2026-04-25", 20),
        ("D08", "2026-03-02", [("2026-03-10", "2026-03-19")], [], "2026-04-11", 10),
        # a pause of a week takes five working days from a period in working days
        ("D61", "2025-09-01", [], [], "2025-09-28", 0),
        ("D61", "2025-09-01", [("2025-09-08", "2025-09-14")], [], "2025-10-11", 5),
        ("D61", "2025-09-01", [], [(10, "working_day")], "2025-10-17", 0),
        # a pause before the period takes nothing, one that reaches into it takes the days within
        ("D05", "2026-01-05", [("2025-12-20", "2026-01-05")], [], "2026-04-05", 0),
        ("D05", "2026-01-05", [("2025-12-20", "2026-01-10")], [], "2026-04-10", 5),
        # a pause after the end comes too late
        ("D05", "2026-01-05", [("2026-04-06", "2026-05-06")], [], "2026-04-05", 0),
        # ... but not when an extension carries the period into it
        ("D05", "2026-01-05", [("2026-04-06", "2026-04-15")], [(10, "calendar_day")], "2026-04-25", 10),
        # months pass whole; ten days are given back, and the Saturday rolls to Monday
        ("D34", "2026-01-15", [("2026-03-01", "2026-03-10")], [], "2026-07-27", 10),
        ("D16", "2026-01-31", [], [(3, "month")], "2026-07-30", 0),  # 30 April, then 30 July
        # the roll passes over stopped days too
        ("D31", "2026-09-11", [("2026-09-28", "2026-09-30")], [], "2026-10-08", 0),
    ],
)
def test_time_not_counted_and_time_granted_move_the_date(code, start, pauses, extensions, due, left_out):
    explained = run(code, start, pauses, extensions)
    assert (explained.due_on, explained.left_out) == (D(due), left_out)


def test_overlapping_pauses_are_shown_as_one():
    explained = run("D05", "2026-01-05", [("2026-02-05", "2026-03-01"), ("2026-02-01", "2026-02-10")])
    assert [(p.from_on, p.to_on, p.days) for p in explained.pauses] == [(D("2026-02-01"), D("2026-03-01"), 29)]


def test_an_open_pause_stops_the_clock_and_shows_the_date_as_if_it_ended_today():
    explained = run("D05", "2026-01-05", [("2026-02-20", None)], today="2026-03-01")
    assert explained.is_stopped
    assert explained.due_on == D("2026-04-15")  # 20 February to 1 March: ten days
    assert run("D05", "2026-01-05", [("2026-02-20", None)], today="2026-03-02").due_on == D("2026-04-16")


def test_an_open_pause_cannot_be_reckoned_without_knowing_the_day():
    with pytest.raises(ValueError):
        periods.compute(D("2026-01-05"), 90, "calendar_day", ALMANAC.calendar, "agency", [PauseSpan(D("2026-02-01"))])


@pytest.mark.parametrize(("length", "unit"), [(0, "calendar_day"), (-1, "month"), (1, "hour")])
def test_a_period_is_at_least_one_known_unit_long(length, unit):
    with pytest.raises(ValueError):
        periods.compute(D("2026-01-05"), length, unit, ALMANAC.calendar, "agency")


def test_a_pause_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError):
        run("D05", "2026-01-05", [("2026-02-10", "2026-02-01")])


# --- what was skipped, and why -------------------------------------------------------------------------------------


def skipped(explained):
    return [(day.on.isoformat(), day.name) for day in explained.skipped]


def test_skipped_days_carry_the_holiday_or_no_name_for_a_weekend():
    explained = run("D22", "2025-09-26")
    assert skipped(explained) == [
        ("2025-09-27", ""),
        *[(f"2025-10-0{day}", "中秋节" if day == 6 else "国庆节") for day in range(1, 7)],
        ("2025-10-07", "国庆节调休放假"),
        ("2025-10-08", "国庆节调休放假"),
    ]
    assert [(day.on.isoformat(), day.name) for day in explained.made_up] == [("2025-09-28", "国庆节调休上班")]


def test_calendar_days_skip_nothing_but_the_last_day_rolls():
    explained = run("D31", "2025-09-22")
    assert skipped(explained) == [("2025-10-07", "国庆节调休放假"), ("2025-10-08", "国庆节调休放假")]
    assert explained.statutory_due_on == D("2025-10-07")
    assert explained.rolled
    assert run("D05", "2026-01-05").skipped == ()


def test_paused_days_are_left_out_and_not_called_holidays():
    explained = run("D61", "2025-09-01", [("2025-09-08", "2025-09-14")])
    assert not [day for day in explained.skipped if D("2025-09-08") <= day.on <= D("2025-09-14")]


# --- provisional ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "start", "provisional"),
    [
        ("D22", "2026-12-24", False),  # ends on 31 December 2026
        ("D22", "2026-12-25", True),
        ("D31", "2026-12-16", False),
        ("D31", "2026-12-17", True),
        ("D05", "2026-10-02", False),
        ("D05", "2026-10-03", True),
        ("D24", "2027-01-04", True),
        ("D36", "2010-12-25", False),  # looks only at the last day, in 2011
        ("D07", "2010-12-25", True),  # counts working days of 2010, of which no calendar is kept
    ],
)
def test_a_date_is_provisional_when_a_day_beyond_the_published_calendar_decides_it(code, start, provisional):
    assert run(code, start).is_provisional is provisional


def test_statutory_days_of_coming_years_are_counted_but_stay_provisional():
    # 5 February 2027 is the eve of the Spring Festival, 8 February its third day: statutory, whatever is announced.
    explained = run("D12", "2027-02-03")
    assert skipped(explained) == [(f"2027-02-{day:02}", "春节") for day in (5, 6, 7, 8)]
    assert (explained.due_on, explained.is_provisional) == (D("2027-02-10"), True)


def test_loading_the_next_year_makes_the_date_certain():
    from casework.models import CalendarDay, CalendarEdition

    editions = reference.read_calendar(FOLDER)
    editions.append(
        (
            CalendarEdition(year=2027, edition=1, source="试验"),
            [CalendarDay(date=D("2027-01-04"), is_working=False, name="元旦")],
        )
    )
    almanac = calendar.build([e for e, _days in editions], [day for _e, days in editions for day in days])
    explained = periods.compute(D("2026-12-20"), 15, "calendar_day", almanac.calendar, "party")
    assert (explained.due_on, explained.is_provisional) == (D("2027-01-05"), False)


# --- D3: one count, whoever asks -----------------------------------------------------------------------------------


def naive_calendar():
    """Straight from the file, without the code under test."""
    with (FOLDER / "holidays.csv").open(encoding="utf-8") as file:
        known = {D(row["date"]): row["day_type"] == "work" for row in csv.DictReader(file)}
    with (FOLDER / "statutory_days.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            known[D(row["date"])] = False
    return lambda day: known.get(day, day.weekday() < 5)


WORKING = naive_calendar()


def naive(start, length, unit, side, pauses, extensions):
    """The period by brute force: write down every day, strike out what does not count, take the last."""
    paused = {first + timedelta(n) for first, last in pauses for n in range((last - first).days + 1)}

    def end_of(begin, length, unit):
        days = [begin + timedelta(n) for n in range(1, 4200)]
        if unit in {"month", "year"}:
            month = begin.month - 1 + length * (12 if unit == "year" else 1)
            year, month = begin.year + month // 12, month % 12 + 1
            same = [day for day in days if (day.year, day.month) == (year, month) and day.day <= begin.day]
            length = (max(same) - begin).days
            unit = "calendar_day"
            free = [day for day in days if day not in paused]
            within = sum(day in paused for day in days[:length])
            later = [day for day in days[length:] if day not in paused]
            return days[length - 1] if not within else later[within - 1] if free else begin
        counted = [day for day in days if day not in paused and (unit == "calendar_day" or WORKING(day))]
        return counted[length - 1]

    def expiry_of(end):
        if side != "party":
            return end
        return next(day for day in (end + timedelta(n) for n in range(400)) if WORKING(day) and day not in paused)

    end = end_of(start, length, unit)
    for more, more_unit in extensions:
        end = end_of(expiry_of(end), more, more_unit)
    return end, expiry_of(end)


@pytest.mark.parametrize("seed", range(8))
def test_d3_every_period_ends_where_a_count_on_the_fingers_ends(seed):
    dice = random.Random(seed)
    for _round in range(60):
        start = date(2011, 1, 1) + timedelta(dice.randrange(365 * 17))
        unit = dice.choice(["calendar_day", "working_day", "month", "year"])
        length = dice.randint(1, {"calendar_day": 120, "working_day": 60, "month": 14, "year": 3}[unit])
        side = dice.choice(["agency", "party", "other"])
        pauses = []
        for _pause in range(dice.randint(0, 4)):
            first = start + timedelta(dice.randint(-20, 150))
            pauses.append((first, first + timedelta(dice.randint(0, 40))))
        extensions = [
            (dice.randint(1, 40), dice.choice(["calendar_day", "working_day"])) for _more in range(dice.randint(0, 2))
        ]
        explained = periods.compute(
            start, length, unit, ALMANAC.calendar, side,
            [PauseSpan(*pause) for pause in pauses], [ExtensionSpan(*extension) for extension in extensions],
        )  # fmt: skip
        facts = (start, length, unit, side, pauses, extensions)
        assert (explained.statutory_due_on, explained.due_on) == naive(*facts), facts
        assert explained.target_on <= explained.due_on, facts


@pytest.mark.parametrize("seed", range(4))
def test_every_day_of_a_period_in_working_days_is_accounted_for(seed):
    """Counted, skipped, or left out by a pause: no day is lost, none counted twice."""
    dice = random.Random(1000 + seed)
    for _round in range(60):
        start = date(2012, 1, 1) + timedelta(dice.randrange(365 * 14))
        first = start + timedelta(dice.randint(1, 30))
        pause = PauseSpan(first, first + timedelta(dice.randint(0, 20)))
        length = dice.randint(1, 40)
        explained = periods.compute(start, length, "working_day", ALMANAC.calendar, "agency", [pause])
        paused_days = sum(
            pause.from_on <= start + timedelta(n) <= pause.to_on for n in range(1, (explained.due_on - start).days + 1)
        )
        assert length + len(explained.skipped) + paused_days == (explained.due_on - start).days


def test_an_empty_calendar_knows_only_weekends_and_covers_nothing():
    explained = periods.compute(D("2026-09-25"), 5, "working_day", Calendar({}, date.max, date.min), "party")
    assert (explained.due_on, explained.is_provisional) == (D("2026-10-02"), True)


@pytest.mark.parametrize("seed", range(4))
def test_d3_both_counts_of_working_days_give_one_answer(seed):
    """The plain one of core.workdays, and that of periods, which says what it passed over."""
    dice = random.Random(seed)
    for _round in range(60):
        start, length = date(2011, 1, 1) + timedelta(dice.randrange(365 * 16)), dice.randint(1, 90)
        end = workdays.add_working_days(start, length, ALMANAC.calendar)
        explained = periods.compute(start, length, "working_day", ALMANAC.calendar, "agency")
        assert explained.due_on == end, (start, length)
        assert workdays.working_days_between(start, end, ALMANAC.calendar) == length
        back = periods.compute_back(start, length, "working_day", ALMANAC.calendar, "agency").due_on
        assert (
            workdays.working_days_between(back - timedelta(days=1), start - timedelta(days=1), ALMANAC.calendar)
            == length
        )
