"""行政处罚事先告知书 and 行政处罚事先（听证）告知书."""

from datetime import date

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.penalties.documents import law, parts
from notices import registry
from tests.enforcement.penalties.papers import CONTACT, POLICY, VIOLATED, changed, drafted, lacks, text
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db
WORDS = {
    "violated": VIOLATED,
    "evidence": ["监测报告（证明排放浓度）"],
    "reasons": ["首次违法，从轻处罚。"],
    "fine": "50000",
    **CONTACT,
}


@pytest.fixture
def draft(written, case_officer):
    with clock.pinned(DAY):
        yield drafted("prior_notice_with_hearing", written, case_officer, **WORDS)


def test_a_draft_starts_with_the_facts_and_the_law_of_the_case(written, case_officer):
    with clock.pinned(DAY):
        content = drafted("prior_notice", written, case_officer).content
    assert content["facts"] == ["废水处理设施未运行。"]
    assert content["basis"] == [{"instrument": "中华人民共和国生态环境法典", "article": "第一千一百零四条"}]
    assert content["evidence"], "the record of the visit"
    assert content["contact"] == case_officer.name


def test_it_says_what_is_meant_why_and_what_the_party_may_do(draft):
    assert lacks(draft) == ""
    words = text(draft)
    for said in (
        "发现你单位实施了以下违法行为：废水处理设施未运行。",
        "违反了《中华人民共和国生态环境法典》第一百条关于保证污染防治设施正常运行的规定",
        "首次违法，从轻处罚。",
        "依据《中华人民共和国生态环境法典》第一千一百零四条的规定",
        "罚款人民币伍万元整（¥50,000.00）。",
        "第四十四条、第四十五条的规定，你单位对上述拟作出的行政处罚依法享有陈述和申辩的权利",
        "第六十三条第一款、第六十四条的规定，你单位有要求举行听证的权利",
        "应当自收到本告知书之日起五个工作日内",
    ):
        assert said in words


def test_where_no_hearing_is_offered_none_is_promised(written, case_officer):
    with clock.pinned(DAY):
        plain = drafted("prior_notice", written, case_officer, **WORDS)
        assert lacks(plain) == ""
        assert "听证" not in text(plain)


def test_each_of_the_two_has_a_title_and_a_number_word_of_its_own():
    found = {code: registry.get(code) for code in ("prior_notice", "prior_notice_with_hearing")}
    assert [(kind.title, kind.number_word) for kind in found.values()] == [
        ("行政处罚事先告知书", "罚告"),
        ("行政处罚事先（听证）告知书", "听告"),
    ]
    assert all(kind.is_led_by_docket for kind in found.values())


def test_before_july_2021_a_hearing_is_demanded_within_three_days_by_the_articles_of_that_time(draft, case_officer):
    with clock.pinned(date(2021, 7, 14)):
        words = text(draft)
    assert "第三十一条、第三十二条" in words
    assert "第四十二条第一款的规定，你单位有要求举行听证的权利。如要求听证，应当自收到本告知书之日起三日内" in words
    assert "陈述、申辩意见，请自收到本告知书之日起五日内" in words


def test_a_penalty_that_is_not_named_is_asked_for(draft, case_officer):
    assert "罚款、没收违法所得的金额" in lacks(changed(draft, case_officer, fine=""))


@pytest.mark.parametrize("name", ["facts", "evidence", "violated", "basis", "reasons", "contact"])
def test_what_the_law_wants_told_is_asked_for(draft, case_officer, name):
    """行政处罚法第四十四条: the content, the facts, the reasons and the basis."""
    assert lacks(changed(draft, case_officer, **{name: []})) != ""


def test_a_policy_document_alone_founds_no_penalty(draft, case_officer):
    only_policy = changed(draft, case_officer, basis=[{"instrument": POLICY, "article": "第五条"}])
    assert "第十六条" in lacks(only_policy)


def test_beside_a_law_a_policy_document_is_no_basis_either(draft, case_officer):
    both = [*draft.content["basis"], {"instrument": POLICY, "article": "第五条"}]
    assert "第十六条" in lacks(changed(draft, case_officer, basis=both))


def test_a_policy_document_is_known_by_its_name_alone(statute_book):
    from casework.models import Instrument

    policies = Instrument.objects.filter(nature="policy").exclude(title="")
    assert policies.exists()
    assert all(parts.is_policy(row.title) for row in policies)
    assert not parts.is_policy("稀土管理条例")


def test_several_penalties_are_numbered_with_the_amounts_last(draft, case_officer):
    several = changed(draft, case_officer, sanctions=["1．警告；", "责令停产停业"], gains="1409.50")
    assert (
        "（一）警告；（二）责令停产停业；（三）没收违法所得人民币壹仟肆佰零玖元伍角整（¥1,409.50）；（四）罚款人民币伍万元整"
        in text(several)
    )


def test_an_investigation_that_is_not_over_is_not_told_of(draft, case_officer):
    assert lacks(changed(draft, case_officer, investigated_to="2026-09-02")) != ""


def test_before_the_law_on_penalties_nothing_is_guessed():
    with pytest.raises(RuleBroken):
        law.on(date(1996, 9, 30))


def test_an_outsider_sees_no_draft_of_it(draft, outsider, case_officer, log_in):
    assert log_in(case_officer).get(draft.get_absolute_url()).status_code == 200
    assert log_in(outsider).get(draft.get_absolute_url()).status_code == 404
