"""A penalty at each stage, made by the verbs."""

from datetime import date

import pytest

from core import clock
from enforcement.penalties import names, services
from enforcement.penalties.models import Penalty
from notices.models import Notice
from tests.enforcement.penalties import acts, money
from tests.enforcement.penalties.papers import CONTACT, VIOLATED, issued_and_served
from tests.enforcement.penalties.papers import drafted as paper_drafted
from tests.plugins.stories import story

OPENED = date(2026, 9, 1)
TOLD_ON = date(2026, 9, 4)
NOTIFIED, DECIDED, SERVED = date(2026, 9, 8), date(2026, 9, 17), date(2026, 9, 18)


@pytest.fixture
def on_the_day():
    with clock.pinned(OPENED):
        yield


@story
def penalty(written, case_officer):
    with clock.pinned(OPENED):
        return services.pursue(case=written, by=case_officer)


@story
def drafted(penalty, case_officer):
    """The proposal of a fine of 40 000 yuan, its prior notice, and the report on the investigation."""
    with clock.pinned(OPENED):
        acts.write(penalty, case_officer)
        acts.draft(penalty, case_officer)
        acts.paper(penalty, names.REPORT, case_officer)
    return Penalty.objects.get(pk=penalty.pk)


@story
def proposed(drafted, case_officer, second_officer):
    with clock.pinned(OPENED):
        acts.sign(drafted, case_officer, second_officer)
        return services.propose(penalty=drafted, by=case_officer)


@story
def approved(proposed, legal_reviewer, head):
    with clock.pinned(OPENED):
        agreed = services.agree(penalty=proposed, opinion="同意", by=legal_reviewer)
        return services.approve(penalty=agreed, by=head)


@story
def notified(approved, case_officer, second_officer):
    """The prior notice is served on 8 September; the party has until the 15th."""
    with clock.pinned(NOTIFIED):
        notice = services.issue_notice(penalty=approved, by=case_officer)
    acts.serve(notice, case_officer, second_officer, on=NOTIFIED)
    return Penalty.objects.get(pk=approved.pk)


@story
def heard(notified, case_officer):
    """Nothing was said: the period is over, and the decision is drafted."""
    acts.pass_day(notified.docket, date(2026, 9, 16))
    with clock.pinned(date(2026, 9, 16)):
        return services.close_statement(penalty=Penalty.objects.get(pk=notified.pk), by=case_officer)


@story
def decided(heard, case_officer, second_officer, legal_reviewer, head):
    with clock.pinned(DECIDED):
        acts.draft(heard, case_officer)
        acts.sign(heard, case_officer, second_officer)
        submitted = services.submit_decision(penalty=Penalty.objects.get(pk=heard.pk), by=case_officer)
        agreed = services.agree_decision(penalty=submitted, opinion="同意", by=legal_reviewer)
        return services.decide(penalty=agreed, by=head)


@story
def served(decided, case_officer, second_officer):
    with clock.pinned(DECIDED):
        decision = services.issue_decision(penalty=decided, by=case_officer)
    acts.serve(decision, case_officer, second_officer, on=SERVED)
    return Penalty.objects.get(pk=decided.pk)


@story
def told(written, case_officer, second_officer, head) -> Notice:
    """The prior notice with the right to a hearing, by itself: issued, and served on 4 September."""
    with clock.pinned(date(2026, 9, 3)):
        notice = paper_drafted(
            "prior_notice_with_hearing",
            written,
            case_officer,
            violated=VIOLATED,
            evidence=["监测报告（证明排放浓度）"],
            reasons=["首次违法，从轻处罚。"],
            fine="50000",
            **CONTACT,
        )
        return issued_and_served(notice, case_officer, second_officer, head, on=TOLD_ON)


@story
def claim(written, case_officer):
    """A fine of 100,000 yuan by a decision of its own, to be paid by 26 October 2026."""
    return money.owed(written.docket, case_officer)


@pytest.fixture
def in_november():
    with clock.pinned(date(2026, 11, 20)):
        yield
