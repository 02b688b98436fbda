"""Filter forms of list pages, and the chips that show what is filtered."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import django_filters
from django import forms
from django.db import models
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core.listing import listed

ALL: Final = _("All")


class QuickSelect(forms.Select):
    """A drop-down of many options: Django draws each option with a template of its own, which costs more than the list."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        given = self.build_attrs(self.attrs, attrs)
        given["class"] = f"form-select {given.get('class', '')}".strip()
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(given),
            format_html_join("", "{}", self._options(self.choices, chosen)),
        )

    def _options(self, choices: Iterable[Any], chosen: set[str]) -> Iterator[tuple[SafeString]]:
        for key, label in choices:
            if isinstance(label, list | tuple):
                inner = format_html_join("", "{}", self._options(label, chosen))
                yield (format_html('<optgroup label="{}">{}</optgroup>', key, inner),)
            else:
                text = "" if key is None else str(key)
                mark = mark_safe(" selected") if text in chosen else ""
                yield (format_html('<option value="{}"{}>{}</option>', text, mark, label),)


class ListFilterSet(django_filters.FilterSet):
    """Filters of a list page: one parameter in the address for each. Methods find the officer in `self.viewer`.

    It filters any number of querysets (the scans of a page) by the same cleaned values. Call `is_valid()` first.
    """

    viewer: Any = None

    class Meta:
        model = None
        fields: list[str] = []

    def __init__(self, data: QueryDict, rows: models.QuerySet[Any], viewer: Any) -> None:
        self.viewer = viewer
        super().__init__(data=data, queryset=rows)
        self.is_bound = True  # an empty address is a valid one
        for one in self.filters.values():
            if isinstance(one, django_filters.ChoiceFilter | django_filters.ModelChoiceFilter):
                one.extra.setdefault("widget", QuickSelect)
        self.shape()

    def shape(self) -> None:
        """Room for choices that depend on the viewer: set `self.filters["x"].extra["choices"]` here."""

    def refuse(self, cleaned: dict[str, Any]) -> None:
        """Room for rules across fields: raise forms.ValidationError with a whole sentence."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        try:
            self.refuse(self.form.cleaned_data)
        except forms.ValidationError as error:
            self.form.add_error(None, error)
        return not self.form.errors

    def narrow(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return self.filter_queryset(rows)

    def applied(self) -> Iterable[tuple[str, str, str]]:
        """Parameter, label and value in words of every filter in use."""
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", [], ()):
                continue
            field = self.form.fields[name]
            if isinstance(field, forms.BooleanField | forms.NullBooleanField) and value is True:
                yield name, str(field.label), ""
            else:
                yield name, str(field.label), in_words(field, value)


def in_words(field: forms.Field, value: Any) -> str:
    """A cleaned value as an officer reads it: the label of a choice, a name, an ISO date."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, list | tuple | models.QuerySet):
        return listed(in_words(field, one) for one in value)
    for key, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            for inner, text in label:
                if str(inner) == str(value):
                    return str(text)
        elif str(key) == str(value):
            return str(label)
    return str(value)
