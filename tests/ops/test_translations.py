"""Texts: found in the code, joined from their parts, compiled without gettext."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rareearth import translations
from scripts import messages
from scripts.messages import Message
from tests.plugins.processes import ROOT

PYTHON = """
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy as said
from django.utils import translation

_("Joined "
  "over lines.")
label = gettext_lazy("Lazy %(name)s.") % {"name": 1}
ngettext("%(n)d case", "%(n)d cases", n)
said("month", "May")
translation.gettext("By attribute")
_(variable)
other("Not a text")
"""
TEMPLATE = """{% load i18n %}
{% translate "A title" %} {% trans 'Quoted (with brackets)' as x %}
{% blocktranslate with name=officer.name %}Dear {{ name }}, it's due.{% endblocktranslate %}
{% blocktranslate count n=days trimmed %}
  {{ n }} day
{% plural %}
  {{ n }} days
{% endblocktranslate %}
{% translate "May" context "month" %}
{{ _("In an expression") }} {% include "x.html" with label=_("As an argument") %}
{# translate "In a comment" #}
"""


def test_every_way_to_mark_a_text_in_python_is_found() -> None:
    assert {message for message, _ in messages.in_python(PYTHON)} == {
        Message("Joined over lines."),
        Message("Lazy %(name)s."),
        Message("%(n)d case", plural="%(n)d cases"),
        Message("May", context="month"),
        Message("By attribute"),
    }


def test_every_way_to_mark_a_text_in_a_template_is_found() -> None:
    assert {message for message, _ in messages.in_template(TEMPLATE)} == {
        Message("A title"),
        Message("Quoted (with brackets)"),
        Message("Dear %(name)s, it's due."),
        Message("%(n)s day", plural="%(n)s days"),
        Message("May", context="month"),
        Message("In an expression"),
        Message("As an argument"),
    }


def test_a_text_that_no_code_says_any_longer_is_named() -> None:
    keys = [("", "Save", ""), ("", "May add versions of statutory periods", ""), ("", "Nobody says this.", "")]
    assert messages.said_nowhere(keys) == ["Nobody says this."]


def test_the_catalogue_holds_nothing_that_no_code_says() -> None:
    assert messages.said_nowhere(translations.key_of(entry) for entry in translations.joined()[0]) == []


def test_placeholders_are_compared_by_name() -> None:
    assert messages.placeholders("%(name)s and {count:d} of %s") == {"name", "count", "%s"}


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    parts = tmp_path / "parts"
    parts.mkdir()
    monkeypatch.setattr(translations, "PARTS", parts)
    monkeypatch.setattr(translations, "CATALOGUE", tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po")
    return parts


def test_parts_are_compiled_as_if_they_had_been_joined(catalogue: Path) -> None:
    (catalogue / "a.po").write_text('msgid "Case"\nmsgstr "案件"\n\nmsgctxt "month"\nmsgid "May"\nmsgstr "五月"\n')
    (catalogue / "b.po").write_text('msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "%(n)d日"\n')
    assert translations.compile_if_stale()
    with translations.CATALOGUE.with_suffix(".mo").open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert chinese.gettext("Case") == "案件"
    assert chinese.pgettext("month", "May") == "五月"
    assert chinese.ngettext("%(n)d day", "%(n)d days", 3) == "%(n)d日"
    assert not translations.compile_if_stale(), "nothing has changed since"


FIRST_START = """
import django

django.setup()
from django.utils.translation import gettext, override

with override("zh-hans"):
    print(gettext("Cases"))
"""


def test_the_very_first_process_speaks_chinese(tmp_path: Path) -> None:
    """Nothing was ever compiled: the texts must be there before Django looks for them, or it takes none for the answer."""
    clone = tmp_path / "clone"
    packages = (*messages.PACKAGES, "locale", "templates", "reference")
    for name in packages:
        shutil.copytree(
            ROOT / name, clone / name, ignore=shutil.ignore_patterns("*.mo", "*.pyc", "fonts", "migrations")
        )
    shutil.copy(ROOT / "VERSION", clone)
    done = subprocess.run(
        [sys.executable, "-c", FIRST_START], cwd=clone, text=True, capture_output=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "rareearth.settings", "PORTAL_VAR": str(tmp_path / "var")},
    )  # fmt: skip
    assert done.stdout.strip() == "案件", done.stderr


def test_two_parts_that_disagree_are_both_named(catalogue: Path) -> None:
    (catalogue / "a.po").write_text('msgid "Case"\nmsgstr "案件"\n')
    (catalogue / "b.po").write_text('msgid "Case"\nmsgstr "案子"\n')
    _, conflicts = translations.joined()
    assert [str(conflict) for conflict in conflicts] == ["'Case': 案件 (a.po) against 案子 (b.po)"]


def test_a_part_overrules_the_catalogue_and_order_is_by_message(catalogue: Path) -> None:
    translations.CATALOGUE.parent.mkdir(parents=True)
    translations.CATALOGUE.write_text('msgid ""\nmsgstr ""\n\nmsgid "b"\nmsgstr "旧"\n\nmsgid "a"\nmsgstr "甲"\n')
    (catalogue / "x.po").write_text('msgid "b"\nmsgstr "新"\n')
    joined, conflicts = translations.joined()
    assert [(entry.msgid, entry.msgstr) for entry in joined] == [("a", "甲"), ("b", "新")]
    assert conflicts == []
