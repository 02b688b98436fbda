"""What is owed comes with the served decision, moves with its service, and falls with it; the periods for paying follow the ledger."""

from datetime import date
from decimal import Decimal

import pytest

from core import clock
from enforcement.penalties import account, arrears, fines, payments, remedies, services
from enforcement.penalties.deadlines import INSTALMENT, PAYMENT
from enforcement.penalties.models import Penalty
from enforcement.penalties.models.money import Purpose, Receivable
from enforcement.penalties.surcharge import Instalment, Reason
from tests.enforcement.penalties import money

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
D = Decimal
DUE = date(2026, 10, 8)  # fifteen days from 18 September, and the holiday


def only(penalty) -> Receivable:
    return Receivable.objects.get(decision=penalty.decision)


def again(penalty) -> Penalty:
    return Penalty.objects.get(pk=penalty.pk)


def periods(penalty, kind=PAYMENT):
    return penalty.docket.deadlines.filter(kind=kind).order_by("pk")


def pay(penalty, by, amount="40000", *, on=date(2026, 9, 30), **given):
    with clock.pinned(on):
        return money.pay(only(penalty), by, amount, on=on, **given)


def defer(penalty, by, *rows, on=date(2026, 9, 25)):
    plan = [Instalment(date.fromisoformat(day), D(amount)) for day, amount in rows]
    with clock.pinned(on):
        return payments.record_plan(
            receivable=only(penalty),
            applied_on=on,
            agreed_on=on,
            document="常环分期〔2026〕1号",
            instalments=plan,
            by=by,
        )


def test_the_fine_of_a_served_decision_is_owed_by_the_last_day_of_the_period(served):
    row = only(served)
    assert (row.purpose, row.principal_cny, row.due_on, row.due_key) == (Purpose.FINE, D(40000), DUE, DUE)
    assert row.payer == served.decision.addressee_name
    with clock.pinned(DUE):
        assert "¥40,000.00" in fines.unpaid(served)


def test_after_that_day_the_surcharge_is_asked_for_too(served):
    with clock.pinned(date(2026, 10, 18)):
        words = fines.unpaid(served)
    assert "¥52,000.00" in words
    assert "¥12,000.00" in words


def test_the_penalty_is_not_performed_before_everything_is_paid(served, case_officer):
    with clock.pinned(date(2026, 9, 30)):
        assert fines.unpaid(served) is not None
    pay(served, case_officer, "39999.99")
    with clock.pinned(date(2026, 9, 30)):
        assert "¥0.01" in fines.unpaid(served)
    pay(served, case_officer, "0.01", receipt="苏罚0002")
    with clock.pinned(date(2026, 9, 30)):
        assert fines.unpaid(served) is None
        assert services.perform(penalty=again(served), by=case_officer).stage == "ended"


def test_the_last_payment_meets_the_period_on_its_own_day_and_a_reversal_lets_it_run_on(served, case_officer):
    entry = pay(served, case_officer)
    assert periods(served).get().met_on == date(2026, 9, 30)
    with clock.pinned(date(2026, 10, 5)):
        payments.reverse_payment(entry=entry, reason="票据录错", by=case_officer)
    assert periods(served).get().is_open


def test_a_corrected_service_moves_the_day_for_paying(served):
    with clock.pinned(date(2026, 9, 28)):
        services.service_was_corrected(
            penalty=served, notice=served.decision, served_on=date(2026, 9, 25), reason="回证日期录错"
        )
    row = only(served)
    assert row.due_on == row.due_key == periods(served).get(cancelled_on=None).due_on
    assert row.due_on > DUE


def test_a_decision_that_is_revoked_or_annulled_is_owed_no_more(served, head):
    with clock.pinned(date(2026, 10, 20)):
        annulled = services.annul(penalty=served, reason="复议机关撤销", by=head)
        assert fines.payment_due_on(annulled) is None
    assert only(served).cancel_reason == "复议机关撤销"
    assert account.claims(annulled) == []
    assert arrears.open_money(served.docket) == []


def test_instalments_take_the_place_of_the_period_and_run_one_after_the_other(served, case_officer):
    defer(served, case_officer, ("2026-10-20", "10000"), ("2026-11-20", "30000"))
    assert periods(served).get().cancelled_on == date(2026, 9, 25)
    assert periods(served, INSTALMENT).get().due_on == date(2026, 10, 20)
    assert fines.payment_due_on(served) == date(2026, 10, 20)
    pay(served, case_officer, "10000", on=date(2026, 10, 19))
    first, second = periods(served, INSTALMENT)
    assert (first.met_on, second.due_on, second.is_open) == (date(2026, 10, 19), date(2026, 11, 20), True)
    pay(served, case_officer, "30000", on=date(2026, 11, 20), receipt="苏罚0002")
    assert not periods(served, INSTALMENT).filter(met_on=None, cancelled_on=None).exists()
    assert only(served).settled_on == date(2026, 11, 20)


def test_a_deferral_entered_wrongly_gives_the_period_of_the_law_back(served, case_officer):
    plan = defer(served, case_officer, ("2026-12-20", "40000"))
    with clock.pinned(date(2026, 9, 28)):
        payments.take_back_plan(plan=plan, reason="另案", by=case_officer)
    assert periods(served).get().is_open
    assert not periods(served, INSTALMENT).get().is_open
    assert only(served).due_key == DUE


def test_while_an_instalment_is_not_due_nobody_is_urged(served, case_officer):
    from enforcement.penalties.guards.performance import payment_is_overdue

    defer(served, case_officer, ("2026-12-20", "40000"))
    with clock.pinned(date(2026, 12, 20)):
        assert "2026-12-20" in payment_is_overdue(served)
    with clock.pinned(date(2026, 12, 21)):
        assert payment_is_overdue(served) is None


def test_the_court_is_not_asked_while_a_review_is_pending(served, case_officer):
    with clock.pinned(date(2026, 11, 2)):
        review = payments.begin_review(
            receivable=only(served), kind=Reason.RECONSIDERATION, first_on=date(2026, 11, 2), document="常政复受〔2026〕7号",
            by=case_officer,
        )  # fmt: skip
        assert "常政复受〔2026〕7号" in remedies.still_open(served)
        payments.end_review(
            review=review, last_on=date(2026, 11, 2), ended_document="常政复决〔2026〕7号", by=case_officer
        )
        assert account.pending_remedy(served) is None


def test_what_a_demand_asks_for_is_what_the_ledger_leaves_open(served, case_officer):
    pay(served, case_officer, "10000", on=date(2026, 10, 8))
    with clock.pinned(date(2026, 10, 18)):
        owed = account.still_owed(served.decision)
    assert owed == {"fine": D(30000), "surcharge": D(9000), "surcharge_until": date(2026, 10, 18)}
    pay(served, case_officer, "39000", on=date(2026, 10, 18), receipt="苏罚0002")
    with clock.pinned(date(2026, 10, 18)):
        assert account.still_owed(served.decision) == {}


def test_fine_and_gains_of_one_decision_are_both_paid_before_it_is_performed(served, case_officer):
    served.sanctions.create(kind="gains", amount=D(500))
    with clock.pinned(date(2026, 9, 20)):
        account.open_claims(served)
    assert len(account.claims(served)) == 2
    with clock.pinned(date(2026, 9, 30)):
        money.pay(account.claims(served)[0], case_officer, "40000", on=date(2026, 9, 30))
        assert "¥500.00" in fines.unpaid(served)
        assert periods(served).get().is_open
        money.pay(account.claims(served)[1], case_officer, "500", on=date(2026, 9, 30), receipt="苏罚0003")
        assert fines.unpaid(served) is None
    assert periods(served).get().met_on == date(2026, 9, 30)
