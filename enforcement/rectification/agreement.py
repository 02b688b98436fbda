"""Does the order say what the case says? The party obeys the order, the clock runs by the case: they must not part."""

import re
from collections.abc import Mapping
from typing import Any

import cn2an
from django.utils.translation import gettext as _

AT_ONCE = {"立即", "即日", "当日"}
WITHIN = re.compile(r"([0-9０-９]{1,3}|[一二三四五六七八九十百两]{1,6})(?:日|天)(?:内|以内)")


def days_within(text: str) -> int | None:
    """“三十日内” and “30日内” → 30; “立即” → 0; None for words that name no number of days."""
    text = text.strip()
    if text in AT_ONCE:
        return 0
    found = WITHIN.fullmatch(text)
    return int(cn2an.cn2an(found[1], "smart")) if found else None


def differences(*, requirements: str, days: int, content: Mapping[str, Any]) -> list[str]:
    """Where the words of an order (`content` of its form) part from the requirements and the period of its case."""
    rows = [row for row in content.get("requirements") or [] if row.get("text", "").strip()]
    asked = [line for line in requirements.splitlines() if line.strip()]
    found = []
    if len(rows) != len(asked):
        found.append(
            _("The order names %(order)d requirements, the case %(case)d.") % {"order": len(rows), "case": len(asked)}
        )
    lengths = [days_within(row.get("within", "")) for row in rows]
    if None in lengths:
        found.append(_("Write each period of the order as “30日内” or “立即”: the clock must know how long it runs."))
    elif rows and max(length or 0 for length in lengths) != days:
        found.append(
            _("The longest period of the order is %(order)d days, that of the case %(case)d days.")
            % {"order": max(length or 0 for length in lengths), "case": days}
        )
    return found
