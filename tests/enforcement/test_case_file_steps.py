"""案件办理流程记录: what it tells of a matter, and what it leaves out."""

from datetime import date

import pytest

from casework import deadlines, notes
from core import clock
from enforcement.rectification import services as cases
from notices import casefile_steps
from notices import services as notices
from notices.models import Failure, Method
from tests.plugins.matters import DAY, draw

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def test_an_opinion_that_returned_the_case_stands_with_its_reviewer_and_post(submitted, legal_reviewer):
    legal_reviewer.post = "法制科科长"
    legal_reviewer.save(update_fields=["post"])
    with clock.pinned(DAY):
        cases.return_from_review(case=submitted, opinion="事实部分缺少排放口位置", by=legal_reviewer)
    told = [step for step in casefile_steps.steps(submitted.docket) if step["reason"] == "事实部分缺少排放口位置"]
    step = next(step for step in told if step["what"].startswith("法制审核"))
    assert step["basis"] == "行政处罚法第五十八条"
    assert step["who"] == f"{legal_reviewer.name} 法制科科长"


def test_a_failed_attempt_stands_with_its_reason(issued, case_officer):
    draw(issued)
    issued.order.refresh_from_db()
    with clock.pinned(DAY):
        notices.record_attempt(
            notice=issued.order, method=Method.DIRECT, failure=Failure.NOBODY, remark="厂区大门关闭", by=case_officer
        )
    told = [step["reason"] for step in casefile_steps.steps(issued.docket) if case_officer.name in step["who"]]
    assert "现场无人；厂区大门关闭" in told


def test_pause_and_extension_stand_with_reason_and_paper(served, head):
    period = served.docket.deadlines.get(kind=cases.PERIOD)
    with clock.pinned(date(2026, 9, 10)):
        deadlines.extend(deadline=period, length=10, reason="供货延误", document="延期审批表", by=head)
        deadlines.pause(
            deadline=period, reason_code="suspension", reason="台风停工", document="中止审批表", from_on=date(2026, 9, 10), by=head
        )  # fmt: skip
    told = [step["reason"] for step in casefile_steps.steps(served.docket)]
    assert "供货延误；延期审批表" in told
    assert "台风停工；中止审批表" in told


def test_notes_among_officers_stay_out_and_the_earliest_step_comes_first(submitted, case_officer):
    with clock.pinned(DAY):
        notes.add(docket=submitted.docket, text="请再核对面积", by=case_officer)
    steps = casefile_steps.steps(submitted.docket)
    assert not any("请再核对面积" in step["what"] + step["reason"] for step in steps)
    assert [step["at"] for step in steps] == sorted(step["at"] for step in steps)
