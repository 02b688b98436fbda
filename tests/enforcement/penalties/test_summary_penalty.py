"""当场行政处罚决定书: the limits of the simple procedure, by the law of the day (行政处罚法第五十一条)."""

from datetime import date

import pytest

from core import clock
from tests.enforcement.penalties.papers import PAYMENT, POLICY, VIOLATED, changed, drafted, lacks, text

pytestmark = pytest.mark.django_db
OFFICERS = [{"name": "王测试", "certificate": "测试0001"}, {"name": "李测试", "certificate": "测试0002"}]


@pytest.fixture
def summary(written, case_officer):
    with clock.pinned(date(2026, 9, 2)):
        yield drafted(
            "summary_penalty_decision", written, case_officer, found_at="2026-09-01T09:30", violated=VIOLATED,
            evidence=["现场照片（证明未运行）"], sanction="fine", fine="3000", officers=OFFICERS, **PAYMENT,
        )  # fmt: skip


def test_it_has_the_contents_of_its_article(summary, enterprise):
    """行政处罚法第五十二条第二款: violation, kind, basis, amount, time, place, remedies, authority; signed by the officers."""
    assert lacks(summary) == ""
    words = text(summary)
    for content in (
        "2026年9月1日9时30分",
        "发现你单位实施了以下违法行为：废水处理设施未运行。",
        "依据《中华人民共和国生态环境法典》第一千一百零四条和《中华人民共和国行政处罚法》第五十一条的规定",
        "罚款人民币叁仟元整（¥3,000.00）。",
        "你单位未提出陈述、申辩意见。",
        "执法人员签名",
        "测试0001",
        "当事人签名或者盖章",
    ):
        assert content in words


@pytest.mark.parametrize(
    "name", ["found_at", "place", "facts", "evidence", "violated", "basis", "sanction", "fine", "bank"]
)
def test_each_part_of_it_is_asked_for(summary, case_officer, name):
    assert lacks(changed(summary, case_officer, **{name: ""})) != ""


@pytest.mark.parametrize(
    ("on", "party", "most"),
    [
        (date(2026, 9, 2), "organisation", 3000),
        (date(2026, 9, 2), "citizen", 200),
        (date(2021, 7, 15), "organisation", 3000),
        (date(2021, 7, 14), "organisation", 1000),
        (date(2021, 7, 14), "citizen", 50),
    ],
)
def test_a_fine_beyond_the_limit_takes_the_ordinary_procedure(summary, case_officer, on, party, most):
    with clock.pinned(on):
        at = f"{on.isoformat()}T00:00"
        within = changed(summary, case_officer, party_kind=party, found_at=at, fine=str(most))
        assert lacks(within) == ""
        assert f"¥{most:,}.00" in lacks(changed(within, case_officer, fine=f"{most}.01"))


def test_a_small_fine_may_be_collected_on_the_spot_and_a_larger_one_not(summary, case_officer):
    small = changed(summary, case_officer, fine="100", collected="small", payee="", bank="", account="")
    assert lacks(small) == ""
    assert "第六十八条第一项的规定，罚款由执法人员当场收缴，并出具财政部门统一制发的专用票据。" in text(small)
    assert "第六十八条第一项" in lacks(changed(small, case_officer, fine="100.01"))


def test_since_2024_reconsideration_comes_before_the_court(summary):
    """行政复议法（2023修订）第二十三条第一款第一项."""
    assert "六十日内先向" in text(summary)
    with clock.pinned(date(2023, 12, 31)):
        words = text(summary)
    assert "内先向" not in words
    assert "六个月内依法向" in words


def test_a_warning_carries_no_amount(summary, case_officer):
    warned = changed(summary, case_officer, sanction="warning")
    assert lacks(warned) != ""
    clean = changed(warned, case_officer, fine="", payee="", bank="", account="")
    assert lacks(clean) == ""
    assert "警告自本决定书当场交付之日起生效。" in text(clean)


def test_two_officers_sign_it(summary, case_officer):
    assert "第四十二条" in lacks(changed(summary, case_officer, officers=OFFICERS[:1]))


def test_it_rests_on_law(summary, case_officer):
    assert "第十六条" in lacks(changed(summary, case_officer, basis=[{"instrument": POLICY, "article": "第五条"}]))


def test_a_citizen_is_addressed_as_one(summary, case_officer):
    words = text(changed(summary, case_officer, party_kind="citizen", fine="200"))
    assert "你单位" not in words
    assert "决定当场对你作出如下行政处罚" in words


def test_an_outsider_sees_no_draft_of_it(summary, outsider, log_in):
    assert log_in(outsider).get(summary.get_absolute_url()).status_code == 404
