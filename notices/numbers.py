"""Document numbers: {机关代字}{文种字}〔{year}〕{n}号, per authority, form and year, without gaps (GB/T 9704-2012, 7.2.5)."""

import re
from dataclasses import dataclass
from datetime import date

from core.numbering import next_number

_FULL_WIDTH = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)})
_BRACKETS = re.compile(r"[\[\(【〔﹝〈<［（]\s*(\d{4})\s*年?\s*[\]\)】〕﹞〉>］）]")
_NUMBER = re.compile(r"(?P<series>[^\s\d〔〕]{2,40})〔(?P<year>\d{4})〕(?P<serial>\d{1,6})号")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    series: str  # 常环责改
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.serial}号"


def take(brand: str, word: str, on: date) -> DocumentNumber:
    """The next number of the series. Inside the transaction that uses it: a rollback gives it back, so none is lost."""
    series = f"{brand}{word}"
    return DocumentNumber(series, on.year, next_number(f"notice:{series}", on.year))


def normalise(text: str) -> str:
    """A number as people type it, in the official form: 〔〕 round the year, no 第, no leading zeros, no blanks.

    常环罚[2026]第012号 → 常环罚〔2026〕12号. Text that is no number comes back trimmed.
    """
    plain = "".join(text.translate(_FULL_WIDTH).split())
    plain = _BRACKETS.sub(lambda found: f"〔{found[1]}〕", plain)
    plain = re.sub(r"〕第?0*(?=\d)", "〕", plain)
    if re.fullmatch(r".*〔\d{4}〕\d+", plain):
        plain += "号"
    return plain


def parse(text: str) -> DocumentNumber | None:
    """The parts of a number in any usual spelling; None when it is none."""
    found = _NUMBER.fullmatch(normalise(text))
    return DocumentNumber(found["series"], int(found["year"]), int(found["serial"])) if found else None
