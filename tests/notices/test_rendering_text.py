"""What a reader, a search or a copy finds in a notice is what was written: no character lost, none added."""

import io
import re
import subprocess

import pypdf
import pytest

from notices.rendering import check_glyphs, render
from notices.rendering.samples import SAMPLES, plain_notice, rectification_order
from tests.notices.rendered_pages import text_of

pytestmark = pytest.mark.pdf

ELEMENTS = "镧铈镨钕钐铕钆铽镝钬铒铥镱镥钪钇"
# Names as registers of residents hold them: GB 2312 has none of these characters.
RARE_NAMES = ["朱䶮喆", "赵祎堃", "陈珺", "欧阳𬱟", "㛃婷", "王𠅤", "李𫖯", "张𬀩", "刘𬭎", "何𫍯"]
EXACT = [
    ELEMENTS,
    *RARE_NAMES,
    "91320282MA1XYT8K3Q",
    "7QK2-9F4M-XW3C",
    "2026年11月21日",
    "苏工信责改〔2026〕12号",
    "氧化镨钕86.420吨",
    "罚款人民币壹拾万元整(¥100,000.00)",
    "温度≥85℃，压力±0.5MPa，面积120㎡，Th+U≤0.1mg/L，CaF₂、SO₄²⁻",
]


@pytest.fixture(scope="module")
def letter() -> bytes:
    # Each string at many places of a line, so that some of them stand in widened lines.
    paragraphs = ["检" * shift + text + "。" + "查" * (40 - shift) + "。" for text in EXACT for shift in (1, 9, 17)]
    return render("notices/common/notice.html", plain_notice() | {"paragraphs": paragraphs}).pdf


def test_every_string_extracts_exactly_with_pdfium(letter):
    found = text_of(letter)
    for text in EXACT:
        assert found.count(text) >= 1, text


def test_every_string_extracts_exactly_with_pypdf(letter):
    found = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(letter)).pages).replace("\n", "")
    for text in EXACT:
        assert text in found, text


@pytest.mark.poppler
@pytest.mark.parametrize("layout", [[], ["-layout"], ["-raw"]])
def test_every_string_extracts_exactly_with_poppler(letter, tmp_path, layout):
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter)
    output = subprocess.run(["pdftotext", *layout, str(path), "-"], capture_output=True, check=True).stdout.decode()
    found = "".join(line.strip() for line in output.splitlines())
    for text in EXACT:
        assert text in found, text


def test_no_space_is_added_inside_widened_lines(letter):
    found = re.sub(r"— \d+ —", "", text_of(letter))
    start = found.index("检" + ELEMENTS)
    end = found.index("核验码")
    assert " " not in found[start:end]


# What a template decides by and prints in other words, or not in this sample: (name, name inside it or "").
UNPRINTED = {
    "penalty_decision": [("told", "outcome")],
    "daily_penalty_decision": [("told", "outcome")],
    "summary_penalty_decision": [("remedies", "litigation_period")],  # reconsideration comes first
    "payment_deferral": [("decision", "served_on")],
    "performance_demand": [("payment", "within")],
    "enforcement_application": [("we", "")],  # 申请人
}


@pytest.mark.parametrize("code", list(SAMPLES))
def test_every_document_holds_the_words_of_its_context(code):
    sample = SAMPLES[code]
    context = sample.context()
    found = text_of(render(sample.template, context).pdf).replace("\u00a0", " ")

    def words(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [
                word for key, inner in value.items() if key not in {"url", "by", "pictures"} for word in words(inner)
            ]
        if isinstance(value, list):
            return [word for inner in value for word in words(inner)]
        return []

    for outer, inner in UNPRINTED.get(code, ()):
        context[outer] = {key: value for key, value in context[outer].items() if key != inner} if inner else ""
    unprinted = {"reconsideration_period"} | ({context["addressee"]} if code == "never" else set())
    for text in words({key: value for key, value in context.items() if key not in unprinted}):
        if (
            code.startswith("case_file_")
            and code != "case_file_cover"
            and text in {context["agency"], context.get("cause")}
        ):
            continue  # the cover of the volume has them
        for piece in _between_page_numbers(text, found):
            assert piece in found, text


def _between_page_numbers(text: str, found: str) -> list[str]:
    """The text itself, or its two parts where a page ends inside it."""
    if text in found or len(text) < 6:
        return [text]
    cut = next((cut for cut in range(len(text) - 1, 0, -1) if text[:cut] in found and text[cut:] in found), 0)
    return [text[:cut], text[cut:]] if cut else [text]


def test_what_users_type_is_text_and_never_markup():
    context = rectification_order()
    context["party"] = context["party"] | {"name": "<b>甲</b>&amp;<script>alert(1)</script>有限公司{{ agency }}"}
    found = text_of(render("notices/rectification/rectification_order.html", context).pdf)
    assert "<b>甲</b>&amp;<script>alert(1)</script>有限公司{{agency}}" in found.replace(" ", "")


def test_the_bundled_fonts_cover_all_of_gb_18030_2022_in_daily_use():
    """GB 2312, the unified block, extension A and the extensions B to F that name registers use."""
    gb2312 = [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if not (row == 0xD7 and cell > 0xF9)
    ]
    assert check_glyphs("".join(gb2312)) == []
    blocks = ((0x3400, 0x4DB5), (0x4E00, 0x9FA5), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D))
    missing = [
        character for first, last in blocks for character in check_glyphs("".join(map(chr, range(first, last + 1))))
    ]
    assert missing == []


@pytest.mark.poppler
def test_the_sample_order_extracts_with_every_element_and_its_rare_names(tmp_path):
    path = tmp_path / "order.pdf"
    path.write_bytes(render("notices/rectification/rectification_order.html", rectification_order()).pdf)
    found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    for text in (ELEMENTS, "朱䶮喆", "欧阳𬱟"):
        assert text in found, text
