"""The order and its case must not part: the party obeys the one, the clock runs by the other."""

import pytest

from enforcement.rectification import agreement


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30日内", 30), ("三十日内", 30), ("十五日内", 15), ("１０日内", 10), ("7天内", 7), ("立即", 0), (" 立即 ", 0),
        ("尽快", None), ("2026年底前", None), ("", None), ("1000日内", None),
    ],
)  # fmt: skip
def test_the_length_of_a_period_is_read_from_its_words(text, days):
    assert agreement.days_within(text) == days


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
