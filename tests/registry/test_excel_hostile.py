"""A workbook that would fell the process that reads it, or that no program wrote: the answer is a sentence at the field."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from core import clock
from core.errors import RuleBroken
from registry.imports import reading
from registry.services import imports as verbs
from tests.registry.conftest import row_of, upload, workbook
from tests.registry.importing import TODAY, refusal

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def _a_monday(liyang):
    with clock.pinned(TODAY):
        yield


def rewritten(content, change, packing=zipfile.ZIP_DEFLATED):
    """The same workbook with another sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", packing) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == SHEET else part)
    return made.getvalue()


def put(reference):
    """A value in a cell far away, in a file that stays small."""
    row = "".join(filter(str.isdigit, reference))
    cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    return rewritten(workbook([row_of(1)]), lambda sheet: sheet.replace(b"</sheetData>", cell.encode()))


@pytest.mark.parametrize("reference", ["XFD1048576", "xfd1048576", "AZ1048576", "A4294967295", "ZZZZZZ9"])
def test_a_value_in_a_far_corner(case_officer, reference):
    content = put(reference)
    assert len(content) < 10_000
    assert "Delete what stands away from your rows" in refusal(case_officer, content)


def test_a_value_in_a_far_corner_under_another_prefix_and_without_places(case_officer):
    def prefixed(sheet):
        row = '<x:row r="1048576">' + "<x:c><x:v>1</x:v></x:c>" * 60 + "</x:row>"
        marked = b'<sheetData xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        return sheet.replace(b"<sheetData>", marked).replace(b"</sheetData>", row.encode() + b"</sheetData>")

    assert "row 1048576 and column BH" in refusal(case_officer, rewritten(workbook([row_of(1)]), prefixed))


def test_cells_that_are_only_coloured_reach_nowhere(case_officer):
    def coloured(sheet):
        return sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    content = rewritten(workbook([row_of(1)]), coloured)
    assert verbs.start_import(by=case_officer, upload=upload(content)).created_count == 1


def test_a_flood(case_officer):
    flood = rewritten(workbook([row_of(1)]), lambda sheet: sheet + b" " * (reading.MAX_UNPACKED_BYTES + 1))
    assert len(flood) < 1_000_000
    assert "Unpacked" in refusal(case_officer, flood)


def test_a_workbook_packed_as_no_program_packs_it(case_officer):
    content = bytearray(rewritten(workbook([row_of(1)]), bytes, zipfile.ZIP_LZMA))
    content[200:240] = b"\xff" * 40
    assert "damaged" in refusal(case_officer, bytes(content))


def test_whatever_bytes_are_damaged_the_answer_is_a_workbook_or_a_sentence():
    chance = random.Random(20261128)
    whole = workbook([row_of(1)])
    directory = whole.index(b"PK\x01\x02")
    for _number in range(600):
        content = bytearray(whole)
        first = chance.choice([4, directory])
        for _byte in range(chance.randint(1, 12)):
            content[chance.randrange(first, len(content))] = chance.choice([0, 0xFF, chance.randrange(256)])
        check(content)


def test_whatever_is_damaged_in_its_sheet_the_answer_is_a_workbook_or_a_sentence():
    chance = random.Random(20261128)

    def spoil(sheet):
        spoilt = bytearray(sheet)
        for _byte in range(chance.randint(1, 6)):
            spoilt[chance.randrange(len(spoilt))] = chance.choice(b'<>"/&09AZaz \xff')
        return bytes(spoilt)

    whole = workbook([row_of(1)])
    for _number in range(300):
        check(rewritten(whole, spoil))


def check(content):
    file = io.BytesIO(bytes(content))
    with suppress(RuleBroken):
        reading.check_bytes(file, "企业.xlsx")
        for page in reading.open_workbook(file).pages:
            list(page.rows())
