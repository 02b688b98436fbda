"""What is said of a draft order that looks wrong though nothing is missing: once, of the right thing, and it refuses nothing."""

import pytest

from casework import statutes
from casework.models import Violation
from core import clock
from enforcement.rectification import agreement, lengths, phrases
from enforcement.rectification import services as cases
from notices import composing, content, registry
from notices import services as notices
from tests.plugins.matters import DAY, drafted_order

KIND = registry.get("rectification_order")


KNOWN = [{"instrument": "稀土管理条例", "article": "第十四条", "content": "如实记录流向"}]


@pytest.fixture
def order(written, case_officer):
    with clock.pinned(DAY):
        return notices.edit(
            notice=(drafted := drafted_order(written, case_officer)), content={"violated": KNOWN},
            version=drafted.version, by=case_officer,
        )  # fmt: skip


def reworded(order, by, **words):
    order.refresh_from_db()
    with clock.pinned(DAY):
        return notices.edit(notice=order, content=words, version=order.version, by=by)


def rows(*pairs):
    return {"requirements": [{"within": within, "text": text} for within, text in pairs]}


# --- the period stands once ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "asked",
    ["于10日内补录流向信息", "10日内补录流向信息", "在十日内，补录流向信息。", "自收到本决定书之日起10日内补录流向信息", "补录流向信息"],
)  # fmt: skip
@pytest.mark.parametrize("text", ["补录流向信息", "于10日内补录流向信息"])
def test_a_period_that_case_and_row_both_name_is_no_difference(asked, text):
    assert agreement.differences(requirements=asked, days=10, content=rows(("10日内", text))) == []


def test_another_period_inside_the_requirement_is_one():
    said = " ".join(agreement.differences(requirements="于5日内补录", days=10, content=rows(("10日内", "补录"))))
    assert "于5日内补录" in said


def test_a_period_in_the_middle_of_a_requirement_may_be_taken_out(order):
    assert (
        agreement.differences(requirements="台账须于10日内补录", days=10, content=rows(("10日内", "台账须补录"))) == []
    )


def test_a_new_order_takes_the_period_of_each_requirement_from_its_words(written):
    written.requirements, written.rectification_days = "立即停止排放\n于10日内补录流向信息。\n30日内修复收集池", 30
    written.save()
    with clock.pinned(DAY):
        found = KIND.initial(written.docket)["requirements"]
    assert [(row["within"], row["text"]) for row in found] == [
        ("立即", "停止排放"),
        ("10日内", "补录流向信息"),
        ("30日内", "修复收集池"),
    ]


def test_what_the_form_takes_out_is_not_warned_of(order, case_officer):
    changed = reworded(order, case_officer, **rows(("30日内", "于三十日内恢复废水处理设施正常运行")))
    assert KIND.warnings(changed) == []
    changed = reworded(order, case_officer, **rows(("30日内", "于20日内恢复废水处理设施正常运行")))
    assert "20日内" in " ".join(KIND.warnings(changed))


@pytest.mark.parametrize(("text", "found"), [("于10日内补录", ("10日内", "补录")), ("百百日内补录", ("", "百百日内补录")), ("按日补录", ("", "按日补录"))])  # fmt: skip
def test_the_period_at_the_head_of_a_requirement(text, found):
    assert lengths.begins_with(text) == found


# --- full stops ----------------------------------------------------------------------------------------------------------
def test_what_is_listed_brings_no_full_stop_of_its_own():
    said = " ".join(
        agreement.differences(requirements="甲。\n乙；\n丙。", days=1, content=rows(("1日内", "丁。"), ("1日内", "戊；"), ("1日内", "己。")))
    )  # fmt: skip
    assert "。。" not in said
    assert "。；" not in said
    assert "甲；乙；丙。" in said


# --- titles --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("《稀土管理条例》", "稀土管理条例"),
        ("《《稀土管理条例》》", "稀土管理条例"),
        ("<<稀土管理条例>>", "稀土管理条例"),
        ("“稀土管理条例”", "稀土管理条例"),
        ("《稀土管理条例", "稀土管理条例"),
        ("稀土管理条例》", "稀土管理条例"),
        (" 〈稀土管理条例〉 ", "稀土管理条例"),
        ("《环境影响评价法》（2018年修正）", "环境影响评价法（2018年修正）"),
        ("《关于印发《某办法》的通知》", "关于印发〈某办法〉的通知"),
        ("江苏省实施《某法》办法", "江苏省实施〈某法〉办法"),
        ("《某法》实施办法", "〈某法〉实施办法"),
        ("稀土管理条例", "稀土管理条例"),
        ("《》", ""),
        ("《", ""),
    ],
)
def test_marks_typed_around_a_title_are_not_printed_twice(typed, kept):
    assert phrases.title(typed) == kept


def test_the_order_prints_one_pair_of_marks(order, case_officer):
    cited = [{"instrument": "《稀土管理条例》", "article": "第十四条", "content": ""}]
    changed = reworded(
        order, case_officer, violated=cited, basis=[{"instrument": "<稀土管理条例>", "article": "第二十五条"}]
    )
    with clock.pinned(DAY):
        html = composing.draft_html(changed)
    assert "《《" not in html
    assert "违反了《稀土管理条例》第十四条的规定。" in html
    assert "依据《稀土管理条例》第二十五条的规定" in html


@pytest.mark.parametrize(
    "typed", ["如实记录流向", "关于如实记录流向的规定", "关于如实记录流向", "如实记录流向的规定。"]
)
def test_what_a_provision_demands_is_called_a_provision_once(order, typed):
    cited = [{"instrument": "稀土管理条例", "article": "第十四条", "content": typed}]
    words = content.clean(content.bound(KIND.form, order.content | {"violated": cited}))
    assert words["violated"][0]["content"] == "如实记录流向"


# --- the statute book ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "article", "lacks"),
    [
        ("稀土管理条例", "第十四条", False),  # a duty
        ("稀土管理条例", "第二十二条第一项", False),
        ("稀土管理条例", "第99条", True),
        ("中华人民共和国行政处罚法", "第二十八条第一款", False),  # a step rests on it
        ("中华人民共和国行政处罚法", "第九百条", True),
        ("某市某条例", "第九百条", False),
        ("稀土工业污染物排放标准", "4.1", False),
        ("", "第九百条", False),
    ],
)
def test_an_article_that_a_known_instrument_has_not_is_known(statute_book, title, article, lacks):
    assert statutes.lacking([(title, article)]) == ([(title, article)] if lacks else [])


def test_many_articles_cost_no_more_questions_than_one(statute_book, django_assert_num_queries):
    with django_assert_num_queries(3):
        statutes.lacking([("稀土管理条例", "第十四条")])
    with django_assert_num_queries(3):
        missing = statutes.lacking([("稀土管理条例", f"第{number}条") for number in range(1, 100)])
    assert ("稀土管理条例", "第99条") in missing


def test_the_drafter_is_told_that_the_book_is_not_complete_and_is_not_kept_from_signing(order, case_officer, written):
    cited = [{"instrument": "《稀土管理条例》", "article": "第九十九条", "content": "如实记录"}]
    changed = reworded(order, case_officer, violated=cited)
    said = " ".join(KIND.warnings(changed))
    assert "第九十九条" in said
    assert "不全" in said
    with clock.pinned(DAY):
        cases.sign(case=written, by=case_officer)


def test_no_order_the_portal_proposes_is_doubted_by_its_own_book(statute_book, written):
    for violation in Violation.objects.all():
        written.violation = violation
        written.save(update_fields=["violation"])
        with clock.pinned(DAY):
            found = KIND.initial(written.docket)
        cited = [(row["instrument"], row["article"]) for name in ("violated", "basis") for row in found[name]]
        assert statutes.lacking(cited) == [], violation.code


# --- facts, court --------------------------------------------------------------------------------------------------------
def test_a_fact_that_only_the_order_tells_is_named(order, case_officer, written):
    facts = [*written.facts.splitlines(), "监测报告（2026）第17号显示氨氮为42mg/L。"]
    said = " ".join(KIND.warnings(reworded(order, case_officer, facts=facts)))
    assert "监测报告（2026）第17号显示氨氮为42mg/L" in said
    assert written.facts.splitlines()[0].split("。")[0] not in said
    with clock.pinned(DAY):
        cases.sign(case=written, by=case_officer)


def test_a_fact_that_the_order_leaves_out_is_named(order, case_officer, written):
    said = " ".join(KIND.warnings(reworded(order, case_officer, facts=["另有事实。"])))
    assert written.facts.split("。")[0] in said


def test_the_same_facts_in_other_lines_are_no_difference():
    assert agreement.other_facts(facts="甲。乙。\n丙", content={"facts": ["甲。", "乙；丙。"]}) == []


def test_a_court_named_by_its_name_is_not_advised_against(order, case_officer):
    assert KIND.warnings(reworded(order, case_officer, court="溧阳市人民法院")) == []
