"""Matters, periods and people stay: the database itself refuses to delete them."""

import pytest
from django.db import DatabaseError, connection, transaction

from casework import deadlines
from core import clock


@pytest.mark.parametrize("table", ["casework_docket", "casework_deadline", "organisation_officer"])
def test_a_row_that_others_speak_of_is_not_deleted_by_sql_either(table, statute_book, docket, case_officer):
    deadlines.start(docket=docket, kind="rectification.handling", on=clock.today(), by=case_officer)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
