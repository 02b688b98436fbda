"""From its issue the order must be served within days that a rule sets; whoever has to do it is reminded like of any period."""

from datetime import date, datetime

import pytest

from casework.models import Docket, InboxMessage, PeriodRule, Violation
from casework.reminders import sending, sweep
from core import clock
from enforcement.rectification import services as cases
from enforcement.rectification.service_days import KINDS, SERVICE, SERVICE_ON_DISCHARGE
from enforcement.rectification.workflow import Stage
from notices import services as notices
from notices.models import Failure, Method
from organisation.models import Department
from tests.plugins.matters import DAY, draw, reinspect, serve
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
DISCHARGE, NO_DISCHARGE, UNSURE = "EC1107", "EC1100", "EC1104"


def on(case, code, kind="EPD"):
    """The case as if it were about that violation, before an authority of that line."""
    case.violation = Violation.objects.get(code=code)
    case.save(update_fields=["violation"])
    Department.objects.filter(pk=case.docket.department_id).update(kind=kind)
    return type(case).objects.get(pk=case.pk)


def service_of(case):
    return case.docket.deadlines.get(kind__in=KINDS, cancelled_on=None)


def issue(case, by, code, **line):
    case = on(case, code, **line)
    with clock.pinned(DAY):
        cases.issue_order(case=case, by=by)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize(
    ("code", "line", "rule", "due_on"),
    [
        (UNSURE, {}, "D12", date(2026, 9, 4)),
        (NO_DISCHARGE, {}, "D29", date(2026, 9, 10)),
        (DISCHARGE, {"kind": "MIIT"}, "D29", date(2026, 9, 10)),
    ],
)
def test_the_days_are_those_that_bind_the_authority(approved, case_officer, code, line, rule, due_on):
    service = service_of(issue(approved, case_officer, code, **line))
    assert (service.started_on, service.rule.first_version.code, service.due_on, service.is_open) == (
        DAY,
        rule,
        due_on,
        True,
    )
    assert service.kind == (SERVICE_ON_DISCHARGE if rule == "D12" else SERVICE)
    assert service.actor_side == "agency"


def test_where_no_rule_on_file_was_in_force_none_is_invented(approved, case_officer):
    case = on(approved, NO_DISCHARGE)
    PeriodRule.objects.filter(code="D29").update(valid_from=date(2027, 1, 1))
    case = issue(case, case_officer, NO_DISCHARGE)
    assert case.stage == Stage.SERVING
    assert not case.docket.deadlines.open().exists()


def test_desk_list_board_and_case_show_it_and_the_officer_is_reminded(issued, case_officer, outsider, log_in):
    service = service_of(issued)
    docket = Docket.objects.get(pk=issued.docket_id)
    assert docket.next_due_on == service.due_on == date(2026, 9, 4)
    InboxMessage.objects.all().delete()
    with clock.pinned(date(2026, 9, 3)):
        sweep.plan()
        sending.send_all()
        for address in (docket.get_absolute_url(), "/", "/cases/"):
            assert "2026-09-04" in log_in(case_officer).get(address).content.decode(), address
        why = f"/deadlines/{service.pk}/"
        page = log_in(case_officer).get(why).content.decode()
        assert "监测报告" in page
        assert "送达未果的，期限照常计算" in page
        assert log_in(outsider).get(why).status_code == 404
    assert "责令改正决定书" in InboxMessage.objects.get(recipient=case_officer, kind="reminder").title
    assert docket in Docket.objects.filter(Docket.objects.late(date(2026, 9, 7)))


def test_an_attempt_that_failed_does_not_stop_it_and_the_service_meets_it(issued, case_officer, second_officer):
    draw(issued)
    issued.order.refresh_from_db()
    with clock.pinned(datetime(2026, 9, 2, 17, tzinfo=clock.SHANGHAI)):
        notices.record_attempt(
            notice=issued.order, method=Method.DIRECT, failure=Failure.NOBODY, place="厂区", by=case_officer,
            at=datetime(2026, 9, 2, 10, tzinfo=clock.SHANGHAI),
        )  # fmt: skip
    assert service_of(issued).is_open
    case = serve(issued, case_officer, second_officer)
    assert service_of(case).met_on == date(2026, 9, 3)
    assert not case.docket.deadlines.open().filter(kind__in=KINDS).exists()


def test_it_is_met_on_the_right_day_when_the_record_of_the_service_is_corrected(served, head):
    service = served.order.services.get(corrected_at=None)
    with clock.pinned(date(2026, 9, 20)):
        at = datetime(2026, 9, 2, 10, tzinfo=clock.SHANGHAI)
        notices.correct_service(service=service, at=at, reason="送达日期录错", by=head)
    assert service_of(served).met_on == date(2026, 9, 2)


def test_it_ends_with_an_order_that_is_revoked_before_its_service(issued):
    with clock.pinned(date(2026, 9, 2)):
        cases.order_was_revoked(case=issued, reason="引用条款有误")
    assert [deadline.kind for deadline in issued.docket.deadlines.open()] == [cases.HANDLING]


@pytest.fixture
def not_rectified(served, inspector, case_officer):
    """Looked at after the end of the party's period, and not rectified."""
    return lambda code: reinspect(on(served, code), inspector, case_officer, done=False, on=date(2026, 10, 12))


@pytest.mark.parametrize(
    ("code", "running"), [(NO_DISCHARGE, {cases.HANDLING}), (DISCHARGE, {cases.HANDLING, SERVICE_ON_DISCHARGE})]
)
def test_a_case_ordered_again_has_its_periods(not_rectified, case_officer, code, running):
    """The days for handling it run on from its opening (行政处罚法第六十条); a second order on a discharge is made as the first."""
    case = not_rectified(code)
    with clock.pinned(date(2026, 10, 12)):
        case = cases.order_again(case=case, reason="逾期未改正", by=case_officer)
    found = {deadline.kind: deadline for deadline in case.docket.deadlines.open()}
    assert set(found) == running
    handling = found[cases.HANDLING]
    assert (handling.started_on, handling.due_on) == (DAY, date(2026, 11, 30))
    assert "第六十条" in Event.objects.filter(verb="deadline.run_on").latest("pk").facts["reason"]
    docket = Docket.objects.get(pk=case.docket_id)
    assert docket.next_due_on == min(deadline.due_on for deadline in found.values())
