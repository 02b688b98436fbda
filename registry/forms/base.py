"""What the forms of the registry share: the version they were filled from, and the choice when another was faster."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from organisation.models import Region
from registry import editing
from registry.editing import Conflict
from registry.models import home_ranges

THEIRS, MINE = "theirs", "mine"


class FactsForm(forms.ModelForm):
    """The fields of a record, cleaned one by one. Rules and writing are the services'.

    When the record has moved on, `show(conflict)` makes the form ask, field by field, whose value is to stand.
    """

    conflict: Conflict | None = None
    sections: ClassVar[Sequence[tuple[Any, tuple[str, ...]]]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        if self.is_bound:
            self._settle()

    def _settle(self) -> None:
        """Where the officer chose the other's value, that is what the form says from now on, whatever happens next."""
        typed: Any = self.data
        fresh = typed.copy()
        for name in [name for name in self.fields if self._choice(name) == THEIRS]:
            theirs = self.fields[name].prepare_value(self.initial.get(name))
            if isinstance(theirs, list | tuple | models.QuerySet):
                fresh.setlist(name, [str(getattr(one, "pk", one)) for one in theirs])
            elif theirs is None or theirs is False:
                fresh.pop(name, None)
            else:
                fresh[name] = "on" if theirs is True else str(theirs)
        self.data = fresh

    def _post_clean(self) -> None:
        """The record itself is neither touched nor judged here: the verb does both, on the locked row."""

    @property
    def version(self) -> int:
        """The version the officer saw; a forged or missing one equals none and leads to the comparison."""
        text = self.data.get("version", "") if self.is_bound else str(getattr(self.instance, "version", 0))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    @property
    def values(self) -> Any:
        """Cleaned values by field, as the verb takes them."""
        found = self.cleaned_data
        return {name: list(value) if isinstance(value, models.QuerySet) else value for name, value in found.items()}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unsettled = [name for name in self._contested() if self._choice(name) not in {THEIRS, MINE}]
        if unsettled:
            self.conflict = self._again(cleaned)
        for name in unsettled:
            self.add_error(name, _("Choose which of the two values is to stand."))
        return cleaned

    def show(self, conflict: Conflict) -> None:
        """Ask the officer. The next submission starts from the present version."""
        self.conflict = conflict
        typed: Any = self.data
        fresh = typed.copy()
        fresh["version"] = str(conflict.version)
        for name in [key for key in fresh if key.startswith("keep_")]:
            del fresh[name]
        self.data = fresh

    def _again(self, cleaned: dict[str, Any]) -> Conflict:
        """The same question once more, when it was left open."""
        row = type(self.instance)._default_manager.get(pk=self.instance.pk)
        model = type(row)
        found = editing.changes(row, {name: cleaned[name] for name in self._contested() if name in cleaned})
        differences = [
            editing.Difference(
                name,
                editing.label(model, name),
                editing.words(model, name, editing.plain(before)),
                editing.words(model, name, editing.plain(after)),
            )
            for name, (before, after) in found.items()
        ]
        return Conflict(version=self.version, differences=differences)

    def _contested(self) -> list[str]:
        return (
            [name for name in self.data.get("contested", "").split(",") if name in self.fields] if self.is_bound else []
        )

    def _choice(self, name: str) -> str:
        return str(self.data.get(f"keep_{name}", "")) if self.is_bound else ""

    def in_sections(self) -> list[dict[str, Any]]:
        """Fields under headings; those that no section names come last."""
        named = {name for _title, names in self.sections for name in names}
        rest = tuple(name for name in self.fields if name not in named)
        shown = [*self.sections, *([("", rest)] if rest else [])]
        return [
            {"title": title, "fields": [self[name] for name in names if name in self.fields]} for title, names in shown
        ]


def own_regions(viewer: Any, present: Region | None = None) -> models.QuerySet[Region]:
    """Regions the viewer's departments are responsible for, and the one the record has already."""
    condition = models.Q(pk=present.pk) if present else models.Q(pk__in=[])
    for first, last in home_ranges(viewer):
        condition |= models.Q(code__gte=first, code__lte=last)
    return Region.objects.filter(condition).select_related("parent").order_by("code")


class RegionField(forms.ModelChoiceField):
    """Regions by code, a county under the name of its city."""

    def label_from_instance(self, obj: Any) -> str:
        above = f"{obj.parent.name} · " if obj.level == "county" and obj.parent else ""
        return f"{obj.code} {above}{obj.name}"


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=lazy("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
