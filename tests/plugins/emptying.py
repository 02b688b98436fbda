"""After a test that commits (`transaction=True`) the test database is emptied. The portal's own triggers refuse that, as they
must: here, and only here, they are taken off for that moment and put back."""

from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

_emptied = TransactionTestCase._fixture_teardown


def _without_triggers(case: Any) -> None:
    from casework import protection as matters
    from enforcement.penalties import protection as money
    from notices import protection as records
    from trail import protection as trail

    for protected in (trail, records, matters, money):
        protected.remove(connection)
    records.remove_records(connection)
    matters.remove_custody(connection)
    try:
        _emptied(case)
    finally:
        for protected in (trail, records, matters, money):
            protected.install(connection)
        records.install_records(connection)
        matters.install_custody(connection)


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_their_database() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _without_triggers)
        yield
