"""What an order wants done at once has no period left: the record of a look says which of it is not done, and the page asks."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from django.urls import reverse

from casework import deadlines
from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.deadlines import PERIOD
from enforcement.rectification.forms import ALL_DONE, ReinspectionForm
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import CASE, Stage
from tests.plugins.matters import DAY, VISIT, drafted_order, refuse, reinspect, serve
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
WITHIN = date(2026, 9, 20)  # the order is served on 3 September and gives thirty days
STOP, RESTORE = "停止超标排放", "恢复废水处理设施正常运行"


def ordered(case, case_officer, second_officer, legal_reviewer, head, *, requirements, days):
    with clock.pinned(DAY):
        written = cases.edit(
            case=case, facts="总排口超标排放。", requirements=requirements, rectification_days=days,
            policy_source=None, expected_version=case.version, by=case_officer,
        )  # fmt: skip
        drafted_order(written, case_officer)
        for officer in (case_officer, second_officer):
            cases.sign(case=written, by=officer)
        written.refresh_from_db()
        agreed = cases.agree(case=cases.submit(case=written, by=case_officer), opinion="同意", by=legal_reviewer)
        cases.issue_order(case=cases.approve(case=agreed, by=head), by=case_officer)
    case.refresh_from_db()
    return serve(RectificationCase.objects.get(pk=case.pk), case_officer, second_officer)


@story
def mixed(case, case_officer, second_officer, legal_reviewer, head):
    """To stop at once, and thirty days for the rest."""
    words = f"立即{STOP}\n{RESTORE}"
    return ordered(case, case_officer, second_officer, legal_reviewer, head, requirements=words, days=30)


@story
def at_once(case, case_officer, second_officer, legal_reviewer, head):
    """All of it at once: there is no rest."""
    words = f"立即{STOP}\n立即{RESTORE}"
    return ordered(case, case_officer, second_officer, legal_reviewer, head, requirements=words, days=0)


def conclusion(case):
    """As it stands in the frozen document."""
    return case.last_reinspection().record.html


def looked(case, *inspectors, **given):
    return reinspect(case, *inspectors, done=False, on=WITHIN, **given)


def asked(case, officer, **data):
    form = ReinspectionForm({"is_done": "no"} | data, by=officer, of=case, former=None)
    form.is_valid()
    return form


def test_the_order_itself_says_what_is_due_at_once(mixed):
    assert mixed.due_at_once() == [STOP]


def test_the_record_names_what_was_due_at_once_and_is_not_done(mixed, inspector, case_officer):
    case = looked(mixed, inspector, case_officer, open_at_once=[STOP])
    assert "责令立即改正的下列事项未改正：停止超标排放。其余事项改正期限未满。" in conclusion(case)


def test_the_record_says_that_what_was_due_at_once_is_done(mixed, inspector, case_officer):
    case = looked(mixed, inspector, case_officer, open_at_once=[])
    assert "责令立即改正的事项已改正；其余事项复查时尚未改正完毕，改正期限未满。" in conclusion(case)


def test_where_nobody_was_asked_the_record_claims_no_time_for_it(mixed, inspector, case_officer):
    assert "责令立即改正的事项的改正情况见" in conclusion(looked(mixed, inspector, case_officer))


def test_the_page_asks_which_of_it_is_not_done(mixed, inspector):
    assert "open_at_once" in asked(mixed, inspector).errors
    assert "open_at_once" in asked(mixed, inspector, open_at_once=[ALL_DONE, STOP]).errors
    assert "open_at_once" not in asked(mixed, inspector, open_at_once=[STOP]).errors
    assert asked(mixed, inspector, open_at_once=[ALL_DONE]).cleaned_data["open_at_once"] == []


def test_all_of_an_order_done_that_wants_all_at_once_is_not_found_not_rectified(at_once, inspector, case_officer):
    with pytest.raises(RuleBroken, match="均责令立即改正") as refused:
        looked(at_once, inspector, case_officer, open_at_once=[])
    assert [at for at, _words in refused.value.faults] == ["open_at_once"]
    assert "均责令立即改正" in str(asked(at_once, inspector, open_at_once=[ALL_DONE]).errors["open_at_once"])
    assert "open_at_once" not in asked(at_once, inspector, open_at_once=[STOP]).errors
    assert "open_at_once" not in asked(at_once, inspector, is_done="yes", open_at_once=[ALL_DONE]).errors


def test_the_record_speaks_of_no_rest_where_all_was_to_be_done_at_once(at_once, inspector, case_officer):
    # Orders from before the two had to agree have a period besides.
    with clock.pinned(at_once.served_on):
        deadlines.start(docket=at_once.docket, kind=PERIOD, on=at_once.served_on, length=30, by=case_officer)
    assert at_once.period_runs_until(WITHIN) is not None
    case = looked(at_once, inspector, case_officer, open_at_once=[STOP])
    assert "责令立即改正的下列事项未改正：停止超标排放。未按要求完成改正。" in conclusion(case)
    assert "其余事项" not in conclusion(case)


def test_once_the_period_is_over_the_record_says_which_part_of_the_order_was_not_done(mixed, inspector, case_officer):
    case = reinspect(mixed, inspector, case_officer, done=False, on=date(2026, 10, 9), open_at_once=[])
    assert "责令立即改正的事项已改正；其余事项未按要求完成改正。" in conclusion(case)


def test_an_order_that_wants_nothing_at_once_is_not_asked_about(served, inspector):
    assert "open_at_once" not in asked(served, inspector).fields


def test_it_is_ordered_again_without_waiting_for_the_rest(mixed, inspector, case_officer):
    case = looked(mixed, inspector, case_officer, open_at_once=[STOP])
    with clock.pinned(WITHIN):
        assert not case.is_a_discharge
        assert CASE.refusals(case, "order_again", case_officer) == []


def test_who_lets_rectification_go_on_reads_what_has_no_time_left(mixed, inspector, case_officer, log_in):
    case = looked(mixed, inspector, case_officer, open_at_once=[STOP])
    with clock.pinned(WITHIN):
        page = log_in(case_officer).get(reverse("rectification:take_step", args=[case.pk, "continue_rectification"]))
    assert f"立即改正而未改正的事项：{STOP}" in page.content.decode()


def shown(case, officer, on):
    with clock.pinned(on):
        from enforcement.rectification.docket_kind import actions

        return {action.label for action in actions(case.docket, officer)}


def test_no_step_is_shown_whose_title_is_not_so(served, inspector, case_officer):
    case = reinspect(served, inspector, case_officer, done=False, on=WITHIN)
    early, late = (shown(case, case_officer, on) for on in (WITHIN, date(2026, 10, 9)))
    assert ("改正期限未满，继续整改" in early, "改正期限已满，再次复查" in early) == (True, False)
    assert ("改正期限未满，继续整改" in late, "改正期限已满，再次复查" in late) == (False, True)


def test_a_period_nobody_has_set_yet_is_not_shown(case, case_officer):
    from enforcement.rectification.docket_kind import facts

    assert dict(facts(case.docket, case_officer))["改正期限"] == "尚未填写"


def test_it_is_ordered_again_on_the_day_the_first_order_was_issued(issued, inspector, case_officer, second_officer):
    issued.violation = Violation.objects.get(code="EC1107")
    issued.save(update_fields=["violation"])
    case = serve(issued, case_officer, second_officer, on=DAY)
    case = cases.call_reinspection(case=case, inspectors=[inspector, case_officer], by=case_officer)
    with clock.pinned(datetime(2026, 9, 1, 19, tzinfo=clock.SHANGHAI)):
        look = cases.record_reinspection(
            case=case, inspected_on=DAY, inspectors=[inspector, case_officer], is_done=False, findings="仍在排放。",
            visit=replace(VISIT, began_at=time(18), ended_at=time(18, 30)), by=inspector,
        )  # fmt: skip
        refuse(look.record, inspector)
        assert cases.order_again(case=case, reason="仍在超标排放", by=case_officer).stage == Stage.INVESTIGATING
