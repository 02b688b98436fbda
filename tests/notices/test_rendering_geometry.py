"""The page of GB/T 9704-2012, measured in the finished PDF."""

import random

import pytest

from notices.rendering import render
from notices.rendering.samples import plain_notice, rectification_order
from tests.notices.rendered_pages import CELL_MM, glyphs_of, lines_of, page_count, text_of

pytestmark = pytest.mark.pdf

LEFT_MM, RIGHT_MM, TOP_MM, LINE_MM = 28.0, 184.0, 37.0, 225 / 22
BODY_PT = 16
WORDS = "稀土产品流向信息记录制度执行情况监督检查发现企业台账登记数量与追溯系统录入数量不一致应当限期补录并报告整改结果"
# May not stand at the start of a line, may not stand at its end (GB/T 15834).
NEVER_FIRST, NEVER_LAST = "，。、；：？！）》〕”’", "（《〔“‘"


def han(count: int, seed: int) -> str:
    picked = random.Random(seed)
    return "".join(picked.choice(WORDS) for _ in range(count))


def letter(*paragraphs: str) -> bytes:
    context = plain_notice() | {"paragraphs": list(paragraphs), "annexes": None, "remark": None}
    return render("notices/common/notice.html", context).pdf


def body(pdf: bytes, page: int) -> list:
    return [line for line in lines_of(pdf, page) if round(line.glyphs[0].size_pt) == BODY_PT]


@pytest.fixture(scope="module")
def long_letter() -> bytes:
    return letter(*(han(300, seed) + "。" for seed in range(5)))


def test_the_paper_is_a4():
    import pypdfium2

    for page in pypdfium2.PdfDocument(
        render("notices/rectification/rectification_order.html", rectification_order()).pdf
    ):
        width, height = page.get_size()
        assert (round(width * 25.4 / 72, 1), round(height * 25.4 / 72, 1)) == (210.0, 297.0)


def test_a_full_page_has_22_lines_on_a_grid_of_one_twenty_second_of_225_mm(long_letter):
    lines = body(long_letter, 1)
    assert len(lines) == 22
    for number, line in enumerate(lines):
        assert line.baseline == pytest.approx(lines[0].baseline + number * LINE_MM, abs=0.05)
    # The first line of characters lies wholly below the top margin, the last wholly above the bottom one.
    assert min(glyph.top for glyph in lines[0].glyphs) >= TOP_MM
    assert max(glyph.bottom for glyph in lines[-1].glyphs) <= TOP_MM + 225


def test_a_full_line_has_28_characters_from_28_mm_to_184_mm(long_letter):
    full = [line for line in body(long_letter, 1) if len(line.glyphs) == 28]
    assert len(full) >= 15
    for line in full:
        assert line.left == pytest.approx(LEFT_MM, abs=0.1)
        assert line.right == pytest.approx(RIGHT_MM, abs=0.1)


def test_a_paragraph_begins_two_characters_in(long_letter):
    first = [line for line in body(long_letter, 1) if len(line.glyphs) == 26]
    assert first
    for line in first:
        assert line.left == pytest.approx(LEFT_MM + 2 * CELL_MM, abs=0.1)
        assert line.right == pytest.approx(RIGHT_MM, abs=0.1)


@pytest.mark.parametrize("figures", ["7", "12.5", "2026", "朱䶮喆3", "7QK2-9F4M-XW3C", "GB/T 9704-2012"])
def test_lines_with_figures_and_letters_end_flush(figures):
    pieces = [han(9 + seed, seed) for seed in range(18)]
    pdf = letter(figures.join(pieces) + "。")
    lines = [line for page in range(page_count(pdf)) for line in body(pdf, page)]
    start = next(number for number, line in enumerate(lines) if line.text.startswith(pieces[0][:5]))
    end = next(number for number, line in enumerate(lines) if line.text.endswith("。") and number > start)
    assert end - start >= 8
    for line in lines[start:end]:
        assert line.right == pytest.approx(RIGHT_MM, abs=0.5), line.text


@pytest.mark.parametrize("code", ["91320282MA1XYT8K3Q", "GBT26451A2011B4567"])
def test_no_line_is_widened_by_more_than_a_quarter_for_what_does_not_break(code):
    """The line before a code of 18 figures stays ragged rather than fall apart into characters."""
    line = next(line for line in body(letter(han(20, 1) + code + han(30, 2) + "。"), 0) if line.text == han(20, 1))
    assert line.right == pytest.approx(LEFT_MM + 22 * CELL_MM, abs=0.5)


def test_a_line_that_is_short_by_little_before_a_code_ends_flush_and_extracts_exactly():
    text = han(24, 1) + "91320282MA1XYT8K3Q" + han(30, 2) + "。"
    pdf = letter(text)
    assert text in text_of(pdf)
    line = next(line for line in body(pdf, 0) if line.text == han(24, 1))
    assert line.right == pytest.approx(RIGHT_MM, abs=0.5)


def test_a_line_short_by_more_than_it_can_share_stays_ragged_and_never_leaves_the_type_area():
    long_code = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789AB"
    pdf = letter(han(9, 1) + long_code + han(40, 2) + "。")
    lines = [line for line in body(pdf, 0) if line.glyphs]
    before = next(line for line in lines if line.text.startswith(han(9, 1)[:8]))
    assert before.right < RIGHT_MM - 5
    assert max(glyph.right for line in lines for glyph in line.glyphs) <= RIGHT_MM + 0.2


def test_punctuation_keeps_the_rules_at_both_ends_of_a_line():
    pieces = [
        f"{han(5 + seed % 4, seed)}（{han(2, seed)}）、《{han(4, seed)}》，“{han(3, seed)}”；" for seed in range(40)
    ]
    pdf = letter("".join(pieces))
    lines = [line for page in range(page_count(pdf)) for line in body(pdf, page)]
    assert len(lines) > 20
    for line in lines:
        assert line.glyphs[0].character not in NEVER_FIRST, line.text
        assert line.glyphs[-1].character not in NEVER_LAST, line.text


def test_page_numbers_stand_outside_one_character_in_and_7_mm_below_the_text(long_letter):
    for page in range(page_count(long_letter)):
        number = lines_of(long_letter, page)[-1]
        assert number.text == f"—{page + 1}—"
        assert number.glyphs[0].size_pt == pytest.approx(14, abs=0.1)
        if page % 2 == 0:
            assert number.right == pytest.approx(RIGHT_MM - 14 * 25.4 / 72, abs=0.3)
        else:
            assert number.left == pytest.approx(LEFT_MM + 14 * 25.4 / 72, abs=0.3)
        assert number.glyphs[0].top == pytest.approx(TOP_MM + 225 + 7, abs=0.6)


def test_the_red_mark_the_number_and_the_title_stand_where_the_standard_says():
    pdf = render("notices/rectification/rectification_order.html", rectification_order()).pdf
    lines = lines_of(pdf, 0)
    mark, number, title = lines[0], lines[1], lines[2]
    assert mark.text == "江苏省工业和信息化厅"
    assert min(glyph.top for glyph in mark.glyphs) == pytest.approx(TOP_MM + 35, abs=1.0)
    assert number.text == "苏工信责改〔2026〕12号"
    assert title.text == "责令改正违法行为决定书"
    assert title.glyphs[0].size_pt == pytest.approx(22, abs=0.1)
    for line in (mark, number, title):
        assert (line.left + line.right) / 2 == pytest.approx((LEFT_MM + RIGHT_MM) / 2, abs=0.5)


def test_issuer_and_date_are_centred_on_each_other_four_characters_in():
    pdf = render("notices/rectification/rectification_order.html", rectification_order()).pdf
    lines = body(pdf, 1)
    issuer = next(line for line in lines if line.text == "江苏省工业和信息化厅")
    day = next(line for line in lines if line.text == "2026年11月21日")
    assert (issuer.left + issuer.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=0.3)
    assert issuer.right == pytest.approx(RIGHT_MM - 4 * CELL_MM, abs=0.5)
    assert day.baseline - issuer.baseline == pytest.approx(LINE_MM, abs=0.05)


@pytest.mark.parametrize("length", range(120, 660, 28))
def test_no_page_holds_a_signature_alone(length):
    """However long the text, at least two lines of it go with the seal."""
    pdf = letter(han(60, 1) + "。", han(length, 2) + "。")
    last = next(page for page in range(page_count(pdf)) if "印章" in [line.text for line in lines_of(pdf, page)])
    issuer = max(line.baseline for line in body(pdf, last) if line.text == "江苏省工业和信息化厅")
    above = [line for line in body(pdf, last) if line.baseline < issuer - 1]
    assert len(above) >= 2
    seal = next(line for line in lines_of(pdf, last) if line.text == "印章")
    assert max(glyph.bottom for glyph in seal.glyphs) <= TOP_MM + 225, "the seal lies inside the type area"


def test_all_characters_stay_on_the_type_area_of_a_form(long_letter):
    from notices.rendering.samples import SAMPLES

    for code, sample in SAMPLES.items():
        pdf = render(sample.template, sample.context()).pdf
        for page in range(page_count(pdf)):
            for glyph in glyphs_of(pdf, page):
                assert glyph.left >= LEFT_MM - 0.5, (code, page, glyph)
                assert glyph.right <= RIGHT_MM + 0.5, (code, page, glyph)


@pytest.mark.parametrize("whole", ["GB 26451-2011", "GB/T 14848-2017", "42 mg/L", "1500 kg"])
def test_the_number_of_a_standard_and_an_amount_with_its_unit_do_not_break(whole):
    facts = [f"{han(length, length)}（{whole}）{han(9, 3)}" for length in range(14, 30)]
    pdf = render("notices/rectification/rectification_order.html", rectification_order() | {"facts": facts}).pdf
    lines = [line.text.replace(" ", "") for page in range(page_count(pdf)) for line in body(pdf, page)]
    kept = f"（{whole}）".replace(" ", "")
    assert sum(kept in text for text in lines) == len(facts)
    assert [text for text in lines if text and text[0] in NEVER_FIRST] == []
