"""A bound volume: cover, index by groups, the documents with continuous page numbers, the evidence that can be shown on paper behind its list,
and the closing leaf (备考表). The 正卷 and the 副卷 are bound each by itself (notices.archive).

Page numbers stand in the outer upper corner (odd pages right, even pages left), as files are paginated by hand; cover, index
and closing leaf are not counted. The originals are not touched: this is a copy.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from casework import kinds
from casework.models import Docket, Evidence, Part
from core import clock
from core.labels import in_chinese
from notices import archive, casefile_evidence, casefile_steps, composing, printing
from notices.archive import Group, Volume
from notices.casefile_evidence import printable

if TYPE_CHECKING:
    from notices.casefile import Paper

COVER = "notices/common/case_file_cover.html"
INDEX = "notices/common/case_file_index.html"
EVIDENCE = "notices/common/case_file_evidence.html"
CLOSING = "notices/common/case_file_closing.html"
EVIDENCE_LIST = "证据材料清单"
BLANK = "　　　　"  # to be written by hand
FONT_SIZE = 14
EDGE_PT, TOP_PT = 40, 30


@dataclass(frozen=True, slots=True)
class Piece:
    """What the index names in one line: a document, a list of evidence, a piece of evidence. `content`: its PDF, as the package
    holds it; empty for the pages of a piece of evidence, of which the package holds the original."""

    group: Group
    title: str
    number: str
    author: str
    dated: date | None
    pdf: PdfReader
    content: bytes = b""

    @property
    def length(self) -> int:
        return len(self.pdf.pages)

    @property
    def name(self) -> str:
        return f"{self.title} {self.number}".strip()


@dataclass(frozen=True, slots=True)
class Bound:
    """A volume. `pieces`: the lines of its index; `pages`: numbered ones."""

    volume: Volume
    pdf: bytes
    pieces: tuple[Piece, ...]
    pages: int


def bound(
    docket: Docket,
    volume: Volume,
    contents: Sequence[tuple["Paper", bytes]],
    evidence: Sequence[tuple[Group, Evidence]],
    compiled_by: str,
    progress: Callable[[], None] = lambda: None,
) -> Bound:
    """One PDF of the papers and the evidence of this volume. `progress()` is called after each piece of evidence. Raises
    RenderingFailed."""
    pieces: list[Piece] = []
    listed = 0
    for group in archive.of(volume):
        pieces += [
            Piece(group, paper.title, paper.number, paper.author, paper.dated, _read(pdf), pdf)
            for paper, pdf in contents
            if paper.group == group
        ]
        held = [item for its_group, item in evidence if its_group == group]
        if held:
            numbered = dict(enumerate(held, start=listed + 1))
            listed += len(held)
            pieces += _evidence(docket, group, numbered, after=_length(pieces), progress=progress)
        if group == archive.other(Volume.INNER):
            pieces.append(_steps(docket, group))
    return _bind(docket, volume, pieces, evidence=listed, compiled_by=compiled_by)


def _bind(docket: Docket, volume: Volume, pieces: Sequence[Piece], *, evidence: int, compiled_by: str) -> Bound:
    pages = _length(pieces)
    writer = PdfWriter()
    for template, context in (
        (COVER, _cover_context(docket, volume, pages)),
        (INDEX, _index_context(docket, volume, _entries(pieces))),
    ):
        writer.append(_drawn(template, context), outline_item=str(context["title"]))
    first = len(writer.pages)
    for piece in pieces:
        writer.append(piece.pdf, import_outline=False)
    place = first
    headings: dict[Group, Any] = {}
    for piece in pieces:
        if piece.group not in headings:
            headings[piece.group] = writer.add_outline_item(title=piece.group.heading, page_number=place)
        writer.add_outline_item(title=piece.name, page_number=place, parent=headings[piece.group])
        place += piece.length
    for place in range(first, len(writer.pages)):
        _stamp(writer.pages[place], place - first + 1)
    closing = _closing_context(docket, volume, pieces, evidence, compiled_by)
    writer.append(_drawn(CLOSING, closing), outline_item=str(closing["title"]))
    title = f"案卷（{volume}） {docket.number or ''}".strip()
    writer.add_metadata({"/Title": title, "/Author": docket.department.acts_as.name})
    writer.page_mode = "/UseOutlines"  # readers open it with the bookmarks beside the page
    buffer = io.BytesIO()
    writer.write(buffer)
    return Bound(volume, buffer.getvalue(), tuple(pieces), pages)


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def _pdf(template: str, context: dict[str, Any]) -> bytes:
    return printing.draw(composing.compose(template, context).html).pdf


def _drawn(template: str, context: dict[str, Any]) -> PdfReader:
    return _read(_pdf(template, context))


def _steps(docket: Docket, group: Group) -> Piece:
    """The record of the steps tells what was thought inside the authority: it stands in the 副卷."""
    told = {"steps": casefile_steps.steps(docket), "note": casefile_steps.NOTE}
    frame = _frame(docket, casefile_steps.TITLE, group.volume)
    return _leaf(docket, group, casefile_steps.TITLE, _pdf(casefile_steps.TEMPLATE, frame | told))


def _leaf(docket: Docket, group: Group, title: str, pdf: bytes) -> Piece:
    """What the file adds itself: made on the day on which it is put together."""
    return Piece(group, title, "", _author(docket), clock.today(), _read(pdf), pdf)


def _author(docket: Docket) -> str:
    """责任者 of what is drawn with the volume: the authority as it is called today. Short names are for lists and menus."""
    return docket.department.acts_as.name_on(clock.today())


def _length(pieces: Sequence[Piece]) -> int:
    return sum(piece.length for piece in pieces)


def _numbers(first: int, length: int) -> str:
    return str(first) if length == 1 else f"{first}-{first + length - 1}"


def _evidence(
    docket: Docket, group: Group, numbered: Mapping[int, Evidence], *, after: int, progress: Callable[[], None]
) -> list[Piece]:
    """The list of the evidence of a group, then the pieces that have pages."""
    shown: dict[int, Piece] = {}
    for number, item in numbered.items():
        pdf = casefile_evidence.pages(number, item)
        if pdf is not None:
            made_on, title = clock.local(item.made_at).date(), f"证据{number}：{printable(item.title)}"
            shown[number] = Piece(group, title, "", printable(item.made_by), made_on, _read(pdf))
        progress()
    return [_list_of(docket, group, numbered, shown, after=after), *shown.values()]


def _list_of(
    docket: Docket, group: Group, numbered: Mapping[int, Evidence], shown: Mapping[int, Piece], *, after: int
) -> Piece:
    """The list of evidence; it names pages that come after its own, so it is drawn until its length is what it said."""
    leaf, length = None, 0
    while leaf is None or leaf.length > length:
        length = leaf.length if leaf is not None else 1
        place, pages = after + length + 1, dict[int, str]()
        for number, piece in shown.items():
            pages[number] = _numbers(place, piece.length)
            place += piece.length
        pdf = _pdf(EVIDENCE, _evidence_context(docket, group.volume, numbered, pages))
        leaf = _leaf(docket, group, EVIDENCE_LIST, pdf)
    return leaf


def _entries(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Lines of the index; the first of a group has its heading above it."""
    entries, first, group = [], 1, None
    for piece in pieces:
        entries.append(
            {
                "heading": piece.group.heading if piece.group != group else "",
                "number": piece.number,
                "author": piece.author,
                "title": piece.title,
                "on": piece.dated,
                "pages": _numbers(first, piece.length),
            }
        )
        first, group = first + piece.length, piece.group
    return entries


def _stamp(page: PageObject, number: int) -> None:
    """The number, in a standard font that every reader has, in the outer upper corner."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    text = str(number)
    x = width - EDGE_PT - len(text) * FONT_SIZE * 0.556 if number % 2 else EDGE_PT
    overlay = PageObject.create_blank_page(width=width, height=height)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    overlay[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/PageNumber"): font})}
    )
    stream = StreamObject()
    stream.set_data(
        f"BT /PageNumber {FONT_SIZE} Tf {x:.2f} {height - TOP_PT - FONT_SIZE:.2f} Td ({text}) Tj ET".encode()
    )
    overlay[NameObject("/Contents")] = stream
    page.merge_page(overlay)


def _frame(docket: Docket, title: str, volume: Volume = Volume.MAIN) -> dict[str, Any]:
    return {
        "agency": _author(docket),
        "title": title,
        "number": "",
        "volume": volume,
        "docket_number": docket.number or BLANK,
        "cause": kinds.cause_of(docket),
    }


@in_chinese()
def _cover_context(docket: Docket, volume: Volume, pages: int) -> dict[str, Any]:
    people = [docket.officer.name] if docket.officer else []
    people += [
        row.officer.name
        for row in docket.team.exclude(part=Part.TASK).select_related("officer")
        if row.officer_id != docket.officer_id
    ]
    return _frame(docket, "行政执法案卷", volume) | {
        "file_number": BLANK,  # given by the archive
        "party_name": docket.enterprise.name if docket.enterprise else BLANK,
        "result": kinds.result_of(docket),
        "filed_on": docket.opened_on,
        "closed_on": docket.closed_on or "",
        "handled_by": _author(docket),
        "officers": people or [BLANK],
        "retention": BLANK,  # given by the archive
        "volumes": len(Volume),
        "place": [*Volume].index(volume) + 1,
        "pages": pages,
    }


@in_chinese()
def _index_context(docket: Docket, volume: Volume, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return _frame(docket, "卷内目录", volume) | {"entries": entries}


@in_chinese()
def _closing_context(
    docket: Docket, volume: Volume, pieces: Sequence[Piece], evidence: int, compiled_by: str
) -> dict[str, Any]:
    """Every piece of the index is counted once: documents, the record of the steps, lists of evidence, evidence shown on pages."""
    lists = sum(piece.title == EVIDENCE_LIST for piece in pieces)
    steps = sum(piece.title == casefile_steps.TITLE for piece in pieces)
    shown = sum(not piece.content for piece in pieces)
    counted = {
        "文书": len(pieces) - lists - steps - shown,
        casefile_steps.TITLE: steps,
        EVIDENCE_LIST: lists,
        "证据影印件": shown,
    }
    parts = "、".join(f"{what}{count}件" for what, count in counted.items() if count)
    kept = f"{EVIDENCE_LIST}所列证据共{evidence}件，原件随案卷压缩包保存。" if evidence else ""
    holds = f"本卷（{volume}）共收入文件{len(pieces)}件{_length(pieces)}页" + (f"，其中{parts}" if parts else "")
    return _frame(docket, "卷内备考表", volume) | {
        "statement": f"{holds}。由江苏稀土监管系统按照固定原件合订，校验值已逐件核对。{kept}",
        "compiled_by": compiled_by,
        "checked_by": BLANK,
        "on": clock.today(),
    }


@in_chinese()
def _evidence_context(
    docket: Docket, volume: Volume, numbered: Mapping[int, Evidence], pages: Mapping[int, str]
) -> dict[str, Any]:
    return _frame(docket, EVIDENCE_LIST, volume) | {
        "items": [
            {
                "number": number,
                "title": printable(item.title),
                "kind": str(item.get_kind_display()),
                "proves": printable(item.proves),
                "made_by": printable(item.made_by),
                "made_at": item.made_at,
                "place": printable(item.place),
                "filename": printable(item.filename),
                "sha256": item.sha256,
                "held_by": item.docket.number if item.docket_id != docket.pk else "",
                "pages": pages.get(number, ""),
            }
            for number, item in numbered.items()
        ],
        "note": "证据原文件随案卷压缩包一并保存，以校验值核对；页号栏为“原件”的，本卷不附影印页。",
    }
