"""Small pieces of HTML that stand many times on a page, built in Python because a template for each would be slow.

Arguments may be dicts or objects with the attributes named in templates/components/README.md.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

TONES = frozenset({"red", "amber", "green", "blue", "purple", "grey"})
# A date or a minute broken over two lines is misread.
DAY = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?$")
NOTHING = SafeString('<span class="quiet" aria-hidden="true">—</span>')


def get(thing: Any, name: str, default: Any = None) -> Any:
    """One attribute or key of a dict or object; `default` when it is missing or None."""
    value = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
    return default if value is None else value


def tone_class(tone: str | None) -> str:
    """The class of a tone; an unknown tone is a programming error, not a colourless tag."""
    if not tone:
        return ""
    if tone not in TONES:
        raise ValueError(f"Unknown tone {tone!r}; one of {', '.join(sorted(TONES))}.")
    return f" tone-{tone}"


def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A sprite icon: decorative, or read out as `label`."""
    return _icon(static("icons.svg"), name, str(label), css)


@lru_cache(maxsize=1024)
def _icon(sprite: str, name: str, label: str, css: str) -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        spoken,
        sprite,
        name,
    )


def tag(tag: Any, tone: str | None = None) -> SafeString:
    """A state in words. `tag` is the label, or a Tag (label, tone, icon)."""
    if tag is None or tag == "":
        return SafeString("")
    if isinstance(tag, Mapping) or hasattr(tag, "label"):
        label, tone, symbol = get(tag, "label"), tone or get(tag, "tone"), get(tag, "icon")
    else:
        label, symbol = tag, None
    return format_html(
        '<span class="tag{}">{}{}</span>', tone_class(tone), icon(symbol) if symbol else SafeString(""), label
    )


def tags(items: Iterable[Any]) -> SafeString:
    return format_html('<span class="tags">{}</span>', format_html_join("", "{}", ((tag(item),) for item in items)))


def iso(day: date | datetime | None) -> str:
    """2026-12-11, in local time."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day.isoformat() if day else ""


def iso_minute(moment: datetime | date | None) -> str:
    """2026-12-11 09:32, in local time; a plain date has no made-up 00:00."""
    if not isinstance(moment, datetime):
        return iso(moment)
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).strftime("%Y-%m-%d %H:%M")


def due(
    due: Any,
    words: str = "",
    tone: str | None = None,
    why_url: str = "",
    provisional: bool = False,
    inline: bool = False,
) -> SafeString:
    """A date somebody must keep. `due` is the date, or a Due (on | due_on, words, tone, why_url, provisional, label)."""
    if due is None or due == "":
        return NOTHING
    if isinstance(due, date):
        on = due
    else:
        on = get(due, "on") or get(due, "due_on")
        words, tone = words or get(due, "words", ""), tone or get(due, "tone")
        why_url, provisional = why_url or get(due, "why_url", ""), provisional or bool(get(due, "provisional"))
        if on is None and not words:
            return NOTHING
    if provisional:
        words = _("%(words)s (provisional)") % {"words": words} if words else _("provisional")
    shown = format_html('<time class="due-date" datetime="{}">{}</time>', iso(on), iso(on)) if on else SafeString("")
    body = format_html("{}{}", shown, format_html(' <span class="due-words">{}</span>', words) if words else "")
    if why_url:
        body = format_html('<a href="{}" title="{}">{}</a>', why_url, _("Why this date?"), body)
    return format_html('<span class="due{}{}">{}</span>', " due-inline" if inline else "", tone_class(tone), body)


def cell(cell: Any) -> SafeString:
    """The content of one table cell (see "table" in the components' README)."""
    if not isinstance(cell, Mapping) and not hasattr(cell, "text") and not hasattr(cell, "tag"):
        return conditional_escape(cell) if cell not in (None, "") else NOTHING
    if (given := get(cell, "due", "")) != "":
        body = due(given)
    elif given := get(cell, "tags"):
        body = tags(given)
    elif given := get(cell, "tag"):
        body = tag(given)
    else:
        body = _text(get(cell, "text"), get(cell, "url"))
    named = [name for name in ("mono", "nowrap") if get(cell, name)]
    if "nowrap" not in named and DAY.match(str(get(cell, "text") or "")):
        named.append("nowrap")
    classes = " ".join(named)
    if classes:
        body = SafeString(f'<span class="{classes}">{body}</span>')
    sub = get(cell, "sub")
    return SafeString(f'{body}<span class="cell-sub">{conditional_escape(sub)}</span>') if sub else body


def _text(text: Any, url: str | None) -> SafeString:
    if text is None or text == "":
        return NOTHING
    shown = conditional_escape(text)
    return SafeString(f'<a class="row-link" href="{conditional_escape(url)}">{shown}</a>') if url else shown


def size(count: int | None) -> str:
    """Bytes in words: 812 B, 3.2 MB."""
    if count is None:
        return ""
    value = float(count)
    for unit in ("B", "KB", "MB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} GB"


def table_cells(columns: Iterable[Any], cells: Iterable[Any]) -> SafeString:
    """The `<td>`s of a row, each with its column's label and its place on a phone's card (main, wide, hide)."""
    parts = []
    for column, content in zip(columns, cells, strict=True):
        place = get(column, "phone", "")
        css = f"{'num ' if get(column, 'numeric') else ''}{f'cell-{place}' if place else ''}".strip()
        shown = f' class="{css}"' if css else ""
        label = conditional_escape(get(column, "label", ""))
        parts.append(f'<td data-label="{label}"{shown}>{cell(content)}</td>')
    return SafeString("".join(parts))
