"""Amounts in capital numerals, as fines are written."""

from decimal import Decimal

import pytest

from core.numerals import NotAnAmount, amount_in_capitals, amount_in_figures


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "人民币零元整"),
        ("1", "人民币壹元整"),
        ("10", "人民币壹拾元整"),
        ("15", "人民币壹拾伍元整"),
        ("100", "人民币壹佰元整"),
        ("101", "人民币壹佰零壹元整"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("0.57", "人民币伍角柒分"),
        ("10000", "人民币壹万元整"),
        ("10001", "人民币壹万零壹元整"),
        ("20000", "人民币贰万元整"),
        ("100000", "人民币壹拾万元整"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("200000", "人民币贰拾万元整"),
        ("1000000", "人民币壹佰万元整"),
        ("5000000", "人民币伍佰万元整"),
        ("10000100", "人民币壹仟万零壹佰元整"),
        ("100000000", "人民币壹亿元整"),
        ("100000001", "人民币壹亿零壹元整"),
        (Decimal("53000.00"), "人民币伍万叁仟元整"),
        (20000, "人民币贰万元整"),
    ],
)
def test_an_amount_is_written_in_capitals(amount, words):
    assert amount_in_capitals(amount) == words


@pytest.mark.parametrize(
    "wrong", ["-1", "-0.01", "0.001", "12.345", "1e17", "NaN", "Infinity", "十万", "", 0.1, 100000.0, True, None]
)
def test_what_is_not_an_amount_is_refused_in_words(wrong):
    with pytest.raises(NotAnAmount) as refusal:
        amount_in_capitals(wrong)
    assert str(refusal.value)


def test_the_message_names_what_is_wrong():
    from django.utils import translation

    with translation.override("en"):
        with pytest.raises(NotAnAmount, match="cannot be negative: -5"):
            amount_in_capitals(Decimal(-5))
        with pytest.raises(NotAnAmount, match="at most two decimals"):
            amount_in_capitals("0.005")


def test_figures_have_separators_and_two_places():
    assert amount_in_figures("100000") == "¥100,000.00"
