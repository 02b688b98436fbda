"""The order's day of service was recorded wrongly: its periods start anew from the right day, whatever happened to them since."""

from datetime import date, datetime

import pytest

from casework import deadlines
from casework.models import Deadline
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.services import PERIOD, REINSPECTION
from enforcement.rectification.workflow import Stage
from notices import services as notices
from tests.plugins.matters import VISIT
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def later():
    with clock.pinned(TODAY):
        yield


def correct(case, by, day, **given):
    """Recorded as served on 3 September 2026."""
    service = case.order.services.get(corrected_at=None)
    at = datetime(2026, 9, day, 10, tzinfo=clock.SHANGHAI)
    right = notices.correct_service(service=service, at=at, reason="送达日期录错", by=by, **given)
    case.refresh_from_db()
    return right


def running(case, kind) -> Deadline:
    return case.docket.deadlines.get(kind=kind, cancelled_on=None)


def test_the_periods_are_cancelled_with_the_reason_and_start_from_the_right_day(served, head):
    wrong = running(served, PERIOD)
    assert wrong.due_on == date(2026, 10, 8)  # 3 October is a holiday
    correct(served, head, 2)
    assert (served.served_on, served.stage) == (date(2026, 9, 2), Stage.RECTIFYING)
    for kind in (PERIOD, REINSPECTION):
        old = served.docket.deadlines.get(kind=kind, cancelled_on=TODAY)
        assert (old.started_on, old.cancel_reason) == (date(2026, 9, 3), "送达日期录错")
        assert running(served, kind).started_on == date(2026, 9, 2)
    assert running(served, REINSPECTION).due_on == date(2026, 10, 2)
    served.docket.refresh_from_db()
    assert served.docket.next_due_on == date(2026, 10, 2)
    event = Event.objects.get(verb="rectification.correct_service")
    assert (event.facts["before"], event.facts["after"]) == ({"served_on": "2026-09-03"}, {"served_on": "2026-09-02"})


def test_a_corrected_receipt_alone_moves_no_period(served, head):
    before = set(served.docket.deadlines.values_list("pk", "due_on", "cancelled_on"))
    correct(served, head, 3, facts={"recipient": "钱某测"})
    assert set(served.docket.deadlines.values_list("pk", "due_on", "cancelled_on")) == before


def test_what_was_granted_and_not_counted_goes_over_to_the_new_period(served, case_officer, head):
    period = running(served, PERIOD)
    deadlines.extend(deadline=period, length=10, reason="设备到货延迟", document="常环延〔2026〕1号", by=head)
    deadlines.pause(
        deadline=period,
        reason_code="suspension",
        reason="中止",
        document="2号",
        from_on=date(2026, 9, 18),
        by=head,
    )
    correct(served, head, 2)
    again = running(served, PERIOD)
    assert (again.paused_since, again.extensions.get().length) == (date(2026, 9, 18), 10)
    deadlines.resume(deadline=again, to_on=date(2026, 9, 20), reason="中止原因消除", by=head)
    # 30 + 3 days after 2 September end within the National Day holidays, so on the 8th; ten days after it is a Sunday.
    assert again.due_on == date(2026, 10, 19)


def test_a_re_inspection_on_file_stays_and_no_service_is_dated_after_it(served, inspector, case_officer, head):
    cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=case_officer)
    served.refresh_from_db()
    cases.record_reinspection(
        case=served, inspected_on=date(2026, 9, 10), inspectors=[inspector, case_officer], visit=VISIT, is_done=True, findings="已恢复",
        by=case_officer,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="2026-09-10"):
        correct(served, head, 11)
    served.refresh_from_db()
    assert served.served_on == date(2026, 9, 3)
    correct(served, head, 4)
    for kind in (PERIOD, REINSPECTION):
        assert (running(served, kind).started_on, running(served, kind).met_on) == (date(2026, 9, 4), date(2026, 9, 10))


def test_the_case_goes_on_to_its_end_after_a_correction(served, inspector, case_officer, head):
    correct(served, head, 2)
    assert served.docket.deadlines.open().count() == 2
    cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=case_officer)
    served.refresh_from_db()
    cases.record_reinspection(
        case=served, inspected_on=TODAY, inspectors=[inspector, case_officer], visit=VISIT, is_done=True, findings="已恢复",
        by=case_officer,
    )  # fmt: skip
    assert not served.docket.deadlines.open().exists()


def test_a_case_whose_docket_is_closed_keeps_its_record(served, head):
    served.docket.closed_on = TODAY
    served.docket.save()
    with pytest.raises(RuleBroken):
        correct(served, head, 2)
