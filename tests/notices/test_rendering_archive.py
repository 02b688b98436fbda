"""The file itself: PDF/A-3b with tags, every font inside, small, and the same bytes for the same words."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys

import pypdf
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from notices.rendering import render
from notices.rendering.samples import SAMPLES, rectification_order

pytestmark = pytest.mark.pdf
ORDER = SAMPLES["rectification_order"].template


@pytest.fixture(scope="module")
def order() -> bytes:
    return render(ORDER, rectification_order()).pdf


@pytest.fixture(scope="module")
def reader(order) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(order), strict=True)


def fonts(reader: pypdf.PdfReader) -> dict:
    return {
        name: font.get_object()
        for page in reader.pages
        for name, font in page["/Resources"]["/Font"].get_object().items()
    }


def test_d18_two_pages_weigh_at_most_150_kb(order, reader):
    """D18: PDFs of 16 MB because whole fonts went in."""
    assert len(reader.pages) == 2
    assert len(order) <= 150_000


@pytest.mark.parametrize("code", list(SAMPLES))
def test_every_font_is_embedded_as_a_truetype_subset_of_ours(code):
    sample = SAMPLES[code]
    reader = pypdf.PdfReader(io.BytesIO(render(sample.template, sample.context(), watermark="样本").pdf), strict=True)
    found = fonts(reader)
    assert found
    for font in found.values():
        assert font["/Subtype"] == "/Type0", "no Type 3 and no unembedded standard font"
        assert re.fullmatch(r"/[A-Z]{6}\+Notice[A-Za-z0-9]+", font["/BaseFont"])
        assert "/ToUnicode" in font
        descendant = font["/DescendantFonts"][0].get_object()
        assert descendant["/Subtype"] == "/CIDFontType2"
        embedded = TTFont(
            io.BytesIO(descendant["/FontDescriptor"].get_object()["/FontFile2"].get_data()), checkChecksums=2
        )
        assert embedded["maxp"].numGlyphs == len(embedded.getGlyphOrder())


def test_widths_in_the_pdf_are_those_of_the_embedded_fonts(reader):
    """PDF/A 6.2.11.5: a reader that measures and one that draws must agree."""
    for font in fonts(reader).values():
        descendant = font["/DescendantFonts"][0].get_object()
        embedded = TTFont(io.BytesIO(descendant["/FontDescriptor"].get_object()["/FontFile2"].get_data()))
        widths = descendant["/W"]
        names = embedded.getGlyphOrder()
        for first, run in zip(widths[::2], widths[1::2], strict=True):
            for place, width in enumerate(run):
                assert abs(embedded["hmtx"][names[int(first) + place]][0] - float(width)) <= 1


def test_the_file_says_it_is_pdf_a_3b_and_brings_its_colours(reader):
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    intent = reader.trailer["/Root"]["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object()["/N"] == 3
    assert reader.trailer["/ID"]
    assert not reader.is_encrypted
    assert "/JavaScript" not in str(reader.trailer["/Root"])


def test_the_file_is_tagged_for_readers_who_listen(reader):
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "zh-Hans"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    kinds: list[str] = []
    alternatives: list[str] = []

    def walk(element: object) -> None:
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            for child in element:
                walk(child)
        elif isinstance(element, dict):
            kinds.append(element.get("/S", ""))
            if "/Alt" in element:
                alternatives.append(element["/Alt"])
            walk(element.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    assert kinds.count("/H1") == 1
    assert kinds.count("/P") >= 15
    assert [text for text in alternatives if "二维码" in text]
    for page in reader.pages:
        assert page["/Tabs"] == "/S"


def test_a_form_is_tagged_as_a_table():
    sample = SAMPLES["filing_approval"]
    reader = pypdf.PdfReader(io.BytesIO(render(sample.template, sample.context()).pdf))
    kinds = str([reader.get_object(number).get("/S") for number in _dictionaries(reader)])
    assert "/Table" in kinds
    assert "/TH" in kinds


def _dictionaries(reader: pypdf.PdfReader) -> list[int]:
    return [
        number
        for number in range(1, int(reader.trailer["/Size"]))
        if isinstance(reader.get_object(number), pypdf.generic.DictionaryObject)
    ]


def test_the_data_about_the_document_are_those_of_the_document(reader):
    about = reader.metadata
    assert about["/Title"] == "责令改正违法行为决定书（苏工信责改〔2026〕12号）"
    assert about["/Author"] == "江苏省工业和信息化厅"
    assert about["/Subject"] == "苏工信责改〔2026〕12号"
    assert about["/CreationDate"] == "D:20261121"
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "2026-11-21" in metadata
    assert "责令改正违法行为决定书" in metadata


SCRIPT = """
import django; django.setup()
import json, sys
from notices.rendering import render
from notices.rendering.samples import SAMPLES
order = json.loads(sys.argv[1])
print(json.dumps({code: render(SAMPLES[code].template, SAMPLES[code].context(), watermark="样本").sha256 for code in order}))
"""


def test_the_same_words_give_the_same_bytes_in_any_process_and_order():
    codes = list(SAMPLES)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "rareearth.settings", "PYTHONHASHSEED": "random"}
    answers = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", SCRIPT, json.dumps(order)],
                cwd=settings.ROOT,
                env=environment,
                capture_output=True,
                check=True,
            ).stdout
        )
        for order in (codes, codes[::-1])
    ]
    here = {code: render(SAMPLES[code].template, SAMPLES[code].context(), watermark="样本").sha256 for code in codes}
    assert answers[0] == answers[1] == here


def test_the_hash_is_that_of_the_file_and_the_template_is_named_by_its_own():
    rendered = render(ORDER, rectification_order())
    assert rendered.sha256 == hashlib.sha256(rendered.pdf).hexdigest()
    assert rendered.renderer.startswith("WeasyPrint ")
    assert len(rendered.template_sha256) == 64
    other = SAMPLES["notice"]
    assert render(other.template, other.context()).template_sha256 != rendered.template_sha256
