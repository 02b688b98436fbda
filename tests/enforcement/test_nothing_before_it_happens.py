"""What has not happened yet is not recorded, to the minute; and nothing is recorded of a time before it could be."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.inspections import services as inspections
from enforcement.rectification import services as cases
from notices import completeness
from notices import services as notices
from notices.models import Ending, Method
from tests.plugins.matters import DAY, VISIT, drafted_order, draw

pytestmark = pytest.mark.django_db
SERVED = date(2026, 9, 3)
NOON = time(12, 0)


def at(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=clock.SHANGHAI)


def refused(act, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert refusal.value.field == field


# --- the investigation that the order tells of ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        {"investigated_to": "2026-09-02"},
        {"investigated_from": "2026-09-02"},
        {"investigated_from": "2026-09-01", "investigated_to": "2026-08-31"},
    ],
)
def test_no_order_tells_of_an_investigation_still_to_come_or_that_ended_before_it_began(written, case_officer, words):
    with clock.pinned(DAY):
        order = drafted_order(written, case_officer)
        assert completeness.of(order) == []
        order = notices.edit(notice=order, content=words, version=order.version, by=case_officer)
        assert completeness.of(order)
        assert set(order.type.form(order.content).errors) <= set(words)


def test_the_form_says_so_at_the_day_when_the_draft_is_saved(written, case_officer, outsider, log_in):
    with clock.pinned(DAY):
        order = drafted_order(written, case_officer)
    to_come = (clock.today() + timedelta(days=1)).isoformat()
    with clock.pinned(DAY):
        order = notices.edit(notice=order, content={"investigated_to": to_come}, version=order.version, by=case_officer)
    page = log_in(case_officer).get(f"/documents/{order.pk}/edit/?check=1")
    assert list(page.context["form"].errors) == ["investigated_to"]
    assert "尚未到来" in page.content.decode()
    assert log_in(outsider).get(f"/documents/{order.pk}/edit/?check=1").status_code == 404


# --- later today ------------------------------------------------------------------------------------------------------------
def test_a_visit_is_not_recorded_before_it_began_or_ended(inspection, inspector):
    record = replace(inspection.record(), situation="检查情况", ended_on=DAY, ended_at=time(12, 1))

    def write(**changed) -> None:
        inspections.describe(
            inspection=inspection, record=replace(record, **changed), expected_version=inspection.version, by=inspector
        )

    with clock.pinned(at(DAY, 12)):
        refused(write, "ended_at")
        refused(lambda: write(began_at=time(12, 1)), "began_at")
        write(ended_at=NOON)


def test_the_form_of_a_visit_refuses_an_hour_to_come(inspector, enterprise, log_in):
    to_come = clock.local(clock.now()) + timedelta(minutes=5)
    answer = log_in(inspector).post(
        "/inspections/new/", {"inspected_on": to_come.date().isoformat(), "began_at": f"{to_come:%H:%M}"}
    )
    assert {"began_at", "inspected_on"} & set(answer.context["form"].errors)


def test_a_service_or_an_attempt_later_today_is_refused_at_its_time(issued, case_officer, second_officer):
    draw(issued)
    issued.order.refresh_from_db()
    given = {"notice": issued.order, "by": case_officer, "co_server": second_officer, "at": at(SERVED, 12, 1)}
    with clock.pinned(at(SERVED, 12)):
        refused(
            lambda: notices.record_service(
                method=Method.DIRECT, recipient="钱测试", relation="principal", place="萃取车间", **given
            ),
            "at",
        )
        refused(lambda: notices.record_attempt(method=Method.DIRECT, failure="nobody", **given), "at")


def test_a_record_of_service_is_not_corrected_to_an_hour_to_come(served, head):
    service = served.order.services.get()
    with clock.pinned(at(SERVED, 18)):
        refused(
            lambda: notices.correct_service(service=service, at=at(SERVED, 18, 1), reason="时间有误", by=head), "at"
        )


def test_a_reinspection_is_over_when_it_is_recorded_and_begins_after_the_service(served, inspector, case_officer):
    """Served on the third at five in the afternoon, to be put right at once."""

    def look(began: time, ended: time) -> None:
        cases.record_reinspection(
            case=case, inspected_on=SERVED, inspectors=[inspector, case_officer], visit=replace(VISIT, began_at=began, ended_at=ended),
            is_done=True, findings="已改正", by=inspector,
        )  # fmt: skip

    with clock.pinned(at(SERVED, 18)):
        case = cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=inspector)
        refused(lambda: look(time(17, 30), time(22, 0)), "ended_at")
        refused(lambda: look(time(18, 30), time(22, 0)), "began_at")
        refused(lambda: look(time(1, 0), time(2, 0)), "began_at")
        look(time(17, 0), time(18, 0))


# --- the signature of the party -----------------------------------------------------------------------------------------------
def test_the_party_signs_or_refuses_no_record_that_was_not_complete_yet(served, inspector, case_officer, log_in):
    with clock.pinned(date(2026, 9, 28)):
        case = cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=inspector)
        cases.record_reinspection(
            case=case, inspected_on=date(2026, 9, 26), inspectors=[inspector, case_officer], visit=VISIT, is_done=True,
            findings="已改正", by=inspector,
        )  # fmt: skip
    record = case.docket.site_records.get(kind="reinspection_record")
    given = {"record": record, "outcome": Ending.REFUSED, "reason": "不同意", "by": inspector}
    with clock.pinned(date(2026, 9, 29)):
        refused(lambda: notices.record_signing(on=date(2026, 9, 27), **given), "on")
        refused(lambda: notices.record_signing(on=date(2026, 9, 30), **given), "on")
    page = log_in(inspector).get(f"/documents/records/{record.pk}/signing/?method=refused")
    assert page.context["form"].initial["on"] == clock.today()
    with clock.pinned(date(2026, 9, 29)):
        assert notices.record_signing(on=date(2026, 9, 28), **given).on == date(2026, 9, 28)
