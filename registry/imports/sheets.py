"""The sheets of the workbook: enterprises, facilities, process lines, in the order in which they are imported."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db import models

from registry.imports.cells import Column
from registry.imports.columns import COLUMNS
from registry.imports.part_columns import FACILITY_COLUMNS, LINE_COLUMNS
from registry.models import Enterprise, Facility, ImportSheet, ProcessLine


@dataclass(frozen=True)
class Sheet:
    """`identity`: the columns by which a row is told from the others."""

    key: str
    title: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    identity: tuple[str, ...]

    @cached_property
    def by_heading(self) -> Mapping[str, Column]:
        return {column.heading: column for column in self.columns}

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    def identity_of(self, values: Mapping[str, Any]) -> tuple[str, ...] | None:
        """What the values name; None when a part of it is missing or wrong."""
        found = tuple(values.get(name, "") for name in self.identity)
        return found if all(found) else None


ENTERPRISES: Final = Sheet(ImportSheet.ENTERPRISES, "企业", Enterprise, COLUMNS, ("credit_code",))
FACILITIES: Final = Sheet(ImportSheet.FACILITIES, "厂区", Facility, FACILITY_COLUMNS, ("credit_code", "name"))
LINES: Final = Sheet(ImportSheet.LINES, "生产线", ProcessLine, LINE_COLUMNS, ("credit_code", "facility", "name"))
SHEETS: Final = (ENTERPRISES, FACILITIES, LINES)
BY_KEY: Final = {sheet.key: sheet for sheet in SHEETS}
BY_TITLE: Final = {sheet.title: sheet for sheet in SHEETS}
