"""How far the cells of a sheet reach. The reader lays out the whole rectangle from the first cell to the last in memory: one value
in the last corner of an otherwise empty sheet, a file of five kilobytes, would take hundreds of gigabytes and fell the process."""

import re
from functools import lru_cache
from typing import IO, Any, Final
from xml.parsers import expat

_PLACE: Final = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")
_FILLED: Final = {"v", "is"}  # elements of a cell that holds something; one that is only coloured reaches nowhere
_BLOCK: Final = 1024 * 1024


class Extent:
    """The last row and the last column, from 1, in which a cell holds anything."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def begin(self, name: str, attributes: dict[str, Any]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            # A cell without a place stands behind the one before it.
            if found := _PLACE.fullmatch(attributes.get("r", "")):
                self._row, self._column = int(found[2]), _number(found[1])
            else:
                self._column += 1
        elif name in _FILLED:
            if self._row > self.rows:
                self.rows = self._row
            if self._column > self.columns:
                self.columns = self._column
        elif name == "row":
            given = attributes.get("r", "")
            self._row, self._column = int(given) if given.isdecimal() else self._row + 1, 0


def extent_of(sheet: IO[bytes]) -> Extent:
    """Of the XML of a sheet. Raises ValueError when it is none."""
    extent = Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.begin
    try:
        while block := sheet.read(_BLOCK):
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"no XML: {error}") from error
    return extent


@lru_cache(maxsize=1024)
def _number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
