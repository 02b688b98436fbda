"""What a new rectification order says of itself: nothing that is not so, and everything the law wants in it."""

import re

import pytest
from django.conf import settings

from casework import statutes
from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from enforcement.leads import services as leads
from enforcement.leads.models import Origin
from enforcement.rectification import services as cases
from notices import completeness, registry
from notices import services as notices
from organisation import reference
from organisation.models import Department
from registry.models import Enterprise
from tests.factories import make_department, make_region
from tests.plugins.matters import DAY, VIOLATED

pytestmark = pytest.mark.django_db
KIND = registry.get("rectification_order")


def words(case) -> dict:
    with clock.pinned(DAY):
        return KIND.initial(case.docket)


def text_of(missing: list[str]) -> str:
    return " ".join(missing)


# --- what was violated ------------------------------------------------------------------------------------------------
def test_the_article_that_punishes_is_not_given_as_the_one_that_was_violated(written):
    found = words(written)
    assert found["violated"] == []
    assert found["basis"][-1] == {"instrument": "中华人民共和国生态环境法典", "article": "第一千一百零四条"}


def test_the_article_that_was_violated_is_given_where_the_data_know_it(written):
    written.violation = Violation.objects.get(code="RE25")
    written.save(update_fields=["violation"])
    found = words(written)
    assert found["violated"] == [{"instrument": "稀土管理条例", "article": "第十四条", "content": ""}]
    assert found["basis"][-1] == {"instrument": "稀土管理条例", "article": "第二十五条"}


def test_an_order_is_not_submitted_before_the_article_is_named(written, case_officer, second_officer, log_in):
    with clock.pinned(DAY):
        order = cases.draft_order(case=written, by=case_officer)
        for officer in (case_officer, second_officer):
            cases.sign(case=written, by=officer)
        with pytest.raises(RuleBroken, match="违反的"):
            cases.submit(case=written, by=case_officer)
    form = log_in(case_officer).get(f"/documents/{order.pk}/edit/?check=1").context["form"]
    assert list(form.errors) == ["violated"]
    with clock.pinned(DAY):
        notices.edit(notice=order, content={"violated": VIOLATED}, version=order.version, by=case_officer)
        for officer in (case_officer, second_officer):
            cases.sign(case=written, by=officer)
        cases.submit(case=written, by=case_officer)


def test_saving_an_order_with_gaps_says_so_at_the_field(written, case_officer, log_in):
    with clock.pinned(DAY):
        order = cases.draft_order(case=written, by=case_officer)
    browser = log_in(case_officer)
    answer = browser.post(f"/documents/{order.pk}/edit/", {"version": order.version, "report": "书面报送"}, follow=True)
    assert "violated" in answer.context["form"].errors
    assert answer.context["form"]["report"].value() == "书面报送"


# --- evidence ---------------------------------------------------------------------------------------------------------
def test_the_record_of_the_visit_is_evidence_only_where_there_was_a_visit(
    written, enterprise, case_officer, second_officer
):
    assert [line for line in words(written)["evidence"] if "现场检查" in line]
    with clock.pinned(DAY):
        lead = leads.register(
            enterprise=enterprise, origin=Origin.REPORT, violation=written.violation, facts="群众反映夜间排放废水。",
            received_on=DAY, by=case_officer, department=case_officer.department,
        )  # fmt: skip
        case = cases.open_case(lead=lead, co_officer=second_officer, by=case_officer)
    assert words(case)["evidence"] == []


# --- the party --------------------------------------------------------------------------------------------------------
def test_an_order_to_a_party_whose_representative_nobody_knows_goes_nowhere(signed, case_officer):
    assert completeness.of(signed.order) == []
    Enterprise.objects.filter(pk=signed.enterprise_id).update(legal_representative="")
    signed.order.docket.enterprise.refresh_from_db()
    assert signed.enterprise.name in text_of(completeness.of(signed.order))
    with pytest.raises(RuleBroken), clock.pinned(DAY):
        cases.submit(case=signed, by=case_officer)


# --- titles -----------------------------------------------------------------------------------------------------------
def test_every_law_of_the_reference_files_is_cited_by_its_full_title(statute_book):
    cited = {
        (violation.code, title)
        for violation in Violation.objects.all()
        for text in (violation.legal_basis, violation.duty_article)
        for title, _article in statutes.in_full(text)
    }
    assert len(cited) > 30
    assert {code for code, title in cited if re.search(r"[()（）0-9]", title)} == set()
    short = {
        title for _code, title in cited if re.search("(?<!办)法典?$", title) and not title.startswith("中华人民共和国")
    }
    assert short == set()


@pytest.mark.parametrize(
    ("cited", "in_full"),
    [
        ("环评法(2018)第31条", [("中华人民共和国环境影响评价法", "第三十一条")]),
        ("总量调控管理暂行办法(2025令71号)", [("稀土开采和稀土冶炼分离总量调控管理暂行办法", "")]),
        ("稀土管理条例第22条(一)", [("稀土管理条例", "第二十二条第一项")]),
        ("建设项目环保条例(2017)第23条", [("建设项目环境保护管理条例", "第二十三条")]),
        ("某市某条例第3条", [("某市某条例", "第三条")]),
        ("", []),
    ],
)
def test_a_citation_of_the_files_as_documents_write_it(statute_book, cited, in_full):
    assert statutes.in_full(cited) == in_full


# --- the authority ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "itself", "reconsidered_by"),
    [
        ("JS-EPD", "我厅", "江苏省人民政府"),
        ("JS-DRC", "我委", "江苏省人民政府"),
        ("JS-AIC", "我局", "江苏省人民政府"),
        ("JS-GOV", "本机关", "江苏省人民政府"),
        ("CUS-NJ", "我关", "海关总署"),
        ("JS-TAX", "我局", "国家税务总局"),
        ("MOFCOM-NJ", "我办", "商务部"),
        ("3204-EPD", "我局", "常州市人民政府"),
        ("3204-GOV", "本机关", "江苏省人民政府"),
        ("320481-GOV", "本机关", "常州市人民政府"),
        ("320481-MIIT", "我局", "溧阳市人民政府"),
        ("320481-EPD", "我局", "常州市人民政府或者溧阳市人民政府"),
    ],
)
def test_an_authority_names_itself_and_who_reconsiders_its_acts(db, code, itself, reconsidered_by):
    reference.load(settings.ROOT / "reference")
    department = Department.objects.get(code=code)
    assert (department.own_name_in_text, department.reconsidered_by) == (itself, reconsidered_by)
    if department.reconsideration_by:
        assert "行政复议法" in department.reconsideration_source
        assert department.reconsideration_confidence


def test_an_authority_of_which_the_data_say_nothing_names_itself_neutrally(db):
    central = make_department("N-X", "某部", make_region("100000", "中国", "nation"), level="central", kind="X")
    assert (central.own_name_in_text, central.reconsidered_by) == ("本机关", "")


def test_the_words_of_the_order_are_those_of_its_authority(written):
    Department.objects.filter(pk=written.docket.department_id).update(
        calls_itself="我关", reconsideration_by="海关总署"
    )
    written.docket.department.refresh_from_db()
    found = words(written)
    assert "我关" in found["report"]
    assert found["refusal"].startswith("我关")
    assert found["reconsideration_body"] == "海关总署"
    assert "我局" not in str(found)


# --- ordering again ---------------------------------------------------------------------------------------------------
def test_a_case_that_orders_again_stands_by_the_law_of_its_first_order(issued):
    found = words(issued)
    assert found["violated"] == VIOLATED
    assert found["evidence"] == ["现场检查（勘察）笔录（证明检查经过和检查发现的事实）"]
