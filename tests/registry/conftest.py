"""What tests of the registry share."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from organisation.models import Department, Officer, Region, RegionLevel
from registry import credit_code, reference, services
from registry.imports.sheets import BY_TITLE, ENTERPRISES
from registry.models import Facility, Technique
from tests import factories
from tests.plugins.stories import story

HEADINGS = [column.heading for column in ENTERPRISES.columns]


@pytest.fixture(autouse=True)
def _in_english():
    """Messages are compared with their English source."""
    with translation.override("en"):
        yield


@pytest.fixture
def english(db, settings) -> None:
    """Pages too are answered in English, whatever officers prefer."""
    Officer.objects.update(language="en")


@story
def reference_data(db) -> None:
    reference.load(Path(settings.ROOT) / "reference")


@story
def liyang(changzhou_epb: Department) -> Region:
    """An industrial base within Changzhou."""
    return factories.make_region(
        "320481", "溧阳市", RegionLevel.COUNTY, parent=changzhou_epb.region, is_industrial_base=True
    )


@story
def values(changzhou_epb: Department) -> dict[str, Any]:
    """Facts of an enterprise that nobody has entered yet."""
    return {
        "credit_code": make_code(1),
        "name": "常州长荣稀土有限公司",
        "kinds": ["separation"],
        "region": changzhou_epb.region,
    }


@story
def facility(enterprise, case_officer) -> Facility:
    return services.add_facility(enterprise=enterprise, by=case_officer, values={"name": "一厂"})


@story
def technique(db) -> Technique:
    return Technique.objects.create(code="linked", name="联动萃取分离", kind="separation")


@story
def line(facility, technique, case_officer):
    given = {"name": "一号线", "technique": technique, "capacity_t_reo_per_year": Decimal("2500.5")}
    return services.add_line(facility=facility, by=case_officer, values=given)


def make_code(number: int, region: str = "320400") -> str:
    """A code that is right in every respect."""
    return credit_code.build("9", "1", region, f"MA{number:06d}")


def row_of(number: int, **cells: Any) -> dict[str, Any]:
    """A sound row of the sheet, by heading."""
    return {
        "统一社会信用代码": make_code(number),
        "企业名称": f"常州试验{number}有限公司",
        "企业类型": "冶炼分离",
        "所在区划": "320400 常州市",
    } | cells


def workbook(
    rows: list[dict[str, Any]],
    *,
    headings: list[str] | None = None,
    sheet: str = ENTERPRISES.title,
    touch: Callable[[Any], None] | None = None,
    **others: list[dict[str, Any]],
) -> bytes:
    """An .xlsx file with these rows; `others`: rows of further sheets by their titles. `touch(worksheet)` may spoil it."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    _fill(page, headings or HEADINGS, rows)
    for title, more in others.items():
        _fill(book.create_sheet(title), [column.heading for column in BY_TITLE[title].columns], more)
    if touch:
        touch(page)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(page: Any, headings: list[str], rows: list[dict[str, Any]]) -> None:
    page.append(headings)
    for row in rows:
        page.append([row.get(heading) for heading in headings])


def upload(content: bytes, name: str = "企业.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
