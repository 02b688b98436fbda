"""Departments set up and renamed by the system administrator. A name ends, it is not overwritten: papers of the time keep it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

import trail
from core import clock
from core.errors import RuleBroken
from organisation.models import Department, DepartmentBrand, DepartmentName, Region
from organisation.services.accounts import By, require

KEEP: Final = "organisation.keep_departments"
LONGEST_PATH: Final = 120


@dataclass(frozen=True, slots=True)
class NewDepartment:
    """What is entered of a new department. `basis`: the document that sets it up."""

    code: str
    name: str
    short_name: str
    level: str
    kind: str
    region: Region
    parent: Department | None
    is_internal: bool
    brand: str
    calls_itself: str
    valid_from: date
    basis: str

    def as_facts(self) -> dict[str, Any]:
        kept = ("code", "name", "short_name", "level", "kind", "is_internal", "brand", "calls_itself", "valid_from")
        parent = self.parent.short_name if self.parent else ""
        return {name: getattr(self, name) for name in kept} | {"region": self.region.name, "parent": parent}


@transaction.atomic
def open_department(*, new: NewDepartment, by: By) -> Department:
    """Set up a department; officers can be entered for it at once."""
    require(by, KEEP)
    if new.brand:
        _one_at_a_time()
    path = f"{new.parent.path if new.parent else '/'}{new.code}/"
    _check_new(new, path)
    department = Department.objects.create(
        code=new.code,
        name=new.name,
        short_name=new.short_name,
        level=new.level,
        kind=new.kind,
        region=new.region,
        parent=new.parent,
        path=path,
        is_internal=new.is_internal,
        internal_source=new.basis if new.is_internal else "",
        brand=new.brand,
        calls_itself=new.calls_itself,
        source=new.basis,
        confidence="high",
        kept_here=True,
    )
    DepartmentName.objects.create(department=department, name=new.name, valid_from=new.valid_from)
    trail.record("organisation.department_open", department, by=by, basis=new.basis, after=new.as_facts())
    return department


@transaction.atomic
def rename_department(
    *,
    department: Department,
    name: str,
    short_name: str,
    valid_from: date,
    basis: str,
    by: By,
    brand: str = "",
    brand_from: date | None = None,
) -> Department:
    """A new name from a day on; the one before ends the day before. From now on load_reference leaves both alone.

    `brand`: the characters its documents are numbered by from `brand_from` on; empty: they stay. What is issued keeps its number,
    and the new characters begin a series of their own.
    """
    require(by, KEEP)
    if brand:
        _one_at_a_time()
    department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    last = department.names.last()
    _check_name(name, department)
    if name == department.name:
        raise RuleBroken(_("This is its name already."), field="name")
    _check_day(valid_from)
    if not department.exists_on(valid_from):
        raise RuleBroken(
            _("The department was abolished on %(day)s.") % {"day": department.abolished_on}, field="valid_from"
        )
    if last is not None and last.valid_from and valid_from <= last.valid_from:
        raise RuleBroken(
            _("The present name is borne since %(day)s: the new one begins later.") % {"day": last.valid_from},
            field="valid_from",
        )
    before = {"name": department.name, "short_name": department.short_name}
    after = {"name": name, "short_name": short_name}
    changed = ["name", "short_name", "kept_here"]
    if brand or brand_from:
        _check_brand(department, brand, brand_from, since=valid_from)
        before["brand"], after["brand"] = department.brand, brand
        changed.append("brand")
        _succeed_brand(department, brand, brand_from or valid_from)
    if last is None:
        last = DepartmentName(department=department, name=department.name)
    last.valid_to = valid_from - timedelta(days=1)
    last.save()
    DepartmentName.objects.create(department=department, name=name, valid_from=valid_from)
    department.name, department.short_name, department.kept_here = name, short_name, True
    department.save(update_fields=changed)
    trail.record(
        "organisation.department_rename",
        department,
        by=by,
        basis=basis,
        before=before,
        after=after,
        from_on=valid_from,
        **({"brand_from": brand_from} if brand else {}),
    )
    return department


def _check_new(new: NewDepartment, path: str) -> None:
    if Department.objects.filter(code__iexact=new.code).exists():
        raise RuleBroken(_("Another department has this code."), field="code")
    if len(path) > LONGEST_PATH:
        raise RuleBroken(_("The code is too long for a department this far down."), field="code")
    _check_name(new.name, None)
    _check_day(new.valid_from)
    if new.parent is not None:
        first, last = new.parent.region.code_range
        if not new.parent.exists_on(new.valid_from):
            raise RuleBroken(
                _("This superior was abolished on %(day)s.") % {"day": new.parent.abolished_on}, field="parent"
            )
        # The ministries sit in the nation's own code, which holds no region below it.
        if new.parent.region.level != "nation" and not first <= new.region.code <= last:
            raise RuleBroken(
                _("The region lies outside that of the superior (%(region)s).") % {"region": new.parent.region.name},
                field="region",
            )
    if new.is_internal and new.parent is None:
        raise RuleBroken(
            _("An internal office belongs to an authority, in whose name it acts: name its superior."), field="parent"
        )
    if new.brand:
        _check_bears_characters(new.is_internal)
        _check_free(new.brand)


def _check_bears_characters(is_internal: bool) -> None:
    """Characters of an internal office would stand on no paper: it issues nothing in its own name (行政处罚法第十七条)."""
    if is_internal:
        raise RuleBroken(
            _(
                "Documents of an internal office bear the characters of the authority it belongs to: leave the field empty."
            ),
            field="brand",
        )


def _one_at_a_time() -> None:
    """Who gives characters waits for whoever is giving some. No unique key says it: the characters of now and those of before stand
    in two tables. Taken before any other lock, always in the same order; rows that only name a department do not wait."""
    list(Department.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _check_free(brand: str, of: Department | None = None) -> None:
    """Document numbers are counted by these characters: two departments must never share them, whenever they bore them."""
    others = Department.objects.exclude(pk=of.pk) if of else Department.objects.all()
    other = others.filter(Q(brand=brand) | Q(brands__brand=brand)).first()
    if other is not None:
        raise RuleBroken(_("%(department)s uses these characters.") % {"department": other.name}, field="brand")


def _check_brand(department: Department, brand: str, brand_from: date | None, *, since: date) -> None:
    if not brand:
        raise RuleBroken(_("Name the new characters, or leave the day empty as well."), field="brand")
    _check_bears_characters(department.is_internal)
    if brand == department.brand:
        raise RuleBroken(_("These are its characters already: leave the field empty."), field="brand")
    _check_free(brand, department)
    if brand_from is None:
        raise RuleBroken(_("Say from which day documents are numbered by the new characters."), field="brand_from")
    _check_day(brand_from, field="brand_from")
    if brand_from < since:
        raise RuleBroken(_("The new characters begin with the new name or later."), field="brand_from")
    last = department.brands.last()
    if last is not None and last.valid_from and brand_from <= last.valid_from:
        raise RuleBroken(
            _("The present characters are in use since %(day)s: the new ones begin later.") % {"day": last.valid_from},
            field="brand_from",
        )


def _succeed_brand(department: Department, brand: str, day: date) -> None:
    """The characters of until now end the day before."""
    if department.brand:
        last = department.brands.last() or DepartmentBrand(department=department, brand=department.brand)
        last.valid_to = day - timedelta(days=1)
        last.save()
    DepartmentBrand.objects.create(department=department, brand=brand, valid_from=day)
    department.brand = brand


def _check_name(name: str, department: Department | None) -> None:
    others = Department.objects.filter(name=name, abolished_on=None)
    if department is not None:
        others = others.exclude(pk=department.pk)
    if others.exists():
        raise RuleBroken(_("Another department bears this name."), field="name")


def _check_day(day: date, field: str = "valid_from") -> None:
    if day > clock.today():
        raise RuleBroken(_("This day is still to come: enter it on that day or afterwards."), field=field)
