"""What is sent to the browser: scripts that old office machines read, nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
OWN = [path for path in SCRIPTS if path.parent.name == "js"]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "notices" not in path.parts)
CSS = ROOT / "static" / "css" / "app.css"

# Syntax and functions that came after ES2020 (Chromium 80).
NEWER = re.compile(
    r"\?\?=|\|\|=|&&=|\bstatic\s*\{|#\w+\s+in\s|\.replaceAll\(|\.at\(-|Object\.hasOwn\(|structuredClone\(|\.findLast\("
)
EVAL = re.compile(r"\beval\(|new Function\(|setTimeout\(\s*[\"']")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", OWN, ids=name)
def test_our_scripts_use_nothing_newer_than_es2020_and_no_eval(path):
    source = path.read_text(encoding="utf-8")
    assert not NEWER.search(source)
    assert not EVAL.search(source)
    assert '"use strict"' in source
    assert "http://" not in source
    assert "https://" not in source


@pytest.mark.parametrize("path", [path for path in SCRIPTS if path not in OWN], ids=name)
def test_vendored_scripts_name_no_source_map_that_is_not_shipped(path):
    source = path.read_text(encoding="utf-8")
    assert "sourceMappingURL" not in source
    assert not re.search(r"\?\?=|\|\|=|&&=|\bstatic\s*\{", source)


def test_htmx_is_told_not_to_evaluate_strings_and_not_to_write_styles():
    base = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    for setting in (
        '"includeIndicatorStyles":false',
        '"allowEval":false',
        '"selfRequestsOnly":true',
        '"historyCacheSize":0',
    ):
        assert setting in base


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_page_carries_inline_script_style_or_handlers(path):
    source = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source), "scripts live in static/js"
    assert not re.search(r"<style\b", source)
    assert not re.search(r"\sstyle\s*=", source), "the content policy blocks style attributes"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source), "no on… attributes"
    assert "hx-on" not in source
    assert not re.search(r"hx-vals\s*=\s*['\"]?js:", source)
    assert not re.search(r"(?:src|href)=[\"']https?://", source), "nothing is loaded from elsewhere"


def test_the_style_sheet_stays_within_what_chromium_86_reads():
    css = CSS.read_text(encoding="utf-8")
    for new in ("color-mix(", "@layer", "@container", "oklch(", ":has(", "@import", "@scope"):
        assert new not in css
    assert not re.search(r"\d(?:dvh|svh|lvh)\b", css)
    assert not re.search(r"url\((?!['\"]?data:)", css), "only data: addresses; files would need the manifest"
    assert not re.search(r"@font-face", css), "system fonts only"


def test_every_icon_a_template_names_is_in_the_sprite():
    sprite = (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    assert len(known) > 60
    for path in TEMPLATES:
        for wanted in re.findall(r"\{% icon \"([\w-]+)\"", path.read_text(encoding="utf-8")):
            assert wanted in known, f"{name(path)} asks for the icon {wanted}"


def test_every_script_a_page_asks_for_is_there():
    for path in TEMPLATES:
        for wanted in re.findall(r"\{% static [\"'](js/[^\"']+)[\"'] %\}", path.read_text(encoding="utf-8")):
            assert (ROOT / "static" / wanted).exists(), f"{name(path)} asks for {wanted}"


def test_vendored_code_names_its_licences():
    licences = (ROOT / "static" / "js" / "vendor" / "LICENSES.md").read_text(encoding="utf-8")
    for library in ("htmx", "Bootstrap", "Tom Select", "Tabler Icons", "Popper", "axe-core"):
        assert library in licences
