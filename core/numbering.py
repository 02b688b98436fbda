"""Numbers of a series without gaps."""

from django.db import connection

from core.models import Sequence


def next_number(series: str, year: int) -> int:
    """Take the next number of a series. Runs inside the transaction that uses it, so a rollback gives it back."""
    if not connection.in_atomic_block:
        raise RuntimeError("next_number() must run inside transaction.atomic()")
    rows = Sequence.objects.select_for_update()
    row = rows.filter(series=series, year=year).order_by().first()
    if row is None:  # the first number of the year
        Sequence.objects.get_or_create(series=series, year=year)
        row = rows.get(series=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
