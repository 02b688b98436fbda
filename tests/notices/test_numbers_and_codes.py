"""Document numbers and verification codes: as people type them, as the paper shows them."""

import pytest

from notices import codes, numbers
from notices.public import masked


@pytest.mark.parametrize(
    "typed",
    [
        "常环罚〔2026〕12号",
        "常环罚[2026]12号",
        "常环罚（2026）12号",
        "常环罚(2026) 12 号",
        "常环罚【2026】012号",
        "常环罚﹝2026﹞第12号",
        "常环罚〔２０２６〕１２号",
        "常环罚〔2026年〕12",
        " 常环罚 ［2026］ 第 0012 号 ",
    ],
)
def test_a_number_is_understood_in_every_usual_spelling(typed):
    assert numbers.normalise(typed) == "常环罚〔2026〕12号"
    assert numbers.parse(typed) == numbers.DocumentNumber("常环罚", 2026, 12)


@pytest.mark.parametrize("text", ["", "江阴某公司", "91320282MA1XYT8K3Q", "〔2026〕12号", "常环罚〔26〕12号"])
def test_what_is_no_number_is_not_made_one(text):
    assert numbers.parse(text) is None


def test_a_number_has_hexagonal_brackets_and_no_leading_zero():
    assert str(numbers.DocumentNumber("苏工信责改", 2026, 7)) == "苏工信责改〔2026〕7号"


def test_a_code_has_twelve_characters_that_cannot_be_misread():
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(len(code) == 12 and not set(code) & set("ILOU") for code in made)
    assert codes.grouped("7QK29F4MXW3C") == "7QK2-9F4M-XW3C"


@pytest.mark.parametrize(
    "typed",
    [
        "7QK2-9F4M-XW10",
        "7qk29f4mxw10",
        "7QK2 9F4M XWIO",
        "7qk2-9f4m-xwlo",
        "７ＱＫ２－９Ｆ４Ｍ－ＸＷ１０",
        "7QK2—9F4M—XW1O",
    ],
)
def test_a_code_is_understood_with_small_letters_missing_dashes_and_look_alikes(typed):
    assert codes.read(typed) == "7QK29F4MXW10"


@pytest.mark.parametrize(
    "text", ["", "7QK2-9F4M", "7QK2-9F4M-XW3CX", "7QK2-9F4M-XWU!", "<script>", "码" * 12, "7" * 500]
)
def test_what_is_no_code_is_recognised(text):
    assert codes.read(text) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("常州晟元稀土材料有限公司", "常州晟**有限公司"),
        ("江阴加华新材料股份有限公司", "江阴加**股份有限公司"),
        ("宜兴稀土厂", "宜兴稀**厂"),
        ("王某某", "王**"),
        ("欧阳测试", "欧***"),
    ],
)
def test_the_public_sees_a_party_only_in_part(name, shown):
    assert masked(name) == shown
