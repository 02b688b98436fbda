"""A document that cannot be drawn as it was written is refused in words; a gap is never printed."""

import socket

import pytest
from django.utils import translation

from notices import rendering
from notices.rendering import MissingGlyph, MissingImage, MissingValue, check_glyphs, engine_status, render, render_html
from notices.rendering.samples import SAMPLES, rectification_order
from tests.notices.rendered_pages import text_of

pytestmark = pytest.mark.pdf
ORDER = SAMPLES["rectification_order"].template
NO_FONT_HAS = "\U0001f600"


def test_d18_a_character_no_font_has_is_named_with_its_field():
    """D18: missing glyphs dropped silently from the PDF."""
    context = rectification_order()
    context["party"] = context["party"] | {"legal_representative": f"朱{NO_FONT_HAS}"}
    with pytest.raises(MissingGlyph) as refusal:
        render(ORDER, context)
    assert refusal.value.characters == [NO_FONT_HAS]
    assert refusal.value.where == ["party.legal_representative"]
    assert f"{NO_FONT_HAS} (U+1F600)" in str(refusal.value)


def test_all_missing_characters_are_named_at_once_in_lists_too():
    context = rectification_order()
    context["evidence"] = ["甲", "乙\uabcd", "丙" + NO_FONT_HAS]
    with pytest.raises(MissingGlyph) as refusal:
        render(ORDER, context)
    assert refusal.value.characters == ["\uabcd", NO_FONT_HAS]
    assert refusal.value.where == ["evidence.1", "evidence.2"]


def test_characters_can_be_checked_before_a_document_exists():
    assert check_glyphs("朱䶮喆、欧阳𬱟，镧铈镨钕") == []
    assert check_glyphs("甲\uabcd乙") == ["\uabcd"]


def test_no_system_font_steps_in_for_a_character_ours_lack():
    """The machine of a developer has emoji and Korean fonts, a server has none: both must answer alike."""
    from notices.rendering.engine import pdf_of

    with pytest.raises(MissingGlyph):
        pdf_of("<!DOCTYPE html><html lang='zh-Hans'><body><p>한국어</p></body></html>", [])


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "no-such-seal.png",
        "../manage.py",
        "http://127.0.0.1:9/seal.png",
        "https://example.cn/a.png",
        "data:image/png;base64,AAAA",  # cannot be decoded: WeasyPrint alone would only log it
    ],
)
def test_an_image_that_is_missing_or_foreign_is_an_error(address):
    from notices.rendering.engine import pdf_of

    with pytest.raises(MissingImage) as refusal:
        pdf_of(f'<!DOCTYPE html><html lang="zh-Hans"><body><img src="{address}" alt="印章"></body></html>', [])
    assert refusal.value.address


def test_drawing_touches_no_network(monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a notice asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert render(ORDER, rectification_order()).pages == 2


@pytest.mark.parametrize("path", ["party", "party.name", "facts", "remedies.court", "agency", "title"])
def test_a_value_that_is_missing_or_none_is_refused_by_name(path):
    for none in (False, True):
        context = rectification_order()
        head, _, last = path.rpartition(".")
        holder = context
        if head:
            holder = context[head] = dict(context[head])
        if none:
            holder[last] = None
        else:
            del holder[last]
        if path == "facts":
            # A loop over nothing prints nothing: the paragraph's own words would be left alone.
            assert "以上事实" in render_html(ORDER, context)
            continue
        with pytest.raises(MissingValue) as refusal:
            render(ORDER, context)
        assert refusal.value.template == ORDER
        assert refusal.value.name.startswith(path.split(".")[0])
        assert "None" not in str(refusal.value)


def test_optional_values_may_be_missing_or_none():
    context = rectification_order()
    context |= {"verify": None, "cc": None, "printed": None, "remark": None, "issued_on": None}
    html = render_html(ORDER, context)
    assert "None" not in html
    assert "　　年　　月　　日" in html


def test_without_pango_the_portal_starts_and_says_what_to_install(monkeypatch):
    import builtins

    original = builtins.__import__

    def without_pango(name: str, *args: object, **kwargs: object) -> object:
        if name == "engine" or name.endswith(".engine"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(rendering.EngineUnavailable) as refusal:
        render(ORDER, rectification_order())
    assert "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0" in str(refusal.value)
    assert refusal.value.apt_line in str(refusal.value)


def test_importing_the_package_loads_no_system_library():
    import subprocess
    import sys

    from django.conf import settings

    script = "import notices.rendering, sys; sys.exit('weasyprint' in sys.modules or 'cffi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=settings.ROOT).returncode == 0


def test_the_state_of_the_engine_is_told_without_drawing(monkeypatch):
    from notices.rendering import status

    assert engine_status().state == "ok"
    assert engine_status().renderer.startswith("WeasyPrint")
    monkeypatch.setattr(status, "_is_there", lambda name: "pango" not in name)
    told = engine_status()
    assert told.state == "missing"
    assert told.apt_line in told.message


def test_the_system_check_warns_with_the_line_that_helps(monkeypatch):
    from notices.rendering import status
    from notices.rendering.checks import pdf_engine

    assert pdf_engine() == []
    monkeypatch.setattr(status, "_is_there", lambda name: False)
    (warning,) = pdf_engine()
    assert warning.id == "notices.W001"
    assert warning.hint.startswith("apt-get install")


def test_a_damaged_font_file_is_found_out(tmp_path, settings):
    import dataclasses
    import lzma

    from notices.rendering.coverage import font_files
    from notices.rendering.unpacking import unpacked

    settings.VAR = tmp_path
    folio = next(font for font in font_files() if font.family == "Notice Folio")
    damaged = tmp_path / folio.path.name
    damaged.write_bytes(lzma.compress(lzma.decompress(folio.path.read_bytes())[:-1] + b"x"))
    with pytest.raises(rendering.RenderingFailed):
        unpacked(dataclasses.replace(folio, path=damaged))
    assert not list((tmp_path / "fonts").glob("*.ttf")) if (tmp_path / "fonts").exists() else True


def test_refusals_speak_the_officers_language():
    with translation.override("en"):
        assert (
            str(MissingGlyph(["㐀"], ["party.name"])) == "No bundled font can draw: 㐀 (U+3400). Found in: party.name."
        )


def test_user_text_cannot_reach_the_renderer_as_markup_or_address():
    context = rectification_order()
    context["party"] = context["party"] | {"name": '<img src="file:///etc/passwd"><style>*{display:none}</style>甲公司'}
    html = render_html(ORDER, context)
    assert "&lt;img src=&quot;file" in html
    assert "&lt;style&gt;" in text_of(render(ORDER, context).pdf).replace("<", "&lt;").replace(">", "&gt;")
