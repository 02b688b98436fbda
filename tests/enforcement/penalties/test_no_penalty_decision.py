"""不予行政处罚决定书: the ground in the law of the day, and the education of who is not punished."""

from datetime import date

import pytest

from core import clock
from tests.enforcement.penalties import acts
from tests.enforcement.penalties.papers import VIOLATED, changed, drafted, lacks, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def spared(written, case_officer):
    with clock.pinned(date(2026, 9, 21)):
        yield drafted(
            "no_penalty_decision", written, case_officer, violated=VIOLATED, evidence=["整改照片（证明已经改正）"],
            ground="minor", reasons=["停运不足一小时，已立即恢复。"], education="今后应当保证设施正常运行。",
        )  # fmt: skip


def test_it_names_the_ground_its_articles_and_the_education(spared):
    assert lacks(spared) == ""
    words = text(spared)
    assert (
        "鉴于你单位违法行为轻微并及时改正，没有造成危害后果，依据《中华人民共和国行政处罚法》第三十三条第一款、第五十七条第一款第二项的规定"
        in words
    )
    assert "第三十三条第三款的规定" in words
    assert "不停止执行" not in words


@pytest.mark.parametrize("conclusion", ["minor", "first", "no_fault", "unproven", "out_of_time"])
def test_it_starts_with_the_conclusion_that_is_proposed_and_its_grounds(penalty, case_officer, conclusion):
    with clock.pinned(date(2026, 9, 1)):
        acts.write(penalty, case_officer, sanctions=[], conclusion=conclusion, grounds="甲\n乙")
        content = drafted("no_penalty_decision", penalty, case_officer).content
    assert (content["ground"], content["reasons"]) == (conclusion, ["甲", "乙"])


@pytest.mark.parametrize("name", ["facts", "evidence", "violated", "ground", "reasons", "education", "court"])
def test_each_part_of_it_is_asked_for(spared, case_officer, name):
    assert lacks(changed(spared, case_officer, **{name: ""})) != ""


def test_where_nothing_is_established_no_provision_is_violated_and_nobody_is_educated(spared, case_officer):
    cleared = changed(spared, case_officer, ground="unproven", violated=[], education="")
    assert lacks(cleared) == ""
    words = text(cleared)
    assert "鉴于违法事实不能成立，依据《中华人民共和国行政处罚法》第五十七条第一款第三项的规定" in words
    assert "违反了" not in words
    assert "教育" not in words


@pytest.mark.parametrize("ground", ["first", "no_fault"])
def test_a_ground_of_the_law_of_2021_is_refused_before(spared, case_officer, ground):
    with clock.pinned(date(2021, 7, 14)):
        earlier = changed(spared, case_officer, ground=ground, investigated_from="2021-07-01", investigated_to="")
        assert "不予行政处罚" in lacks(earlier)
    with clock.pinned(date(2021, 7, 15)):
        assert lacks(earlier) == ""


def test_the_limitation_period_is_pointed_out(spared, case_officer):
    assert any("第三十六条" in doubt for doubt in changed(spared, case_officer, ground="out_of_time").doubts())


def test_an_outsider_sees_no_draft_of_it(spared, outsider, log_in):
    assert log_in(outsider).get(spared.get_absolute_url()).status_code == 404
