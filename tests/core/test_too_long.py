"""A text that is too long is refused in words, never cut: no form gives the browser a `maxlength`, by which it cuts a paste silently."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.urls import get_resolver

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
# A question to a search box is not kept anywhere: its end may be left off.
SEARCHES = {"components/palette.html", "components/top_bar.html", "casework/search.html"}


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _html_of_fields(kind: type[forms.BaseForm]) -> Iterator[tuple[str, str]]:
    """Each field of a form as the portal renders it; a form itself may want a row to be made from."""
    form = forms.Form()
    form.fields = copy.deepcopy(kind.base_fields)
    for name in form.fields:
        yield name, str(form[name])


def test_no_form_of_the_portal_lets_the_browser_cut_what_is_pasted():
    assert get_resolver().url_patterns  # read, it imports every doorway, and with it every form
    kinds = {kind for kind in _below(forms.BaseForm) if not kind.__module__.startswith(("django", "debug"))}
    assert len(kinds) > 60
    cut = [f"{kind.__name__}.{name}" for kind in kinds for name, html in _html_of_fields(kind) if "maxlength" in html]
    assert sorted(cut) == []


def test_no_template_does_either():
    templates = ROOT / "templates"
    found = {
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if re.search(r"\smaxlength=", path.read_text(encoding="utf-8"))
    }
    assert found == SEARCHES


def test_the_limit_is_told_to_the_counter_and_kept_by_the_server():
    class Facts(forms.Form):
        facts = forms.CharField(label="事实", max_length=5, widget=forms.Textarea)

    form = Facts({"facts": "一二三四五六"})
    assert form.errors["facts"] == ["事实不得超过5字，现为6字。"]
    html = str(form["facts"])
    assert 'data-limit="5"' in html
    assert "一二三四五六" in html
