"""What a file really is: Chinese text at any length, Office files of any program, and what only looks like one."""

import errno
import io
import random
import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from core import uploads
from core.errors import RuleBroken

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENTS = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
)
# The order in which the programs write the parts of a document: what a look at the first bytes goes astray by.
ORDERS = {
    "Word": ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/theme/theme1.xml", "docProps/core.xml"),
    "WPS": (
        "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", "word/document.xml", "word/styles.xml",
        "[Content_Types].xml", "_rels/.rels",
    ),
    "LibreOffice": (
        "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", "word/_rels/document.xml.rels",
        "word/document.xml", "[Content_Types].xml",
    ),
}  # fmt: skip


def packed(names, kind=f"{DOCX}.main+xml", packing=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name in names:
            archive.writestr(name, CONTENTS.format(kind=kind) if name == "[Content_Types].xml" else "<a/>" * 500)
    return made.getvalue()


def kind_of(content):
    return uploads.sniff(io.BytesIO(content))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("sign", ["稀", "𠀀", "é"])  # of 3 and 2, 4 and 4, 2 and 4 or 2 bytes
def test_chinese_text_longer_than_what_is_looked_at_is_text_wherever_it_is_cut(encoding, before, sign):
    content = (before + sign * 9000).encode(encoding)
    assert kind_of(content) == "text/plain"
    upload = SimpleUploadedFile("台账.csv", content)
    assert uploads.check(upload).media_type == "text/plain"
    assert upload.file.read() == content


def test_a_short_text_that_ends_within_a_character_is_no_text():
    assert kind_of("稀土".encode("gb18030")[:-1]) == "application/octet-stream"


def test_bytes_that_are_no_text_stay_none_whatever_their_length():
    for content in (b"\x00" * 9000, b"\xff" * 9000, ("稀" * 3000).encode()[:8000] + b"\xff\xff" + b"a" * 9000):
        assert kind_of(content) == "application/octet-stream"


@pytest.mark.parametrize("program", ORDERS)
def test_a_document_is_known_whatever_the_order_of_its_parts(program):
    content = packed(ORDERS[program])
    assert kind_of(content) == DOCX
    assert uploads.check(SimpleUploadedFile("报告.docx", content)).media_type == DOCX


def test_sheets_of_two_programs_are_known():
    one, other = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(one)
    xlsxwriter.Workbook(other).close()
    assert kind_of(one.getvalue()) == kind_of(other.getvalue()) == XLSX


@pytest.mark.parametrize(
    "content",
    [
        packed(["a.txt", "b.txt"]),
        packed(["word/document.xml"]),  # no list of contents
        packed(["[Content_Types].xml", "a.txt"]),  # a list without the parts
        packed(ORDERS["Word"], kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
        packed(ORDERS["Word"])[:300],  # cut off
        packed(ORDERS["Word"]).replace(b"PK\x05\x06", b"PK\x05\x07"),
    ],
    ids=["a zip", "no contents", "no parts", "with macros", "cut off", "no directory"],
)
def test_what_only_looks_like_a_document_is_a_zip_and_may_not_be_called_docx(content):
    assert kind_of(content) == "application/zip"
    with pytest.raises(RuleBroken):
        uploads.check(SimpleUploadedFile("报告.docx", content))


def test_a_directory_larger_than_any_document_has_is_not_read(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_DIRECTORY", 100)
    assert kind_of(packed(ORDERS["Word"])) == "application/zip"


def spoilt(content, mark, at, fields, *values):
    """With other numbers `at` so many bytes from the last `mark` on."""
    damaged = bytearray(content)
    struct.pack_into(fields, damaged, content.rindex(mark) + at, *values)
    return bytes(damaged)


WORD, END, PART = packed(ORDERS["Word"]), b"PK\x05\x06", b"PK\x01\x02"


@pytest.mark.parametrize(
    "content",
    [
        spoilt(spoilt(WORD, PART, 8, "<H", 0x800), PART, 46, "<H", 0xFFFF),
        spoilt(WORD, END, 12, "<II", 900_000, 0),
        spoilt(WORD, END, 16, "<I", 0xFFFFFFF0),
        spoilt(packed(ORDERS["LibreOffice"]), PART, 42, "<I", 0xFFFFFFF0),
        packed(ORDERS["Word"], packing=zipfile.ZIP_BZIP2),
    ],
    ids=["a name of no characters", "a directory before the file", "an end far away", "a part far away", "bzip2"],
)
def test_a_damaged_zip_is_a_zip_and_may_not_be_called_docx(content):
    assert kind_of(content) == "application/zip"
    with pytest.raises(RuleBroken):
        uploads.check(SimpleUploadedFile("报告.docx", content))


def test_a_disk_that_fails_is_not_told_as_a_damaged_file():
    class Failing(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            if whence == 2:
                raise OSError(errno.EIO, "Input/output error")
            return super().seek(offset, whence)

    with pytest.raises(OSError, match="Input/output"):
        uploads.sniff(Failing(packed(ORDERS["Word"])))


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_whatever_bytes_are_damaged_the_answer_is_a_type(packing):
    chance = random.Random(20261128)
    whole = packed(ORDERS["Word"], packing=packing)
    directory = whole.index(PART)
    for _number in range(1500):
        content = bytearray(whole)
        # Half of them where the programs look for numbers: in the directory and its end.
        first = chance.choice([4, directory])
        for _byte in range(chance.randint(1, 12)):
            content[chance.randrange(first, len(content))] = chance.choice([0, 0xFF, chance.randrange(256)])
        cut = chance.choice([len(content), len(content), chance.randrange(40, len(content))])
        assert kind_of(bytes(content[:cut])) in {DOCX, "application/zip"}
