"""暂缓或者分期缴纳: applied for in time, the whole sum, each instalment with its own last day; reviews that stop the surcharge."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import RuleBroken
from enforcement.penalties import arrears, payments
from enforcement.penalties.models.money import Plan, Receivable, Review
from enforcement.penalties.surcharge import Instalment, Reason
from tests.enforcement.penalties.money import DUE, pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
D = Decimal
FIRST, SECOND = date(2026, 11, 10), date(2026, 12, 10)
HALVES = (Instalment(FIRST, D(50000)), Instalment(SECOND, D(50000)))


def plan(claim, by, *rows, applied=date(2026, 10, 20), agreed=date(2026, 10, 23), document="常环分期〔2026〕1号"):
    return payments.record_plan(
        receivable=claim, applied_on=applied, agreed_on=agreed, document=document, instalments=rows or HALVES, by=by
    )


def again(row: Receivable) -> Receivable:
    return Receivable.objects.get(pk=row.pk)


def fields(verb, *args, **given) -> set[str | None]:
    with pytest.raises(RuleBroken) as found:
        verb(*args, **given)
    return {field for field, _words in found.value.faults}


def test_each_instalment_has_its_own_last_day_after_which_the_surcharge_runs(claim, case_officer):
    plan(claim, case_officer)
    assert again(claim).due_key == FIRST
    assert arrears.state(again(claim), FIRST).total == 0
    assert arrears.state(again(claim), date(2026, 11, 20)).total == D(15000)
    pay(claim, case_officer, "50000", on=FIRST)
    assert again(claim).due_key == SECOND
    assert arrears.state(again(claim), SECOND).total == 0


def test_one_row_defers_the_whole(claim, case_officer):
    plan(claim, case_officer, Instalment(SECOND, D(100000)))
    assert (again(claim).due_key, arrears.state(again(claim)).total) == (SECOND, D(0))


@pytest.mark.parametrize(
    ("rows", "days", "field"),
    [
        ((Instalment(FIRST, D(50000)), Instalment(SECOND, D(49999))), {}, "instalments"),
        ((Instalment(SECOND, D(50000)), Instalment(FIRST, D(50000))), {}, "instalments"),
        ((Instalment(FIRST, D(100000)), Instalment(SECOND, D(0))), {}, "instalments"),
        ((Instalment(DUE, D(100000)),), {}, "instalments"),
        (HALVES, {"applied": date(2026, 10, 27), "agreed": date(2026, 10, 28)}, "applied_on"),
        (HALVES, {"agreed": date(2026, 10, 19)}, "agreed_on"),
        (HALVES, {"agreed": date(2026, 11, 21)}, "agreed_on"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_at_its_field(claim, case_officer, rows, days, field):
    assert field in fields(plan, claim, case_officer, *rows, **days)
    assert not Plan.objects.exists()


def test_an_application_after_the_period_cites_the_law_on_deferral(claim, case_officer):
    with pytest.raises(RuleBroken, match="行政处罚法第六十六条第二款"):
        plan(claim, case_officer, applied=date(2026, 10, 27), agreed=date(2026, 10, 28))


def test_a_second_plan_does_not_undo_what_was_overdue_already(claim, case_officer):
    plan(claim, case_officer)
    late = (Instalment(SECOND, D(50000)), Instalment(date(2027, 1, 10), D(50000)))
    given = {"applied": date(2026, 11, 15), "agreed": date(2026, 11, 16), "document": "常环分期〔2026〕2号"}
    assert fields(plan, claim, case_officer, *late, **given) == {"instalments"}
    plan(claim, case_officer, HALVES[0], Instalment(date(2027, 1, 10), D(50000)), **given)
    assert arrears.state(again(claim)).total == D(15000)
    assert arrears.standing_plan(again(claim)).document == "常环分期〔2026〕2号"


def test_a_plan_entered_wrongly_is_taken_back_and_what_stood_before_applies_again(claim, case_officer):
    wrong = plan(claim, case_officer)
    payments.take_back_plan(plan=wrong, reason="录入有误", by=case_officer)
    assert again(claim).due_key == DUE
    assert arrears.state(again(claim)).total == D(75000)
    assert fields(payments.take_back_plan, plan=wrong, reason="再次", by=case_officer) == {None}


# --- reconsideration and litigation ----------------------------------------------------------------------------------


def review(claim, by, first=date(2026, 10, 31), kind=Reason.RECONSIDERATION):
    return payments.begin_review(receivable=claim, kind=kind, first_on=first, document="常政复受〔2026〕7号", by=by)


def test_the_surcharge_stands_still_while_a_review_goes_on_and_runs_again_after_it(claim, case_officer):
    begun = review(claim, case_officer)
    assert arrears.state(again(claim)).total == D(12000)  # 27 to 30 October
    payments.end_review(review=begun, last_on=date(2026, 11, 18), ended_document="常政复决〔2026〕7号", by=case_officer)
    assert arrears.state(again(claim)).total == D(18000)


def test_a_review_is_begun_once_and_ended_once(claim, case_officer):
    begun = review(claim, case_officer)
    assert fields(review, claim, case_officer) == {"kind"}
    payments.end_review(review=begun, last_on=date(2026, 11, 1), ended_document="x", by=case_officer)
    given = {"review": begun, "last_on": date(2026, 11, 2), "ended_document": "y", "by": case_officer}
    assert fields(payments.end_review, **given) == {None}
    review(claim, case_officer, first=date(2026, 11, 5), kind=Reason.LITIGATION)


@pytest.mark.parametrize("first", [date(2026, 11, 21), date(2026, 10, 8)])
def test_a_review_begins_neither_before_the_decision_nor_in_the_future(claim, case_officer, first):
    assert fields(review, claim, case_officer, first=first) == {"first_on"}


@pytest.mark.parametrize("last", [date(2026, 10, 30), date(2026, 11, 21)])
def test_it_ends_neither_before_it_began_nor_in_the_future(claim, case_officer, last):
    begun = review(claim, case_officer)
    assert fields(payments.end_review, review=begun, last_on=last, ended_document="x", by=case_officer) == {"last_on"}


def test_a_review_entered_wrongly_counts_for_nothing_and_stays_on_file(claim, case_officer):
    begun = review(claim, case_officer)
    payments.take_back_review(review=begun, reason="另案", by=case_officer)
    assert arrears.state(again(claim)).total == D(75000)
    assert Review.objects.get().taken_back_reason == "另案"
    review(claim, case_officer)
