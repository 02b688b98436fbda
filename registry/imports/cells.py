"""How one cell becomes a value: or a reason, and how to put it right. What the sheets of an import share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from core import clock
from core.listing import listed
from registry import credit_code
from registry.imports.known import Known
from registry.telephone import is_telephone

REMARKS: Final = "错误说明"
SAMPLE: Final = "示例"
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_EXCEL_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_DATES: Final = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\s+0{1,2}:00(?::00)?)?"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_EXCEL_EPOCH: Final = date(1899, 12, 30)


class CellError(Exception):
    """A cell that cannot be taken: why, and how to put it right."""

    def __init__(self, reason: str, fix: str) -> None:
        self.reason, self.fix = reason, fix
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Column:
    """`read(cell, known)` gives the cleaned value as kept in JSON, or raises CellError. Never called for an empty cell."""

    name: str  # of the record's field
    heading: str
    read: Callable[[Any, Known], Any]
    required: bool = False
    width: int = 16
    choices: Callable[[Known], list[str]] | None = None  # the drop-down of the template
    sample: str = ""
    explained: str = ""  # a line of the instructions, Chinese


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without ".0", dates in ISO."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell).replace("e", "E")
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def as_text(limit: int, *, phone: bool = False) -> Callable[[Any, Known], str]:
    def read(cell: Any, _known: Known) -> str:
        text = text_of(cell)
        if _EXCEL_ERROR.fullmatch(text):
            raise CellError(_("The cell holds an error of Excel."), _("Enter the value itself."))
        # What a spreadsheet would run as a formula when the value is exported again.
        harmless = phone and is_telephone(text)
        if text[:1] in {"=", "@", "\t", "\r"} or (text[:1] in {"+", "-"} and not harmless):
            reason = _("The text begins with “%(sign)s”, which Excel would run as a formula.") % {"sign": text[:1]}
            raise CellError(reason, _("Remove the sign at the beginning."))
        if phone and not is_telephone(text):
            raise CellError(
                _("“%(value)s” is no telephone number.") % {"value": text}, _("Enter digits, such as 0519-80000000.")
            )
        if len(text) > limit:
            reason = _("The text has %(length)d characters; at most %(limit)d are kept.") % {
                "length": len(text),
                "limit": limit,
            }
            raise CellError(reason, _("Shorten it."))
        if any(ord(char) < 32 and char not in "\n\t" for char in text):
            raise CellError(_("The text holds invisible control characters."), _("Type it anew."))
        return text

    return read


def as_code(cell: Any, _known: Known) -> str:
    text = text_of(cell)
    if isinstance(cell, float) or _SCIENTIFIC.fullmatch(text):
        reason = _("Excel has turned the code into the number %(number)s and lost its last digits.") % {
            "number": f"{cell:.4G}" if isinstance(cell, float) else text
        }
        raise CellError(reason, _("Set the column to “Text” and enter the code again."))
    verdict = credit_code.examine(text)
    if not verdict.is_valid:
        fix = _("Compare with the business licence.")
        if verdict.suggestions:
            fix = _("Was it meant to be %(codes)s?") % {"codes": " / ".join(verdict.suggestions)}
        raise CellError(" ".join(str(problem) for problem in verdict.errors), fix)
    return verdict.code


def one_of(labels: dict[str, Any]) -> Callable[[Any, Known], Any]:
    def read(cell: Any, _known: Known) -> Any:
        text = text_of(cell)
        if text not in labels:
            raise CellError(_("“%(value)s” is not in the list.") % {"value": text}, one_of_these(labels))
        return labels[text]

    return read


def as_region(cell: Any, known: Known) -> str:
    """The code of the region that is meant, whoever keeps it."""
    text = text_of(cell)
    found = known.regions_called(text)
    if not found:
        fix = _("Choose from the drop-down list, or give the six-digit code.")
        raise CellError(_("There is no region “%(value)s”.") % {"value": text}, fix)
    if len(found) > 1:
        fix = _("Give the six-digit code: %(codes)s.") % {"codes": listed(found)}
        raise CellError(_("Several regions are called “%(value)s”.") % {"value": text}, fix)
    return found[0]


def plain(cell: Any) -> str:
    """A number as text, without the commas between its thousands; of a cell with a number the fifteen digits Excel shows."""
    text = f"{cell:.15g}" if isinstance(cell, float) else text_of(cell)
    return text.replace(",", "").replace("，", "").strip()


def as_decimal(text: str, *, fix: str) -> Decimal:
    """A number as it is written. Take the text from `plain`."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise CellError(_("“%(value)s” is not a number.") % {"value": text}, fix) from None
    if not found.is_finite():
        raise CellError(_("“%(value)s” is not a number.") % {"value": text}, fix)
    return found


def as_day(cell: Any, _known: Known) -> str:
    found = _as_date(cell)
    if found > clock.today():
        raise CellError(_("This day lies in the future."), _("Correct the date."))
    if found.year < 1900:
        raise CellError(_("This day lies before 1900."), _("Correct the date."))
    return found.isoformat()


def _as_date(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    fix = _("Write it as 2012-03-01.")
    if isinstance(cell, float):
        if cell.is_integer() and 19_000_101 <= cell <= 29_991_231:
            cell = str(int(cell))
        elif 1 <= cell <= 2_958_465:
            meant = _EXCEL_EPOCH + timedelta(days=int(cell))
            reason = _("The cell holds the number %(number)s instead of a date.") % {"number": text_of(cell)}
            raise CellError(reason, _("Set the cell to “Date”; it may mean %(day)s.") % {"day": meant.isoformat()})
    text = text_of(cell)
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            try:
                return date(*(int(part) for part in match.groups()))
            except ValueError:
                raise CellError(_("There is no day “%(value)s”.") % {"value": text}, fix) from None
    raise CellError(_("“%(value)s” is not a date that can only be read in one way.") % {"value": text}, fix)


def one_of_these(labels: Any) -> str:
    return _("One of: %(labels)s.") % {"labels": listed(labels)}
