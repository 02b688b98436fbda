"""Loading regions and departments from the project's CSV files. Run as often as you like: the result is the same.

The rows named CITY-… and COUNTY-… in departments.csv are patterns: one authority of that kind for each of the thirteen
cities, and for each county that is an industrial base or holds a separation plant.
"""

import csv
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from organisation.models import Department, DepartmentLevel, DepartmentName, Precision, Region, RegionLevel
from organisation.roles import sync_roles

REGION_LEVELS: Final = {
    "nation": RegionLevel.NATION,
    "province": RegionLevel.PROVINCE,
    "prefecture": RegionLevel.CITY,
    "county": RegionLevel.COUNTY,
}
DEPARTMENT_LEVELS: Final = {
    "省": DepartmentLevel.PROVINCE,
    "国家": DepartmentLevel.CENTRAL,
    "中央驻省": DepartmentLevel.CENTRAL_IN_PROVINCE,
    "行业组织": DepartmentLevel.ASSOCIATION,
}
# The short form of a city's or county's name in document numbers. Suzhou writes two characters: 苏 alone is the province.
BRANDS: Final = {
    "320100": "宁",
    "320200": "锡",
    "320300": "徐",
    "320400": "常",
    "320500": "苏州",
    "320600": "通",
    "320700": "连",
    "320800": "淮",
    "320900": "盐",
    "321000": "扬",
    "321100": "镇",
    "321200": "泰",
    "321300": "宿",
    "320281": "澄",
    "320282": "宜",
    "320322": "沛",
    "320481": "溧",
    "320581": "虞",
    "320923": "阜",
}
JIANGYIN: Final = "320281"  # no base of 苏政发〔2012〕6号, but the seat of a separation plant
# Of a department that was set up or renamed in the portal the files no longer say this.
KEPT_HERE: Final = {"name", "short_name", "brand", "calls_itself", "source", "confidence", "path", "parent_id"}
Row = Mapping[str, str]


@dataclass(slots=True)
class Counts:
    """What a load found in the files and how much of it was new or different."""

    regions: int = 0
    departments: int = 0
    names: int = 0
    changed: int = 0


@transaction.atomic
def load(folder: Path) -> Counts:
    """Load regions.csv and departments.csv of `folder` and make the role groups equal to the code.

    Raises FileNotFoundError for a missing file and ValueError, naming file and row, for a row that makes no sense.
    """
    counts = Counts()
    _load_regions(folder / "regions.csv", counts)
    _load_departments(folder / "departments.csv", counts)
    sync_roles()
    return counts


def _rows(path: Path) -> Iterator[tuple[str, Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            yield f"{path.name} row {number}", {name: (value or "").strip() for name, value in row.items()}


def _day(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ValueError(f"{place}: {text!r} is no date") from error


class _Table:
    """The rows of a model by key, read once; written only where the file says something new."""

    def __init__(self, model: Any, key: Callable[[Any], Hashable], counts: Counts) -> None:
        self.model, self.counts = model, counts
        self.rows: dict[Hashable, Any] = {key(row): row for row in model.objects.all()}
        self.seen: set[Hashable] = set()

    def keep(self, key: Hashable, **fields: Any) -> Any:
        """Create or correct one row; untouched when it is right already."""
        self.seen.add(key)
        row = self.rows.get(key)
        if getattr(row, "kept_here", False):
            fields = {name: value for name, value in fields.items() if name not in KEPT_HERE}
        if row is None:
            self.counts.changed += 1
            row = self.rows[key] = self.model.objects.create(**fields)
            return row
        wrong = [name for name, value in fields.items() if getattr(row, name) != value]
        if wrong:
            self.counts.changed += 1
            for name in wrong:
                setattr(row, name, fields[name])
            row.save(update_fields=wrong)
        return row


def _load_regions(path: Path, counts: Counts) -> None:
    rows = list(_rows(path))
    table = _Table(Region, lambda region: region.code, counts)
    # Whatever a row points to must be there before it: larger units first, successors last.
    order = list(REGION_LEVELS)
    for place, row in sorted(rows, key=lambda found: order.index(_level(*found))):
        table.keep(row["code"], code=row["code"], **_region_fields(place, row))
    for _place, row in rows:
        table.keep(row["code"], successor_id=row["successor"] or None)
    counts.regions = len(table.seen)


def _level(place: str, row: Row) -> str:
    if row["level"] not in REGION_LEVELS:
        raise ValueError(f"{place}: unknown level {row['level']!r}")
    return row["level"]


def _region_fields(place: str, row: Row) -> dict[str, Any]:
    return {
        "name": row["name"],
        "level": REGION_LEVELS[row["level"]],
        "parent_id": row["parent"] or None,
        "valid_from": _day(row["valid_from"], place),
        "valid_to": _day(row["valid_to"], place),
        "is_industrial_base": row["industrial_base"].startswith("是"),
        "taihu_basin": row["taihu_basin"],
        "note": row["note"],
        "source": row["source"],
        "confidence": row["confidence"],
    }


def _load_departments(path: Path, counts: Counts) -> None:
    wanted = [(place, row) for place, pattern in _rows(path) for row in _spelled_out(pattern)]
    table = _Table(Department, lambda department: department.code, counts)
    names = _Table(DepartmentName, lambda name: (name.department_id, name.name, name.valid_from), counts)
    waiting = wanted
    while waiting:
        later = [(place, row) for place, row in waiting if row["parent"] and row["parent"] not in table.seen]
        for place, row in waiting:
            if (place, row) not in later:
                department = table.keep(row["code"], **_department_fields(place, row, table.rows.get(row["parent"])))
                if not department.kept_here:
                    _load_names(place, row, department, names)
        if len(later) == len(waiting):
            raise ValueError(f"{later[0][0]}: superior {later[0][1]['parent']!r} is not in the file")
        waiting = later
    for place, row in wanted:
        if row["successor"] and row["successor"] not in table.seen:
            raise ValueError(f"{place}: successor {row['successor']!r} is not in the file")
        successor = table.rows[row["successor"]] if row["successor"] else None
        table.keep(row["code"], successor_id=successor.pk if successor else None)
    counts.departments, counts.names = len(table.seen), len(names.seen)
    loaded = [table.rows[code].pk for code in table.seen if not table.rows[code].kept_here]
    stale = [row.pk for key, row in names.rows.items() if key not in names.seen and row.department_id in loaded]
    DepartmentName.objects.filter(pk__in=stale).delete()
    counts.changed += len(stale)


def _spelled_out(row: Row) -> Iterator[Row]:
    """A row as it stands, or the authorities that a pattern stands for."""
    if row["code"].startswith("CITY-"):
        for city in Region.objects.filter(level=RegionLevel.CITY).order_by("code"):
            yield _local(row, city, city)
    elif row["code"].startswith("COUNTY-"):
        counties = Region.objects.filter(level=RegionLevel.COUNTY, valid_to=None).select_related("parent")
        for county in counties.order_by("code"):
            if county.parent and (county.is_industrial_base or county.code == JIANGYIN):
                yield _local(row, county.parent, county)
    else:
        yield row


def _local(row: Row, city: Region, place: Region) -> Row:
    """The pattern filled in for one city, or one county of it."""
    is_county = place != city
    stem = place.name[:-1]
    words = {
        "{市}": city.name,
        "{县}": place.name,
        "{县名}": stem if len(stem) > 1 else place.name,
        "{简}": BRANDS[city.code],
        "{县简}": BRANDS[place.code] if is_county else "",
    }
    filled = {name: _filled(value, words) for name, value in row.items()}
    parent = row["parent"]
    if parent.startswith("CITY-"):
        parent = f"{city.code[:4]}-{row['kind']}"
    return filled | {
        "code": f"{place.code if is_county else place.code[:4]}-{row['kind']}",
        "level": RegionLevel.COUNTY if is_county else RegionLevel.CITY,
        "parent": parent,
        "region": place.code,
    }


def _filled(text: str, words: Mapping[str, str]) -> str:
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    return text


def _department_fields(place: str, row: Row, parent: Department | None) -> dict[str, Any]:
    level = DEPARTMENT_LEVELS.get(row["level"], row["level"])
    if level not in DepartmentLevel.values:
        raise ValueError(f"{place}: unknown level {row['level']!r}")
    return {
        "code": row["code"],
        "name": row["official_name"],
        "short_name": row["official_short"],
        "level": level,
        "region_id": row["region"],
        "parent_id": parent.pk if parent else None,
        "path": f"{parent.path if parent else '/'}{row['code']}/",
        "brand": row["brand"],
        "kind": row["kind"],
        "calls_itself": row["calls_itself"],
        "is_internal": bool(row["internal_source"]),
        "internal_source": row["internal_source"],
        "reconsideration_by": row["reconsideration_by"],
        "reconsideration_source": row["reconsideration_source"],
        "reconsideration_confidence": row["reconsideration_confidence"],
        "duties": row["duties"],
        "policy_article": row["policy_article"],
        "uses_portal": row["uses_portal"] == "yes",
        "abolished_on": _day(row["abolished_on"], place),
        "source": row["source"],
        "confidence": row["confidence"],
        "note": row["note"],
    }


def _load_names(place: str, row: Row, department: Department, names: _Table) -> None:
    """The name of 2012 and, where it changed, the one that followed."""
    changed_on = _day(row["changed_on"], place)
    ended_on = _day(row["abolished_on"], place)
    last = ended_on - timedelta(days=1) if ended_on else None
    if changed_on is None:
        spans: list[tuple[str, date | None, date | None]] = [(row["official_name"], None, last)]
    else:
        spans = [(row["name_2012"], None, changed_on - timedelta(days=1)), (row["official_name"], changed_on, last)]
    known_to = Precision(row["change_known_to"] or Precision.DAY)
    for name, start, end in spans:
        key = (department.pk, name, start)
        names.keep(key, department_id=department.pk, name=name, valid_from=start, valid_to=end, known_to=known_to)
