"""What tests begin with from stock is what the loaders make: no table is forgotten, no value is changed on the way."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import reference
from casework.models import Deadline, PeriodRule
from organisation import roles
from tests.plugins import database, stock

pytestmark = pytest.mark.django_db
LOADERS = [
    pytest.param(stock.ROLES, roles.sync_roles, id="roles"),
    pytest.param(stock.STATUTE_BOOK, lambda: reference.load(settings.ROOT / "reference"), id="statute book"),
]


def held(tables):
    """The rows of the tables, apart from the keys the database gave them and the moment they were written."""
    return [
        sorted(
            repr([getattr(row, field.attname) for field in model._meta.concrete_fields if field.name not in unlike])
            for row in model._default_manager.all()
        )
        for model in tables
        for unlike in [{"id", "loaded_at"} | {f.name for f in model._meta.concrete_fields if f.is_relation}]
    ]


@pytest.mark.parametrize(("tables", "load"), LOADERS)
def test_the_loader_writes_into_the_stocked_tables_only(tables, load):
    with CaptureQueriesContext(connection) as asked:
        load()
    written = {found[1] for query in asked if (found := re.match(r'(?:INSERT[^"]*|UPDATE) "(\w+)"', query["sql"]))}
    # A rule split into versions takes running periods with it: asked of every load, where there are none it changes nothing.
    assert written - {Deadline._meta.db_table} == {model._meta.db_table for model in tables}
    assert not Deadline.objects.exists()


@pytest.mark.parametrize(("tables", "load"), LOADERS)
def test_rows_from_stock_are_the_rows_of_the_loader(tables, load, monkeypatch):
    monkeypatch.setattr(stock, "_kept", {})
    stock.provide(tables, load)
    loaded = held(tables)
    assert all(loaded)
    PeriodRule.objects.exclude(version_of=None).delete()  # they point to the first ones, in the same table
    for model in reversed(tables):
        model._default_manager.all().delete()
    stock.provide(tables, lambda: pytest.fail("there is a stock"))
    assert held(tables) == loaded


def test_what_comes_after_the_stock_gets_keys_of_its_own(synced_roles, statute_book):
    from django.contrib.auth.models import Group

    from casework.models import Instrument

    Group.objects.create(name="试验")
    Instrument.objects.create(title="试验", full_title="试验", nature=Instrument.objects.first().nature)


def test_without_a_cache_of_pytest_nothing_is_kept():
    """`-p no:cacheprovider` takes the attribute away."""
    assert database.kept_in(SimpleNamespace()) is None
    assert database.kept_in(SimpleNamespace(cache=None)) is None
