"""Parts of an order as they read inside its sentences: the template adds the full stop, the period and the verb, so the
parts must not bring their own."""

import re
from typing import Final

from enforcement.rectification import lengths

STOPS = " \t　。；;，,、."
MARKS: Final = {"《": "》", "〈": "〉", "<": ">", "＜": "＞", "“": "”", "「": "」", "『": "』", '"': '"', "【": "】"}
INNER: Final = re.compile("《([^《》]*)》")
# “30日内”, “三个月以内”, “10个工作日之内”; a period that a requirement names although its row has one.
OWN_PERIOD = re.compile(r"^立即|(?:\d+|[一二三四五六七八九十百两]+)个?(?:工作日|日|天|月)(?:之|以)?内")


# 一、 （一） 1. 1、 (1) ① 第一，: the order numbers its requirements itself. Not 3.5吨, and not 三日内.
NUMBERED = re.compile(
    r"^\s*(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:、|[.．](?!\d))"
    r"|第[一二三四五六七八九十]{1,3}[，、：]|[\u2460-\u2473])\s*"
)


def unnumbered(line: str) -> str:
    """A requirement without the number that whoever wrote it put before it."""
    return NUMBERED.sub("", line)


def clause(text: str) -> str:
    """A part without the punctuation that ends a sentence."""
    return text.strip().rstrip(STOPS)


def requirement(within: str, text: str) -> str:
    """What is demanded, without the period at its head (立即, 于10日内) that its row says already."""
    text = clause(unnumbered(text))
    period, rest = lengths.begins_with(text)
    return rest if period and lengths.days_within(period) == lengths.days_within(within) else text


def title(text: str) -> str:
    """The name of an instrument without the marks that the template sets around it (《…》, “…”, <…>); a title within it is marked as
    one that stands within (〈…〉)."""
    text = text.strip()
    while closing := MARKS.get(text[:1]):
        if text.endswith(closing) and len(text) > 1:
            text = text[1:-1].strip()
        elif (end := text.rfind(closing)) > 0:
            if text[end + 1] not in "（(":
                break  # 《某法》实施办法: the marks belong to a part of the name
            text = text[1:end] + text[end + 1 :]
        else:
            text = text[1:].strip()
    for opening, closing in MARKS.items():
        if opening not in text or opening == closing:
            text = text.removesuffix(closing)
    return INNER.sub(r"〈\1〉", text)


def demand(text: str) -> str:
    """What a provision demands, without the “关于……的规定” that the template sets around it."""
    return clause(text).removeprefix("关于").removesuffix("的规定")


def period_named_twice(text: str) -> str | None:
    """The period that a requirement brings beside that of its row."""
    found = OWN_PERIOD.search(text)
    return found[0] if found else None


def exhibit(title: str, proves: str) -> str:
    """“排污许可证副本（证明持证情况）”, however the officer began what it proves."""
    proves = clause(proves).removeprefix("证明").lstrip("：:，, ")
    return f"{title}（证明{proves}）" if proves else title
