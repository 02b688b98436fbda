"""What is wrong with an order, why it came back, which look counts: said when and where it helps."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.inspections import services as inspections
from enforcement.inspections.docket_kind import actions as of_inspection
from enforcement.rectification import services as cases
from enforcement.rectification.docket_kind import actions
from enforcement.rectification.workflow import CASE
from notices import composing
from notices import services as notices
from tests.plugins.matters import DAY, drafted_order, reinspect
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db


@story
def order(written, case_officer):
    with clock.pinned(DAY):
        return drafted_order(written, case_officer)


def reworded(order, by, **words):
    with clock.pinned(DAY):
        return notices.edit(notice=order, content=words, version=order.version, by=by)


def primary(case, viewer) -> list[str]:
    return [action.label for action in actions(case.docket, viewer) if action.is_primary]


def fresh(case):
    return type(case).objects.get(pk=case.pk)


# --- the order and its case -----------------------------------------------------------------------------------------------
SIXTY = [{"within": "60日内", "text": "恢复废水处理设施正常运行"}]


def test_an_order_of_another_length_than_its_case_is_said_when_saved_and_signed_by_nobody(
    written, order, case_officer, outsider, log_in
):
    order = reworded(order, case_officer, requirements=SIXTY)
    assert any("60" in words and "30" in words for words in order.type.warnings(order))
    with clock.pinned(DAY), pytest.raises(RuleBroken, match="60"):
        cases.sign(case=written, by=case_officer)
    sign = next(a for a in actions(fresh(written).docket, case_officer) if a.label == "签署案件")
    assert "60" in " ".join(sign.reasons)
    assert not sign.is_primary
    assert log_in(outsider).get(f"/documents/{order.pk}/edit/").status_code == 404


def test_remedies_other_than_proposed_and_a_provision_without_its_words_are_to_be_checked(order, case_officer):
    known = [{"instrument": "稀土管理条例", "article": "第十四条", "content": "如实记录流向"}]
    order = reworded(order, case_officer, violated=known)
    assert order.type.warnings(order) == []
    bare = [{"instrument": "中华人民共和国生态环境法典", "article": "第一百条", "content": ""}]
    order = reworded(order, case_officer, reconsideration_body="北京市人民政府", violated=bare)
    said = " ".join(order.type.warnings(order))
    assert "北京市人民政府" in said
    assert "规定内容" in said


def test_what_is_to_be_checked_stands_beside_the_preview_instead_of_complete(order, case_officer, log_in):
    reworded(order, case_officer, reconsideration_body="北京市人民政府")
    with clock.pinned(DAY):
        answer = log_in(case_officer).post(
            f"/documents/{order.pk}/preview/", {"reconsideration_body": "北京市人民政府"}
        )
    page = answer.content.decode()
    assert "请核对" in page
    assert "可以提交" not in page


def test_an_order_to_act_at_once_names_no_period(order, case_officer):
    with clock.pinned(DAY):
        assert "改正期限自本决定书送达之日起计算" in composing.draft_html(order)
    order = reworded(order, case_officer, requirements=[{"within": "立即", "text": "停止排放"}])
    with clock.pinned(DAY):
        assert "改正期限自本决定书送达之日起计算" not in composing.draft_html(order)


def test_a_draft_that_is_saved_says_what_is_to_be_checked(order, case_officer, log_in):
    order = reworded(order, case_officer, requirements=SIXTY)
    client = log_in(case_officer)
    with patch("notices.views.drafts.content.typed", return_value=order.content), clock.pinned(DAY):
        answer = client.post(f"/documents/{order.pk}/edit/", {"version": order.version}, follow=True)
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "60" in said


# --- what came back ---------------------------------------------------------------------------------------------------------
def test_the_opinion_stands_on_top_until_it_is_answered_and_the_main_button_is_to_edit(
    submitted, case_officer, second_officer, legal_reviewer, outsider, log_in
):
    with clock.pinned(DAY):
        case = cases.return_from_review(case=submitted, opinion="补充监测数据", by=legal_reviewer)
    case = fresh(case)
    page = log_in(case_officer).get(case.get_absolute_url())
    head = page.context["head"]
    assert "补充监测数据" in head["notice"]["text"]
    assert head["primary"]["label"] == "填写事实与整改要求"
    assert log_in(outsider).get(case.get_absolute_url()).status_code == 404
    with clock.pinned(DAY):
        cases.edit(
            case=case, facts="废水处理设施未运行，监测超标。", requirements=case.requirements, rectification_days=30,
            policy_source=None, expected_version=case.version, by=case_officer,
        )  # fmt: skip
        assert primary(fresh(case), case_officer) == ["签署案件"]
        for officer in (case_officer, second_officer):
            cases.sign(case=fresh(case), by=officer)
        case = cases.submit(case=fresh(case), by=case_officer)
    assert log_in(case_officer).get(case.get_absolute_url()).context["head"]["notice"] is None


# --- looks --------------------------------------------------------------------------------------------------------------------
def reasons(case, step, by) -> str:
    return " ".join(CASE.refusals(case, step, by))


def test_of_no_look_there_is_no_result(served, inspector, case_officer, head):
    with clock.pinned(DAY.replace(day=28)):
        case = cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=inspector)
        assert reasons(case, "confirm_rectified", case_officer) == "请先登记复查结果。"
        assert "届满之后进行" not in reasons(case, "look_after_period", inspector)


def test_after_a_second_call_the_first_result_is_marked_as_an_earlier_one(served, inspector, case_officer, log_in):
    case = reinspect(served, inspector, case_officer, done=False)
    assert "此前复查" not in log_in(inspector).get(case.get_absolute_url()).content.decode()
    with clock.pinned(DAY.replace(day=28)):
        case = cases.continue_rectification(case=case, by=case_officer)
        case = cases.call_reinspection(case=case, inspectors=[inspector, case_officer], by=inspector)
    assert "此前复查" in log_in(inspector).get(case.get_absolute_url()).content.decode()


# --- the record of an inspection ----------------------------------------------------------------------------------------------
def test_signing_is_offered_only_when_nothing_but_signatures_is_missing(on_the_day, recorded, inspector):
    """A correction after signing would ask for new signatures."""

    def offered(label: str):
        docket = type(recorded).objects.get(pk=recorded.pk).docket
        return next(action for action in of_inspection(docket, inspector) if action.label == label)

    assert offered("签署笔录").is_primary
    inspections.describe(
        inspection=recorded, record=replace(recorded.record(), credentials_shown=False),
        expected_version=recorded.version, by=inspector,
    )  # fmt: skip
    assert "执法证件" in " ".join(offered("签署笔录").reasons)
    assert not offered("签署笔录").is_primary
    assert offered("制作笔录").is_primary
