"""Matters, periods and people stay: the database itself refuses to delete them."""

import pytest
from django.db import DatabaseError, connection, transaction

from casework import deadlines, protection
from core import clock


def test_the_triggers_are_there_after_all_migrations(db):
    """A migration that makes a table anew on SQLite loses its triggers: it must end with protection.install()."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    assert {refusal.name for refusal in protection.REFUSALS} <= there


@pytest.mark.parametrize("table", ["casework_docket", "casework_deadline", "organisation_officer"])
def test_a_row_that_others_speak_of_is_not_deleted_by_sql_either(table, statute_book, docket, case_officer):
    deadlines.start(docket=docket, kind="rectification.handling", on=clock.today(), by=case_officer)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
