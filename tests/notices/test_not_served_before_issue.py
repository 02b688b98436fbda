"""A document is served after it was issued: on the day of issue the hours are compared, as officers write them."""

from datetime import date, datetime, timedelta

import pytest

from core import clock
from core.errors import RuleBroken
from notices import services
from notices.models import Failure, Method
from notices.service_rules import before_issue
from tests.notices.conftest import drawn
from tests.notices.serving import direct

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 2)


def at(hour, minute, second=0):
    return datetime(2027, 3, 2, hour, minute, second, tzinfo=clock.SHANGHAI)


@pytest.fixture
def issued_at_nine(approved, case_officer):
    """At 09:15:40 of the day; the officer sits at his desk two hours later."""
    with clock.pinned(at(9, 15, 40)):
        issued = drawn(services.issue(notice=approved, by=case_officer))
    with clock.pinned(at(11, 20)):
        yield issued


def test_a_service_before_the_minute_of_issue_is_refused_at_its_hour(issued_at_nine, case_officer):
    with pytest.raises(RuleBroken, match="2027-03-02 09:15") as refusal:
        direct(issued_at_nine, case_officer, at=at(9, 1))
    assert refusal.value.field == "at"


def test_the_minute_of_issue_and_what_follows_count(issued_at_nine, case_officer):
    assert direct(issued_at_nine, case_officer, at=at(9, 15)).counts


def test_a_failed_attempt_is_not_earlier_either(issued_at_nine, case_officer):
    with pytest.raises(RuleBroken, match="09:15"):
        services.record_attempt(
            notice=issued_at_nine, method=Method.DIRECT, failure=Failure.NOBODY, at=at(9, 1), by=case_officer
        )


def test_nor_is_the_corrected_hour(issued_at_nine, case_officer, head):
    service = direct(issued_at_nine, case_officer, at=at(9, 40))
    with pytest.raises(RuleBroken, match="09:15"):
        services.correct_service(service=service, reason="录错", at=at(9, 1), by=head)


def test_where_no_hour_is_known_the_days_are_compared():
    assert before_issue(DAY, None, DAY, at(9, 15)) is None
    assert before_issue(DAY, at(9, 1), DAY, None) is None
    assert before_issue(DAY - timedelta(days=1), None, DAY, None)
