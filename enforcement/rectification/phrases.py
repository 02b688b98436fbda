"""Parts of an order as they read inside its sentences: the template adds the full stop, the period and the verb, so the
parts must not bring their own."""

import re

STOPS = " \t　。；;，,、."
# “30日内”, “三个月以内”, “10个工作日之内”; a period that a requirement names although its row has one.
OWN_PERIOD = re.compile(r"^立即|(?:\d+|[一二三四五六七八九十百两]+)个?(?:工作日|日|天|月)(?:之|以)?内")


def clause(text: str) -> str:
    """A part without the punctuation that ends a sentence."""
    return text.strip().rstrip(STOPS)


def requirement(within: str, text: str) -> str:
    """What is demanded, without the “立即” that its row says already."""
    text = clause(text)
    return text.removeprefix("立即") if within.strip() == "立即" else text


def period_named_twice(text: str) -> str | None:
    """The period that a requirement brings beside that of its row."""
    found = OWN_PERIOD.search(text)
    return found[0] if found else None


def exhibit(title: str, proves: str) -> str:
    """“排污许可证副本（证明持证情况）”, however the officer began what it proves."""
    proves = clause(proves).removeprefix("证明").lstrip("：:，, ")
    return f"{title}（证明{proves}）" if proves else title
