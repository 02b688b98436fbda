"""The append-only record of who did what. Write with `trail.record(...)`, inside the transaction of the act."""

from typing import Any


def record(*args: Any, **kwargs: Any) -> Any:
    """See trail.recording.record (imported late: models are not ready when the package is)."""
    from trail.recording import record as write

    return write(*args, **kwargs)
