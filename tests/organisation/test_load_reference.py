"""`manage.py load_reference`: from empty tables to the whole reference data, and nothing more the second time."""

import pytest
from django.apps import apps
from django.core.management import call_command

pytestmark = pytest.mark.django_db
LOADED = ("organisation.Region", "organisation.Department", "registry.Element", "registry.HSCode", "casework.PeriodRule",
          "casework.Instrument", "casework.Provision", "casework.Violation")  # fmt: skip


def counts() -> dict[str, int]:
    return {name: apps.get_model(name).objects.count() for name in LOADED}


def test_loading_twice_changes_nothing(capsys):
    call_command("load_reference")
    first, pks = counts(), set(apps.get_model("casework.PeriodRule").objects.values_list("pk", "code"))
    assert all(first.values()), first
    capsys.readouterr()
    call_command("load_reference")
    assert counts() == first
    assert set(apps.get_model("casework.PeriodRule").objects.values_list("pk", "code")) == pks
    assert " 0 new, 0 changed" in capsys.readouterr().out
