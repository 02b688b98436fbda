"""What follows from a move of the engine: the docket's copy of the stage, and who wants to hear of it."""

from collections.abc import Callable
from typing import Any

from casework.models import Docket, Part
from core import clock

_listeners: list[Callable[[Docket, Any], None]] = []
_beside: list[Callable[[Any, Any], None]] = []


def when_moved(listener: Callable[[Docket, Any], None]) -> None:
    """`listener(docket, by)` is called in the transaction of every step that moved a docket to another stage."""
    if listener not in _listeners:
        _listeners.append(listener)


def when_moved_beside(listener: Callable[[Any, Any], None]) -> None:
    """`listener(row, by)` is called in the transaction of every step of a row that moves beside the procedure of its docket."""
    if listener not in _beside:
        _beside.append(listener)


def tell(row: Any, docket: Docket, by: Any) -> None:
    """`row` has moved; the docket with it, or not."""
    if getattr(row, "mirrors_stage", False):
        for listener in _listeners:
            listener(docket, by)
    else:
        for beside in _beside:
            beside(row, by)


def mirror(docket: Docket, stage: str) -> None:
    """Keep the docket's copy of the stage, which lists read, equal to the domain row's. Who was named for the step that is
    over leaves the team, and does not hear of the next."""
    docket.team.filter(part=Part.TASK).delete()
    docket.stage = stage
    docket.updated_at = clock.now()
    docket.save(update_fields=["stage", "updated_at"])
