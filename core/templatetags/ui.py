"""Tags and filters of the portal's components. How to use them: templates/components/README.md."""

import uuid
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core import markup
from core.labels import in_print
from core.listing import listed

register = template.Library()

register.simple_tag(markup.tag, name="tag")
register.simple_tag(markup.tags, name="tags")
register.simple_tag(markup.due, name="due")
register.filter("cell", markup.cell)
register.filter("iso", markup.iso)
register.filter("iso_minute", markup.iso_minute)
register.filter("bytes", markup.size)
register.filter("in_print", in_print)


def _with(context: Context, name: str, **data: Any) -> SafeString:
    """Render a component inside the page's own context, as `{% include %}` does."""
    engine = context.template.engine  # type: ignore[union-attr]  # a tag is always rendered by a template
    with context.push(**data):
        return mark_safe(engine.get_template(name).render(context))  # noqa: S308 - a template's output


@register.simple_tag
def once() -> SafeString:
    """The idempotency key of an acting form: however often its button is pressed, the act happens once."""
    return format_html('<input type="hidden" name="_once" value="{}">', uuid.uuid4())


@register.simple_tag(takes_context=True)
def own(context: Context, *names: str) -> str:
    """At the head of a component: these names count only when the include itself passed them. A page's own `title` or `text`
    must not turn up in a component that was called without one."""
    passed = context.dicts[-1]
    for name in names:
        passed.setdefault(name, "")
    return ""


@register.simple_tag
def icon(name: str, label: str = "", **options: str) -> SafeString:
    return markup.icon(name, label, options.get("class", ""))


@register.simple_tag(takes_context=True)
def hotkey(context: Context, key: str) -> SafeString | str:
    """A `<kbd>` hint, only for an officer who keeps keyboard shortcuts on."""
    if not context.get("hotkeys_on"):
        return ""
    return format_html('<kbd class="js-only" aria-hidden="true">{}</kbd>', key)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """Pairs of label and address; a last label without address is the page itself."""
    links = [{"label": parts[i], "url": parts[i + 1]} for i in range(0, len(parts) - 1, 2)]
    return {"links": links, "here": parts[-1] if len(parts) % 2 else ""}


@register.simple_block_tag(takes_context=True)
def panel(context: Context, content: str, title: str = "", **options: Any) -> SafeString:
    """A card with a heading. Options: action_label, action_url, action_icon, count, id, flush, level (2 or 3), print."""
    return _with(context, "components/panel.html", panel={"title": title, "content": content, "level": 2} | options)


@register.simple_block_tag(takes_context=True, end_name="enddialog")
def dialog(context: Context, content: str, id: str, title: str, **options: Any) -> SafeString:
    """A modal with a POST form. Options: action, submit, tone, typed, size, text, multipart."""
    return _with(context, "components/confirm.html", dialog={"id": id, "title": title, "content": content} | options)


@register.simple_tag(takes_context=True)
def action(context: Context, action: Any, small: bool = False, tone: str = "") -> SafeString | str:
    if not action:
        return ""
    tone = tone or markup.get(action, "tone", "secondary")
    button = {"primary": "btn-primary", "danger": "btn-outline-danger"}.get(tone, "btn-outline-secondary")
    return _with(
        context,
        "components/action.html",
        action=action,
        button=button,
        small=small,
        reason_id=f"why-{uuid.uuid4().hex[:8]}",
    )


@register.simple_tag(takes_context=True)
def more_menu(context: Context, actions: Any, label: str = "") -> SafeString | str:
    return _with(context, "components/more_menu.html", actions=actions, menu_label=label) if actions else ""


@register.simple_tag(takes_context=True)
def render_form(context: Context, form: Any, grid: bool = False) -> SafeString:
    return _with(context, "components/form.html", form=form, grid=grid)


@register.simple_tag(takes_context=True)
def table(context: Context, table: Any) -> SafeString:
    return _with(context, "components/table.html", table=table)


@register.simple_tag(takes_context=True)
def pager(context: Context, pager: Any) -> SafeString | str:
    return _with(context, "components/pager.html", pager=pager) if pager else ""


@register.simple_tag(takes_context=True)
def stepbar(context: Context, steps: Any) -> SafeString | str:
    """The step bar; on a phone it folds to "step 4 of 7"."""
    steps = list(steps or [])
    if not steps:
        return ""
    states = [markup.get(step, "state") for step in steps]
    if "current" in states:
        at = states.index("current")
    else:
        at = max((i for i, state in enumerate(states) if state == "done"), default=0)
    place = {"number": at + 1, "total": len(steps), "label": markup.get(steps[at], "label")}
    return _with(context, "components/stepbar.html", steps=steps, place=place)


@register.simple_tag(takes_context=True)
def keep_query(context: Context, *without: str) -> SafeString:
    """Hidden inputs that carry the page's query string through a GET form, except the names given."""
    request = context["request"]
    pairs = [(key, value) for key, values in request.GET.lists() if key not in without for value in values]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.filter
def or_dash(value: Any) -> Any:
    return markup.NOTHING if value is None or value == "" else value


@register.filter
def capped(count: int | None, cap: int = 1000) -> str:
    """A count that is not worth counting further: 1000+."""
    return "" if count is None else f"{cap}+" if count > cap else str(count)


@register.filter
def grouped(code: str, width: int = 4) -> str:
    """7QK29F4MXW3C → 7QK2-9F4M-XW3C, easier to read aloud and to type."""
    return "-".join(code[i : i + width] for i in range(0, len(code), width))


@register.filter
def undo_url(extra_tags: str | None) -> str:
    """The address after "undo:" in a message's extra tags."""
    return next((word[5:] for word in (extra_tags or "").split() if word.startswith("undo:")), "")


@register.filter
def message_tone(level_tag: str) -> str:
    return {"success": "green", "warning": "amber", "error": "red"}.get(level_tag, "blue")


@register.filter
def message_icon(level_tag: str) -> str:
    return {"success": "circle-check", "warning": "alert", "error": "alert-circle"}.get(level_tag, "info")


@register.filter
def control_class(widget: dict[str, Any]) -> str:
    """The house's class of a form control, beside those its author gave."""
    kind = widget.get("type", "")
    given = widget.get("attrs", {}).get("class", "")
    if kind == "hidden":
        house = ""
    elif kind in {"checkbox", "radio"}:
        house = "form-check-input"
    elif "optgroups" in widget:
        house = "form-select"
    else:
        house = "form-control"
    return f"{house} {given}".strip()


@register.filter
def native_value(value: str, kind: str) -> str:
    """What the browser's own date controls read: ISO, whatever the language's way of writing a date is."""
    if kind in {"date", "datetime-local"}:
        return value.replace("/", "-").replace(" ", "T")
    return value


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: "check" (label after the box), "group" (legend), "file", "area" or "line"."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") == "checkbox" and not getattr(widget, "allow_multiple_selected", False):
        return "check"
    if widget.use_fieldset:
        return "group"
    if getattr(widget, "input_type", "") == "file":
        return "file"
    return "area" if not hasattr(widget, "input_type") else "line"


@register.filter
def first_fields(form: Any, count: int | str) -> list[BoundField]:
    return list(form.visible_fields()[: int(count)])


@register.filter
def other_fields(form: Any, count: int | str) -> list[BoundField]:
    return list(form.visible_fields()[int(count) :])


@register.filter
def any_filled(fields: list[BoundField]) -> bool:
    """Whether one of these filters is in use: then "more conditions" is shown open."""
    return any(field.data not in (None, "", [], [""]) for field in fields)


@register.filter
def error_count(form: Any) -> int:
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def placed_errors(field: BoundField) -> list[tuple[str, str]]:
    """What is wrong with a field, each with the id of the control to go to: of a field of several, the one that is wrong."""
    found = []
    for words, error in zip(field.errors, field.errors.as_data(), strict=True):
        place = (getattr(error, "params", None) or {}).get("place")
        found.append((str(words), f"{field.auto_id}-{place}" if place else field.id_for_label or str(field.auto_id)))
    return found


@register.simple_tag
def accepts(extensions: str) -> str:
    """ ".pdf,.jpg" → "PDF, JPG", for the line under an upload field."""
    return listed(word.strip().lstrip(".").upper() for word in extensions.split(",") if word.strip())


@register.simple_tag
def cells(table: Any, row: Any) -> SafeString:
    """The `<td>`s of a row, each labelled by its column (on a phone the row is a card of labelled values)."""
    return markup.table_cells(markup.get(table, "columns", []), markup.get(row, "cells", []))


@register.filter
def is_running(state: str) -> bool:
    return state in {"waiting", "running"}


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def own_script(name: str) -> str:
    return f"js/{name}.js"
