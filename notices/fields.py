"""Form fields for the variable parts of notices: lists of lines, tables of rows. They work without JavaScript.

The values are plain JSON (lists, dicts, texts), so a draft is stored as it was typed and bound to its form again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


class LinesField(forms.CharField):
    """A text area; each line that is not empty is one item. Cleans to a list of texts."""

    widget = forms.Textarea

    def __init__(self, *, max_items: int = 20, max_item_length: int = 500, **kwargs: Any) -> None:
        self.max_items, self.max_item_length = max_items, max_item_length
        kwargs.setdefault("widget", LinesWidget(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value) > self.max_items:
            raise ValidationError(_("At most %(limit)s lines.") % {"limit": self.max_items})
        for number, line in enumerate(value, start=1):
            if len(line) > self.max_item_length:
                raise ValidationError(
                    _("Line %(number)s is longer than %(limit)s characters.")
                    % {"number": number, "limit": self.max_item_length}
                )

    def run_validators(self, value: Any) -> None:
        """The limits are those of `validate`; the validators of a single text do not apply."""


# Characters of a line of a form on a wide screen, as far as a box is made high enough for them.
WIDE, NARROW = 40, 22


def height_for(text: str, *, least: int, width: int = WIDE) -> int:
    """How many lines a box needs so that none of its words is out of sight."""
    return max(least, sum(max(1, -(-len(line) // width)) for line in text.splitlines()))


class LinesWidget(forms.Textarea):
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        shown = self.format_value(value) or ""
        context["widget"]["attrs"]["rows"] = height_for(shown, least=int(self.attrs.get("rows", 4)))
        return context

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, list | tuple):
            return "\n".join(map(str, value))
        text: str | None = super().format_value(value)
        return text


class Column:
    """A column of a RowsField: its key in the value, its heading, how long a text may be, whether it must be filled."""

    def __init__(
        self, key: str, label: Label, *, max_length: int = 200, required: bool = True, wide: bool = False
    ) -> None:
        self.key, self.label, self.max_length, self.required, self.wide = key, label, max_length, required, wide


class RowsWidget(forms.Widget):
    """A small table of text inputs: the rows that have something, and blank ones to go on. Input names are
    `<field>-<row>-<column>`."""

    template_name = "notices_pages/widgets/rows.html"

    def __init__(self, columns: Sequence[Column], *, spare: int = 2, max_rows: int = 20) -> None:
        self.columns, self.spare, self.max_rows = list(columns), spare, max_rows
        self.faults: dict[str, list[str]] = {}  # by cell ("2-within", rows from 0), once the field has been cleaned
        super().__init__()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if isinstance(data.get(name), list):  # a stored draft, or a caller in Python
            return data[name]
        rows = []
        for number in range(self.max_rows):
            row = {column.key: _in_one_line(data.get(f"{name}-{number}-{column.key}", "")) for column in self.columns}
            if any(row.values()):
                rows.append(row)
        return rows

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-{self.columns[0].key}" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = [row for row in (value if isinstance(value, list) else []) if isinstance(row, Mapping)]
        shown = min(self.max_rows, len(rows) + self.spare)
        rows = [*rows, *({} for _blank in range(shown - len(rows)))]
        base = (attrs or {}).get("id", f"id_{name}")
        context["widget"]["columns"] = self.columns
        context["widget"]["described_by"] = (attrs or {}).get("aria-describedby", "")
        # Where single cells are wrong, each of them says so; else the table as a whole is.
        context["widget"]["invalid"] = bool((attrs or {}).get("aria-invalid")) and not self.faults
        context["widget"]["rows"] = [
            {
                "number": number + 1,
                "cells": [
                    {
                        "column": column,
                        "name": f"{name}-{number}-{column.key}",
                        "id": f"{base}-{number}-{column.key}",
                        "value": row.get(column.key, ""),
                        "faults": self.faults.get(f"{number}-{column.key}", []),
                        "height": height_for(str(row.get(column.key, "")), least=4 if column.wide else 1, width=NARROW),
                    }
                    for column in self.columns
                ],
            }
            for number, row in enumerate(rows)
        ]
        return context


def _in_one_line(text: Any) -> str:
    """A box is higher than one line so that it can be read; what stands in it is one line."""
    return "".join(line.strip() for line in str(text).splitlines())


class RowsField(forms.Field):
    """A table of short texts. Cleans to a list of dicts with the columns' keys."""

    def __init__(self, *, columns: Sequence[Column], max_rows: int = 20, spare: int = 2, **kwargs: Any) -> None:
        self.columns, self.max_rows = list(columns), max_rows
        kwargs["widget"] = RowsWidget(columns, spare=spare, max_rows=max_rows)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        self.widget.faults = {}
        rows = value if isinstance(value, list) else []
        if self.required and not rows:
            raise ValidationError(_("Fill in at least one row."), code="required")
        if len(rows) > self.max_rows:
            raise ValidationError(_("At most %(limit)s rows.") % {"limit": self.max_rows})
        errors: list[ValidationError] = []
        cleaned = []
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, Mapping):
                raise ValidationError(_("Row %(row)s is damaged.") % {"row": number})
            kept = {}
            for column in self.columns:
                text = str(row.get(column.key, "")).strip()
                errors += self._faults(column, text, number)
                kept[column.key] = text
            cleaned.append(kept)
        if errors:
            raise ValidationError(errors)
        return cleaned

    def _faults(self, column: Column, text: str, number: int) -> list[ValidationError]:
        """What is wrong with one cell; its place goes with it, so that it is said there and linked to."""
        facts = {"row": number, "column": column.label, "limit": column.max_length}
        found = []
        if column.required and not text:
            found.append(_("Row %(row)s: “%(column)s” is missing.") % facts)
        if len(text) > column.max_length:
            found.append(_("Row %(row)s: “%(column)s” is longer than %(limit)s characters.") % facts)
        place = f"{number - 1}-{column.key}"
        if found:
            self.widget.faults[place] = [str(words) for words in found]
        return [ValidationError(words, params={"place": place}) for words in found]
