"""The engine room: quick ways draw what the slow ones draw; processes and threads do not disturb each other."""

import gc
import multiprocessing
import threading

import pytest
import weasyprint

from notices.rendering import engine, page_images, quick, render, render_html, typesetting
from notices.rendering.coverage import font_files, rare_fonts_for
from notices.rendering.samples import SAMPLES, rectification_order
from tests.notices.rendered_pages import glyphs_of, page_count

pytestmark = pytest.mark.pdf
ORDER = SAMPLES["rectification_order"].template


@pytest.fixture
def original_ways(monkeypatch):
    """WeasyPrint without our short cuts; its Chinese justification stays."""
    quick.uninstall()
    monkeypatch.setattr(quick, "install", lambda: None)
    monkeypatch.setattr(quick, "NoticeHTML", weasyprint.HTML)
    monkeypatch.setattr(engine, "_engine", None)
    yield
    monkeypatch.undo()
    quick.install()


@pytest.mark.parametrize("code", list(SAMPLES))
def test_the_short_cuts_draw_what_weasyprint_draws(code, request):
    sample = SAMPLES[code]
    html = render_html(sample.template, sample.context(), watermark="样本")
    rare = rare_fonts_for(html)[0]
    quickly = engine.pdf_of(html, rare)[0]
    request.getfixturevalue("original_ways")
    slowly = engine.pdf_of(html, rare)[0]
    assert page_count(quickly) == page_count(slowly)
    for page in range(page_count(quickly)):
        for one, other in zip(glyphs_of(quickly, page), glyphs_of(slowly, page), strict=True):
            assert one.character == other.character
            assert one.x == pytest.approx(other.x, abs=0.05)
            assert one.baseline == pytest.approx(other.baseline, abs=0.05)
    assert len(page_images(quickly)) == len(page_images(slowly))


def test_a_watermark_drawn_before_is_drawn_again_byte_for_byte(monkeypatch):
    html = render_html(ORDER, rectification_order(), watermark="样本")
    monkeypatch.setattr(quick, "_outlines", {})
    first = engine.pdf_of(html, [])[0]
    assert len(quick._outlines) == 1
    assert engine.pdf_of(html, [])[0] == first
    monkeypatch.setattr(weasyprint.images.SVGImage, "draw", quick._original_draw_svg)
    assert engine.pdf_of(html, [])[0] == first


def test_a_notice_does_not_depend_on_those_drawn_before_it():
    first = render(ORDER, rectification_order()).sha256
    for code in ("case_file_index", "service_receipt", "notice", "inspection_record"):
        render(SAMPLES[code].template, SAMPLES[code].context(), watermark="测试")
    assert render(ORDER, rectification_order()).sha256 == first


def test_threads_take_turns_and_each_gets_its_own_notice():
    wanted = {
        number: render(ORDER, rectification_order() | {"number": f"苏工信责改〔2026〕{number}号"}).sha256
        for number in range(4)
    }
    found: dict[int, str] = {}

    def draw(number: int) -> None:
        found[number] = render(ORDER, rectification_order() | {"number": f"苏工信责改〔2026〕{number}号"}).sha256

    threads = [threading.Thread(target=draw, args=(number,)) for number in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == wanted


def _draw_in_child(queue) -> None:
    queue.put(render(ORDER, rectification_order()).sha256)


def test_a_forked_worker_makes_an_engine_of_its_own():
    """Celery's workers are forked from a parent that may have drawn already."""
    here = render(ORDER, rectification_order()).sha256
    fork = multiprocessing.get_context("fork")
    queue = fork.Queue()
    child = fork.Process(target=_draw_in_child, args=(queue,))
    child.start()
    assert queue.get(timeout=60) == here
    child.join(timeout=60)
    assert child.exitcode == 0
    assert render(ORDER, rectification_order()).sha256 == here


def test_fonts_are_unpacked_once_and_shared(settings, tmp_path):
    from notices.rendering.unpacking import unpacked

    settings.VAR = tmp_path
    font = next(font for font in font_files() if font.family == "Notice Folio")
    path = unpacked(font)
    written = path.stat().st_mtime_ns
    assert unpacked(font) == path
    assert path.stat().st_mtime_ns == written
    assert [file.name for file in path.parent.iterdir()] == [path.name], "no half-written file is left"


def test_memory_management_is_as_before_after_a_notice_and_after_a_refusal():
    assert gc.isenabled()
    render(ORDER, rectification_order())
    assert gc.isenabled()
    with pytest.raises(engine.MissingImage):
        engine.pdf_of('<html lang="zh-Hans"><img src="file:///none.png" alt="x"></html>', [])
    assert gc.isenabled()


def test_another_version_of_weasyprint_is_refused_until_somebody_looked(monkeypatch):
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(typesetting.UntestedRenderer, match=r"71\.0"):
        typesetting.install()


def test_the_requirements_pin_a_version_the_typesetting_was_tested_with():
    from django.conf import settings

    line = next(
        line for line in (settings.ROOT / "requirements.txt").read_text().splitlines() if line.startswith("weasyprint")
    )
    assert line.split("==")[1].split()[0] in typesetting.TESTED_WITH
