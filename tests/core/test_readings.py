"""The readings kept in core/readings.txt are those of pypinyin."""

import random

import pypinyin
import pytest
from pypinyin.constants import PHRASES_DICT

from core import readings
from scripts import build_readings

WORDS = sorted(word for word in PHRASES_DICT if build_readings.RE_HANS.match(word))


def test_the_file_is_what_its_script_makes_of_the_pinned_dictionary():
    assert build_readings.made() == readings.FILE.read_text(encoding="utf-8")


@pytest.fixture
def without_our_own_words(monkeypatch):
    monkeypatch.setattr(readings, "_own", {})


def test_any_text_is_cut_into_words_and_read_as_pypinyin_does(without_our_own_words):
    rng = random.Random(2012)
    texts = [
        rng.choice(WORDS)[rng.randint(0, 1) :] + rng.choice(WORDS)[: rng.randint(1, 9)] + rng.choice(WORDS)[0]
        for _ in range(3000)
    ]
    different = {
        text: (readings.read(text), expected)
        for text in texts
        if readings.read(text) != (expected := build_readings.read(text))
    }
    assert different == {}


def test_a_character_without_a_reading_is_left_out():
    assert readings.read("长〓江") == [*readings.read("长"), *readings.read("江")]
    assert readings.read("\U000323af") == []


def test_no_word_is_longer_than_the_reader_looks(without_our_own_words):
    assert max(map(len, WORDS)) <= readings.LONGEST
    assert pypinyin.__version__ in readings.FILE.read_text(encoding="utf-8").splitlines()[0]
