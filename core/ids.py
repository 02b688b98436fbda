"""Ids that came from outside: an address, a form."""

LONGEST = 18  # digits: what every database takes for an id


def as_id(text: str) -> int | None:
    """The id that the text writes; None for anything else, also for digits that are none to `int` (²) or no id (too long)."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else None
