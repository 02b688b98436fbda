"""Sentences one after the other: with a blank between them in English, with none in Chinese."""

from django.utils.translation import get_language


def in_a_row(*sentences: str) -> str:
    """Those that say something, as one text."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(filter(None, sentences))
