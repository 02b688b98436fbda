"""Periods as the words of an order or a requirement name them: “三十日内” is 30 days, “立即” none."""

import re
from functools import cache
from typing import Final

import cn2an

AT_ONCE: Final = {"立即", "即日", "当日"}
_NUMBER: Final = r"[0-9０-９]{1,3}|[一二三四五六七八九十百零两]{1,7}"
WITHIN: Final = re.compile(rf"({_NUMBER})(?:日|天)(?:内|以内)")
# The same inside a requirement, with the words that lead up to it: 自收到本决定书之日起10日内, 于10日内, 在10日之内.
_INSIDE: Final = re.compile(
    rf"(?:自(?:收到|送达)[^，。；、]{{0,12}}之日起)?[于在]?((?:{_NUMBER})(?:日|天)(?:之|以)?内)[，,]?|^立即"
)


@cache
def _numerals() -> dict[str, int]:
    """Every number of days as it is properly written: what is not here (一二, 廿, 一百百) is no number."""
    found = {cn2an.an2cn(number): number for number in range(1, 1000)}
    return found | {"两": 2, "百": 100} | {name.replace("二百", "两百"): number for name, number in found.items()}


def days_within(text: str) -> int | None:
    """“三十日内” and “30日内” → 30; “立即” → 0; None for words that name no number of days."""
    text = text.strip()
    if text in AT_ONCE:
        return 0
    found = WITHIN.fullmatch(text)
    if found is None:
        return None
    return int(found[1]) if found[1].isdecimal() else _numerals().get(found[1])


def _days(found: "re.Match[str]") -> int | None:
    return days_within(found[1].replace("之内", "内")) if found[1] else 0


def begins_with(text: str) -> tuple[str, str]:
    """The period a requirement begins with, as a row of the order names it, and the rest: 于10日内补录 → (10日内, 补录). No period
    where it begins with none."""
    found = _INSIDE.match(text)
    if found is None or (days := _days(found)) is None:
        return "", text
    return (f"{days}日内" if days else "立即"), text[found.end() :]


def without(text: str, days: int | None) -> str:
    """A requirement without the period of so many days that it names itself: whatever it says besides stays."""
    return _INSIDE.sub(lambda found: "" if _days(found) == days else found[0], text)
