"""`manage.py explain_deadline`: a date with its reasons, for anybody at a terminal. Dates here were counted by hand."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import translation

from casework import calendar
from casework.deadlines import calendars_used, explain, periods

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("statute_book")]


def answer(capsys, *arguments: str) -> dict:
    call_command("explain_deadline", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("rule", "start", "due_on"),
    [
        (
            "D23",
            "2012-09-27",
            "2012-10-08",
        ),  # law of 1996: three days; the last is a holiday, the party gets the next day
        (
            "D22",
            "2025-09-26",
            "2025-10-10",
        ),  # law of 2021: working days; Sunday the 28th is worked, eight days are free
        ("D22", "2025-12-29", "2026-01-06"),  # year end; Sunday the 4th is worked
        ("D22", "2026-02-12", "2026-02-26"),  # Spring Festival of nine days; Saturday the 14th is worked
        ("D22", "2026-09-28", "2026-10-10"),  # National Day; the period ends on a Saturday that is worked
    ],
)
def test_dates_over_holidays_and_days_worked_instead(capsys, rule, start, due_on):
    found = answer(capsys, rule, start)
    assert (found["rule"], found["due_on"], found["provisional"]) == (rule, due_on, False)
    assert found["basis"]
    assert found["skipped"]


def test_past_the_published_calendar_the_date_is_provisional(capsys):
    found = answer(capsys, "D22", "2026-12-29")
    assert (found["due_on"], found["provisional"]) == ("2027-01-06", True)
    assert found["skipped"][0] == {"date": "2027-01-01", "kind": "holiday", "why": "元旦"}


def test_a_pause_and_an_extension_move_the_date(capsys):
    paused = answer(capsys, "D22", "2026-09-28", "--pause", "2026-09-29:2026-10-08")
    assert paused["due_on"] == "2026-10-14"
    assert [(pause["from"], pause["to"]) for pause in paused["pauses"]] == [("2026-09-29", "2026-10-08")]
    assert answer(capsys, "D22", "2026-09-28", "--extend", "3")["due_on"] == "2026-10-14"


def test_the_text_says_what_was_counted_and_what_not(capsys):
    call_command("explain_deadline", "D22", "2026-09-28")
    said = capsys.readouterr().out
    assert "届满日：2026-10-10 星期六" in said
    assert "国庆节调休上班" in said
    assert "当日不计入" in said


@pytest.mark.parametrize(("language", "brackets", "others"), [("zh-hans", "（）", "()"), ("en", "()", "（）")])
def test_the_brackets_are_those_of_the_language(capsys, language, brackets, others):
    with translation.override(language):
        call_command("explain_deadline", "D22", "2026-09-28")
    first, second, *_others = capsys.readouterr().out.splitlines()
    assert [line[-1] for line in (first, second)] == [brackets[1]] * 2
    assert [brackets[0] in line for line in (first, second)] == [True, True]
    assert not set(others) & set(first)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["D999", "2026-01-01"], "没有规则D999"),
        (["D22", "2026-13-01"], "2026-13-01不是日期"),
        (["D22", "2012-09-20"], "规则D23"),  # that day's law is named
        (["D22", "2026-09-28", "--pause", "2026-10-08:2026-10-01"], "截止日早于起始日"),
        (["D22", "2026-09-28", "--pause", "soon"], "soon"),
        (["D22", "2026-09-28", "--extend", "many"], "many"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_in_words(capsys, arguments, words):
    with pytest.raises(SystemExit) as ended:
        call_command("explain_deadline", *arguments)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rule", "start", "calendar"),
    [
        (
            "D22",
            "2026-12-29",
            "日历：国务院办公厅关于2026年部分节假日安排的通知（第1版）、2027年工作日历尚未录入",
        ),
        ("D31", "2026-12-17", "日历：2027年工作日历尚未录入"),  # only the last day is looked at
        ("D22", "2028-12-28", "日历：2028、2029年工作日历尚未录入"),
    ],
)
def test_past_the_loaded_calendars_the_text_names_the_years_that_are_not_loaded(capsys, rule, start, calendar):
    call_command("explain_deadline", rule, start)
    said = capsys.readouterr().out
    assert calendar in said.replace("工作日历：", "日历：").splitlines()
    assert (
        f"暂定：{calendar.rpartition('、' if '国务院' in calendar else '：')[2]}，该年日期暂按已确定的法定节假日推算"
        in said
    )
    assert "公布" not in said


def test_a_year_before_the_first_calendar_is_named_too(capsys):
    call_command("explain_deadline", "D01", "2010-12-29")
    said = capsys.readouterr().out
    assert "暂定：2010年工作日历尚未录入，该年日期仅按星期六、星期日休息推算。" in said
    assert "国务院办公厅关于2011年部分节假日安排的通知" in said


@pytest.mark.parametrize(
    ("rule", "start", "more"),
    [
        ("D22", "2026-12-29", []),
        ("D31", "2026-12-17", []),
        ("D31", "2026-12-17", ["--extend", "3w"]),
        ("D31", "2025-12-17", ["--extend", "360"]),
        ("D31", "2026-09-16", ["--extend", "90"]),
        ("D05", "2026-10-05", []),
        ("D24", "2027-01-04", []),
        ("D63", "2027-01-20", []),
    ],
)
def test_the_document_says_which_calendars_were_looked_at_as_the_count_does(monkeypatch, capsys, rule, start, more):
    counted = []
    document = explain.document

    def noted(found, *rest, **named):
        counted.append(found)
        return document(found, *rest, **named)

    monkeypatch.setattr(explain, "document", noted)
    doc = answer(capsys, rule, start, *more)
    assert tuple(calendars_used.years_looked_at(doc)) == counted[0].years


def test_a_reason_stands_in_brackets_without_its_full_stop(statute_book):
    found = periods.compute(
        date(2026, 9, 1), 30, "calendar_day", calendar.current().calendar, "agency",
        [periods.PauseSpan(date(2026, 9, 3), date(2026, 9, 4), "企业提出书面说明。")],
        [periods.ExtensionSpan(5, "calendar_day", "案情复杂.")],
    )  # fmt: skip
    said = " ".join(explain.steps(explain.document(found, calendar.current(), rule=None)))
    assert "（企业提出书面说明）" in said
    assert "（案情复杂）" in said
