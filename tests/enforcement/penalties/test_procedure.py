"""A penalty from the proposal to its decision, served: who acts, what stands in the way, which periods run."""

from datetime import date

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.penalties import services
from enforcement.penalties.models import Penalty
from tests.enforcement.penalties import acts

D = date.fromisoformat
pytestmark = pytest.mark.django_db


def dates(penalty) -> dict[str, date]:
    rows = penalty.docket.deadlines.filter(cancelled_on=None, kind__startswith="penalties.")
    return {row.kind.removeprefix("penalties."): row.due_on for row in rows}


def test_a_penalty_goes_from_the_proposal_to_its_service(served):
    assert served.stage == "performing"
    assert served.decision.number.startswith("常环罚〔2026〕")
    assert served.decided_on == D("2026-09-17")
    assert served.served_on == D("2026-09-18")
    due = dates(served)
    assert due["payment"] == D("2026-10-08")  # fifteen days: 3 October, in the holiday, moves to the first day after
    assert due["reconsideration"] == D("2026-11-17")
    assert due["litigation"] == D("2027-03-18")


def test_the_period_for_handling_the_case_ends_with_the_decision(decided, case_officer):
    [handling] = decided.docket.deadlines.filter(kind="rectification.handling")
    assert handling.met_on is None
    with clock.pinned(D("2026-09-17")):
        services.issue_decision(penalty=decided, by=case_officer)
    handling.refresh_from_db()
    assert handling.met_on == D("2026-09-17")


def test_the_party_s_days_run_from_the_service_of_the_prior_notice(notified):
    assert notified.stage == "statement"
    assert dates(notified)["statement"] == D("2026-09-15")  # five working days


def test_nobody_decides_while_the_party_may_still_argue(notified, case_officer):
    with clock.pinned(D("2026-09-15")), pytest.raises(RuleBroken, match="第六十二条"):
        services.close_statement(penalty=notified, by=case_officer)


def test_a_right_that_ran_out_is_nobodys_delay(heard):
    [row] = heard.docket.deadlines.filter(kind="penalties.statement")
    assert row.met_on == row.due_on


def test_a_penalty_needs_two_signatures(drafted, case_officer, on_the_day):
    acts.sign(drafted, case_officer)
    with pytest.raises(RuleBroken, match="第四十二条"):
        services.propose(penalty=Penalty.objects.get(pk=drafted.pk), by=case_officer)


def test_an_outsider_neither_writes_nor_decides(drafted, outsider, on_the_day):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        services.propose(penalty=drafted, by=outsider)
    with pytest.raises(PermissionDenied):
        acts.write(drafted, outsider)
