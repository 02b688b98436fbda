"""Orders that were issued before the portal kept the days to serve them are given those days once, by the loading of reference data."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from casework import deadlines
from core import clock
from enforcement.rectification import services as cases
from enforcement.rectification.service_days import KINDS, kind_on
from enforcement.rectification.services import deciding
from tests.plugins.matters import DAY, serve
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
UPGRADED_ON = date(2026, 9, 8)


def upgrade() -> None:
    with clock.pinned(UPGRADED_ON):
        call_command("load_reference")


@pytest.fixture
def issued_before(approved, case_officer, monkeypatch):
    """As the version before issued it: with no days to serve."""
    monkeypatch.setattr(deciding, "start_service", lambda *args, **kwargs: None)
    with clock.pinned(DAY):
        cases.issue_order(case=approved, by=case_officer)
    approved.refresh_from_db()
    assert not approved.docket.deadlines.open().exists()
    return approved


def service_of(case):
    return case.docket.deadlines.filter(kind__in=KINDS)


def test_its_days_run_from_its_issue_and_the_trail_says_that_they_were_entered_later(issued_before):
    upgrade()
    service = service_of(issued_before).get()
    assert (service.started_on, service.due_on, service.is_open) == (DAY, date(2026, 9, 4), True)
    event = Event.objects.get(docket_id=issued_before.docket_id, verb="deadline.start", facts__due_on="2026-09-04")
    assert (event.actor_name, event.facts["event"]) == ("系统", "责令改正决定书制发（系统升级后补记）")


def test_upgrading_again_starts_nothing_anew(issued_before, head):
    upgrade()
    upgrade()
    assert service_of(issued_before).count() == 1
    with clock.pinned(UPGRADED_ON):
        deadlines.cancel(deadline=service_of(issued_before).get(), reason="不需要", by=head)
    upgrade()
    assert service_of(issued_before).count() == 1, "what the head has cancelled does not come back"


def test_an_order_that_was_served_or_has_its_days_is_left_alone(issued, case_officer, second_officer):
    upgrade()
    assert service_of(issued).count() == 1
    case = serve(issued, case_officer, second_officer)
    upgrade()
    assert service_of(case).get().met_on == date(2026, 9, 3)


@pytest.fixture
def ordered_again(issued_before, case_officer):
    """As on a discharge that was ordered again: its days to serve run from the day before the order was issued."""
    with clock.pinned(DAY):
        since = DAY - timedelta(days=1)
        service = deadlines.start(
            docket=issued_before.docket, kind=kind_on(issued_before, since), on=since, by=case_officer
        )
    return issued_before, service


def test_days_that_began_before_the_issue_and_were_cancelled_after_it_do_not_come_back(ordered_again, head):
    case, service = ordered_again
    with clock.pinned(UPGRADED_ON):
        deadlines.cancel(deadline=service, reason="不需要", by=head)
    upgrade()
    assert service_of(case).get().cancelled_on == UPGRADED_ON


def test_days_that_began_before_the_issue_and_were_met_on_its_day_do_not_come_back(ordered_again, case_officer):
    case, service = ordered_again
    with clock.pinned(DAY):
        deadlines.meet(deadline=service, on=DAY, by=case_officer)
    upgrade()
    assert service_of(case).get().met_on == DAY


def test_days_of_an_order_before_that_ended_before_the_issue_are_not_those_of_this_order(ordered_again, case_officer):
    case, service = ordered_again
    with clock.pinned(DAY):
        deadlines.meet(deadline=service, on=DAY - timedelta(days=1), by=case_officer)
    upgrade()
    assert service_of(case).open().get().started_on == DAY
