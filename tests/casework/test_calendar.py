"""The working calendar: read as announced, previewed before it moves anything, loaded with every running period."""

from datetime import date

import pytest
from openpyxl import Workbook

from casework import calendar, calendar_loading, calendar_reading, calendar_watch, deadlines, reference
from casework.calendar_watch import Urgency
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import CalendarEdition, InboxMessage
from core import clock
from core.errors import RuleBroken
from trail.models import Event

D = date.fromisoformat
pytestmark = pytest.mark.django_db

# As the State Council's office worded 2026.
NOTICE_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
# Invented: nobody has announced 2027 yet.
YEAR_2027 = """date,type,name
2027-01-01~2027-01-03,休,元旦
2027-02-05～2027-02-11,休,春节
2027-01-30\t班\t春节
2027/2/20 班 春节
2027-04-03至2027-04-05,off,清明节
2027年5月1日～2027年5月5日,放假,劳动节
2027-04-25,上班,劳动节
2027-05-08,work,劳动节
2027-06-09,休,端午节
2027-09-15,休,中秋节
2027-10-01~2027-10-07,休,国庆节
2027-09-26,班,国庆节
2027-10-09,班,国庆节
"""


@pytest.fixture(autouse=True)
def loaded(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(DeadlineKind(code="test.fine", label="缴纳罚款", rules=("D31",)))
    kinds.register(DeadlineKind(code="test.work", label="上报", basis="试验", side="agency"))


def test_the_words_of_the_announcement_give_the_days_of_the_file():
    found = calendar_reading.read(NOTICE_2026, 2026)
    assert found.errors == []
    [(_edition, expected)] = [pair for pair in reference.read_calendar(reference_folder()) if pair[0].year == 2026]
    assert [(d.date, d.is_working, d.name) for d in found.sorted_days()] == [
        # the file gives the make-up day of 20 September to National Day, as the announcement does
        (d.date, d.is_working, d.name)
        for d in expected
    ]


def reference_folder():
    from django.conf import settings

    return settings.ROOT / "reference"


def test_a_table_is_read_with_spans_and_any_usual_separator():
    found = calendar_reading.read(YEAR_2027, 2027)
    assert found.errors == []
    days = {day.date: day for day in found.sorted_days()}
    assert len(days) == 33
    assert days[D("2027-02-20")].is_working
    assert days[D("2027-02-10")].in_lieu  # exchanged
    assert not days[D("2027-02-05")].in_lieu  # the eve is statutory


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("2027-13-01,休,元旦", "2027-13-01"),
        ("2027-03-03,午,无", "休"),
        ("2027-03-03", "休"),
        ("2028-03-03,休,别的年份", "2028-03-03"),
        ("2027-03-03,班,平日", "2027-03-03"),
        ("2027-01-01,班,矛盾", "2027-01-01"),
        ("2027-03-01~2027-04-30,休,太长", "2027-03-01"),
        ("随便写点什么", "随便写点什么"),
        ("清明节：2月30日放假", "2月30日"),
        ("清明节：放假三天", "放假三天"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_its_number(line, part):
    found = calendar_reading.read(YEAR_2027 + line, 2027)
    assert len(found.errors) == 1
    assert "15" in found.errors[0]
    assert part in found.errors[0]


def test_a_year_without_its_statutory_days_was_cut_off():
    errors = calendar_reading.read("2027-01-01,休,元旦", 2027).errors
    assert any("2027-10-01" in error for error in errors)
    assert calendar_reading.read("", 2027).errors


def test_an_excel_sheet_is_read_and_a_broken_one_is_refused_in_words(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["日期", "类型", "名称"])
    sheet.append([D("2027-01-01"), "休", "元旦"])
    sheet.append(["2027-01-30", "班", "春节"])
    path = tmp_path / "2027.xlsx"
    book.save(path)
    found = calendar_reading.read(calendar_reading.text_of_sheet(path.read_bytes()), 2027)
    assert sorted(found.days) == [D("2027-01-01"), D("2027-01-30")]
    with pytest.raises(RuleBroken):
        calendar_reading.text_of_sheet(b"no sheet at all")


# --- loading -------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _almanac_of_this_test():
    """A test that stops the clock loads an edition with the key, the number and the moment of another test's edition."""
    calendar._of_editions.cache_clear()
    yield
    calendar._of_editions.cache_clear()


@pytest.fixture
def running(docket, case_officer):
    """A fine due on 4 January 2027 (provisional) and a report due well within 2026."""
    with clock.pinned(D("2026-12-21")):
        fine = deadlines.start(docket=docket, kind="test.fine", on=D("2026-12-20"), by=case_officer)
        report = deadlines.start(
            docket=docket, kind="test.work", on=D("2026-11-02"), by=case_officer, length=20, unit="working_day"
        )
        with clock.pinned(D("2026-12-22")):
            yield fine, report


def days_2027(extra=""):
    found = calendar_reading.read(YEAR_2027 + extra, 2027)
    assert found.errors == []
    return found.sorted_days()


def test_the_preview_names_every_running_period_that_would_move_and_changes_nothing(running):
    fine, _report = running
    moves = list(calendar_loading.impact(2027, days_2027("2027-01-04,休,元旦\n")))
    assert [(m.deadline.pk, m.before, m.after, m.becomes_certain) for m in moves] == [
        (fine.pk, D("2027-01-04"), D("2027-01-05"), True)
    ]
    fine.refresh_from_db()
    assert (fine.due_on, fine.is_provisional) == (D("2027-01-04"), True)
    assert not CalendarEdition.objects.filter(year=2027).exists()


def test_loading_moves_the_dates_tells_the_team_and_writes_the_trail(running, second_officer, docket):
    fine, report = running
    edition, moved = calendar_loading.load_year(
        year=2027, days=days_2027("2027-01-04,休,元旦\n"), source="试验通知", by=second_officer
    )
    fine.refresh_from_db()
    assert (edition.edition, moved, fine.due_on, fine.is_provisional) == (1, 1, D("2027-01-05"), False)
    docket.refresh_from_db()
    assert docket.next_due_on == report.due_on
    [event] = Event.objects.filter(verb="deadline.recompute")
    assert (event.facts["before"]["due_on"], event.facts["after"]["due_on"]) == ("2027-01-04", "2027-01-05")
    assert Event.objects.get(verb="calendar.load").facts["moved"] == 1
    assert InboxMessage.objects.filter(recipient=docket.officer, kind="deadline").count() == 1


def test_a_date_that_stays_only_loses_its_mark(running, second_officer):
    fine, _report = running
    calendar_loading.load_year(year=2027, days=days_2027(), source="试验通知", by=second_officer)
    fine.refresh_from_db()
    assert (fine.due_on, fine.is_provisional) == (D("2027-01-04"), False)
    assert not InboxMessage.objects.exists()


def test_a_correction_becomes_a_new_edition_and_the_former_stays_on_file(running, second_officer):
    calendar_loading.load_year(year=2027, days=days_2027(), source="试验通知", by=second_officer)
    with pytest.raises(RuleBroken):  # exactly the same again
        calendar_loading.load_year(year=2027, days=days_2027(), source="试验通知", by=second_officer)
    edition, moved = calendar_loading.load_year(
        year=2027, days=days_2027("2027-01-04,休,元旦\n"), source="更正通知", by=second_officer
    )
    assert (edition.edition, moved) == (2, 1)
    assert CalendarEdition.objects.filter(year=2027).count() == 2
    assert CalendarEdition.objects.get(year=2027, superseded_at=None).source == "更正通知"


def test_loading_reference_data_again_never_replaces_what_an_officer_loaded(second_officer):
    days = calendar_reading.read(NOTICE_2026 + "2026-12-31,休,试验\n", 2026).sorted_days()
    calendar_loading.load_year(year=2026, days=days, source="更正", by=second_officer)
    assert reference.load(reference_folder())["calendar_years_written"] == 0
    assert CalendarEdition.objects.get(year=2026, superseded_at=None).edition == 2


def test_a_period_already_met_is_left_alone(running, second_officer, case_officer):
    fine, _report = running
    deadlines.meet(deadline=fine, on=D("2026-12-22"), by=case_officer)
    assert list(calendar_loading.impact(2027, days_2027("2027-01-04,休,元旦\n"))) == []


def test_december_of_the_year_before_may_be_changed_by_the_announcement(running, second_officer):
    """As in 2018: the last days of December were exchanged by the announcement of 2019."""
    days = days_2027("2026-12-31,休,元旦\n2026-12-26,班,元旦\n")
    calendar_loading.load_year(year=2027, days=days, source="试验通知", by=second_officer)
    assert not calendar.current().calendar.is_working(D("2026-12-31"))
    assert calendar.current().calendar.is_working(D("2026-12-26"))


def test_the_almanac_is_read_once_and_again_after_a_year_was_loaded(second_officer, django_assert_num_queries):
    calendar.current()
    with django_assert_num_queries(1):
        assert calendar.current().last_year == 2026
    calendar_loading.load_year(year=2027, days=days_2027(), source="试验通知", by=second_officer)
    assert calendar.current().last_year == 2027


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2026-10-31", None),
        ("2026-11-01", (2027, Urgency.ASK)),
        ("2026-12-14", (2027, Urgency.ASK)),
        ("2026-12-15", (2027, Urgency.PRESS)),
        ("2027-01-02", (2027, Urgency.PRESS)),
    ],
)
def test_next_years_calendar_is_missed_from_november_and_badly_from_mid_december(today, found):
    assert calendar_watch.missing(D(today)) == found
    CalendarEdition.objects.create(year=2027, edition=1, source="试验", loaded_at=clock.now())
    if D(today).year == 2026:
        assert calendar_watch.missing(D(today)) is None


def test_no_calendar_at_all_is_the_most_urgent():
    CalendarEdition.objects.update(superseded_at=clock.now())
    assert calendar_watch.missing(D("2026-03-01")) == (2026, Urgency.PRESS)
    assert calendar.current().last_year is None


def test_a_stopped_clock_is_not_said_to_move_because_of_the_calendar(docket, case_officer, head):
    """Its date moves every day the clock stands still; the preview names what the new calendar changes, and nothing else."""
    with clock.pinned(D("2026-11-02")):
        report = deadlines.start(
            docket=docket, kind="test.work", on=D("2026-11-02"), by=case_officer, length=30, unit="calendar_day"
        )
        deadlines.pause(
            deadline=report,
            reason_code="suspension",
            reason="停产检修",
            document="1号",
            from_on=D("2026-11-02"),
            by=head,
        )
    with clock.pinned(D("2026-12-01")):
        assert list(calendar_loading.impact(2027, days_2027())) == []
