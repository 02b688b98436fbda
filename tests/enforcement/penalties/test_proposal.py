"""What stands in the way of a proposal: each rule answers in words, with its article."""

from datetime import date
from decimal import Decimal

import pytest

from casework.models import Violation
from core import clock
from core.errors import RuleBroken, Stale
from enforcement.penalties import guards, names, services
from enforcement.penalties.models import Penalty
from tests.enforcement.penalties import acts

D = date.fromisoformat
pytestmark = pytest.mark.django_db


def again(penalty) -> Penalty:
    return Penalty.objects.get(pk=penalty.pk)


def fine(amount: str) -> list[dict]:
    return [{"kind": "fine", "amount": Decimal(amount), "detail": ""}]


def test_a_fine_above_the_band_in_force_is_refused_with_the_band(drafted, case_officer, second_officer, on_the_day):
    acts.write(drafted, case_officer, sanctions=fine("60000"))
    acts.sign(drafted, case_officer, second_officer)
    with pytest.raises(RuleBroken, match="50,000"):
        services.propose(penalty=again(drafted), by=case_officer)


def test_a_fine_below_the_band_needs_a_reason_on_record(drafted, case_officer, on_the_day):
    acts.write(drafted, case_officer, sanctions=fine("10000"))
    assert "20,000" in guards.fine_is_inside_the_band(again(drafted))
    acts.write(drafted, case_officer, sanctions=fine("10000"), is_mitigated=True)
    assert guards.fine_is_inside_the_band(again(drafted)) is None


def test_the_draft_follows_the_amount_of_the_proposal(drafted, case_officer, on_the_day):
    acts.write(drafted, case_officer, sanctions=fine("30000"))
    now = again(drafted)
    assert Decimal(now.prior_notice.content["fine"]) == Decimal("30000")
    assert guards.document_says_the_same(now) is None


def test_a_document_with_another_amount_is_not_handed_on(drafted, case_officer, on_the_day):
    from notices import services as notices

    notice = drafted.prior_notice
    notices.edit(notice=notice, content={"fine": "45000"}, version=notice.version, by=case_officer)
    assert "40,000.00" in guards.document_says_the_same(again(drafted))


def test_without_the_report_on_the_investigation_nothing_is_proposed(penalty, case_officer, on_the_day):
    acts.write(penalty, case_officer)
    assert "第五十七条" in guards.report_is_on_file(again(penalty))


def test_a_policy_document_alone_founds_no_penalty(penalty, case_officer, on_the_day):
    policy = Violation.objects.get(code="PLAN12")
    Penalty.objects.filter(pk=penalty.pk).update(violation=policy, conclusion="penalty")
    assert "第十六条" in guards.cites_a_statute(again(penalty))


@pytest.mark.parametrize(
    ("ended", "has_harm", "is_over"),
    [
        ("2024-08-31", False, True),
        ("2024-09-01", False, False),
        ("2024-08-31", True, False),
        ("2021-08-31", True, True),
    ],
)
def test_an_act_found_too_late_is_not_punished(penalty, case_officer, on_the_day, ended, has_harm, is_over):
    lead = penalty.case.lead
    type(lead).objects.filter(pk=lead.pk).update(acted_from=D(ended), acted_to=D(ended))
    acts.write(penalty, case_officer, has_harm=has_harm)
    assert bool(guards.is_not_out_of_time(again(penalty))) is is_over


def test_one_act_is_not_fined_twice(served, case_officer):
    """Another penalty on the same lead, once the first was dropped from the case or taken up in another."""
    other = Penalty.objects.create(
        docket=served.docket, case=served.case, violation=served.violation, opened_by=case_officer,
        opened_at=clock.now(), conclusion="penalty", stage="dropped",
    )  # fmt: skip
    other.sanctions.create(kind="fine", amount=Decimal("30000"))
    assert served.decision.number in guards.not_fined_twice(other)


def test_a_revocation_is_discussed_by_the_heads_and_offers_a_hearing(drafted, case_officer, on_the_day):
    acts.write(
        drafted, case_officer,
        sanctions=[*acts.FINE, {"kind": "revoke", "amount": None, "detail": "排污许可证"}],
    )  # fmt: skip
    now = again(drafted)
    assert now.needs_discussion
    assert "第五十七条第二款" in guards.is_discussed_where_required(now)
    assert now.prior_notice.kind == names.PRIOR_NOTICE_HEARING
    assert now.prior_notice.content["sanctions"] == ["吊销排污许可证"]
    acts.paper(now, names.DISCUSSION, case_officer)
    assert guards.is_discussed_where_required(now) is None


def test_a_revocation_without_its_licence_is_refused_at_its_field(penalty, case_officer, on_the_day):
    with pytest.raises(RuleBroken) as refused:
        acts.write(penalty, case_officer, sanctions=[{"kind": "revoke", "amount": None, "detail": " "}])
    assert refused.value.faults[0][0] == "sanctions"


def test_two_fines_in_one_proposal_are_refused(penalty, case_officer, on_the_day):
    with pytest.raises(RuleBroken, match="第二十九条"):
        acts.write(penalty, case_officer, sanctions=[*acts.FINE, *fine("20000")])


def test_what_a_colleague_changed_meanwhile_is_not_written_over(penalty, case_officer, second_officer, on_the_day):
    stale = penalty.version
    acts.write(penalty, case_officer)
    with pytest.raises(Stale):
        services.edit(
            penalty=penalty, expected_version=stale, violation=penalty.violation, conclusion="minor", grounds="轻微",
            by=case_officer,
        )  # fmt: skip


def test_a_changed_proposal_asks_for_new_signatures(drafted, case_officer, second_officer, on_the_day):
    acts.sign(drafted, case_officer, second_officer)
    acts.write(drafted, case_officer, sanctions=fine("35000"))
    assert "第四十二条" in guards.two_certified_officers_signed(again(drafted))


def test_a_case_has_one_penalty_at_a_time(penalty, case_officer, on_the_day):
    with pytest.raises(RuleBroken, match="已"):
        services.pursue(case=penalty.case, by=case_officer)
