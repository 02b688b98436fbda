"""The bound volume: cover, index, the documents with continuous page numbers, the list of evidence.

Page numbers stand in the outer upper corner (odd pages right, even pages left), as files are paginated by hand; cover and
index are not counted. The originals are not touched: this is a copy.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from casework import kinds
from casework.models import Docket, Evidence
from core import clock
from core.labels import in_chinese
from notices import composing, printing

if TYPE_CHECKING:
    from notices.casefile import Paper

COVER = "notices/common/case_file_cover.html"
INDEX = "notices/common/case_file_index.html"
EVIDENCE = "notices/common/case_file_evidence.html"
BLANK = "　　　　"  # to be written by hand
FONT_SIZE = 14
EDGE_PT, TOP_PT = 40, 30


@dataclass(frozen=True, slots=True)
class Volume:
    pdf: bytes
    pages: int  # numbered ones


def bound(
    docket: Docket, contents: Sequence[tuple["Paper", bytes]], evidence: Sequence[Evidence], compiled_by: str
) -> Volume:
    """One PDF of everything. Raises RenderingFailed."""
    parts = [(paper.title, paper.number, paper.dated, PdfReader(io.BytesIO(pdf))) for paper, pdf in contents]
    if evidence:
        drawn = printing.draw(composing.compose(EVIDENCE, _evidence_context(docket, evidence)).html)
        parts.append(("证据材料清单", "", None, PdfReader(io.BytesIO(drawn.pdf))))
    entries, page = [], 1
    for title, number, dated, reader in parts:
        last = page + len(reader.pages) - 1
        entries.append(
            {
                "number": number,
                "author": docket.department.short_name,
                "title": title,
                "on": dated,
                "pages": str(page) if last == page else f"{page}-{last}",
            }
        )
        page = last + 1
    writer = PdfWriter()
    for template, context in (
        (COVER, _cover_context(docket, page - 1)),
        (INDEX, _index_context(docket, entries, page - 1, compiled_by)),
    ):
        front = printing.draw(composing.compose(template, context).html)
        writer.append(io.BytesIO(front.pdf), outline_item=str(context["title"]))
    first = len(writer.pages)
    for title, number, _dated, reader in parts:
        writer.append(reader, outline_item=f"{title} {number}".strip())
    for place in range(first, len(writer.pages)):
        _stamp(writer.pages[place], place - first + 1)
    writer.add_metadata({"/Title": f"案卷 {docket.number or ''}".strip(), "/Author": docket.department.name})
    buffer = io.BytesIO()
    writer.write(buffer)
    return Volume(buffer.getvalue(), page - 1)


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
        "agency": docket.department.name_on(clock.today()),
        "title": title,
        "number": "",
        "volume": "正卷",
        "docket_number": docket.number or BLANK,
        "cause": docket.title,
    }


@in_chinese()
def _cover_context(docket: Docket, pages: int) -> dict[str, Any]:
    people = [docket.officer.name] if docket.officer else []
    people += [row.officer.name for row in docket.team.select_related("officer") if row.officer_id != docket.officer_id]
    return _frame(docket, "行政执法案卷") | {
        "file_number": BLANK,  # given by the archive
        "party_name": docket.enterprise.name if docket.enterprise else BLANK,
        "result": kinds.stage_label(docket.kind, docket.stage),
        "filed_on": docket.opened_on,
        "closed_on": docket.closed_on or "",
        "handled_by": docket.department.name_on(clock.today()),
        "officers": people or [BLANK],
        "retention": BLANK,  # given by the archive
        "volumes": 1,
        "place": 1,
        "pages": pages,
    }


@in_chinese()
def _index_context(docket: Docket, entries: list[dict[str, Any]], pages: int, compiled_by: str) -> dict[str, Any]:
    return _frame(docket, "卷内目录") | {
        "entries": entries,
        "closing": {
            "statement": f"本卷共收入文件{len(entries)}件{pages}页，由稀土监管平台按照固定原件合订，校验值已逐件核对。",
            "compiled_by": compiled_by,
            "checked_by": BLANK,
            "on": clock.today(),
        },
    }


@in_chinese()
def _evidence_context(docket: Docket, evidence: Sequence[Evidence]) -> dict[str, Any]:
    return _frame(docket, "证据材料清单") | {
        "items": [
            {
                "title": item.title,
                "kind": str(item.get_kind_display()),
                "proves": item.proves,
                "made_by": item.made_by,
                "made_at": item.made_at,
                "place": item.place,
                "filename": item.filename,
                "sha256": item.sha256,
            }
            for item in evidence
        ],
        "note": "证据原文件随案卷压缩包一并保存，以校验值核对。",
    }
