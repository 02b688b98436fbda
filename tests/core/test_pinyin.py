"""What officers type to find a name."""

import pytest

from core.pinyin import beginnings, full, initials


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("重庆", "cq"),
        ("厦门", "xm"),
        ("无锡", "wx"),
        ("六合", "lh"),
        ("台州", "tz"),
        ("单县", "sx"),
        ("常州市长江稀土", "czscjxt"),
        ("江苏省长荣新材料", "jsscrxcl"),
        ("常州长荣", "czcr"),
        ("苏州长江", "szcj"),
        ("中重稀土", "zzxt"),
        ("浒墅关银行", "xsgyh"),
        ("镧铈镨钕钐铕钆铽镝钬铒铥镱镥钪钇", "lspnsygtdhedylky"),
    ],
)
def test_heteronyms_are_read_as_the_word_they_stand_in(name, typed):
    assert initials(name) == typed


def test_whole_pinyin_has_no_tones_and_no_blanks():
    assert full("无锡 市") == "wuxishi"
    assert full("绿源") == "lvyuan"


def test_latin_letters_and_digits_are_kept_and_signs_are_left_out():
    assert initials("Ａ1·稀土（江苏）有限公司") == "a1xtjsyxgs"


@pytest.mark.parametrize(("name", "typed"), [("单雄", "sx"), ("曾国", "zg"), ("尉迟敬", "ycj"), ("王磊", "wl")])
def test_a_surname_is_read_as_a_surname_when_the_text_is_a_person(name, typed):
    assert initials(name, person=True) == typed


def test_nothing_gives_nothing():
    assert initials("") == full("—（）") == ""


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("常州星曜稀土", ["czxyxt", "xyxt"]),
        ("江苏省常州市武进区星曜稀土", ["jssczswjqxyxt", "czswjqxyxt", "wjqxyxt", "xyxt"]),
        ("江苏武进星曜", ["jswjxy", "wjxy", "xy"]),
        ("丰县稀土", ["fxxt", "xt"]),
        ("星曜（常州）稀土", ["xyczxt"]),
        ("常州", ["cz"]),
        ("", []),
    ],
)
def test_a_name_begins_anew_behind_each_place_at_its_head(name, typed):
    assert beginnings(name) == typed
