"""Amounts in capital numerals (大写金额), as cheques, fines and notices write them.

Rules of 《正确填写票据和结算凭证的基本规定》 (中国人民银行, annex 1 of 支付结算办法): 人民币 in front, 整 after yuan or
jiao, 零 for skipped places. The spelling of large numbers comes from cn2an; what it does not do (refuse wrong input,
整, 零 before a lone fen) is done here.
"""

from decimal import Decimal, InvalidOperation

import cn2an
from django.utils.translation import gettext as _

LARGEST_YUAN = Decimal("1e16")


class NotAnAmount(ValueError):
    """The value cannot be written as an amount of yuan, jiao and fen. The message says why, translated."""


def yuan(value: Decimal | int | str) -> Decimal:
    """``value`` as yuan with exactly two places. Raises NotAnAmount; floats are refused, for they cannot hold fen."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise NotAnAmount(_("An amount must be a decimal number, not %(kind)s.") % {"kind": type(value).__name__})
    try:
        amount = Decimal(value.strip()) if isinstance(value, str) else Decimal(value)
    except InvalidOperation as error:
        raise NotAnAmount(_("“%(value)s” is not an amount.") % {"value": value}) from error
    if not amount.is_finite():
        raise NotAnAmount(_("“%(value)s” is not an amount.") % {"value": value})
    if amount < 0:
        raise NotAnAmount(_("An amount cannot be negative: %(value)s.") % {"value": amount})
    if amount >= LARGEST_YUAN:
        raise NotAnAmount(_("The amount %(value)s is too large to be written in capital numerals.") % {"value": amount})
    cents = amount.quantize(Decimal("0.01"))
    if cents != amount:
        raise NotAnAmount(_("An amount has at most two decimals: %(value)s.") % {"value": amount})
    return cents


def amount_in_capitals(value: Decimal | int | str) -> str:
    """100000 → 人民币壹拾万元整; 1409.5 → 人民币壹仟肆佰零玖元伍角整; 0.05 → 人民币伍分.

    >>> amount_in_capitals("6007.14")
    '人民币陆仟零柒元壹角肆分'
    """
    amount = yuan(value)
    whole, fen_total = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen_total, 10)
    text = f"{_capitals(whole)}元" if whole or not fen_total else ""
    if not fen_total:
        return f"人民币{text}整"
    if jiao:
        text += f"{_capitals(jiao)}角"
    elif whole:
        text += "零"
    text += f"{_capitals(fen)}分" if fen else "整"
    return f"人民币{text}"


def amount_in_figures(value: Decimal | int | str) -> str:
    """100000 → ¥100,000.00"""
    return f"¥{yuan(value):,.2f}"


def _capitals(number: int) -> str:
    if number == 0:
        return "零"
    text: str = cn2an.an2cn(number, "up")
    return text
