"""Matters, periods and people stay, each under its key: the database itself refuses to delete them or to change it."""

import pytest
from django.db import DatabaseError, connection, transaction

from casework import deadlines
from core import clock

TABLES = pytest.mark.parametrize("table", ["casework_docket", "casework_deadline", "organisation_officer"])


@TABLES
def test_a_row_that_others_speak_of_is_not_deleted_by_sql_either(table, statute_book, docket, case_officer):
    deadlines.start(docket=docket, kind="rectification.handling", on=clock.today(), by=case_officer)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


@TABLES
def test_a_row_that_others_speak_of_keeps_its_key(table, statute_book, docket, case_officer):
    deadlines.start(docket=docket, kind="rectification.handling", on=clock.today(), by=case_officer)
    names = ["id"] if connection.vendor == "postgresql" else ["id", "rowid", "_rowid_", "oid"]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id")
        for name in names:
            with pytest.raises(DatabaseError, match="keep their keys"), transaction.atomic():
                cursor.execute(f"UPDATE {table} SET {name} = {name} + 987654")
