"""Reading a year's calendar as an officer gives it: the announcement's own text, a pasted or uploaded table, an Excel sheet.

Lines of a table: day, 休 or 班, name of the holiday; a span as 2027-01-01~2027-01-03. Sentences are read as the State Council's
office writes them: "春节：2月15日至23日放假调休，共9天。2月14日（周六）、2月28日（周六）上班。"
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from casework import calendar
from casework.models import CalendarDay
from core.errors import RuleBroken

OFF: Final = {"休", "放假", "off", "休息"}
WORK: Final = {"班", "上班", "work", "补班"}
DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SPAN: Final = re.compile(r"\s*(?:~|～|至|—|到)\s*")
REMARK: Final = re.compile(r"[（(][^）)]*[）)]")
HEADING: Final = re.compile(r"^\s*(?:[一二三四五六七八九十]+、)?\s*([^：:，,\s]{2,12})[：:](.*)$")
OFF_SPAN: Final = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日(?:至(?:(\d{1,2})月)?(\d{1,2})日)?放假")
MONTH_DAY: Final = re.compile(r"(\d{1,2})月(\d{1,2})日")
# Make-up days and holidays around New Year may lie in the December before.
EARLIEST: Final = (12, 20)
LONGEST_SPAN: Final = 15


@dataclass(slots=True)
class Read:
    """What was understood, and what not. Errors are whole sentences, each with its line."""

    year: int
    days: dict[date, CalendarDay] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, on: date, is_working: bool, name: str, line: int) -> None:
        facts = {"line": line, "on": on}
        if not date(self.year - 1, *EARLIEST) <= on <= date(self.year, 12, 31):
            self.errors.append(_("Line %(line)s: %(on)s does not belong to the year.") % facts)
        elif on in self.days and self.days[on].is_working != is_working:
            self.errors.append(_("Line %(line)s: %(on)s is given both as a day off and as a working day.") % facts)
        elif is_working and on.weekday() < 5:
            self.errors.append(_("Line %(line)s: %(on)s is no Saturday or Sunday; it is worked anyway.") % facts)
        else:
            self.days.setdefault(on, CalendarDay(date=on, is_working=is_working, name=name[:60]))

    def sorted_days(self) -> list[CalendarDay]:
        return [self.days[on] for on in sorted(self.days)]


def read(text: str, year: int) -> Read:
    """Understand a text line by line, table rows and sentences mixed as they come."""
    found = Read(year)
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.lower().startswith(("date", "日期")):
            continue
        if DAY.match(line):
            _table_row(line, number, found)
        elif heading := HEADING.match(line):
            _sentence(heading[1], heading[2], number, found)
        else:
            found.errors.append(_("Line %(line)s was not understood: %(text)s") % {"line": number, "text": line[:60]})
    _check_statutory(found)
    for day in found.days.values():
        # A weekday off that the rule on public holidays does not name is exchanged for a day worked elsewhere.
        day.in_lieu = not day.is_working and day.date.weekday() < 5 and not _is_statutory(day.date, day.name)
    return found


def _is_statutory(on: date, name: str) -> bool:
    known = {day for day, _name in calendar.statutory_days() if day.year == on.year}
    return on in known if known else bool(name)


def _check_statutory(found: Read) -> None:
    """Every announcement names the statutory days; one that does not was cut off."""
    for on, name in calendar.statutory_days():
        day = found.days.get(on)
        if on.year == found.year and (day is None or day.is_working):
            found.errors.append(
                _("%(on)s (%(name)s) is a statutory holiday, but missing here.") % {"on": on, "name": name}
            )
    if not found.days:
        found.errors.append(_("No day was found in what you gave."))


def _table_row(line: str, number: int, found: Read) -> None:
    cells = [cell.strip() for cell in re.split(r"[,，\t;；]| {2,}", line) if cell.strip()]
    if len(cells) == 1:
        cells = line.split()
    mark = cells[1].lower() if len(cells) > 1 else ""
    if mark not in OFF | WORK:
        found.errors.append(_("Line %(line)s: write 休 or 班 after the day.") % {"line": number})
        return
    try:
        days = _days(cells[0])
    except ValueError:
        found.errors.append(
            _("Line %(line)s: %(text)s is not a day or a span of days.") % {"line": number, "text": cells[0]}
        )
        return
    for on in days:
        found.add(on, mark in WORK, cells[2] if len(cells) > 2 else "", number)


def _days(text: str) -> list[date]:
    """One day, or the days of a span; ValueError for anything else."""
    ends = [_day(part) for part in SPAN.split(text)]
    if len(ends) > 2:
        raise ValueError(text)
    return _span(ends[0], ends[-1])


def _day(text: str) -> date:
    found = DAY.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def _span(first: date, last: date) -> list[date]:
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST_SPAN:
        raise ValueError(f"{first} to {last}")
    return [first + timedelta(n) for n in range(length)]


def _sentence(name: str, text: str, number: int, found: Read) -> None:
    """A paragraph of the announcement: the days off, then the days worked for them."""
    plain = REMARK.sub("", text).replace(" ", "")
    before = len(found.days)
    try:
        month = 1
        for months, first, last_month, last in OFF_SPAN.findall(plain):
            month = int(months or month)
            start = _in_year(found.year, month, int(first), name)
            end = _in_year(found.year, int(last_month or month), int(last or first), name)
            if end < start:
                raise ValueError(text)
            for on in _span(start, end):
                found.add(on, False, name, number)
        for part in re.findall(r"([^。；]*?)上班", plain):
            for worked_month, worked_day in MONTH_DAY.findall(part.rpartition("放假")[2]):
                found.add(_in_year(found.year, int(worked_month), int(worked_day), name), True, name, number)
    except ValueError:
        found.errors.append(
            _("Line %(line)s names a day that does not exist: %(text)s") % {"line": number, "text": text[:60]}
        )
        return
    if len(found.days) == before:
        found.errors.append(_("Line %(line)s was not understood: %(text)s") % {"line": number, "text": text[:60]})


def _in_year(year: int, month: int, day: int, name: str) -> date:
    """New Year's paragraph speaks of December of the year before."""
    return date(year - 1 if month == 12 and "元旦" in name else year, month, day)


def text_of_sheet(content: bytes) -> str:
    """An Excel sheet as lines of a table. RuleBroken when it cannot be read."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError) as error:
        raise RuleBroken(_("The Excel file cannot be read: %(why)s") % {"why": error}, field="file") from error
    return "\n".join(_cells(rows))


def _cells(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for row in rows:
        yield ",".join(cell.isoformat()[:10] if isinstance(cell, date) else str(cell).strip() for cell in row)


def as_text(days: Iterable[CalendarDay]) -> str:
    """Days as lines of a table, for the page that asks to confirm."""
    return "\n".join(f"{day.date},{'班' if day.is_working else '休'},{day.name}" for day in days)


def decoded(content: bytes) -> str:
    """The text of a file, in UTF-8 or the national encoding. RuleBroken for anything else."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken(_("The file is no text. Save it as CSV or Excel."), field="file")
