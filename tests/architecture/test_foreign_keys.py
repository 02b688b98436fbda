"""What a foreign key points back to is found by an index, however many rows there are."""

from django.apps import apps
from django.db import models

from tests.architecture.source import PACKAGES

# Read only together with the condition of their index (Docket.Meta says which).
FOUND_BY_PART_OF_AN_INDEX = {"casework.Docket.officer", "casework.Docket.opened_by"}


def _leads_a_whole_index(model: type[models.Model], name: str) -> bool:
    keys = [item for item in model._meta.constraints if isinstance(item, models.UniqueConstraint)]
    return any(
        item.condition is None and [field.lstrip("-") for field in item.fields][:1] == [name]
        for item in (*model._meta.indexes, *keys)
    )


def test_a_foreign_key_without_an_index_of_its_own_leads_one_that_holds_every_row():
    """A key with a condition holds some rows only: where it alone begins with the column, each look-up reads the table."""
    unfound = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_config.name in PACKAGES
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and not field.db_index and not field.unique
        if not _leads_a_whole_index(model, field.name)
    }
    assert unfound == FOUND_BY_PART_OF_AN_INDEX
