"""A penalty that is not imposed: no penalty, a transfer, dropped, annulled, revoked; and the ways back."""

from datetime import date

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.penalties import names, services
from enforcement.penalties.models import Penalty
from notices import services as notices
from notices.models import Effect
from tests.enforcement.penalties import acts

D = date.fromisoformat
pytestmark = pytest.mark.django_db


def again(penalty) -> Penalty:
    return Penalty.objects.get(pk=penalty.pk)


def handling(penalty):
    return penalty.docket.deadlines.get(kind="rectification.handling")


def minor(penalty, case_officer, second_officer):
    """Proposed: no penalty, with its decision drafted and signed."""
    acts.write(penalty, case_officer, sanctions=[], conclusion="minor")
    acts.paper(penalty, names.REPORT, case_officer)
    notice = services.draft_document(penalty=penalty, by=case_officer)
    acts.complete(notice, case_officer)
    notice.refresh_from_db()
    notices.edit(
        notice=notice,
        content={"ground": "minor", "education": ["加强环保设施日常管理"]},
        version=notice.version,
        by=case_officer,
    )
    acts.sign(penalty, case_officer, second_officer)
    return services.propose(penalty=again(penalty), by=case_officer)


def test_a_minor_act_ends_with_a_decision_without_a_penalty(
    penalty, case_officer, second_officer, legal_reviewer, head, on_the_day
):
    agreed = services.agree(penalty=minor(penalty, case_officer, second_officer), opinion="同意", by=legal_reviewer)
    approved = services.approve_no_penalty(penalty=agreed, by=head)
    decision = services.issue_decision(penalty=approved, by=case_officer)
    assert decision.kind == names.NO_PENALTY
    acts.serve(decision, case_officer, second_officer, on=D("2026-09-02"))
    ended = again(penalty)
    assert ended.stage == "no_penalty"
    assert handling(ended).met_on == D("2026-09-01")
    assert not ended.docket.deadlines.open().filter(kind="penalties.payment").exists()


def test_no_penalty_is_approved_as_what_it_is(penalty, case_officer, second_officer, legal_reviewer, head, on_the_day):
    agreed = services.agree(penalty=minor(penalty, case_officer, second_officer), opinion="同意", by=legal_reviewer)
    with pytest.raises(RuleBroken):
        services.approve(penalty=agreed, by=head)


def test_a_transfer_needs_the_letter_that_hands_the_matter_on(
    penalty, case_officer, second_officer, legal_reviewer, head, on_the_day
):
    acts.write(penalty, case_officer, sanctions=[], conclusion="transfer")
    acts.paper(penalty, names.REPORT, case_officer)
    acts.sign(penalty, case_officer, second_officer)
    proposed = services.propose(penalty=again(penalty), by=case_officer)
    agreed = services.agree(penalty=proposed, opinion="同意移送", by=legal_reviewer)
    with pytest.raises(RuleBroken, match="文书"):
        services.approve_transfer(penalty=agreed, by=head)


def test_a_dropped_penalty_leaves_no_draft_and_no_period(drafted, head, on_the_day):
    dropped = services.drop(penalty=drafted, reason="改正后不再追究", by=head)
    assert dropped.stage == "dropped"
    drafted.prior_notice.refresh_from_db()
    assert drafted.prior_notice.state == "withdrawn"
    assert not dropped.docket.deadlines.open().filter(kind__startswith="penalties.").exists()


def test_a_dropped_penalty_is_taken_up_again_as_another_round(drafted, head, on_the_day):
    services.drop(penalty=drafted, reason="误操作", by=head)
    resumed = services.resume(penalty=again(drafted), reason="误操作", by=head)
    assert (resumed.stage, resumed.round, resumed.prior_notice) == ("proposing", 2, None)


def test_who_handles_the_case_does_not_drop_its_penalty(drafted, case_officer, on_the_day):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        services.drop(penalty=drafted, reason="不再追究", by=case_officer)


def revoke(notice, case_officer, head):
    """Another notice takes it back."""
    answer = notices.supersede(notice=notice, reason="认定有误", by=case_officer, effect=Effect.REVOKES)
    notices.submit(notice=answer, by=case_officer)
    answer.refresh_from_db()
    notices.approve(notice=answer, by=head)
    notices.issue(notice=answer, by=case_officer)


def test_a_revoked_prior_notice_opens_the_proposal_again(notified, case_officer, head):
    with clock.pinned(D("2026-09-09")):
        revoke(notified.prior_notice, case_officer, head)
    now = again(notified)
    assert (now.stage, now.round, now.notified, now.notified_on) == ("proposing", 2, [], None)
    assert not now.docket.deadlines.open().filter(kind="penalties.statement").exists()


def test_a_revoked_decision_is_drafted_anew_and_the_days_run_on(served, case_officer, head):
    with clock.pinned(D("2026-09-21")):
        revoke(served.decision, case_officer, head)
    now = again(served)
    assert (now.stage, now.decision, now.served_on) == ("deciding", None, None)
    assert not now.docket.deadlines.open().filter(kind="penalties.payment").exists()
    assert handling(now).met_on is None


def test_an_annulled_decision_ends_its_periods(served, head):
    with clock.pinned(D("2026-10-20")):
        annulled = services.annul(penalty=served, reason="复议机关撤销（测试复议〔2026〕1号，10月19日）", by=head)
    assert annulled.stage == "annulled"
    assert not annulled.docket.deadlines.open().filter(kind__startswith="penalties.").exists()


def test_a_case_does_not_close_while_its_penalty_runs(served):
    from enforcement.rectification import guards

    assert "履行" in guards.nothing_runs_beside(served.case)
