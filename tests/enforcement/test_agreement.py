"""The order and its case must not part: the party obeys the one, the clock runs by the other."""

import pytest

from enforcement.rectification import agreement, lengths
from notices import services as notices


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30日内", 30), ("三十日内", 30), ("十五日内", 15), ("１０日内", 10), ("7天内", 7), ("立即", 0), (" 立即 ", 0),
        ("尽快", None), ("2026年底前", None), ("", None), ("1000日内", None),
        ("两日内", 2), ("百日内", 100), ("一百零五日内", 105), ("两百日内", 200), ("三百六十日内", 360),
        ("一二日内", None), ("百百日内", None), ("十二三日内", None), ("零日内", None), ("一十百日内", None),
    ],
)  # fmt: skip
def test_the_length_of_a_period_is_read_from_its_words(text, days):
    assert lengths.days_within(text) == days


def rows(*pairs):
    return {"requirements": [{"within": within, "text": text} for within, text in pairs]}


def test_an_order_that_says_what_the_case_says_passes():
    content = rows(("立即", "停止排放"), ("30日内", "修复收集池"))
    assert agreement.differences(requirements="停止排放\n修复收集池\n", days=30, content=content) == []


def test_another_period_another_number_of_requirements_and_vague_words_are_named():
    shorter = agreement.differences(requirements="停止排放", days=30, content=rows(("15日内", "停止排放")))
    assert shorter == ["决定书载明的最长改正期限为15日，案件为30日，两者应当一致。"]
    fewer = agreement.differences(requirements="甲\n乙", days=30, content=rows(("30日内", "甲")))
    assert fewer == ["决定书列明改正要求1项，案件为2项，两者应当一致。"]
    vague = agreement.differences(requirements="甲", days=30, content=rows(("尽快", "甲")))
    assert len(vague) == 1
    assert "30日内" in vague[0]


def test_an_order_without_requirements_is_not_the_order_of_a_case_with_some():
    assert agreement.differences(requirements="甲", days=30, content={})


def test_no_words_of_an_order_keep_the_page_of_its_case_from_opening(signed, case_officer, outsider, log_in):
    for within in ("百日内", "百百日内", "十百千日内", "两两日内"):
        rows = {"requirements": [{"within": within, "text": "恢复"}]}
        signed.order.refresh_from_db()
        notices.edit(
            notice=signed.order, content=signed.order.content | rows, version=signed.order.version, by=case_officer
        )
        assert log_in(case_officer).get(signed.get_absolute_url()).status_code == 200, within
    assert log_in(outsider).get(signed.get_absolute_url()).status_code == 404
