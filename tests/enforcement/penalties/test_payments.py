"""The ledger of a penalty: payments, reversals, and what hangs on them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from casework.models.dockets import NO_DATE
from core import clock
from core.errors import RuleBroken
from enforcement.penalties import arrears, payments
from enforcement.penalties.models.money import Entry, Purpose, Receivable
from tests.enforcement.penalties.money import DECIDED, DUE, FINE, decision_of, owed, pay
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
D = Decimal


def again(row: Receivable) -> Receivable:
    return Receivable.objects.get(pk=row.pk)


def verbs(docket) -> list[str]:
    return list(
        Event.objects.filter(docket_id=docket.pk, verb__startswith="penalties.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def refused(verb, *args, **given) -> RuleBroken:
    with pytest.raises(RuleBroken) as found:
        verb(*args, **given)
    return found.value


# --- the claim -------------------------------------------------------------------------------------------------------


def test_a_served_decision_is_owed_and_the_trail_says_by_when(claim):
    assert (claim.principal_cny, claim.due_on, claim.due_key, claim.payer) == (FINE, DUE, DUE, "试验稀土有限公司")
    event = Event.objects.get(verb="penalties.open_receivable")
    assert event.facts["due_on"] == "2026-10-26"
    assert event.docket_id == claim.docket_id


def test_a_second_call_for_the_same_decision_changes_nothing(claim, case_officer):
    same = owed(claim.docket, case_officer, decision=claim.decision)
    assert same.pk == claim.pk
    assert verbs(claim.docket) == ["penalties.open_receivable"]


def test_a_corrected_service_moves_the_day_and_says_so(claim):
    moved = payments.open_receivable(
        decision=claim.decision, purpose=Purpose.FINE, principal=FINE, due_on=date(2026, 10, 30), by=claim.decision.issued_by
    )  # fmt: skip
    assert (moved.pk, again(claim).due_on, again(claim).due_key) == (claim.pk, date(2026, 10, 30), date(2026, 10, 30))
    assert verbs(claim.docket)[-1] == "penalties.move_due"


def test_fine_and_gains_of_one_decision_are_two_claims_and_gains_bear_no_surcharge(claim, case_officer):
    gains = owed(claim.docket, case_officer, purpose=Purpose.GAINS, principal=D(5000), decision=claim.decision)
    assert arrears.state(gains).total == 0
    assert arrears.state(gains).open == D(5000)
    assert arrears.state(claim).total == FINE * 25 * 3 / 100
    assert len(arrears.open_money(claim.docket)) == 2


def test_a_decision_that_fell_is_owed_no_more_and_takes_no_payment(claim, case_officer):
    payments.cancel_receivable(receivable=claim, reason="复议撤销", by=case_officer)
    assert (again(claim).due_key, again(claim).cancel_reason) == (NO_DATE, "复议撤销")
    assert arrears.open_money(claim.docket) == []
    assert "无须缴款" in str(refused(pay, claim, case_officer))
    assert refused(payments.cancel_receivable, receivable=claim, reason="再次", by=case_officer)


# --- payments --------------------------------------------------------------------------------------------------------


def test_a_payment_in_time_settles_the_claim(claim, case_officer):
    pay(claim, case_officer)
    row = again(claim)
    assert (row.settled_on, row.due_key) == (DUE, NO_DATE)
    assert arrears.open_money(claim.docket) == []
    assert verbs(claim.docket) == ["penalties.open_receivable", "penalties.record_payment", "penalties.settle"]


def test_the_principal_alone_paid_late_leaves_the_surcharge_open(claim, case_officer):
    pay(claim, case_officer, on=date(2026, 11, 5))
    row = again(claim)
    assert row.settled_on is None
    assert row.due_key == DUE
    assert arrears.state(row).surcharge_open == D(30000)
    pay(claim, case_officer, "30000", on=date(2026, 11, 6), receipt="苏罚0002")
    assert again(claim).settled_on == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"on": date(2026, 11, 21)}, "paid_on"),
        ({"on": date(2026, 10, 8)}, "paid_on"),
        ({"amount": "100000.01"}, "is_more"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_at_its_field_and_nothing_is_written(claim, case_officer, given, field):
    assert refused(pay, claim, case_officer, **given).field == field
    assert not Entry.objects.exists()


def test_more_than_was_owed_is_entered_when_confirmed_and_is_to_be_given_back(claim, case_officer):
    pay(claim, case_officer, "100500", is_more=True)
    assert arrears.state(again(claim)).overpaid == D(500)
    assert again(claim).settled_on == DUE


def test_the_same_receipt_is_not_entered_twice(claim, case_officer):
    pay(claim, case_officer, "1000")
    assert refused(pay, claim, case_officer, "1000").field == "receipt_number"


def test_a_wrong_payment_is_reversed_with_its_reason_and_both_lines_stay(claim, case_officer):
    wrong = pay(claim, case_officer)
    reversal = payments.reverse_payment(entry=wrong, reason="票据号录错", by=case_officer)
    assert (reversal.amount_cny, reversal.reverses_id, reversal.reason) == (-FINE, wrong.pk, "票据号录错")
    assert Entry.objects.count() == 2
    assert (again(claim).settled_on, again(claim).due_key) == (None, DUE)
    assert verbs(claim.docket)[-2:] == ["penalties.reverse_payment", "penalties.open_again"]
    pay(claim, case_officer)  # the same receipt again, now rightly
    assert again(claim).settled_on == DUE


def test_nothing_is_reversed_twice_and_no_reversal_is_reversed(claim, case_officer):
    wrong = pay(claim, case_officer)
    reversal = payments.reverse_payment(entry=wrong, reason="录错", by=case_officer)
    assert refused(payments.reverse_payment, entry=wrong, reason="再次", by=case_officer)
    assert refused(payments.reverse_payment, entry=reversal, reason="再次", by=case_officer)


def test_the_database_itself_refuses_to_edit_or_delete_a_line(claim, case_officer):
    entry = pay(claim, case_officer)
    for statement in ("UPDATE penalties_entry SET amount_cny = 1", "DELETE FROM penalties_entry"):
        with pytest.raises(Exception, match="ledger"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    entry.refresh_from_db()
    assert entry.amount_cny == FINE


def test_a_line_that_neither_pays_nor_reverses_is_refused_by_the_database(claim, case_officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            receivable=claim, paid_on=DUE, amount_cny=D(-5), receipt_number="x", channel="bank",
            recorded_by=case_officer, recorded_at=clock.now(),
        )  # fmt: skip


def test_nobody_without_the_power_over_the_matter_enters_a_payment(claim, outsider, head):
    for officer in (outsider, head):
        with pytest.raises(PermissionDenied):
            pay(claim, officer)
    assert not Entry.objects.exists()


def test_whoever_waits_for_the_payment_hears_of_it(claim, case_officer, monkeypatch):
    heard = []
    monkeypatch.setattr(payments, "_followers", [lambda row, by: heard.append(row.settled_on)])
    entry = pay(claim, case_officer)
    payments.reverse_payment(entry=entry, reason="录错", by=case_officer)
    assert heard == [DUE, None]


def test_a_claim_of_another_decision_stands_beside_it(claim, case_officer):
    other = owed(
        claim.docket, case_officer, decision=decision_of(claim.docket, case_officer, number="常环罚〔2026〕2号")
    )
    pay(claim, case_officer)
    assert (again(claim).settled_on, again(other).settled_on) == (DUE, None)
    assert "常环罚〔2026〕2号" in arrears.open_money(claim.docket)[0]
    assert DECIDED < DUE
