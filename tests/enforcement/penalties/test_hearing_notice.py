"""行政处罚听证通知书: seven days before, before somebody who did not investigate (行政处罚法第六十四条)."""

from datetime import date

import pytest

from core import clock
from tests.enforcement.penalties.papers import CONTACT, changed, drafted, lacks, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(told, written, case_officer):
    """Drafted on Tuesday, 8 September: the seventh working day after it is Thursday, the 17th."""
    with clock.pinned(date(2026, 9, 8)):
        yield drafted(
            "penalty_hearing_notice", written, case_officer, requested_on="2026-09-07", held_at="2026-09-18T09:30",
            place="测试路1号会议室", host="陆主持", clerk="许记录", **CONTACT,
        )  # fmt: skip


def test_it_says_when_where_before_whom_and_what_the_party_may_do(notice, told, enterprise):
    assert lacks(notice) == ""
    words = text(notice)
    for said in (
        f"{enterprise.name}：",
        f"你单位于2026年9月7日就《行政处罚事先（听证）告知书》（{told.number}）提出的听证要求",
        "决定于2026年9月18日9时30分在测试路1号会议室举行听证。听证公开举行。",
        "听证主持人：陆主持；记录员：许记录。",
        "有权在听证举行前申请回避",
        "委托一至二人代理",
        "视为放弃听证权利",
    ):
        assert said in words


@pytest.mark.parametrize("name", ["told_number", "requested_on", "held_at", "place", "host", "clerk", "telephone"])
def test_each_part_of_it_is_asked_for(notice, case_officer, name):
    assert lacks(changed(notice, case_officer, **{name: ""})) != ""


def test_the_party_is_notified_seven_working_days_before(notice, case_officer):
    too_soon = changed(notice, case_officer, held_at="2026-09-17T09:30")
    assert "2026-09-18" in lacks(too_soon)


def test_before_july_2021_seven_calendar_days_were_enough(notice, case_officer):
    with clock.pinned(date(2021, 7, 1)):
        earlier = changed(notice, case_officer, requested_on="2021-06-30", held_at="2021-07-09T09:30")
        assert lacks(earlier) == ""
        assert "第六十四条第二项" in lacks(changed(earlier, case_officer, held_at="2021-07-08T09:30"))


def test_who_investigated_does_not_preside(notice, case_officer):
    own = changed(notice, case_officer, host=f"{case_officer.name}（科长）")
    assert "第六十四条第四项" in lacks(own)
    member = changed(own, case_officer, host="陆主持", members=case_officer.name)
    assert "第六十四条第四项" in lacks(member)


def test_who_presides_keeps_no_record(notice, case_officer):
    assert "记录员" in lacks(changed(notice, case_officer, clerk="陆主持"))


def test_a_closed_hearing_says_why(notice, case_officer):
    assert "因本案涉及商业秘密，听证不公开举行。" in text(changed(notice, case_officer, openness="trade_secret"))


def test_an_outsider_sees_no_draft_of_it(notice, outsider, log_in):
    assert log_in(outsider).get(notice.get_absolute_url()).status_code == 404
