"""How values are written in official Chinese documents. Built in to every notice template."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core import clock
from core.numerals import amount_in_capitals, amount_in_figures
from notices.rendering.pictures import qr_png_address

register = template.Library()

# The seal placeholder is 40 mm wide.
SEAL_EM = 40 / 25.4 * 72 / 16
WHOLE = re.compile(
    r"[A-Z]{2,4}(?:/[A-Z])? \d+(?:\.\d+)*(?:[-—–]\d{2,4})?|\d+(?:[.,]\d+)* ?[A-Za-zμµ]+(?:/[A-Za-z]+[23³²]?)?(?![A-Za-z\d-])"
)
DIGITS = "〇一二三四五六七八九"


def _date(value: date | datetime | str) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return (clock.local(value) if value.tzinfo else value).date()
    return value


@register.filter
def cn_date(value: date | datetime | str) -> str:
    """2026年11月21日: Arabic figures without leading zeros (GB/T 9704-2012, 7.3.5.4). ISO text is read too."""
    if value == "":
        return ""
    day = _date(value)
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def cn_time(value: datetime | time | str) -> str:
    """2026年11月21日9时05分; a time alone as 9时05分."""
    if value == "":
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(moment, datetime):
        moment = clock.local(moment) if moment.tzinfo else moment
        return f"{cn_date(moment)}{moment.hour}时{moment.minute:02d}分"
    return f"{moment.hour}时{moment.minute:02d}分"


@register.filter
def cn_until(value: datetime | str, began: datetime | str) -> str:
    """The end of what began then: of the same day the hour alone. 2026年11月6日14时00分至15时35分"""
    moments = [datetime.fromisoformat(one) if isinstance(one, str) and one else one for one in (value, began)]
    ends, begins = (clock.local(one) if isinstance(one, datetime) and one.tzinfo else one for one in moments)
    if isinstance(ends, datetime) and isinstance(begins, datetime) and ends.date() == begins.date():
        return cn_time(ends.time())
    return cn_time(value)


@register.filter
def cn_moment(value: datetime) -> str:
    """The same, of which the hour may not be known: midnight stands for that, and only the day is said."""
    at = clock.local(value) if value.tzinfo else value
    return cn_time(value) if at.time() != time() else cn_date(value)


@register.filter
def unbroken(text: str) -> SafeString:
    """The text with the numbers of standards and amounts with their units each kept on one line: GB 26451-2011, 42 mg/L."""
    pieces, end = [], 0
    for found in WHOLE.finditer(text):
        pieces += [escape(text[end : found.start()]), format_html('<span class="whole">{}</span>', found[0])]
        end = found.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 — every piece is escaped


@register.filter
def iso_date(value: date | datetime | str) -> str:
    return _date(value).isoformat()


@register.filter
def dotted_date(value: date | datetime | str) -> str:
    """2026.11.21, for narrow columns of an index."""
    day = _date(value)
    return f"{day.year}.{day.month}.{day.day}"


@register.filter
def heading_level(paragraph: str) -> int:
    """1 for 一、…, 2 for （一）…, 0 for text. A heading has no full stop."""
    if paragraph.endswith(("。", "；", "：", "，")):
        return 0
    if re.match(r"[一二三四五六七八九十]+、", paragraph):
        return 1
    return 2 if re.match(r"（[一二三四五六七八九十]+）", paragraph) else 0


@register.filter
def cn_number(value: int | str) -> str:
    """1 → 一, 12 → 十二, 25 → 二十五: paragraph numbers up to 99."""
    number = int(value)
    if not 0 < number < 100:
        raise ValueError(f"paragraph numbers go from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


@register.filter
def in_capitals(value: Decimal | int | str) -> str:
    """100000 → 人民币壹拾万元整"""
    return amount_in_capitals(value)


@register.filter
def in_figures(value: Decimal | int | str) -> str:
    """100000 → ¥100,000.00"""
    return amount_in_figures(value)


@register.filter
def mark_size(agency: str) -> str:
    """CSS class of the red agency mark: the longer the name, the smaller the type."""
    for longest, name in ((8, "mark-xl"), (10, "mark-l"), (12, "mark-m"), (15, "mark-s")):
        if len(agency) <= longest:
            return name
    return "mark-xs"


@register.filter
def qr(url: str) -> str:
    """Address of an image of the QR code of ``url``."""
    return qr_png_address(url)


@register.simple_tag(takes_context=True)
def sign_width(context: template.Context) -> str:
    """Width in em of the block of issuer, date and seal: the widest of the three."""
    day = cn_date(context["issued_on"]) if "issued_on" in context else ""
    return f"{max(_em(context['agency']), _em(day), SEAL_EM) + 0.01:.3f}"


def _em(text: str) -> float:
    """Width of Chinese text with figures: a character is 0.987 em wide in the bundled fonts, a figure half of it."""
    return sum(0.494 if character.isascii() else 0.987 for character in text)


@register.filter
def blank(value: object, width: int = 6) -> object:
    """A value, or room to write by hand (full-width spaces)."""
    return value if value not in ("", None) else "　" * int(width)
