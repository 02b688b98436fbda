"""What follows for the ledger from documents beside the procedure: consent to pay later, a penalty by the day, one on the spot."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.penalties import arrears, beside
from enforcement.penalties.deadlines import INSTALMENT, PAYMENT
from enforcement.penalties.models.money import Plan, Receivable
from notices import services as notices
from notices.models import Effect, Notice
from tests.enforcement.penalties import money
from tests.enforcement.penalties.papers import PAYMENT as WHERE
from tests.enforcement.penalties.papers import VIOLATED, drafted, issued_and_served

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
D = Decimal
ASKED, AGREED = date(2026, 9, 21), date(2026, 9, 22)
PLAN = [{"due": "2026-10-31", "amount": "20000"}, {"due": "2026-12-31", "amount": "20000"}]
OFFICERS = [{"name": "王测试", "certificate": "测试0001"}, {"name": "李测试", "certificate": "测试0002"}]


def consent(penalty, by, *, plan=PLAN, **words):
    given = {"applied_on": ASKED.isoformat(), "hardship": "连续亏损，确有经济困难。", "mode": "parts", "plan": plan}
    return drafted("payment_deferral", penalty, by, **given | words)


def fine_of(penalty) -> Receivable:
    return Receivable.objects.get(decision=penalty.decision)


@pytest.fixture
def agreed(served, case_officer, second_officer, head):
    with clock.pinned(AGREED):
        notice = consent(served, case_officer)
        return issued_and_served(notice, case_officer, second_officer, head, on=date(2026, 9, 24))


def test_the_days_of_a_served_consent_apply_to_the_ledger(agreed, served):
    plan = arrears.standing_plan(fine_of(served))
    assert (plan.document, plan.applied_on, plan.agreed_on) == (agreed.number, ASKED, AGREED)
    assert fine_of(served).due_key == date(2026, 10, 31)
    assert served.docket.deadlines.open().filter(kind=INSTALMENT).count() == 1
    assert not served.docket.deadlines.open().filter(kind=PAYMENT).exists()


def test_of_a_fine_paid_in_part_the_rest_is_deferred(served, case_officer, second_officer, head):
    with clock.pinned(AGREED):
        money.pay(fine_of(served), case_officer, "10000", on=AGREED)
        notice = consent(
            served, case_officer, mode="defer", outstanding="30000", plan=[{"due": "2026-12-31", "amount": "30000"}]
        )
        issued_and_served(notice, case_officer, second_officer, head, on=date(2026, 9, 24))
    row = fine_of(served)
    assert row.due_key == date(2026, 12, 31)
    with clock.pinned(date(2026, 12, 31)):
        assert arrears.state(row).total == 0
    with clock.pinned(date(2027, 1, 1)):
        assert arrears.state(row).total == D(900)


def test_a_consent_to_an_application_that_came_too_late_is_not_issued(served, case_officer, head):
    with clock.pinned(date(2026, 10, 20)):
        notice = consent(served, case_officer, applied_on="2026-10-19")
        approved = notices.approve(notice=notices.submit(notice=notice, by=case_officer), by=head)
        with pytest.raises(RuleBroken, match="行政处罚法第六十六条第二款"):
            notices.issue(notice=approved, by=case_officer)
    assert not Plan.objects.exists()


def test_a_consent_about_a_decision_that_is_not_on_file_changes_no_ledger(served, case_officer, second_officer, head):
    with clock.pinned(AGREED):
        notice = consent(served, case_officer, decision_number="测环罚〔2019〕1号")
        issued_and_served(notice, case_officer, second_officer, head, on=date(2026, 9, 24))
    assert not Plan.objects.exists()


def test_a_demand_begins_with_what_the_ledger_leaves_open(served, case_officer):
    with clock.pinned(date(2026, 10, 8)):
        money.pay(fine_of(served), case_officer, "10000", on=date(2026, 10, 8))
    with clock.pinned(date(2026, 10, 18)):
        content = drafted("performance_demand", served, case_officer).content
    assert (D(content["decided_fine"]), D(content["fine"]), D(content["surcharge"])) == (D(40000), D(30000), D(9000))
    assert content["surcharge_until"] == "2026-10-18"


@pytest.fixture
def on_the_spot(written, case_officer, second_officer, head):
    with clock.pinned(date(2026, 9, 2)):
        notice = drafted(
            "summary_penalty_decision", written, case_officer, found_at="2026-09-01T09:30", violated=VIOLATED,
            evidence=["现场照片（证明未运行）"], sanction="fine", fine="3000", officers=OFFICERS, **WHERE,
        )  # fmt: skip
        return issued_and_served(notice, case_officer, second_officer, head, on=date(2026, 9, 2))


def test_a_penalty_on_the_spot_is_owed_by_fifteen_days_from_its_service(on_the_spot):
    row = Receivable.objects.get(decision=on_the_spot)
    assert (row.principal_cny, row.due_on) == (D(3000), date(2026, 9, 17))
    assert on_the_spot.docket.deadlines.open().get(kind=PAYMENT).due_on == row.due_on


def test_its_payment_meets_the_period(on_the_spot, case_officer):
    with clock.pinned(date(2026, 9, 3)):
        money.pay(Receivable.objects.get(), case_officer, "3000", on=date(2026, 9, 3))
    assert on_the_spot.docket.deadlines.get(kind=PAYMENT).met_on == date(2026, 9, 3)


def test_a_warning_on_the_spot_owes_nothing(written, case_officer, second_officer, head):
    with clock.pinned(date(2026, 9, 2)):
        notice = drafted(
            "summary_penalty_decision", written, case_officer, found_at="2026-09-01T09:30", violated=VIOLATED,
            evidence=["现场照片（证明未运行）"], sanction="warning", officers=OFFICERS, **WHERE,
        )  # fmt: skip
        issued_and_served(notice, case_officer, second_officer, head, on=date(2026, 9, 2))
    assert not Receivable.objects.exists()


def revoke(notice, officer, head):
    answer = notices.supersede(notice=notice, reason="认定有误", by=officer, effect=Effect.REVOKES)
    notices.submit(notice=answer, by=officer)
    notices.approve(notice=Notice.objects.get(pk=answer.pk), by=head)
    notices.issue(notice=Notice.objects.get(pk=answer.pk), by=officer)


def test_a_penalty_on_the_spot_that_is_revoked_is_owed_no_more(on_the_spot, case_officer, head):
    with clock.pinned(date(2026, 9, 4)):
        revoke(on_the_spot, case_officer, head)
    assert Receivable.objects.get().cancel_reason == "认定有误"
    assert not on_the_spot.docket.deadlines.open().filter(kind=PAYMENT).exists()


def test_a_consent_that_is_revoked_gives_the_former_day_back(agreed, served, case_officer, head):
    with clock.pinned(date(2026, 9, 28)):
        revoke(agreed, case_officer, head)
    assert fine_of(served).due_key == date(2026, 10, 8)
    assert served.docket.deadlines.open().filter(kind=PAYMENT).exists()


def test_a_corrected_service_of_a_penalty_on_the_spot_moves_its_day(on_the_spot, head):
    with clock.pinned(date(2026, 9, 10)):
        beside.service_was_corrected(on_the_spot, date(2026, 9, 2), "无变化")
        assert Receivable.objects.get().due_on == date(2026, 9, 17)
        service = on_the_spot.services.that_count().get()
        at = datetime(2026, 9, 4, 10, 0, tzinfo=clock.SHANGHAI)
        notices.correct_service(service=service, at=at, reason="送达日期录错", by=head, without_receipt=True)
    assert Receivable.objects.get().due_on == date(
        2026, 9, 20
    )  # the 19th is a Saturday, the Sunday after it a working day in lieu


def test_a_penalty_by_the_day_is_owed_for_all_its_days(told, written, case_officer):
    rounds = [{"order": "测环责改〔2026〕3号", "served": "2026-09-20", "found": "2026-10-10"}]
    with clock.pinned(date(2026, 10, 30)):
        notice = drafted(
            "daily_penalty_decision", written, case_officer, original_number="测环罚〔2026〕1号", original_on="2026-09-17",
            original_fine="40000", rounds=rounds, refusal=["复查时仍在超标排放。"], evidence=["监测报告（证明排放浓度）"],
            heard="silent", **WHERE,
        )  # fmt: skip
        beside.decision_was_served(notice, date(2026, 10, 30))
    row = Receivable.objects.get(decision=notice)
    assert (row.principal_cny, row.due_on) == (D(800000), date(2026, 11, 16))
