"""行政处罚决定书: the six contents of 行政处罚法第五十九条, in words and figures."""

from datetime import date

import pytest

from core import clock
from tests.enforcement.penalties.papers import PAYMENT, POLICY, changed, drafted, lacks, text

pytestmark = pytest.mark.django_db
DECIDED_ON = date(2026, 9, 21)


@pytest.fixture
def decision(told, written, case_officer):
    """A draft after the party let its period pass."""
    with clock.pinned(DECIDED_ON):
        yield drafted("penalty_decision", written, case_officer, heard="silent", **PAYMENT)


def test_it_starts_with_what_the_party_was_told(decision, told):
    content = decision.content
    for name in ("facts", "evidence", "violated", "basis", "reasons", "fine"):
        assert content[name] == told.content[name]
    assert (content["told_number"], content["told_title"], content["told_on"]) == (
        told.number,
        "行政处罚事先（听证）告知书",
        "2026-09-04",
    )


def test_it_has_its_six_contents(decision, enterprise):
    assert lacks(decision) == ""
    words = text(decision)
    for content in (
        f"当事人：{enterprise.name}",  # 1 party
        f"住所：{enterprise.address}",
        "废水处理设施未运行。以上事实，有监测报告（证明排放浓度）等证据为证。",  # 2 facts and evidence
        "依据《中华人民共和国生态环境法典》第一千一百零四条的规定",  # 3 basis and kind
        "决定对你单位作出如下行政处罚：罚款人民币伍万元整（¥50,000.00）。",
        "应当自收到本决定书之日起十五日内，将罚款缴至下列账户",  # 4 how and by when
        "代收银行：测试银行样例支行",
        "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额。",
        "六十日内向",  # 5 remedies
        "六个月内依法向有管辖权的人民法院提起行政诉讼",
        "印章",  # 6 authority and date
    ):
        assert content in words


def test_it_says_that_the_party_was_told_and_let_its_period_pass(decision, told):
    assert (
        f"于2026年9月4日向你单位送达《行政处罚事先（听证）告知书》（{told.number}），告知你单位拟作出的行政处罚内容及事实、理由、依据，"
        "以及依法享有的陈述、申辩和要求听证的权利。你单位在规定期限内未提出陈述、申辩意见，也未要求听证。"
    ) in text(decision)


@pytest.mark.parametrize(
    "name",
    [
        "facts",
        "evidence",
        "basis",
        "reasons",
        "told_number",
        "told_on",
        "heard",
        "reconsideration_body",
        "court",
        "fine",
        *PAYMENT,
    ],
)
def test_without_one_of_its_contents_it_is_not_complete(decision, case_officer, name):
    assert lacks(changed(decision, case_officer, **{name: ""})) != ""


def test_what_the_party_said_and_what_was_found_on_it_must_stand_in_it(decision, case_officer):
    said = changed(decision, case_officer, heard="statement")
    assert "第四十五条" in lacks(said)
    answered = changed(said, case_officer, heard_words=["你单位提出设备突发故障。经复核，故障已逾三日，不予采纳。"])
    assert lacks(answered) == ""
    assert "权利。你单位提出设备突发故障。" in text(answered)


def test_a_hearing_was_held_only_where_one_was_offered(decision, case_officer):
    heard = changed(
        decision, case_officer, heard="hearing", heard_words=["听证于9月15日举行。"], told_title="行政处罚事先告知书"
    )
    assert "听证" in lacks(heard)


def test_a_policy_document_alone_founds_no_decision(decision, case_officer):
    assert "第十六条" in lacks(changed(decision, case_officer, basis=[{"instrument": POLICY, "article": "第五条"}]))


def test_a_penalty_that_is_more_than_words_says_how_it_is_performed(decision, case_officer):
    stopped = changed(decision, case_officer, sanctions=["责令停产停业"])
    assert "第五十九条第一款第四项" in lacks(stopped)
    assert lacks(changed(stopped, case_officer, performance=["自本决定书送达之日起停产停业。"])) == ""


def test_a_warning_takes_effect_when_it_is_served_and_nothing_is_to_be_paid(decision, case_officer):
    warned = changed(decision, case_officer, sanctions=["警告"], fine="", payee="", bank="", account="")
    assert lacks(warned) == ""
    words = text(warned)
    assert "警告自本决定书送达之日起生效。" in words
    assert "加处罚款" not in words
    assert "代收银行" not in words


def test_a_higher_fine_than_the_party_was_told_is_pointed_out(decision, told, case_officer):
    assert not any(told.number in doubt for doubt in decision.doubts())
    higher = changed(decision, case_officer, fine="50000.01")
    assert any(told.number in doubt for doubt in higher.doubts())


def test_the_law_of_the_day_sets_the_periods(decision):
    with clock.pinned(date(2015, 4, 30)):
        words = text(decision)
    assert "三个月内依法向" in words
    assert "第五十一条第一项的规定" in words
    assert "电子支付" not in words
    with clock.pinned(date(2015, 5, 1)):
        assert "六个月内依法向" in text(decision)


def test_an_outsider_sees_no_draft_of_it(decision, outsider, log_in):
    assert log_in(outsider).get(decision.get_absolute_url()).status_code == 404
