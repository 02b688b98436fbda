"""How Chinese words are read, without tones: 长江 → ["chang", "jiang"]. From core/readings.txt, held in 2 MB."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("readings.txt")
LONGEST: Final = 10  # characters of the longest word in the file
LAST: Final = 0x33000  # no Chinese character lies beyond

_own: dict[str, list[str]] = {}


def _load() -> tuple[list[str], array[int], dict[str, str]]:
    """Syllables; for each code point the place of its syllable, 0 where it has none; for each character the words that begin
    with it, as the file has them, between blanks."""
    syllables, places, words = [""], array("H", bytes(2 * LAST)), {}
    lines = iter(FILE.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if not line:
            break
        if line.startswith("#"):
            continue
        syllable, characters = line.split("\t")
        for character in characters:
            places[ord(character)] = len(syllables)
        syllables.append(syllable)
    for line in lines:
        first, rest = line.split("\t")
        words[first] = f" {rest} "
    return syllables, places, words


_syllables, _places, _words = _load()


def add(words: Mapping[str, list[str]]) -> None:
    """Words that the file lacks or gives otherwise, with their syllables."""
    _own.update(words)


def read(text: str) -> list[str]:
    """The syllables of a text of Chinese characters: the longest known word first. What has no reading is left out."""
    found: list[str] = []
    start = 0
    while start < len(text):
        for end in range(min(len(text), start + LONGEST), start, -1):
            word = _word(text[start:end])
            if word is not None:
                found += word
                break
        else:
            end = start + 1
            found += _alone(text[start])
        start = end
    return found


def _word(word: str) -> list[str] | None:
    """Its syllables; None when it is not a known word."""
    if word in _own:
        return _own[word]
    known = _words.get(word[0])
    if known is None or len(word) == 1:
        return None
    if f" {word[1:]} " in known:
        return [syllable for character in word for syllable in _alone(character)]
    _, otherwise, rest = known.partition(f" {word[1:]}=")
    return rest[: rest.index(" ")].split(",") if otherwise else None


def _alone(character: str) -> list[str]:
    code = ord(character)
    place = _places[code] if code < LAST else 0
    return [_syllables[place]] if place else []
