"""The bound volume: cover, index, the documents with continuous page numbers, the record of the steps, the list of evidence, the evidence that can be
shown on paper, and the closing leaf (备考表).

Page numbers stand in the outer upper corner (odd pages right, even pages left), as files are paginated by hand; cover, index
and closing leaf are not counted. The originals are not touched: this is a copy.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from casework import kinds
from casework.models import Docket, Evidence, Part
from core import clock
from core.labels import in_chinese
from notices import casefile_evidence, casefile_steps, composing, printing
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
class Volume:
    """`pieces`: as many as the index has; `pages`: numbered ones."""

    pdf: bytes
    pieces: int
    pages: int
    steps: bytes  # the leaf that tells the steps, by itself


@dataclass(frozen=True, slots=True)
class Piece:
    """What the index names in one line: a document, the list of evidence, a piece of evidence."""

    title: str
    number: str
    author: str
    dated: date | None
    pdf: PdfReader

    @property
    def length(self) -> int:
        return len(self.pdf.pages)


def bound(
    docket: Docket,
    contents: Sequence[tuple["Paper", bytes]],
    evidence: Sequence[Evidence],
    compiled_by: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Volume:
    """One PDF of everything. `progress(done, of)` is told of each piece of evidence. Raises RenderingFailed."""
    pieces = [Piece(paper.title, paper.number, paper.author, paper.dated, _read(pdf)) for paper, pdf in contents]
    steps = _steps(docket)
    # What the file adds itself was made on the day on which it is put together.
    pieces.append(Piece(casefile_steps.TITLE, "", _author(docket), clock.today(), _read(steps)))
    if evidence:
        shown = _exhibits(evidence, progress)
        pieces += [_list_of(docket, evidence, shown, after=_length(pieces)), *shown.values()]
    pages = _length(pieces)
    writer = PdfWriter()
    for template, context in (
        (COVER, _cover_context(docket, pages)),
        (INDEX, _index_context(docket, _entries(pieces))),
    ):
        writer.append(_drawn(template, context), outline_item=str(context["title"]))
    first = len(writer.pages)
    for piece in pieces:
        writer.append(piece.pdf, outline_item=f"{piece.title} {piece.number}".strip())
    for place in range(first, len(writer.pages)):
        _stamp(writer.pages[place], place - first + 1)
    closing = _closing_context(docket, len(contents), len(pieces), pages, len(evidence), compiled_by)
    writer.append(_drawn(CLOSING, closing), outline_item=str(closing["title"]))
    writer.add_metadata({"/Title": f"案卷 {docket.number or ''}".strip(), "/Author": docket.department.acts_as.name})
    buffer = io.BytesIO()
    writer.write(buffer)
    return Volume(buffer.getvalue(), len(pieces), pages, steps)


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def _pdf(template: str, context: dict[str, Any]) -> bytes:
    return printing.draw(composing.compose(template, context).html).pdf


def _drawn(template: str, context: dict[str, Any]) -> PdfReader:
    return _read(_pdf(template, context))


def _steps(docket: Docket) -> bytes:
    told = {"steps": casefile_steps.steps(docket), "note": casefile_steps.NOTE}
    return _pdf(casefile_steps.TEMPLATE, _frame(docket, casefile_steps.TITLE) | told)


def _author(docket: Docket) -> str:
    """责任者 of what is drawn with the volume: the authority as it is called today. Short names are for lists and menus."""
    return docket.department.acts_as.name_on(clock.today())


def _length(pieces: Sequence[Piece]) -> int:
    return sum(piece.length for piece in pieces)


def _numbers(first: int, length: int) -> str:
    return str(first) if length == 1 else f"{first}-{first + length - 1}"


def _exhibits(evidence: Sequence[Evidence], progress: Callable[[int, int], None]) -> dict[int, Piece]:
    """The pieces of evidence that have pages, by their place in the list."""
    found: dict[int, Piece] = {}
    for number, item in enumerate(evidence, start=1):
        pdf = casefile_evidence.pages(number, item)
        if pdf is not None:
            made_on = clock.local(item.made_at).date()
            found[number] = Piece(f"证据{number}：{printable(item.title)}", "", item.made_by, made_on, _read(pdf))
        progress(number, len(evidence))
    return found


def _list_of(docket: Docket, evidence: Sequence[Evidence], shown: dict[int, Piece], *, after: int) -> Piece:
    """The list of evidence; it names pages that come after its own, so it is drawn until its length is what it said."""
    length = 0
    pdf = None
    while pdf is None or len(pdf.pages) > length:
        length = len(pdf.pages) if pdf is not None else 1
        place, pages = after + length + 1, dict[int, str]()
        for number, piece in shown.items():
            pages[number] = _numbers(place, piece.length)
            place += piece.length
        pdf = _drawn(EVIDENCE, _evidence_context(docket, evidence, pages))
    return Piece(EVIDENCE_LIST, "", _author(docket), clock.today(), pdf)


def _entries(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    entries, first = [], 1
    for piece in pieces:
        entries.append(
            {
                "number": piece.number,
                "author": piece.author,
                "title": piece.title,
                "on": piece.dated,
                "pages": _numbers(first, piece.length),
            }
        )
        first += piece.length
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


def _frame(docket: Docket, title: str) -> dict[str, Any]:
    return {
        "agency": _author(docket),
        "title": title,
        "number": "",
        "volume": "正卷",
        "docket_number": docket.number or BLANK,
        "cause": kinds.cause_of(docket),
    }


@in_chinese()
def _cover_context(docket: Docket, pages: int) -> dict[str, Any]:
    people = [docket.officer.name] if docket.officer else []
    people += [
        row.officer.name
        for row in docket.team.exclude(part=Part.TASK).select_related("officer")
        if row.officer_id != docket.officer_id
    ]
    return _frame(docket, "行政执法案卷") | {
        "file_number": BLANK,  # given by the archive
        "party_name": docket.enterprise.name if docket.enterprise else BLANK,
        "result": kinds.result_of(docket),
        "filed_on": docket.opened_on,
        "closed_on": docket.closed_on or "",
        "handled_by": _author(docket),
        "officers": people or [BLANK],
        "retention": BLANK,  # given by the archive
        "volumes": 1,
        "place": 1,
        "pages": pages,
    }


@in_chinese()
def _index_context(docket: Docket, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return _frame(docket, "卷内目录") | {"entries": entries}


@in_chinese()
def _closing_context(
    docket: Docket, papers: int, pieces: int, pages: int, evidence: int, compiled_by: str
) -> dict[str, Any]:
    """Every piece of the index is counted once: documents, the record of the steps, the list of evidence, evidence shown on pages."""
    parts, kept = f"文书{papers}件、{casefile_steps.TITLE}1件", ""
    if evidence:
        shown = pieces - papers - 2
        parts += "、证据材料清单1件" + (f"、证据影印件{shown}件" if shown else "")
        kept = f"证据材料清单所列证据共{evidence}件，原件随案卷压缩包保存。"
    return _frame(docket, "卷内备考表") | {
        "statement": f"本卷共收入文件{pieces}件{pages}页，其中{parts}。由江苏稀土监管系统按照固定原件合订，校验值已逐件核对。{kept}",
        "compiled_by": compiled_by,
        "checked_by": BLANK,
        "on": clock.today(),
    }


@in_chinese()
def _evidence_context(docket: Docket, evidence: Sequence[Evidence], pages: dict[int, str]) -> dict[str, Any]:
    return _frame(docket, EVIDENCE_LIST) | {
        "items": [
            {
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
            for number, item in enumerate(evidence, start=1)
        ],
        "note": "证据原文件随案卷压缩包一并保存，以校验值核对；页号栏为“原件”的，本卷不附影印页。",
    }
