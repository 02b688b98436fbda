"""Telephone numbers as registers write them: 0519-80000000, +86 (25) 8360 0000, 13800000000、0519-80000001, 80000000转12."""

import re
from typing import Final

_WRITTEN: Final = re.compile(r"\+?[\d\s()（）/、，,;；#*－转-]+")
LEAST_DIGITS: Final = 5  # the shortest that anybody can be reached by: 12345, the government's hotline


def is_telephone(text: str) -> bool:
    """Digits and what stands between them, enough to be dialled."""
    return _WRITTEN.fullmatch(text) is not None and sum(char.isdigit() for char in text) >= LEAST_DIGITS
