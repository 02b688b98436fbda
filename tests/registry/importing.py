"""What tests of the Excel import do again and again."""

from datetime import date

import pytest

from core.errors import RuleBroken
from registry.models import (
    ImportRun,
)
from registry.services import imports as verbs
from tests.registry.conftest import make_code, row_of, upload, workbook

TODAY = date(2026, 11, 23)


def start(officer, rows, **spoilt) -> ImportRun:
    return verbs.start_import(by=officer, upload=upload(workbook(rows, **spoilt)))


def refusal(officer, content: bytes, name: str = "企业.xlsx") -> str:
    with pytest.raises(RuleBroken) as refused:
        verbs.start_import(by=officer, upload=upload(content, name))
    assert refused.value.field == "file"
    assert not ImportRun.objects.exists()
    return " ".join(refused.value.reasons)


def problems(run: ImportRun) -> list[tuple[int, str, str]]:
    """(row, column, reason) of every problem."""
    return [(row.number, p["column"], p["reason"]) for row in run.lines.all() for p in row.problems]


def bad_rows() -> list[dict]:
    """Twelve rows, each wrong in another way."""
    return [
        row_of(901, 统一社会信用代码="9132O400MA000901XX"),
        row_of(902, 统一社会信用代码=make_code(902)[:-1]),
        row_of(903, 统一社会信用代码=913204000000009030),
        row_of(904, 企业名称=None),
        row_of(905, 企业类型="种植"),
        row_of(906, 所在区划="火星市"),
        row_of(907, 所在区划="320300"),
        row_of(908, 成立日期="3/1/2012"),
        row_of(909, 成立日期=40969),
        row_of(910, **{"注册资本（万元）": "五千"}),
        row_of(911, 同意电子送达="是"),
        row_of(912, 地址="=HYPERLINK(1)"),
    ]


def spell_formula_as_text(page) -> None:
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
