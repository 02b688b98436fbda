"""A lead dismissed and taken up again."""

from datetime import date, timedelta

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.leads import services as leads
from enforcement.leads.workflow import Stage

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)  # on which the lead was registered


def periods(lead):
    return list(lead.docket.deadlines.order_by("pk").values_list("started_on", "met_on", "cancelled_on"))


def test_a_lead_is_taken_up_again_on_the_very_day_its_period_began(lead, head):
    with clock.pinned(DAY):
        for _time in range(2):
            leads.dismiss(lead=lead, reason="证据不足", by=head)
            again = leads.reconsider(lead=lead, reason="补充了证据", by=head)
    assert again.stage == Stage.REGISTERED
    assert periods(lead) == [(DAY, None, None)]
    lead.docket.refresh_from_db()
    assert lead.docket.closed_on is None
    assert lead.docket.next_due_on == lead.docket.deadlines.get().due_on


def test_on_a_later_day_a_new_period_to_decide_begins(lead, head):
    with clock.pinned(DAY):
        leads.dismiss(lead=lead, reason="证据不足", by=head)
    with clock.pinned(DAY + timedelta(3)):
        leads.reconsider(lead=lead, reason="补充了证据", by=head)
    assert periods(lead) == [(DAY, DAY, None), (DAY + timedelta(3), None, None)]


def test_a_head_of_another_city_takes_nothing_up(lead, head, outsider):
    from django.core.exceptions import PermissionDenied

    from organisation import roles
    from tests import factories

    stranger = factories.make_officer(roles.DEPARTMENT_HEAD, department=outsider.department)
    with clock.pinned(DAY):
        leads.dismiss(lead=lead, reason="证据不足", by=head)
        with pytest.raises((PermissionDenied, RuleBroken)):
            leads.reconsider(lead=lead, reason="补充了证据", by=stranger)
    lead.refresh_from_db()
    assert lead.stage == Stage.DISMISSED
