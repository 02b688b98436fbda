"""Two officers at one record: the second is told who changed what, and chooses value by value.

Every record that officers edit bears a `version`. A form sends back the version it was filled from; when the record has moved
on, nothing is written and `Conflict` holds both values of every field that differs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from core import clock
from core.errors import Stale
from core.listing import listed
from trail.models import Event

M = TypeVar("M", bound=models.Model)
Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the record and the form differ, in words.

    `changed_by`: "both"; "theirs": only the other officer, this one's form merely showed the old value; "mine": only this one.
    """

    name: str
    label: str
    theirs: str
    mine: str
    changed_by: str = "both"


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changed the record since the form was opened, and when."""

    who: str
    at: datetime


@dataclass(eq=False)
class Conflict(Stale):
    """The record changed since the officer opened it. `version` is the present one."""

    version: int
    differences: list[Difference]
    edits: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.edits:
            last = self.edits[0]
            reason = _(
                "%(who)s changed this record at %(at)s, after you had opened it. Nothing of yours was saved yet."
            ) % {
                "who": last.who,
                "at": f"{clock.local(last.at):%Y-%m-%d %H:%M}",
            }
        else:
            reason = _("This record was changed after you had opened it. Nothing of yours was saved yet.")
        super().__init__([reason])


def plain(value: Any) -> Any:
    """A field's value as the trail keeps it: codes and dates as they are, other records by name."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.QuerySet | list | tuple | set):
        return [plain(one) for one in value]
    if isinstance(value, date | Decimal):
        return str(value)
    return value


def words(model: type[models.Model], name: str, value: Any) -> str:
    """A kept value as an officer reads it, in his language."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    labels = _labels(model, name)
    if isinstance(value, list):
        return listed(str(labels.get(one, one)) for one in value)
    return str(labels.get(value, value))


def label(model: type[models.Model], name: str) -> str:
    """The name of a field in the reader's language; facts that are not fields keep their own."""
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(found, "verbose_name", name))


def _labels(model: type[models.Model], name: str) -> Mapping[Any, Any]:
    choices = getattr(model, f"{name.upper()}_CHOICES", None)
    if choices is None:
        try:
            choices = getattr(model._meta.get_field(name), "flatchoices", None)
        except FieldDoesNotExist:
            choices = None
    return dict(choices or ())


def present(row: models.Model, name: str) -> Any:
    """The value a record holds; rows of a many-to-many field as a list."""
    if row._meta.get_field(name).many_to_many:
        return list(getattr(row, name).all()) if row.pk else []
    return getattr(row, name)


def changes(row: models.Model, values: Mapping[str, Any]) -> Changes:
    """Which of the values differ from the record: field → (before, after)."""
    found: Changes = {}
    for name, after in values.items():
        before = present(row, name)
        if row._meta.get_field(name).many_to_many:
            after = list(after)
            if {one.pk for one in before} != {one.pk for one in after}:
                found[name] = (before, after)
        elif before != after:
            found[name] = (before, after)
    return found


def put(row: models.Model, changed: Changes) -> None:
    """Write the changes into the record, raise its version, and save it."""
    many = {name for name in changed if row._meta.get_field(name).many_to_many}
    for name, (_before, after) in changed.items():
        if name not in many:
            setattr(row, name, after)
    row.version = (row.version or 0) + 1 if row.pk else 1  # type: ignore[attr-defined]
    if hasattr(row, "updated_at"):
        row.updated_at = clock.now()
    row.save()
    for name in many:
        getattr(row, name).set(changed[name][1])


def guard(row: models.Model, version: int, values: Mapping[str, Any], events: Iterable[Event]) -> None:
    """Raise Conflict when the (locked) record is no longer the one the form was filled from.

    `events` are those of the record, newest first.
    """
    if row.version == version:  # type: ignore[attr-defined]
        return
    model = type(row)
    since = [event for event in events if event.facts.get("version", 0) > version]
    old: dict[str, Any] = {}
    for event in since:
        old |= event.facts.get("before", {})  # the oldest one counts: what this officer's form was filled with
    differences = [
        Difference(
            name,
            label(model, name),
            theirs=words(model, name, plain(before)),
            mine=words(model, name, plain(after)),
            changed_by=_changed_by(name, after, old) if since else "both",
        )
        for name, (before, after) in changes(row, values).items()
    ]
    edits = [Edit(event.who, event.at) for event in since]
    raise Conflict(version=row.version, differences=differences, edits=edits)  # type: ignore[attr-defined]


def _changed_by(name: str, mine: Any, old: Mapping[str, Any]) -> str:
    """`old`: what the fields that others changed were before, as this officer's form showed them."""
    if name not in old:
        return "mine"
    return "theirs" if _same(old[name], plain(mine)) else "both"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return (one if one is not None else "") == (other if other is not None else "")


def as_facts(changed: Changes) -> dict[str, dict[str, Any]]:
    """`before` and `after` for the trail."""
    return {
        "before": {name: plain(before) for name, (before, _after) in changed.items()},
        "after": {name: plain(after) for name, (_before, after) in changed.items()},
    }
