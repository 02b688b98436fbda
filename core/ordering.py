"""Orders that both databases keep alike."""

from django.db.models import F
from django.db.models.expressions import OrderBy


def oldest_first(day: str) -> OrderBy:
    """Order by a day that may be unknown: what has always been comes first. Left alone, PostgreSQL puts it last."""
    return F(day).asc(nulls_first=True)
