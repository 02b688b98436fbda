"""复查: what was found decides where the case goes; a wrong record is corrected, the party keeps its time."""

from datetime import date, timedelta

import pytest

from casework.deadlines import showing
from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.models import Reinspection
from enforcement.rectification.workflow import CASE, Stage
from tests.factories import PASSWORD
from tests.plugins.matters import VISIT, reinspect, serve
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
BEFORE_THE_END, THE_DAY_AFTER = date(2026, 9, 28), date(2026, 10, 9)  # the period ends on 8 October


def steps_of(case, officer) -> set[str]:
    return {step.name for step, reasons in CASE.steps_at(case, officer) if not reasons}


@story
def not_done(served, inspector, case_officer):
    return reinspect(served, inspector, case_officer, done=False, on=BEFORE_THE_END)


def test_nobody_is_ordered_again_while_his_period_runs(not_done, case_officer):
    with clock.pinned(BEFORE_THE_END):
        with pytest.raises(RuleBroken, match="2026-10-08"):
            cases.order_again(case=not_done, reason="未改正", by=case_officer)
        assert steps_of(not_done, case_officer) == {"continue_rectification"}


def test_a_period_whose_clock_stands_still_has_not_run_out(not_done, case_officer, head):
    from casework import deadlines

    period = not_done.docket.deadlines.get(kind=cases.PERIOD)
    with clock.pinned(BEFORE_THE_END):
        deadlines.pause(
            deadline=period, reason_code="suspension", reason="停供", document="审批表", from_on=BEFORE_THE_END, by=head
        )
    with clock.pinned(THE_DAY_AFTER):
        assert steps_of(not_done, case_officer) == {"continue_rectification"}


def test_rectification_goes_on_and_is_looked_at_again(not_done, case_officer, inspector):
    with clock.pinned(BEFORE_THE_END):
        case = cases.continue_rectification(case=not_done, by=case_officer)
    assert case.stage == Stage.RECTIFYING
    running = case.docket.deadlines.open()
    assert {deadline.kind for deadline in running} == {cases.PERIOD, cases.NEXT_LOOK}
    look = running.get(kind=cases.NEXT_LOOK)
    assert (look.started_on, look.due_on, look.rule) == (BEFORE_THE_END, THE_DAY_AFTER, None)
    case = reinspect(case, inspector, case_officer, done=True, on=THE_DAY_AFTER)
    assert case.last_reinspection().is_done
    assert case.reinspections.count() == 2


def test_what_is_not_rectified_in_time_is_investigated_drafted_and_signed_anew(
    served, inspector, case_officer, second_officer
):
    not_done = reinspect(served, inspector, case_officer, done=False, on=THE_DAY_AFTER)
    first, version = not_done.order, not_done.version
    with clock.pinned(THE_DAY_AFTER):
        assert steps_of(not_done, case_officer) == {"order_again"}
        case = cases.order_again(case=not_done, reason="废水处理设施仍未运行", by=case_officer)
        case.refresh_from_db()
        assert (case.stage, case.round, case.order, case.version) == (Stage.INVESTIGATING, 2, None, version + 1)
        assert cases.PERIOD not in set(case.docket.deadlines.open().values_list("kind", flat=True))
        cases.draft_order(case=case, by=case_officer)
        with pytest.raises(RuleBroken, match="重新签字"):
            cases.submit(case=case, by=case_officer)
        for officer in (case_officer, second_officer):
            cases.sign(case=case, by=officer)
        assert cases.submit(case=case, by=case_officer).stage == Stage.LEGAL_REVIEW
    assert "第十四条" in Event.objects.get(verb="rectification.order_again").facts["basis"]
    first.refresh_from_db()
    assert first.number


def test_a_look_before_the_end_of_the_period_does_not_carry_a_second_order(not_done, inspector, case_officer, outsider):
    """Whoever asked for that look: the party had time until its last day. Somebody looks again, and then it is ordered."""
    with clock.pinned(THE_DAY_AFTER):
        with pytest.raises(RuleBroken, match="2026-10-08"):
            cases.order_again(case=not_done, reason="未改正", by=case_officer)
        assert steps_of(not_done, outsider) == set()
        assert steps_of(not_done, case_officer) == {"look_after_period"}
        case = cases.look_after_period(case=not_done, by=inspector)
        assert (case.stage, case.round, case.last_reinspection()) == (Stage.REINSPECTION, 2, None)
        assert case.docket.deadlines.open().filter(kind=cases.NEXT_LOOK).exists()
    case = reinspect(case, inspector, case_officer, done=False, on=THE_DAY_AFTER)
    with clock.pinned(THE_DAY_AFTER):
        assert cases.order_again(case=case, reason="未改正", by=case_officer).stage == Stage.INVESTIGATING


@story
def discharge(issued, case_officer, second_officer):
    """An unlawful discharge, with ninety days for what else must be rectified."""
    issued.violation, issued.rectification_days = Violation.objects.get(code="EC1107"), 90
    issued.save(update_fields=["violation", "rectification_days"])
    return serve(issued, case_officer, second_officer)


def test_whoever_goes_on_discharging_is_ordered_again_at_once(discharge, inspector, case_officer, outsider):
    on = date(2026, 9, 20)
    case = reinspect(discharge, inspector, case_officer, done=False, on=on)
    with clock.pinned(on):
        assert steps_of(case, case_officer) == {"order_again", "continue_rectification"}
        assert steps_of(case, outsider) == set()
        case = cases.order_again(case=case, reason="仍在超标排放", by=case_officer)
    assert case.stage == Stage.INVESTIGATING
    assert cases.PERIOD not in set(case.docket.deadlines.open().values_list("kind", flat=True))
    assert "第十四条" in Event.objects.get(verb="rectification.order_again").facts["basis"]


def test_another_authority_waits_for_the_end_of_the_period_on_the_same_violation(discharge, inspector, case_officer):
    on = date(2026, 9, 20)
    type(discharge.docket.department).objects.filter(pk=discharge.docket.department_id).update(kind="MIIT")
    case = reinspect(discharge, inspector, case_officer, done=False, on=on)
    with clock.pinned(on):
        assert steps_of(type(case).objects.get(pk=case.pk), case_officer) == {"continue_rectification"}


def test_the_thirty_days_say_that_a_discharge_is_ordered_to_stop_again(discharge, case_officer):
    look = discharge.docket.deadlines.get(kind=cases.REINSPECTION)
    assert "再次责令改正" in showing.why_page(look, case_officer)["why"]["note"]


def test_a_look_on_the_last_day_is_still_before_its_end(served, inspector, case_officer):
    case = reinspect(served, inspector, case_officer, done=False, on=date(2026, 10, 8))
    with clock.pinned(THE_DAY_AFTER):
        assert steps_of(case, case_officer) == {"look_after_period"}


def test_after_a_look_past_the_period_no_other_is_asked_for(served, inspector, case_officer):
    case = reinspect(served, inspector, case_officer, done=False, on=THE_DAY_AFTER)
    with clock.pinned(THE_DAY_AFTER):
        assert steps_of(case, case_officer) == {"order_again"}


def test_a_second_record_in_the_same_round_is_refused_without_a_reason(not_done, inspector, case_officer):
    with pytest.raises(RuleBroken) as refused:
        reinspect(not_done, inspector, case_officer, done=True)
    assert refused.value.field == "correction"
    assert Reinspection.objects.count() == 1


def test_a_wrong_record_is_kept_and_the_correction_counts(not_done, inspector, case_officer):
    wrong = not_done.last_reinspection()
    case = reinspect(not_done, inspector, case_officer, done=True, correction="勾选有误")
    right = case.last_reinspection()
    assert (right.is_done, right.corrects, right.correction_reason) == (True, wrong, "勾选有误")
    assert case.reinspections.count() == 2
    assert not case.docket.deadlines.open().exists()
    event = Event.objects.get(verb="rectification.correct_reinspection")
    assert (event.facts["before"]["is_done"], event.facts["after"]["is_done"]) == (False, True)


def test_the_period_runs_again_when_rectified_was_a_mistake(served, inspector, case_officer):
    case = reinspect(served, inspector, case_officer, done=True)
    assert not case.docket.deadlines.open().exists()
    case = reinspect(case, inspector, case_officer, done=False, correction="看错了设施")
    assert [deadline.kind for deadline in case.docket.deadlines.open()] == [cases.PERIOD]


def test_a_correction_can_be_corrected(not_done, inspector, case_officer):
    for number, done in enumerate((True, False, True)):
        reinspect(not_done, inspector, case_officer, done=done, correction=f"第{number}次更正")
    assert not_done.last_reinspection().correction_reason == "第2次更正"


def test_the_next_look_is_not_dated_before_the_last(not_done, inspector, case_officer):
    with clock.pinned(BEFORE_THE_END):
        case = cases.continue_rectification(case=not_done, by=case_officer)
        case = cases.call_reinspection(case=case, inspectors=[inspector, case_officer], by=inspector)
    with clock.pinned(THE_DAY_AFTER), pytest.raises(RuleBroken) as refused:
        cases.record_reinspection(
            case=case, inspected_on=BEFORE_THE_END - timedelta(days=1), inspectors=[inspector, case_officer], visit=VISIT, is_done=True,
            findings="x", by=inspector,
        )  # fmt: skip
    assert refused.value.field == "inspected_on"


def test_a_look_of_an_earlier_round_closes_nothing(served, inspector, case_officer, head):
    case = reinspect(served, inspector, case_officer, done=True)
    case.round += 1
    assert case.last_reinspection() is None
    assert "confirm_rectified" not in steps_of(case, case_officer)


def test_the_page_shows_the_record_and_corrects_it(not_done, inspector, outsider, log_in):
    url = f"/cases/{not_done.pk}/reinspection/"
    with clock.pinned(BEFORE_THE_END):
        page = log_in(inspector).get(url)
        assert page.context["form"].initial["findings"] == "复查情况"
        data = {
            "inspected_on": "2026-09-28", "inspectors": page.context["form"].initial["inspectors"], "is_done": "yes",
            "began_at": "09:30", "ended_at": "11:00", "place": "污水站", "attended_by": "", "attended_as": "",
            "findings": "已改正", "correction": "", "password": PASSWORD,
        }  # fmt: skip
        assert log_in(inspector).post(url, data).status_code == 422
        assert log_in(inspector).post(url, data | {"correction": "勾选有误"}).status_code == 302
    assert "勾选有误" in log_in(inspector).get(not_done.get_absolute_url()).content.decode()
    assert log_in(outsider).post(url, data).status_code == 404


def form_of(case, **given) -> dict:
    inspectors = [officer.pk for officer in case.last_reinspection().inspectors.all()]
    return {
        "inspected_on": "2026-09-28", "began_at": "09:30", "ended_at": "11:00", "place": "污水站", "attended_by": "钱测试",
        "attended_as": "车间主任", "inspectors": inspectors, "is_done": "yes", "findings": "已改正", "correction": "勾选有误",
        "password": PASSWORD,
    } | given  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"ended_at": "09:00"}, "ended_at"), ({"attended_as": ""}, "attended_as"), ({"attended_by": ""}, "attended_by")],
)
def test_time_and_person_present_are_checked_at_their_field(not_done, inspector, log_in, wrong, field):
    with clock.pinned(BEFORE_THE_END):
        page = log_in(inspector).post(f"/cases/{not_done.pk}/reinspection/", form_of(not_done, **wrong))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert list(page.context["form"].fields)[-1] == "password"


def test_the_record_says_when_where_and_before_whom(not_done, inspector, log_in):
    with clock.pinned(BEFORE_THE_END):
        log_in(inspector).post(f"/cases/{not_done.pk}/reinspection/", form_of(not_done))
    words = not_done.last_reinspection().record.html
    for said in ("2026年9月28日9时30分至2026年9月28日11时00分", "污水站", "钱测试（车间主任）"):
        assert said in words, words[words.index("复查时间") :][:900]


def test_who_holds_a_certificate_and_does_not_inspect_is_not_offered(served, inspector, case_officer, head, log_in):
    head.certificate_number, head.certificate_expires_on = "苏环执法001", None
    head.save()
    with clock.pinned(BEFORE_THE_END):
        page = log_in(case_officer).get(f"/cases/{served.pk}/step/call_reinspection/")
        offered = set(page.context["form"].fields["inspectors"].queryset)
    assert {inspector, case_officer} <= offered
    assert head not in offered
