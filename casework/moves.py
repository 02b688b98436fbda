"""What follows from a move of the engine: the docket's copy of the stage, and who wants to hear of it."""

from collections.abc import Callable
from typing import Any

from casework.models import Docket, Part
from core import clock

_listeners: list[Callable[[Docket, Any], None]] = []


def when_moved(listener: Callable[[Docket, Any], None]) -> None:
    """`listener(docket, by)` is called in the transaction of every step that moved a docket to another stage."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(docket: Docket, by: Any) -> None:
    for listener in _listeners:
        listener(docket, by)


def mirror(docket: Docket, stage: str) -> None:
    """Keep the docket's copy of the stage, which lists read, equal to the domain row's. Who was named for the step that is
    over leaves the team, and does not hear of the next."""
    docket.team.filter(part=Part.TASK).delete()
    docket.stage = stage
    docket.updated_at = clock.now()
    docket.save(update_fields=["stage", "updated_at"])
