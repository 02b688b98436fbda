"""The page of an event speaks in words; keys stand only where the chain is checked by them."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from casework import urging
from organisation import trail_pages, trail_words
from trail.models import Event

pytestmark = pytest.mark.django_db
TOLD_APART = {"by", "docket", "before", "after", "basis", "reason"}


def test_the_auditor_reads_who_was_told_and_which_kind_of_act_it_was(docket, supervisor, case_officer):
    urging.urge(docket=docket, reason="请尽快办理", by=supervisor)
    page = trail_pages.event_page(Event.objects.get(verb="casework.urge"))
    assert {"label": "已告知人员", "value": case_officer.name} in page["facts"]
    said = " ".join(str(row["value"]) for row in page["rows"])
    assert "casework.urge" not in said
    assert "催办" in said
    assert any("casework.urge" in str(row["value"]) for row in page["prints"])


def _recorded() -> set[str]:
    """The names of facts that are handed to `trail.record` and its like, by reading the sources."""
    found: set[str] = set()
    for app in ("casework", "notices", "enforcement", "organisation", "registry"):
        for path in (Path(settings.ROOT) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name == "record" and "." in str(node.args[0].value):
                    found |= {word.arg for word in node.keywords if word.arg}
    return found - TOLD_APART


def test_every_fact_that_is_recorded_has_a_name_for_the_reader():
    fields = {
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "verbose_name", field.name.replace("_", " ")) != field.name.replace("_", " ")
    }
    assert sorted(_recorded() - set(trail_words._FACTS) - fields) == []
