"""The unified social credit code: what is right, and which character is wrong and why."""

import pytest
from django import forms

from registry import credit_code
from registry.credit_code import Part, examine, normalise
from registry.fields import CreditCodeField

GOOD = [
    "91350100M000100Y43",  # the example of GB 32100-2015
    "91320481MA4CL12T28",
    "91320282MABJ1XG603",
    "91320581MADD272H4L",
    "91320322MATJ3Y7L2G",
    "91320923099603089C",
    "913201004628194831",
    "913202812199351855",
    "91321182909378654K",
    "91320412MAXEB97RXD",
    "91110000MAQ72J9G1G",
    "91440300MAAPE9K22C",
    "91360700MAD5QA4XXM",
    "91150204MA1YM2QHXE",
    "91510100MAWTAANBXR",
    "91100000MAJRE2T29R",
    "91320691507529173G",
    "91320703MAQ94P7C57",
    "113200000140001247",
    "5132000050912345X2",
]
BAD = [
    ("", None, Part.LENGTH),
    ("91320481MA4CL12T2", None, Part.LENGTH),
    ("91320481MA4CL12T289", None, Part.LENGTH),
    ("320481000012345", None, Part.LENGTH),
    ("MA4CL12T2", None, Part.LENGTH),
    ("9132O481MA4CL12T28", 5, Part.ALPHABET),
    ("9I320481MA4CL12T28", 2, Part.ALPHABET),
    ("91320481MA4CLI2T28", 14, Part.ALPHABET),
    ("91320481MA4CL1ZT28", 15, Part.ALPHABET),
    ("91320481MA4CLS2T28", 14, Part.ALPHABET),
    ("91320481MAVCL12T28", 11, Part.ALPHABET),
    ("91320481MA4CL12T2中", 18, Part.ALPHABET),
    ("91320481-A4CL12T28", 9, Part.ALPHABET),
    ("B1320481MA4CL12T28", 1, Part.DEPARTMENT),
    ("01320481MA4CL12T28", 1, Part.DEPARTMENT),
    ("9132B481MA4CL12T28", 5, Part.REGION),
    ("91X20481MA4CL12T28", 3, Part.REGION),
    ("91320481MA4CL12T29", 18, Part.CHECK),
    ("91320481MA4CL21T28", 18, Part.CHECK),
    ("91320481M4ACL12T28", 18, Part.CHECK),
]


def check_character_by_powers(stem: str) -> str:
    """The standard's definition (weights are powers of 3 modulo 31), apart from the table in the code."""
    total = sum(credit_code.ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(stem))
    return credit_code.ALPHABET[-total % 31]


def test_the_table_has_forty_codes():
    assert (len(set(GOOD)), len({code for code, _place, _part in BAD})) == (20, 20)


@pytest.mark.parametrize("code", GOOD)
def test_a_right_code_is_accepted(code):
    verdict = examine(code)
    assert verdict.is_valid
    assert verdict.code == code
    assert code[17] == check_character_by_powers(code[:17])


@pytest.mark.parametrize(("code", "position", "part"), BAD)
def test_a_wrong_code_is_refused_at_its_place(code, position, part):
    verdict = examine(code)
    assert not verdict.is_valid
    first = verdict.errors[0]
    assert (first.position, first.part) == (position, part)
    if position:
        assert first.character == code[position - 1]
        assert f"haracter {position}" in first.message


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("9132O481MA4CL12T28", "“0”"),
        ("91320481MA4CLI2T28", "“1”"),
        ("91320481MA4CL1ZT28", "“2”"),
        ("91320481MA4CLS2T28", "“5”"),
        ("9132B481MA4CL12T28", "“8”"),
    ],
)
def test_the_answer_names_what_the_character_was_taken_for(code, hint):
    assert hint in examine(code).errors[0].message


def test_a_wrong_check_character_is_told_what_it_would_have_to_be():
    message = examine("91320481MA4CL12T29").errors[0].message
    assert "“9”" in message
    assert "“8”" in message


def test_the_check_of_the_organisation_code_narrows_down_where_the_slip_is():
    outside = examine("91320482MA4CL12T28").errors[0].message
    inside = examine("91320481MA4CL13T28").errors[0].message
    assert "compare characters 1 to 8 and 18" in outside
    assert "Characters 9 to 17 do not agree" in inside


@pytest.mark.parametrize("wrong", ["9132O481MA4CL12T28", "91320481M4ACL12T28", "91320481MA4CL12T2B"])
def test_a_code_one_slip_away_is_suggested(wrong):
    assert examine(wrong).suggestions == ("91320481MA4CL12T28",)


def test_every_wrong_character_of_a_code_is_named():
    assert [problem.position for problem in examine("9132O4B1MA4CLI2T28").errors] == [5, 14]


def test_blanks_full_width_and_small_letters_are_put_right():
    assert normalise(" ９１32 0481\tma4c\u200bl12t28\n") == "91320481MA4CL12T28"


def test_an_unknown_province_is_a_doubt_and_no_refusal():
    code = credit_code.build("9", "1", "990000", "MA4CL12T")
    verdict = examine(code)
    assert verdict.is_valid
    assert [problem.part for problem in verdict.warnings] == [Part.REGION]


def test_an_organisation_code_that_breaks_gb_11714_is_a_doubt_and_no_refusal():
    stem = "91320481MA4CL12T3"
    verdict = examine(stem + credit_code.check_character(stem))
    assert verdict.is_valid
    assert [(problem.part, problem.position) for problem in verdict.warnings] == [(Part.ORGANISATION, 17)]


def test_a_holder_that_is_no_enterprise_is_a_doubt():
    assert examine("113200000140001247").warnings[0].part is Part.DEPARTMENT


@pytest.mark.parametrize(("stem", "digit"), [("D2143569", "X"), ("00000000", "0"), ("MA4CL12T", "2")])
def test_the_check_digit_of_gb_11714(stem, digit):
    assert credit_code.organisation_check(stem) == digit


class OneCode(forms.Form):
    code = CreditCodeField()


def test_the_form_field_gives_the_normalised_code():
    form = OneCode({"code": "91320481 ma4cl12t28 "})
    assert form.is_valid()
    assert form.cleaned_data["code"] == "91320481MA4CL12T28"


def test_the_form_field_gives_every_reason():
    form = OneCode({"code": "9132O4B1MA4CLI2T28"})
    assert not form.is_valid()
    assert len(form.errors["code"]) >= 2
