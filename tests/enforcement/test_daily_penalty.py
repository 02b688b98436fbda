"""按日连续处罚 follows on an unlawful discharge, by an environmental authority: only there does an order threaten it."""

import csv
from datetime import date

import pytest
from django.conf import settings

from casework.models import Violation
from core import clock
from enforcement.rectification import daily_penalty, workflow
from enforcement.rectification import services as cases
from notices import completeness, registry
from notices import services as notices
from organisation.models import Department
from tests.plugins.matters import DAY, reinspect
from trail.models import Event

pytestmark = pytest.mark.django_db
KIND = registry.get("rectification_order")
DISCHARGE, RECORDS_OF_FLOW, FACILITIES, FALSE_DATA = "EC1107", "RE25", "EC1104", "EC1088"
THREAT = "拒不改正的，可以按日连续处罚。"


def on(case, code):
    """The case as if it were about that violation."""
    case.violation = Violation.objects.get(code=code)
    case.save(update_fields=["violation"])
    return case


def refusal_of(case, day=DAY) -> str:
    with clock.pinned(day):
        return KIND.initial(case.docket)["refusal"]


def lacking(order, text, by) -> str:
    edited = notices.edit(notice=order, content={"refusal": text}, version=order.version, by=by)
    return " ".join(completeness.of(edited))


@pytest.mark.parametrize(
    ("day", "law"),
    [
        (date(2026, 9, 1), "《中华人民共和国生态环境法典》第一千零六十条"),
        (date(2026, 8, 14), "《中华人民共和国环境保护法》第五十九条第一款"),
    ],
)
def test_an_order_on_a_discharge_warns_of_the_penalty_by_the_law_of_the_day(written, day, law):
    refusal = refusal_of(on(written, DISCHARGE), day)
    assert law in refusal
    assert daily_penalty.NAME in refusal
    assert len(refusal) <= 300


def test_before_2015_no_law_punished_by_the_day(written):
    assert daily_penalty.NAME not in refusal_of(on(written, "OLD-W74"), date(2014, 12, 31))


@pytest.mark.parametrize("code", [RECORDS_OF_FLOW, "EC1086", FACILITIES, FALSE_DATA])
def test_an_order_on_what_is_no_discharge_threatens_none(written, code):
    assert daily_penalty.NAME not in refusal_of(on(written, code))


def test_another_authority_threatens_none(written):
    Department.objects.filter(pk=written.docket.department_id).update(kind="MIIT")
    written.docket.department.refresh_from_db()
    assert daily_penalty.NAME not in refusal_of(on(written, DISCHARGE))


def test_an_order_on_a_discharge_without_that_warning_is_not_complete(signed, case_officer):
    on(signed, DISCHARGE)
    assert "第九条第五项" in lacking(signed.order, "逾期不改正的，将依法作出处理。", case_officer)


def test_an_order_of_another_authority_that_threatens_it_is_not_complete(signed, case_officer):
    Department.objects.filter(pk=signed.docket.department_id).update(kind="MIIT")
    assert "生态环境主管部门" in lacking(on(signed, RECORDS_OF_FLOW).order, THREAT, case_officer)


def test_an_environmental_authority_may_stand_on_a_local_regulation_and_is_only_asked_for_it(
    signed, case_officer, outsider, log_in
):
    assert lacking(on(signed, RECORDS_OF_FLOW).order, THREAT, case_officer) == ""
    page = log_in(case_officer).get(signed.get_absolute_url()).content.decode()
    assert "待核实：决定书载明按日连续处罚" in page
    assert "按日连续处罚办法第六条" in page
    assert log_in(outsider).get(signed.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("code", "threat"), [(RECORDS_OF_FLOW, "依法处理。"), (DISCHARGE, THREAT), (FACILITIES, THREAT)]
)
def test_nothing_is_asked_where_no_penalty_is_named_or_the_law_may_provide_it(written, code, threat):
    assert daily_penalty.note(on(written, code).violation, written.docket.department, threat) == ""


@pytest.mark.parametrize("code", [FACILITIES, FALSE_DATA])
def test_what_is_in_doubt_is_left_to_the_officer(signed, case_officer, code):
    """Facilities that do not run, and false monitoring data: 办法第五条第二项 names both as ways of evading supervision."""
    on(signed, code)
    for text in ("逾期不改正的，将依法作出处理。", THREAT):
        assert lacking(signed.order, text, case_officer) == ""
        signed.order.refresh_from_db()


def test_every_violation_on_file_has_been_placed(statute_book):
    with (settings.ROOT / "reference" / "penalty_bases.csv").open(encoding="utf-8", newline="") as file:
        assert {row["code"] for row in csv.DictReader(file)} == set(daily_penalty.table())


def test_a_violation_nobody_has_placed_is_in_doubt(written):
    unknown = Violation(code="NEW1", name="新违法行为", legal_basis="某法第一条")
    assert daily_penalty.reach(unknown, written.docket.department) == daily_penalty.Reach.UNSURE


@pytest.mark.pdf
def test_on_false_monitoring_data_the_thirty_days_run(issued, case_officer, second_officer):
    from tests.plugins.matters import serve

    case = serve(on(issued, FALSE_DATA), case_officer, second_officer)
    assert case.docket.deadlines.open().filter(kind=cases.REINSPECTION).exists()


@pytest.mark.pdf
def test_on_what_is_no_discharge_no_statutory_day_to_look_again_runs_and_no_such_rule_is_cited(
    issued, case_officer, second_officer, inspector
):
    from tests.plugins.matters import serve

    case = serve(on(issued, "EC1086"), case_officer, second_officer)
    assert {deadline.kind for deadline in case.docket.deadlines.open()} == {cases.PERIOD, cases.NEXT_LOOK}
    case = reinspect(case, inspector, case_officer, done=False)
    assert Event.objects.get(verb="rectification.record_reinspection").facts["basis"] == workflow.ORDER_BASIS
