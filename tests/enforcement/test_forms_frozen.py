"""A form of the case file says for ever what was true when its step was taken: a paper that changed with the register would rewrite
history (docs/defects.md D17)."""

import re
from datetime import date

import pytest

from casework import deadlines
from core import clock
from enforcement.rectification import file_forms
from enforcement.rectification import services as cases
from enforcement.rectification.models import RectificationCase
from notices import casefile_forms, rendering
from organisation.models import Department, Officer
from organisation.roles import CASE_OFFICER, DEPARTMENT_HEAD
from organisation.services import appointments, delegations
from registry.models import Enterprise
from tests.notices.rendered_pages import text_of
from tests.plugins.matters import DAY, close, draw, reinspect
from trail.models import Event
from trail.recording import SYSTEM, verify

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
BEFORE = "系统尚未固定表单内容"


def forms(case) -> dict[str, casefile_forms.Form]:
    return {form.title: form for form in casefile_forms.of(case.docket)}


def pdf(case, title) -> bytes:
    case = RectificationCase.objects.get(pk=case.pk)
    return casefile_forms.draw(case.docket, forms(case)[title])


def printed(case, title) -> str:
    return "".join(text_of(pdf(case, title)).split())


def fresh(officer) -> Officer:
    return Officer.objects.get(pk=officer.pk)


def a_year_passes(case, officer) -> None:
    """The officer becomes the head, the party moves under another name and representative, the department is renamed."""
    with clock.pinned(date(2027, 9, 1)):
        appointments.grant(officer=fresh(officer), role=DEPARTMENT_HEAD, reason="任职", by=SYSTEM)
    Officer.objects.filter(pk=officer.pk).update(name="改名者")
    Enterprise.objects.filter(pk=case.enterprise_id).update(
        name="江苏新名称稀土有限公司", legal_representative="新任代表", address="新迁地址"
    )
    Department.objects.filter(pk=case.docket.department_id).update(name="改名后的机关", short_name="改名")


@pytest.fixture
def closed(served, inspector, case_officer, head):
    period = served.docket.deadlines.get(kind=cases.PERIOD)
    with clock.pinned(date(2026, 9, 10)):
        deadlines.extend(deadline=period, length=2, unit="month", reason="供货延误", document="延期审批表", by=head)
    case = reinspect(served, inspector, case_officer, done=True)
    draw(case)
    return close(case, officer=case_officer, head=head)


@pytest.mark.parametrize("title", [file_forms.FILING, file_forms.REVIEW, file_forms.CLOSING])
def test_d17_a_form_keeps_its_words_whatever_becomes_of_officer_party_and_authority(closed, case_officer, title):
    before = pdf(closed, title)
    a_year_passes(closed, case_officer)
    assert pdf(closed, title) == before
    assert BEFORE not in printed(closed, title)


def test_an_extension_is_told_in_its_own_unit(closed):
    assert "改正期限延长2个月，理由：供货延误。" in printed(closed, file_forms.CLOSING)


def test_what_a_form_says_is_part_of_the_chain_of_its_docket(closed):
    kept = Event.objects.filter(docket_id=closed.docket_id, verb=casefile_forms.VERB)
    assert [event.facts["title"] for event in kept.order_by("position")] == [
        file_forms.FILING,
        file_forms.REVIEW,
        file_forms.CLOSING,
    ]
    assert verify(f"docket:{closed.docket_id}").flaws == []


def deputy_of(principal, deputy) -> Officer:
    """Deputy from the day on, with whom he stands in for chosen at the head of the page."""
    with clock.pinned(DAY):
        delegations.give(
            principal=fresh(principal),
            deputy=fresh(deputy),
            starts_on=DAY,
            ends_on=DAY,
            reason="出差",
            by=fresh(principal),
        )
    acting = fresh(deputy)
    acting.acting_for = fresh(principal)
    return acting


def test_a_deputy_of_the_head_opens_the_case_in_his_place(lead, case_officer, second_officer, inspector, head):
    acting = deputy_of(head, inspector)
    with clock.pinned(DAY):
        case = cases.open_case(lead=lead, officer=case_officer, co_officer=second_officer, by=acting)
    (opinion,) = forms(case)[file_forms.FILING].context["opinions"]
    assert opinion["text"] == "决定立案调查。"
    assert (opinion["role"], opinion["by"]) == ("机关负责人意见", [f"{inspector.name}（受{head.name}委托代行）"])
    assert Event.objects.get(verb="rectification.open").on_behalf_of == head.name


def test_a_deputy_of_an_officer_gives_the_opinion_of_the_officer(lead, case_officer, second_officer, inspector):
    acting = deputy_of(case_officer, inspector)
    with clock.pinned(DAY):
        case = cases.open_case(lead=lead, officer=fresh(case_officer), co_officer=second_officer, by=acting)
    officer, by_hand = forms(case)[file_forms.FILING].context["opinions"]
    assert officer["text"] == "建议立案调查。"  # he proposes, the head decides
    assert (officer["role"], officer["by"]) == ("承办人意见", [f"{inspector.name}（受{case_officer.name}委托代行）"])
    assert by_hand == {"role": "机关负责人意见"}


def test_the_form_of_an_internal_office_bears_the_name_of_its_authority(
    lead, case_officer, second_officer, changzhou_epb, province_epb
):
    Department.objects.filter(pk=province_epb.pk).update(name="江苏省生态环境厅")
    Department.objects.filter(pk=changzhou_epb.pk).update(is_internal=True, name="常州稀土办")
    with clock.pinned(DAY):
        case = cases.open_case(
            lead=type(lead).objects.get(pk=lead.pk), co_officer=fresh(second_officer), by=fresh(case_officer)
        )
    page = printed(case, file_forms.FILING)
    assert page.startswith("江苏省生态环境厅")
    assert "常州稀土办" not in page


# --- steps taken before forms were frozen ------------------------------------------------------------------------------
@pytest.fixture
def never_frozen(monkeypatch):
    """As the version before: nothing is kept of what a form says."""
    monkeypatch.setattr(casefile_forms, "freeze", lambda docket, form: None)


def test_a_case_from_before_has_its_form_from_the_trail_and_the_form_says_so(
    never_frozen, lead, case_officer, second_officer
):
    with clock.pinned(DAY):
        case = cases.open_case(lead=lead, co_officer=second_officer, by=case_officer)
    assert BEFORE in printed(case, file_forms.FILING)
    a_year_passes(case, case_officer)
    officer, by_hand = forms(case)[file_forms.FILING].context["opinions"]
    assert officer["text"] == "建议立案调查。"  # he proposes, the head decides
    assert (officer["role"], officer["by"]) == ("承办人意见", [case_officer.name]), "he was no head then"
    assert by_hand == {"role": "机关负责人意见"}


def test_a_head_of_then_who_is_none_now_keeps_his_opinion(never_frozen, lead, case_officer, second_officer, head):
    with clock.pinned(DAY):
        case = cases.open_case(lead=lead, officer=case_officer, co_officer=second_officer, by=head)
    with clock.pinned(date(2027, 9, 1)):
        appointments.grant(officer=fresh(head), role=CASE_OFFICER, reason="调岗", by=SYSTEM)
        appointments.revoke(officer=fresh(head), role=DEPARTMENT_HEAD, reason="调岗", by=SYSTEM)
    (opinion,) = forms(case)[file_forms.FILING].context["opinions"]
    assert opinion["text"] == "决定立案调查。"
    assert (opinion["role"], opinion["by"]) == ("机关负责人意见", [head.name])


def test_a_deputy_of_then_stands_in_the_place_of_the_head(
    never_frozen, lead, case_officer, second_officer, inspector, head
):
    acting = deputy_of(head, inspector)
    with clock.pinned(DAY):
        case = cases.open_case(lead=lead, officer=case_officer, co_officer=second_officer, by=acting)
    (opinion,) = forms(case)[file_forms.FILING].context["opinions"]
    assert opinion["text"] == "决定立案调查。"
    assert (opinion["role"], opinion["by"]) == ("机关负责人意见", [f"{inspector.name}（受{head.name}委托代行）"])


def test_a_review_from_before_says_that_its_form_was_made_later(submitted, legal_reviewer, monkeypatch):
    monkeypatch.setattr(casefile_forms, "freeze", lambda docket, form: None)
    with clock.pinned(DAY):
        case = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    assert BEFORE in printed(case, file_forms.REVIEW)
    assert BEFORE not in printed(case, file_forms.FILING), "that one was frozen"


def test_a_form_frozen_by_the_first_version_that_froze_says_the_same_words_ever_after():
    """Later templates must draw what earlier versions froze: another wording takes a template of another name."""
    facts = {
        "agency": "常州市生态环境局", "title": "立案审批表", "number": "常环立〔2026〕1号", "cause": "涉嫌违法排放案",
        "source": "举报", "summary": ["废水外排。"], "grounds": ["符合立案条件。"],
        "party": {"name": "甲公司", "uscc": "1", "legal_representative": "乙", "address": "丙路"},
        "opinions": [
            {"role": "承办人意见", "text": "建议立案调查。", "by": ["丁"], "on": "2026-09-01"},
            {"role": "机关负责人意见"},
        ],
        "remark": "无。",
    }  # fmt: skip
    html = rendering.render_html("notices/rectification/filing_approval.html", facts, watermark=None)
    body = re.sub(r"<style.*?</style>|<title>.*?</title>|<[^>]+>|\s", "", html, flags=re.DOTALL)
    assert body == (
        "常州市生态环境局立案审批表常环立〔2026〕1号案由涉嫌违法排放案案件来源举报当事人甲公司统一社会信用代码1法定代表人（负责人）乙住所丙路"
        "案情简介废水外排。立案理由符合立案条件。承办人意见建议立案调查。签名：丁2026年9月1日机关负责人意见签名：年月日备注无。"
    )
