"""Reading an exported case file as its readers do: the bookmarks of a volume, the text of its pages, the unpacked package."""

import io
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from core.models import Job
from notices import casefile


def opened(job: Job, which: str = "pdf") -> bytes:
    file = casefile.file_of(job, which)
    assert file is not None, which
    return bytes(file.read())


def unpacked(job: Job, folder: Path) -> set[str]:
    """Unpack the package; the names of its files."""
    with zipfile.ZipFile(io.BytesIO(opened(job, "zip"))) as archive:
        archive.extractall(folder)
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def sums_checked(folder: Path) -> "subprocess.CompletedProcess[str]":
    """What the tool everybody has says of the unpacked package."""
    command = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )


def words(text: str) -> str:
    """Without blanks and line ends: cells wrap."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark. `place`: of its page, from 0; `group`: the heading above it, of a piece."""

    title: str
    place: int
    group: str = ""


class Read:
    """A volume, open."""

    def __init__(self, job: Job, which: str = "pdf") -> None:
        self.bytes = opened(job, which)
        self.pdf = PdfReader(io.BytesIO(self.bytes))
        self.pages = [page.extract_text() for page in self.pdf.pages]
        self.marks = [*self._marks(self.pdf.outline)]
        self.pieces = [mark for mark in self.marks if mark.group]
        self.groups = list(dict.fromkeys(mark.group for mark in self.pieces))
        self.front = self.pieces[0].place if self.pieces else len(self.pages) - 1  # cover and index

    def _marks(self, outline: Any) -> list[Mark]:
        found: list[Mark] = []
        for entry in outline:
            if isinstance(entry, list):  # what stands below the last one
                heading = found.pop()
                found += [Mark(one.title, one.place, heading.title) for one in self._marks(entry)]
            else:
                found.append(Mark(str(entry["/Title"]), self.pdf.get_destination_page_number(entry) or 0))
        return found

    @property
    def titles(self) -> list[str]:
        """All bookmarks but the headings of groups."""
        return [mark.title for mark in self.marks]

    @property
    def index(self) -> str:
        return words("".join(self.pages[1 : self.front]))

    def at(self, title: str) -> int:
        return next(mark.place for mark in self.marks if mark.title == title)

    def text_of(self, title: str) -> str:
        """All pages of a piece."""
        later = [mark.place for mark in self.marks if mark.place > self.at(title)]
        return words("".join(self.pages[self.at(title) : later[0]]))

    def number_on(self, place: int) -> str:
        """The page number that was stamped on a page."""
        return str(self.pages[place].rstrip().splitlines()[-1].strip())

    def numbers(self) -> list[str]:
        return [self.number_on(place) for place in range(self.front, len(self.pages) - 1)]
