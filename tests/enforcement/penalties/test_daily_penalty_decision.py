"""按日连续处罚决定书: the seven contents of 环境保护主管部门实施按日连续处罚办法第十六条, and the product of fine and days."""

from datetime import date

import pytest

from core import clock
from organisation.models import Department
from tests.enforcement.penalties.papers import PAYMENT, POLICY, changed, drafted, lacks, text

pytestmark = pytest.mark.django_db
ROUNDS = [{"order": "测环责改〔2026〕3号", "served": "2026-09-20", "found": "2026-10-10"}]


@pytest.fixture
def daily(told, written, case_officer):
    with clock.pinned(date(2026, 10, 30)):
        yield drafted(
            "daily_penalty_decision", written, case_officer, original_number="测环罚〔2026〕1号", original_on="2026-09-17",
            original_fine="40000", rounds=ROUNDS, refusal=["复查时仍在超标排放。"], evidence=["监测报告（证明排放浓度）"],
            heard="silent", **PAYMENT,
        )  # fmt: skip


def test_it_has_its_seven_contents(daily, enterprise):
    assert lacks(daily) == ""
    words = text(daily)
    for content in (
        f"当事人：{enterprise.name}",  # 1 party
        "作出《行政处罚决定书》（测环罚〔2026〕1号），处以罚款人民币肆万元整（¥40,000.00）。",  # 2 former decision, refusal
        "复查时仍在超标排放。",
        "自2026年9月21日起至2026年10月10日止，共20日。",  # 3 first and last day, basis
        "依据《中华人民共和国生态环境法典》第一千零六十条的规定",
        "罚款总额为人民币捌拾万元整（¥800,000.00）。",  # 4 amount
        "十五日内，将罚款缴至下列账户",  # 5 how and by when
        "申请行政复议",  # 6 remedies
        "印章",  # 7 authority
    ):
        assert content in words


@pytest.mark.parametrize(
    "name",
    [
        "original_number", "original_on", "original_fine", "facts", "rounds", "refusal", "evidence", "basis",
        "told_number", "heard", "bank", "court",
    ],
)  # fmt: skip
def test_without_one_of_them_it_is_not_complete(daily, case_officer, name):
    assert lacks(changed(daily, case_officer, **{name: ""})) != ""


def test_the_days_of_several_rounds_are_added_up(daily, case_officer):
    more = [*ROUNDS, {"order": "测环责改〔2026〕5号", "served": "2026-10-12", "found": "2026-10-22"}]
    words = text(changed(daily, case_officer, rounds=more))
    assert "（二）自2026年10月13日起至2026年10月22日止，共10日。" in words
    assert "计罚日数累计30日，每日罚款数额¥40,000.00，罚款总额为人民币壹佰贰拾万元整（¥1,200,000.00）。" in words


@pytest.mark.parametrize(
    "row",
    [
        {"order": "甲", "served": "2026-10-10", "found": "2026-10-10"},
        {"order": "甲", "served": "2026-10-20", "found": "2026-10-31"},
        {"order": "甲", "served": "10月", "found": "2026-10-20"},
    ],
    ids=["no day between", "a look to come", "no day"],
)
def test_days_that_cannot_be_counted_are_refused(daily, case_officer, row):
    assert lacks(changed(daily, case_officer, rounds=[row])) != ""


def test_only_an_environmental_authority_punishes_by_the_day(daily):
    Department.objects.filter(pk=daily.docket.department_id).update(kind="industry")
    assert "第五条" in lacks(type(daily).objects.get(pk=daily.pk))


def test_it_rests_on_law(daily, case_officer):
    assert "第十六条" in lacks(changed(daily, case_officer, basis=[{"instrument": POLICY, "article": "第五条"}]))


def test_what_is_still_to_be_verified_is_said_to_whoever_decides(daily):
    """Whether the measure on counting goes on beside the Code nobody has verified: it informs, and decides nothing."""
    assert any("待核实" in doubt for doubt in daily.doubts())
    assert "待核实" not in text(daily)


def test_an_outsider_sees_no_draft_of_it(daily, outsider, log_in):
    assert log_in(outsider).get(daily.get_absolute_url()).status_code == 404
