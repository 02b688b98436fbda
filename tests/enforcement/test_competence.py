"""职权: an authority orders only what it may punish; where the statute book is in doubt it says so and refuses nothing."""

import re

import pytest
from django.utils import translation

from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from enforcement.leads import agencies, competence
from enforcement.leads import services as leads
from enforcement.leads.competence import Competence
from enforcement.leads.workflow import LEAD
from enforcement.rectification import services as cases
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db
OVER_PLAN = "RE21"  # 自然资源、工信


def about(code) -> Violation:
    return Violation.objects.get(code=code)


@pytest.fixture
def reported(statute_book, enterprise, case_officer):
    """A lead that another authority would have to act on."""
    with clock.pinned(DAY):
        return leads.register(
            enterprise=enterprise, origin="report", violation=about(OVER_PLAN), facts="超计划生产", received_on=DAY,
            by=case_officer,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "kind", "found"),
    [
        ("EC1107", "EPD", Competence.NAMED),
        (OVER_PLAN, "MIIT", Competence.NAMED),
        (OVER_PLAN, "MNR", Competence.NAMED),
        (OVER_PLAN, "EPD", Competence.NOT_NAMED),
        ("EC1107", "MIIT", Competence.NOT_NAMED),
        ("EC1221", "DRC", Competence.NAMED),
        ("RE24", "EPD", Competence.NOT_NAMED),
        ("RE25", "MIIT", Competence.NAMED),
        ("RE25", "EPD", Competence.UNCLEAR),  # 工信等
        ("RE23", "EPD", Competence.UNCLEAR),  # 工信会同有关部门
        ("RE26", "EPD", Competence.UNCLEAR),  # 监督检查部门
        ("EC1222", "EPD", Competence.UNCLEAR),  # 县级以上政府指定部门
        (OVER_PLAN, "GOV", Competence.UNCLEAR),  # a government may have the power by another law
        (OVER_PLAN, "", Competence.UNCLEAR),
        ("OLD-CP40", "MIIT", Competence.UNCLEAR),  # the row itself is to be verified
    ],
)
def test_who_may_act_on_what(statute_book, code, kind, found):
    assert competence.of(about(code), kind, "city") == found


@pytest.mark.parametrize(
    ("code", "level", "found"),
    [
        ("PLAN12", "province", Competence.NAMED),  # 省级工业主管部门
        ("PLAN12", "city", Competence.UNCLEAR),
        ("PLAN12", "county", Competence.UNCLEAR),
        (OVER_PLAN, "province", Competence.NAMED),
        (OVER_PLAN, "county", Competence.NAMED),
    ],
)
def test_where_one_level_of_a_line_is_named_the_others_are_to_be_verified(statute_book, code, level, found):
    assert competence.of(about(code), "MIIT", level) == found


def test_no_case_is_opened_on_what_another_authority_must_act_on(reported, case_officer, second_officer):
    with clock.pinned(DAY):
        with pytest.raises(RuleBroken, match=r"稀土管理条例第二十一条.*自然资源、工信.*第十七条"):
            cases.open_case(lead=reported, co_officer=second_officer, by=case_officer)
        offered = {step.name: reasons for step, reasons in LEAD.steps_at(reported, case_officer)}
    assert offered["open_case"]
    assert not offered["dismiss"]


def test_the_lead_says_who_must_act_and_an_outsider_sees_nothing(reported, case_officer, outsider, log_in):
    url = reported.get_absolute_url()
    assert "自然资源、工信" in log_in(case_officer).get(url).content.decode()
    assert log_in(outsider).get(url).status_code == 404


def test_a_case_is_not_turned_into_one_that_another_authority_must_handle(written, case_officer, log_in):
    data = {
        "violation": about(OVER_PLAN).pk, "facts": "超计划生产。", "requirements": "停止超计划生产", "rectification_days": 30,
        "version": written.version,
    }  # fmt: skip
    with clock.pinned(DAY):
        page = log_in(case_officer).post(f"/cases/{written.pk}/facts/", data)
    assert page.status_code == 422
    assert "第十七条" in page.context["form"].errors["violation"][0]


def test_a_case_opened_before_the_rule_goes_no_further(signed, case_officer):
    signed.violation = about(OVER_PLAN)
    signed.save(update_fields=["violation"])
    with clock.pinned(DAY), pytest.raises(RuleBroken, match="第十七条"):
        cases.submit(case=signed, by=case_officer)


def test_what_is_in_doubt_is_said_and_refused_nowhere(written, case_officer, log_in):
    edited = cases.edit(
        case=written, facts="台账不符。", requirements="补录流向信息", rectification_days=30, policy_source=None,
        expected_version=written.version, by=case_officer, violation=about("RE25"),
    )  # fmt: skip
    page = log_in(case_officer).get(edited.get_absolute_url()).content.decode()
    assert "待核实" in page
    assert "工信等" in page


def test_whoever_opens_a_case_reads_the_doubt_before(lead, case_officer, log_in):
    url = f"/leads/{lead.pk}/step/open_case/"
    client = log_in(case_officer)
    assert "执法权限" not in client.get(url).content.decode()
    lead.violation = about("RE25")
    lead.save(update_fields=["violation"])
    assert "工信等" in client.get(url).content.decode()


def test_an_authority_beyond_doubt_is_told_nothing(written):
    assert competence.row(written.violation, written.docket.department) == []


def test_an_english_screen_names_the_authorities_in_english(statute_book, case_officer):
    department = case_officer.department
    with translation.override("en"):
        said = competence.note(about("EC1222"), department)
        assert "names: the authority that the government of a county or above has designated" in said
        assert agencies.in_words("工信等") == "the authority for industry and information technology, and others"
        assert agencies.in_words("商务、海关") == "the authority for commerce, the customs"
    with translation.override("zh-hans"):
        assert agencies.in_words("工信等") == "工信等"
        assert agencies.in_words("商务、海关") == "商务、海关"


def test_every_authority_of_the_statute_book_has_an_english_name(statute_book):
    with translation.override("en"):
        said = {agencies.in_words(one) for one in Violation.objects.values_list("agency", flat=True)}
    assert [words for words in said if re.search("[\u4e00-\u9fff]", words)] == []
