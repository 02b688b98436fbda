"""A line of the bench table: a figure, and its goal where it has one."""

from typing import Any

Line = dict[str, Any]


def line(
    name: str,
    value: float,
    unit: str,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    digits: int = 2,
    judged: bool = True,
) -> Line:
    """`ok` is None where the goal is not judged: the tables of a short run are too small for it to mean anything."""
    ok = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    goal = f"≤ {at_most:g}" if at_most is not None else f"≥ {at_least:g}" if at_least is not None else None
    return {"name": name, "value": round(value, digits), "goal": goal, "unit": unit, "ok": ok if judged else None}
