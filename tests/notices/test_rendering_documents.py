"""Each document of the portal, its watermark, and the command that shows it."""

import io

import pypdf
import pytest
from django.core.management import CommandError, call_command

from notices.rendering import page_images, qr_svg, render, render_html
from notices.rendering.samples import SAMPLES, rectification_order, service_receipt
from tests.notices.rendered_pages import text_of

pytestmark = pytest.mark.pdf
ORDER = SAMPLES["rectification_order"].template


def test_the_rectification_order_has_its_seven_contents():
    """《环境保护主管部门实施按日连续处罚办法》 art. 9."""
    found = text_of(render(ORDER, rectification_order()).pdf)
    for content in (
        "当事人：宜兴市云泽稀土新材料有限公司",  # 1 party
        "以上事实，有",  # 2 facts and evidence
        "违反了《稀土管理条例》第十四条",  # 3 provision
        "现责令你单位：",  # 4 what to correct
        "拒不改正的",  # 5 consequence of refusing
        "申请行政复议",  # 6 remedies and their periods
        "江苏省工业和信息化厅2026年11月21日",  # 7 issuer and date
    ):
        assert content in found


@pytest.mark.parametrize("code", list(SAMPLES))
def test_every_sample_is_drawn_with_every_blank_filled(code):
    sample = SAMPLES[code]
    rendered = render(sample.template, sample.context(), watermark="样本")
    assert 1 <= rendered.pages <= 4  # with the list of what is seized or handed over
    assert len(rendered.pdf) <= 180_000
    assert "None" not in text_of(rendered.pdf)


def test_a_receipt_without_data_of_the_service_is_a_blank_to_take_along():
    context = service_receipt()
    del context["service"]
    found = text_of(render(SAMPLES["service_receipt"].template, context).pdf)
    assert "□直接送达" in found
    assert "□委托送达" in found
    assert "责令改正违法行为决定书" in found


def test_a_receipt_with_empty_fields_keeps_room_to_write():
    context = service_receipt()
    context["service"] = context["service"] | {"recipient": "", "at": None, "served_on": None}
    html = render_html(SAMPLES["service_receipt"].template, context)
    assert "<tr><th>收件人签名<br>或者盖章</th><td>　</td><th>与受送达人<br>关系</th><td>　</td></tr>" in html


def test_the_watermark_lies_under_the_text_and_is_no_text():
    plain = render(ORDER, rectification_order())
    marked = render(ORDER, rectification_order(), watermark="样本")
    assert text_of(marked.pdf) == text_of(plain.pdf)
    assert marked.pages == plain.pages
    for page in pypdf.PdfReader(io.BytesIO(marked.pdf)).pages:
        drawn = page.get_contents().get_data()
        assert 0 <= drawn.index(b"/Artifact") < drawn.index(b"BT"), "first on the page, and marked as no content"
    light = _greys(marked.pdf) - _greys(plain.pdf)
    assert light > 20_000, "it can be seen on the page"


def _greys(pdf: bytes) -> int:
    """Dots of the watermark's grey on the first page."""
    from PIL import Image

    picture = Image.open(io.BytesIO(page_images(pdf, pages=[0])[0])).convert("L")
    return sum(picture.histogram()[230:245])


def test_without_watermark_nothing_grey_is_on_the_page():
    assert _greys(render(ORDER, rectification_order()).pdf) < 10_000  # soft edges of letters only


def test_the_seal_is_a_plain_circle_with_the_word_seal():
    """Never a likeness of a state seal: no image, no star, no name round the rim."""
    reader = pypdf.PdfReader(io.BytesIO(render(ORDER, rectification_order()).pdf))
    images = [image for page in reader.pages for image in page.images]
    assert len({image.name for image in images}) <= 1, "the QR code is the only image"
    assert text_of(render(ORDER, rectification_order()).pdf).count("印章") == 1


def test_the_qr_code_on_paper_reads_as_the_address_of_the_document():
    """Drawn module by module: compared with the symbol of the encoder."""
    import segno
    from PIL import Image

    url = rectification_order()["verify"]["url"]
    reader = pypdf.PdfReader(io.BytesIO(render(ORDER, rectification_order()).pdf))
    image = next(image for page in reader.pages for image in page.images).image.convert("L")
    matrix = segno.make(url, error="m", micro=False).matrix
    small = image.resize((len(matrix), len(matrix)), Image.Resampling.NEAREST)
    assert [[int(small.getpixel((x, y)) < 128) for x in range(len(matrix))] for y in range(len(matrix))] == [
        list(row) for row in matrix
    ]


def test_the_qr_code_for_screens_is_an_svg_without_style():
    svg = qr_svg("https://portal.example.cn/v/7QK2-9F4M-XW3C")
    assert svg.startswith("<svg")
    assert "style=" not in svg


def test_pages_can_be_looked_at_as_pictures():
    pdf = render(ORDER, rectification_order()).pdf
    pictures = page_images(pdf, scale=1)
    assert len(pictures) == 2
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert len(page_images(pdf, pages=[1])) == 1


def test_sample_notice_lists_the_types_with_the_rectification_order_first(capsys):
    call_command("sample_notice", "--list")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("rectification_order")
    assert "责令改正违法行为决定书" in lines[0]
    assert len(lines) == len(SAMPLES) >= 11


def test_sample_notice_writes_a_pdf_with_a_watermark_unless_told_otherwise(tmp_path, capsys):
    target = tmp_path / "out.pdf"
    call_command("sample_notice", "rectification_order", "-o", str(target))
    assert target.read_bytes().startswith(b"%PDF-1.7")
    with_mark = target.read_bytes()
    call_command("sample_notice", "rectification_order", "-o", str(target), "--no-watermark")
    assert len(target.read_bytes()) < len(with_mark)
    call_command("sample_notice", "rectification_order", "-o", str(target), "--watermark", "测试")
    assert target.read_bytes() not in {with_mark}
    assert "2 p." in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["no_such_type"], ["rectification_order", "-o", "/no/such/folder/x.pdf"]])
def test_sample_notice_says_in_words_what_is_wrong(arguments):
    with pytest.raises(CommandError):
        call_command("sample_notice", *arguments)
