"""Makes core/readings.txt, from which core.pinyin reads names, out of the dictionary of pypinyin.

    .venv/bin/python scripts/build_readings.py

pypinyin itself keeps 55 MB in every process and takes half a second to load; without tones, and with the reading of a word
written only where it is not that of its characters, the same takes 2 MB. tests/core/test_readings.py compares the two.
"""

import re
from collections import defaultdict
from pathlib import Path

import pypinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS

TARGET = Path(__file__).resolve().parent.parent / "core" / "readings.txt"
SPOKEN = re.compile(r"[a-z]+")
HEAD = f"""\
# Made by scripts/build_readings.py from pypinyin {pypinyin.__version__} (MIT licence, https://github.com/mozillazg/python-pinyin).
# First the characters of each syllable; then, after an empty line, the words that begin with a character, without it, and
# with "=" how a word is read if not as its characters are.
"""


def read(text: str) -> list[str]:
    """Syllables without tones; what has no reading is left out."""
    found = pypinyin.lazy_pinyin(text, style=pypinyin.Style.NORMAL, errors="ignore")
    return [syllable for syllable in found if SPOKEN.fullmatch(syllable)]


def made() -> str:
    """The text of the file."""
    alone: dict[str, str] = {}
    for code in sorted(PINYIN_DICT):
        character = chr(code)
        if RE_HANS.match(character) and (found := read(character)):
            alone[character] = found[0]
    characters = defaultdict(list)
    for character, syllable in alone.items():
        characters[syllable].append(character)
    words = defaultdict(list)
    for word in sorted(word for word in PHRASES_DICT if len(word) > 1 and RE_HANS.match(word)):
        syllables = read(word)
        plain = [alone[character] for character in word if character in alone]
        words[word[0]].append(word[1:] if syllables == plain else f"{word[1:]}={','.join(syllables)}")
    lines = [f"{syllable}\t{''.join(characters[syllable])}" for syllable in sorted(characters)]
    lines += ["", *(f"{first}\t{' '.join(words[first])}" for first in sorted(words))]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(made(), encoding="utf-8")
