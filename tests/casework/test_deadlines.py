"""Deadlines on a docket: started, stopped, extended, met; each change moves the date, says why, and reaches the mirror."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import deadlines
from casework.deadlines import explain, kinds, limits
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline, PeriodRule
from core import clock
from core.errors import RuleBroken
from trail.models import Event

D = date.fromisoformat
pytestmark = pytest.mark.django_db

HANDLING = DeadlineKind(code="test.handling", label="办案期限", rules=("D06", "D05", "D04"))
FINE = DeadlineKind(code="test.fine", label="缴纳罚款", rules=("D31",))
FILING = DeadlineKind(code="test.filing", label="立案", rules=("D02", "D01"))
ORDERED = DeadlineKind(code="test.ordered", label="整改期限", basis="责令改正决定书", side="party")
HEARING = DeadlineKind(code="test.hearing", label="听证通知", rules=("D24",))
SEIZURE = DeadlineKind(code="test.seizure", label="查封扣押", rules=("D08",))


@pytest.fixture(autouse=True)
def registered_kinds(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    for kind in (HANDLING, FINE, FILING, ORDERED, HEARING, SEIZURE):
        kinds.register(kind)


@pytest.fixture(autouse=True)
def november():
    with clock.pinned(D("2026-11-20")):
        yield


def start(docket, by, kind="test.handling", on="2026-09-01", **fields) -> Deadline:
    return deadlines.start(docket=docket, kind=kind, on=D(on), by=by, reason_event="立案", **fields)


def pause(deadline, by, from_on="2026-09-10", **fields):
    facts = {"reason_code": "hearing", "reason": "举行听证", "document": "常环听通〔2026〕3号", **fields}
    return deadlines.pause(deadline=deadline, from_on=D(from_on), by=by, **facts)


def extend(deadline, by, length=30, **fields):
    facts = {"reason": "案情复杂", "document": "常环延〔2026〕1号", **fields}
    return deadlines.extend(deadline=deadline, length=length, by=by, **facts)


def events(docket, verb):
    return list(Event.objects.filter(docket_id=docket.pk, verb=verb).order_by("id"))


def test_a_period_takes_its_length_from_the_rule_in_force_on_the_day_it_starts(docket, case_officer):
    assert start(docket, case_officer).rule.code == "D06"
    with clock.pinned(D("2012-04-01")):
        old = start(docket, case_officer, on="2012-03-15")
    assert (old.rule.code, old.length, old.unit, old.due_on) == ("D04", 3, "month", D("2012-06-15"))
    with clock.pinned(D("2022-04-01")):
        assert start(docket, case_officer, on="2022-03-15").rule.code == "D05"


def test_no_rule_in_force_is_said_in_words(docket, case_officer):
    with pytest.raises(RuleBroken, match=r"D02.*D01"):
        start(docket, case_officer, kind="test.filing", on="2009-03-01")


def test_a_rule_missing_from_the_statute_book_is_said_in_words(docket, case_officer):
    PeriodRule.objects.filter(code="D05").delete()
    with pytest.raises(RuleBroken, match="D05"):
        start(docket, case_officer)


def test_starting_writes_dates_reasons_mirror_and_trail(docket, case_officer):
    deadline = start(docket, case_officer)
    assert (deadline.due_on, deadline.is_provisional) == (D("2026-11-30"), False)
    assert deadline.reasons["basis"].startswith("生态环境行政处罚办法(2023)第57条")
    docket.refresh_from_db()
    assert docket.next_due_on == D("2026-11-30")
    [event] = events(docket, "deadline.start")
    assert (event.actor_name, event.facts["after"]["due_on"]) == (case_officer.name, "2026-11-30")


def test_d14_the_same_period_is_not_started_twice(docket, case_officer):
    start(docket, case_officer)
    with pytest.raises(RuleBroken):
        start(docket, case_officer)
    assert docket.deadlines.count() == 1


def test_a_period_does_not_start_in_the_future_nor_on_a_closed_docket(docket, case_officer):
    with pytest.raises(RuleBroken):
        start(docket, case_officer, on="2026-11-21")
    docket.closed_on = clock.today()
    docket.save()
    with pytest.raises(RuleBroken):
        start(docket, case_officer)


def test_the_length_of_an_order_comes_from_the_order(docket, case_officer):
    deadline = start(docket, case_officer, kind="test.ordered", on="2026-09-16", length=15, unit="calendar_day")
    # 1 October: the party's period ends after National Day.
    assert (deadline.statutory_due_on, deadline.due_on) == (D("2026-10-01"), D("2026-10-08"))
    assert (deadline.rule, deadline.basis) == (None, "责令改正决定书")


@pytest.mark.parametrize("length", [0, -3, 5000])
def test_an_impossible_length_is_refused_in_words(docket, case_officer, length):
    with pytest.raises(RuleBroken):
        start(docket, case_officer, kind="test.ordered", length=length)


def test_a_period_before_an_event_may_be_started_ahead_of_it(docket, case_officer, head):
    deadline = start(docket, case_officer, kind="test.hearing", on="2026-12-14")
    assert (deadline.counts_back, deadline.due_on) == (True, D("2026-12-03"))
    with pytest.raises(RuleBroken):
        pause(deadline, head, "2026-11-20")


# --- pauses --------------------------------------------------------------------------------------------------------


def test_d9_a_pause_moves_the_date_and_explains_it(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    deadline.refresh_from_db()
    assert deadline.due_on == D("2026-12-10")  # 30 November and ten days
    [told] = deadline.reasons["pauses"]
    assert (told["from"], told["to"], told["left_out"], told["reasons"]) == (
        "2026-09-10",
        "2026-09-19",
        10,
        ["举行听证"],
    )
    [event] = events(docket, "deadline.resume")
    assert event.facts["after"]["due_on"] == "2026-12-10"


def test_while_the_clock_is_stopped_no_date_counts(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    docket.refresh_from_db()
    assert (docket.next_due_on, docket.is_paused) == (None, True)
    assert not Deadline.objects.overdue(D("2030-01-01")).exists()
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    docket.refresh_from_db()
    assert (docket.next_due_on, docket.is_paused) == (D("2026-12-10"), False)


def test_a_docket_is_paused_only_when_nothing_runs(docket, case_officer, head):
    first = start(docket, case_officer)
    second = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    pause(first, head)
    docket.refresh_from_db()
    assert (docket.next_due_on, docket.is_paused) == (second.due_on, False)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"from_on": "2026-11-21"}, "from_on"),  # tomorrow
        ({"from_on": "2026-08-31"}, "from_on"),  # before the period
        ({"reason": " "}, "reason"),
        ({"document": ""}, "document"),
        ({"reason_code": "because"}, "reason_code"),
    ],
)
def test_a_pause_that_cannot_be_is_refused_in_words(docket, case_officer, fields, field, head):
    deadline = start(docket, case_officer)
    with pytest.raises(RuleBroken) as refusal:
        pause(deadline, head, **fields)
    assert refusal.value.field == field


def test_the_clock_is_stopped_once_and_ended_once(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    with pytest.raises(RuleBroken):
        pause(deadline, head, "2026-09-12")
    with pytest.raises(RuleBroken):
        deadlines.resume(deadline=deadline, to_on=D("2026-11-21"), reason="中止原因消除", by=head)  # tomorrow
    with pytest.raises(RuleBroken):
        deadlines.resume(deadline=deadline, to_on=D("2026-09-09"), reason="中止原因消除", by=head)  # before it began
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    with pytest.raises(RuleBroken):
        deadlines.resume(deadline=deadline, to_on=D("2026-09-20"), reason="中止原因消除", by=head)


def test_a_pause_after_the_end_comes_too_late(docket, case_officer, head):
    deadline = start(docket, case_officer, on="2026-08-03")  # due on 1 November
    with pytest.raises(RuleBroken):
        pause(deadline, head, "2026-11-02")
    pause(deadline, head, "2026-10-20")  # recorded late, but begun in time


def test_only_reasons_that_the_rule_names_stop_its_clock(docket, case_officer, head):
    deadline = start(docket, case_officer, kind="test.seizure", on="2026-11-10")
    with pytest.raises(RuleBroken, match="检测"):
        pause(deadline, head, "2026-11-12")
    pause(deadline, head, "2026-11-12", reason_code="monitoring", reason="样品检测")
    fine = start(docket, case_officer, kind="test.fine", on="2026-11-10")
    with pytest.raises(RuleBroken):  # the rule on paying a fine leaves no time out
        pause(fine, head, "2026-11-12")


# --- extensions ----------------------------------------------------------------------------------------------------


def test_an_extension_moves_the_date_and_names_its_document(docket, case_officer, head):
    deadline = start(docket, case_officer)
    extend(deadline, head)
    assert deadline.due_on == D("2026-12-30")
    [told] = deadline.reasons["extensions"]
    assert (told["length"], told["document"], told["end_on"]) == (30, "常环延〔2026〕1号", "2026-12-30")


def test_a_rule_is_extended_as_often_and_as_long_as_it_says(docket, case_officer, head):
    deadline = start(docket, case_officer)  # 负责人批准+30日;…再≤30日
    with pytest.raises(RuleBroken):
        extend(deadline, head, length=31)
    extend(deadline, head)
    extend(deadline, head, length=20, document="常环延〔2026〕2号")
    with pytest.raises(RuleBroken, match="再≤30日"):
        extend(deadline, head, length=5, document="常环延〔2026〕3号")
    old = start(docket, case_officer, kind="test.filing", on="2026-11-16")
    extend(old, head, length=15)
    with pytest.raises(RuleBroken):
        extend(old, head, length=1, document="常环延〔2026〕4号")


@pytest.mark.parametrize(("length", "unit"), [(30, "working_day"), (1, "month"), (1, "year")])
def test_a_rule_is_extended_in_its_own_unit_and_in_no_other(docket, case_officer, head, length, unit):
    deadline = start(docket, case_officer)  # 30 days, not 30 working days
    with pytest.raises(RuleBroken) as refusal:
        extend(deadline, head, length=length, unit=unit)
    assert refusal.value.field == "unit"
    assert deadline.due_on == D("2026-11-30")


@pytest.mark.parametrize(
    ("unit", "extension", "expected"),
    [
        ("calendar_day", "负责人批准+30日", "calendar_day"),
        ("working_day", "负责人批准+10日", "working_day"),
        ("calendar_day", "可延长10个工作日", "working_day"),
        ("month", "+≤3个月", "month"),
        ("month", "最长12个月", "month"),
        ("calendar_day", "延期须书面申请", "calendar_day"),
    ],
)
def test_days_of_an_extension_are_days_as_the_rule_counts_them(unit, extension, expected):
    assert limits.unit_of_extension(PeriodRule(unit=unit, extension=extension), 0) == expected


def test_a_rule_without_a_word_on_more_time_is_not_extended(docket, case_officer, head):
    with clock.pinned(D("2012-04-01")):
        old = start(docket, case_officer, on="2012-03-15")
        with pytest.raises(RuleBroken):
            extend(old, head, length=1, unit="month")


def test_an_extension_after_the_end_comes_too_late(docket, case_officer, head):
    deadline = start(docket, case_officer, on="2026-08-03")
    with pytest.raises(RuleBroken):
        extend(deadline, head)


def test_what_a_document_set_may_be_extended_by_document(docket, case_officer, head):
    deadline = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    extend(deadline, head, length=20)
    assert deadline.due_on == D("2026-12-22")


def test_pause_and_extension_together_as_the_trail_tells_it(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    extend(deadline, head)
    assert deadline.due_on == D("2027-01-09")
    assert deadline.is_provisional
    verbs = list(Event.objects.filter(docket_id=docket.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["deadline.start", "deadline.pause", "deadline.resume", "deadline.extend"]
    [event] = events(docket, "deadline.extend")
    assert event.facts["before"]["due_on"], event.facts["after"]["due_on"] == ("2026-12-10", "2027-01-09")
    assert event.facts["basis"] == deadline.basis


# --- ends ----------------------------------------------------------------------------------------------------------


def test_meeting_ends_the_period_and_empties_the_mirror(docket, case_officer, head):
    deadline = start(docket, case_officer)
    deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer)
    docket.refresh_from_db()
    assert (deadline.met_on, docket.next_due_on) == (D("2026-11-19"), None)
    for verb in (
        lambda: pause(deadline, head),
        lambda: extend(deadline, head),
        lambda: deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer),
    ):
        with pytest.raises(RuleBroken):
            verb()


def test_meeting_ends_an_open_pause_with_it(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer)
    assert deadline.pauses.get().to_on == D("2026-11-19")
    assert deadline.paused_since is None


def test_a_period_is_not_met_in_the_future_nor_before_it_began(docket, case_officer):
    deadline = start(docket, case_officer)
    for on in ("2026-11-21", "2026-08-31"):
        with pytest.raises(RuleBroken):
            deadlines.meet(deadline=deadline, on=D(on), by=case_officer)


def test_cancelling_wants_a_reason_and_frees_the_place(docket, case_officer, head):
    deadline = start(docket, case_officer)
    with pytest.raises(RuleBroken):
        deadlines.cancel(deadline=deadline, reason="", by=head)
    deadlines.cancel(deadline=deadline, reason="起算日录错", by=head)
    assert start(docket, case_officer).pk != deadline.pk


def test_d11_a_wrong_entry_is_taken_back_by_the_head_with_a_reason(docket, case_officer, head):
    deadline = start(docket, case_officer)
    deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer)
    deadlines.reopen(deadline=deadline, reason="尚未办结", by=head)
    docket.refresh_from_db()
    assert (deadline.met_on, docket.next_due_on) == (None, deadline.due_on)
    [event] = events(docket, "deadline.reopen")
    assert event.facts["reason"] == "尚未办结"


def test_d2_overdue_is_asked_not_stored(docket, case_officer):
    deadline = start(docket, case_officer)
    assert not Deadline.objects.overdue(deadline.due_on).exists()
    assert Deadline.objects.overdue(deadline.due_on + timedelta(1)).exists()
    stored = {field.name for field in Deadline._meta.get_fields()}
    assert not {"overdue", "is_overdue", "days_left", "days_late"} & stored


def test_d12_every_unit_of_the_statute_book_is_computed_or_answered_in_words(docket, case_officer):
    """No rule type is stubbed: each rule of the book gives a date, or a sentence why it gives none."""
    from casework import statutes

    for rule in PeriodRule.objects.all():
        if not rule.is_computable:
            assert rule.code in statutes.not_a_length(rule)
            continue
        kind = DeadlineKind(code=f"test.rule.{rule.code}", label=rule.action, rules=(rule.code,))
        kinds.register(kind)
        on = max(rule.valid_from or D("2020-01-06"), D("2020-01-06")) if rule.valid_to is None else rule.valid_from
        with clock.pinned(on + timedelta(1)):
            deadline = deadlines.start(docket=docket, kind=kind.code, on=on, by=case_officer)
        assert explain.text(deadline.reasons).count(rule.code) >= 1
        assert (deadline.due_on < on) is rule.counts_back


def test_the_explanation_is_stored_with_rule_calendar_and_confidence(docket, case_officer):
    reasons = start(docket, case_officer).reasons
    assert reasons["rule"] == "D06"
    assert reasons["verified"] is False  # medium-high: 待核实
    assert reasons["calendar"] == [{"year": 2026, "edition": 1, "source": "国务院办公厅关于2026年部分节假日安排的通知"}]
    assert reasons["rule_facts"]["valid_from"] == "2023-07-01"


def test_a_stranger_sees_neither_deadline_nor_reminder(docket, case_officer, outsider):
    deadline = start(docket, case_officer)
    assert Deadline.objects.visible_to(case_officer).filter(pk=deadline.pk).exists()
    assert not Deadline.objects.visible_to(outsider).exists()


def test_registering_another_kind_under_the_same_code_is_an_error():
    with pytest.raises(ValueError):
        kinds.register(DeadlineKind(code="test.fine", label="另一种", rules=("D33",)))
    with pytest.raises(ValueError):
        DeadlineKind(code="test.nothing", label="无依据")


def test_the_same_document_extends_a_period_once(docket, case_officer, head):
    """Defect D14: going back and sending the old form again grants nothing."""
    deadline = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    extend(deadline, head, length=5)
    with pytest.raises(RuleBroken, match="常环延") as refused:
        extend(deadline, head, length=5)
    assert refused.value.field == "document"
    assert deadline.extensions.count() == 1


def test_the_clock_does_not_run_again_without_a_reason(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    with pytest.raises(RuleBroken) as refused:
        deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason=" ", by=head)
    assert refused.value.field == "reason"


def test_only_a_head_stops_a_clock(docket, case_officer, head):
    deadline = start(docket, case_officer)
    with pytest.raises(PermissionDenied):
        pause(deadline, case_officer)
    pause(deadline, head)
