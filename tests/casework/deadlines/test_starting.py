"""A period is started on a docket: by the rule in force, once, with its reasons, its mirror and the trail."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.functional import lazy

from casework import deadlines
from casework.deadlines import explain, kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline, PeriodRule
from core import clock
from core.errors import RuleBroken
from tests.casework.deadlines.acts import (
    D,
    events,
    pause,
    start,
)

pytestmark = pytest.mark.django_db


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


def test_registering_another_kind_under_the_same_code_is_an_error():
    with pytest.raises(ValueError):
        kinds.register(DeadlineKind(code="test.fine", label="另一种", rules=("D33",)))
    with pytest.raises(ValueError):
        DeadlineKind(code="test.nothing", label="无依据")


def test_the_basis_of_a_kind_is_read_when_a_period_starts_not_when_the_kind_is_written(docket, case_officer):
    read: list[str | None] = []

    def words() -> str:
        read.append(translation.get_language())
        return "本机关安排"

    own_plan = lazy(words, str)
    kind = DeadlineKind(code="test.own_plan", label="复查", basis=own_plan(), side="agency")
    kinds.register(kind)
    assert kind.binds(docket.department)
    assert read == []
    with translation.override("en"):
        begun = start(docket, case_officer, kind=kind.code, length=10)
    assert (begun.basis, set(read)) == ("本机关安排", {"zh-hans"})


def test_a_stranger_sees_neither_deadline_nor_reminder(docket, case_officer, outsider):
    deadline = start(docket, case_officer)
    assert Deadline.objects.visible_to(case_officer).filter(pk=deadline.pk).exists()
    assert not Deadline.objects.visible_to(outsider).exists()


def test_the_explanation_is_stored_with_rule_calendar_and_confidence(docket, case_officer):
    reasons = start(docket, case_officer).reasons
    assert reasons["rule"] == "D06"
    assert reasons["verified"] is False  # medium-high: 待核实
    assert reasons["calendar"] == [{"year": 2026, "edition": 1, "source": "国务院办公厅关于2026年部分节假日安排的通知"}]
    assert reasons["rule_facts"]["valid_from"] == "2023-07-01"


def test_d12_every_unit_of_the_statute_book_is_computed_or_answered_in_words(docket, case_officer):
    """No rule type is stubbed: each rule of the book gives a date, or a sentence why it gives none."""
    from casework import statutes

    for rule in PeriodRule.objects.all():
        if not rule.is_computable:
            assert rule.code in statutes.not_a_length(rule)
            continue
        kind = DeadlineKind(code=f"test.rule.{rule.code}", label=rule.action, rules=(rule.first_version.code,))
        kinds.register(kind)
        on = max(rule.valid_from or D("2020-01-06"), D("2020-01-06")) if rule.valid_to is None else rule.valid_from
        with clock.pinned(on + timedelta(1)):
            deadline = deadlines.start(docket=docket, kind=kind.code, on=on, by=case_officer)
        assert explain.text(deadline.reasons).count(rule.code) >= 1
        assert (deadline.due_on < on) is rule.counts_back
