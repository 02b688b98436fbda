"""`manage.py check_case_file`: whoever holds the package finds out, in words, what is not as it was exported."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from notices import casefile_check

FILES = {"正卷.pdf": b"%PDF main", "正卷/03_证据/证据01_照片.jpg": b"picture", "说明.txt": b"read me"}


def package(path: Path, files: dict[str, bytes], sums: str | None = None) -> Path:
    """A package with these files; by default its manifest names what FILES holds."""
    if sums is None:
        sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in FILES.items())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("SHA256SUMS", sums)
    return path


def said(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("check_case_file", str(path), *options, stdout=out)
    return out.getvalue()


def refused(path: Path, *options: str) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("check_case_file", str(path), *options)
    return str(refusal.value)


def test_a_whole_package_holds_and_says_so_in_both_languages(tmp_path):
    told = said(package(tmp_path / "file.zip", FILES))
    assert "The package holds: all 3 files are as they were exported." in told
    assert len(told.splitlines()) == 2
    assert said(tmp_path / "file.zip", "--language", "en").splitlines() == [
        "The package holds: all 3 files are as they were exported."
    ]


def test_one_changed_byte_is_found_and_named(tmp_path):
    changed = {**FILES, "正卷/03_证据/证据01_照片.jpg": b"Picture"}
    told = refused(package(tmp_path / "file.zip", changed), "--language", "en").splitlines()
    assert told == [
        "Changed since the export: 正卷/03_证据/证据01_照片.jpg",
        "The package does not hold: 1 files are wrong, 2 are as they were exported.",
    ]


def test_a_missing_file_is_named(tmp_path):
    left = {name: content for name, content in FILES.items() if name != "正卷.pdf"}
    assert "Missing: 正卷.pdf" in refused(package(tmp_path / "file.zip", left))


def test_an_added_file_is_named(tmp_path):
    told = refused(package(tmp_path / "file.zip", {**FILES, "正卷/伪造.pdf": b"%PDF"}))
    assert "Not in the manifest, added since the export: 正卷/伪造.pdf" in told


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_file_of_the_same_name_is_named(tmp_path):
    path = package(tmp_path / "file.zip", FILES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("正卷.pdf", FILES["正卷.pdf"])
    assert "In the package twice: 正卷.pdf" in refused(path)


def test_a_file_damaged_inside_the_zip_counts_as_changed(tmp_path):
    path = package(tmp_path / "file.zip", FILES)
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"picture")] ^= 1
    path.write_bytes(raw)
    assert casefile_check.check(path).changed == ("正卷/03_证据/证据01_照片.jpg",)


@pytest.mark.parametrize(
    ("sums", "reason"),
    [
        ("", "The SHA256SUMS of the package is empty."),
        ("abc  正卷.pdf\n", "Line 1 of SHA256SUMS is damaged."),
        (f"{'0' * 64}  a\n{'1' * 64}  a\n", "Line 2 of SHA256SUMS is damaged."),
    ],
)
def test_a_damaged_manifest_is_refused_in_words(tmp_path, sums, reason):
    assert reason in refused(package(tmp_path / "file.zip", FILES, sums))


def test_what_is_no_package_is_refused_in_words(tmp_path):
    assert "There is no file" in refused(tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("hello")
    assert "is not a ZIP file" in refused(tmp_path / "text.zip")
    whole = package(tmp_path / "file.zip", FILES).read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    assert "is not a ZIP file" in refused(tmp_path / "half.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("正卷.pdf", b"")
    assert "has no SHA256SUMS" in refused(tmp_path / "other.zip")


def test_a_name_that_steers_the_terminal_is_shown_as_boxes(tmp_path):
    told = refused(package(tmp_path / "file.zip", {**FILES, "\x1b[2Jx": b""}))
    assert "\x1b" not in told
    assert "□[2Jx" in told


def test_it_reads_no_table_of_the_database(tmp_path):
    """No mark for the database here: any query would fail this test."""
    with translation.override("en"):
        assert casefile_check.check(package(tmp_path / "file.zip", FILES)).holds
