"""A visit entered twice is asked about by the verb itself, not by the form alone; so is the number of its inspectors."""

from datetime import time

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.inspections import services as inspections
from enforcement.inspections.models import Inspection
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db


def visit(enterprise, inspectors, **given):
    with clock.pinned(DAY):
        return inspections.open_inspection(
            enterprise=enterprise, inspected_on=DAY, began_at=time(8, 30), place="萃取车间", inspectors=inspectors,
            attended_by="钱测试", credentials_shown=True, by=inspectors[0], **given,
        )  # fmt: skip


def test_a_second_visit_of_the_day_is_refused_until_it_is_said_to_be_another(
    inspection, enterprise, inspector, case_officer
):
    with pytest.raises(RuleBroken, match=inspection.docket.number) as refused:
        visit(enterprise, [inspector, case_officer])
    assert refused.value.field == "is_another"
    visit(enterprise, [inspector, case_officer], is_another=True)
    assert Inspection.objects.count() == 2


def test_a_voided_visit_stands_in_nobody_s_way(inspection, enterprise, inspector, case_officer, head):
    with clock.pinned(DAY):
        inspections.void(inspection=inspection, reason="误开", by=head)
    assert visit(enterprise, [inspector, case_officer])


def test_a_visit_that_the_inspector_does_not_see_is_not_told_to_him(inspection, enterprise, outsider, case_officer):
    """The number of another department's matter is none of his business."""
    assert visit(enterprise, [outsider, case_officer])


def test_one_inspector_named_twice_is_one(enterprise, inspector):
    with pytest.raises(RuleBroken, match="不得少于两人") as refused:
        visit(enterprise, [inspector, inspector])
    assert refused.value.field == "inspectors"
