"""The internal forms of a case file tell what was recorded, and only of steps that were taken."""

from datetime import date

import pytest

from casework import deadlines
from core import clock
from enforcement.rectification import file_forms
from enforcement.rectification import services as cases
from notices import casefile, casefile_forms
from tests.notices.rendered_pages import text_of
from tests.plugins.matters import DAY, close, draw, reinspect

pytestmark = pytest.mark.django_db


def forms(case) -> dict[str, casefile_forms.Form]:
    return {form.title: form for form in casefile_forms.of(case.docket)}


def printed(case, title: str) -> str:
    return "".join(text_of(casefile_forms.draw(case.docket, forms(case)[title])).split())


def test_a_case_just_opened_has_the_form_of_its_opening_alone(case, case_officer):
    assert list(forms(case)) == [file_forms.FILING]
    form = forms(case)[file_forms.FILING]
    assert form.dated == DAY
    assert form.context["cause"] == case.lead.violation.cause_of_matter
    assert case.lead.docket.number in form.context["source"]
    assert form.context["summary"] == [case.lead.facts]
    officer, by_hand = form.context["opinions"]
    assert (officer["role"], officer["by"], officer["on"]) == ("承办人意见", [case_officer.name], "2026-09-01")
    assert by_hand == {"role": "机关负责人意见"}  # nobody decided in the portal: no words are put into his mouth


def test_a_case_that_the_head_opened_has_his_opinion(lead, case_officer, second_officer, head):
    with clock.pinned(DAY):
        case = cases.open_case(lead=lead, officer=case_officer, co_officer=second_officer, by=head)
    (opinion,) = forms(case)[file_forms.FILING].context["opinions"]
    assert (opinion["role"], opinion["by"]) == ("机关负责人意见", [head.name])


def test_facts_and_violation_are_those_on_which_the_case_was_opened(written, case_officer):
    told = forms(written)[file_forms.FILING].context
    type(written).objects.filter(pk=written.pk).update(facts="另查明的事实")
    assert forms(written)[file_forms.FILING].context == told


def test_each_review_has_its_form_with_its_opinion(submitted, case_officer, second_officer, legal_reviewer):
    assert file_forms.REVIEW not in forms(submitted)
    with clock.pinned(date(2026, 9, 2)):
        case = cases.return_from_review(case=submitted, opinion="事实部分缺少排放口位置", by=legal_reviewer)
    form = forms(case)[file_forms.REVIEW]
    assert (form.dated, form.context["submitted_on"]) == (date(2026, 9, 2), "2026-09-01")
    assert form.context["opinion"] == ["事实部分缺少排放口位置"]
    assert form.context["conclusion"] == "不同意，退回承办人"
    assert "checks" not in form.context  # none were recorded one by one
    assert file_forms.CLOSING not in forms(case)


@pytest.fixture
def closed(served, inspector, case_officer, head):
    period = served.docket.deadlines.get(kind=cases.PERIOD)
    with clock.pinned(date(2026, 9, 10)):
        deadlines.extend(deadline=period, length=10, reason="供货延误", document="延期审批表", by=head)
    case = reinspect(served, inspector, case_officer, done=True)
    draw(case)
    return close(case, officer=case_officer, head=head)


@pytest.mark.pdf
def test_the_form_of_the_closing_tells_orders_service_extensions_and_looks(closed, case_officer, head):
    form = forms(closed)[file_forms.CLOSING]
    order = closed.docket.notices.get(kind="rectification_order")
    assert form.dated == date(2026, 9, 29)
    assert form.context["decision"]["number"] == order.number
    ordered, extended = form.context["handling"]
    assert ordered == f"2026年9月1日作出《责令改正违法行为决定书》（{order.number}），2026年9月3日直接送达。"
    assert extended == "改正期限延长10日，理由：供货延误。"
    assert form.context["performance"] == ["2026年9月28日复查：复查情况。复查结果：已全部改正。"]
    officer, decided = form.context["opinions"]
    assert (officer["by"], decided["by"], decided["role"]) == ([case_officer.name], [head.name], "机关负责人意见")
    page = printed(closed, file_forms.CLOSING)
    for said in (closed.docket.number, order.number, "同意结案", head.name, "供货延误"):
        assert said in page


@pytest.mark.pdf
def test_a_case_taken_up_again_is_not_told_as_closed(closed, head):
    with clock.pinned(date(2026, 9, 30)):
        case = cases.reopen(case=closed, reason="群众反映", by=head)
    assert file_forms.CLOSING not in forms(case)


@pytest.mark.pdf
def test_a_sign_that_no_font_has_is_shown_as_a_box(lead, case_officer, second_officer):
    type(lead).objects.filter(pk=lead.pk).update(facts="废水📷外排")
    with clock.pinned(DAY):
        case = cases.open_case(lead=type(lead).objects.get(pk=lead.pk), co_officer=second_officer, by=case_officer)
    assert "废水□外排" in printed(case, file_forms.FILING)


def test_the_file_of_the_lead_has_no_forms_of_the_case(case):
    assert "立案审批表" not in [paper.title for paper in casefile.papers(case.lead.docket)]
    assert "立案审批表" in [paper.title for paper in casefile.papers(case.docket)]
