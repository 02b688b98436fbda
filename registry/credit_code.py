"""The unified social credit code (统一社会信用代码) of GB 32100-2015: pure, no database.

Eighteen characters of 31: registration department (1), category (2), region (3–8), organisation code of GB 11714 (9–17), check
character (18). A wrong code is answered with the place, the character there, and why it cannot be.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

LENGTH: Final = 18
# GB 32100-2015, table 1: no I, O, S, V, Z.
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
# What a reader or a scanner takes for something else.
LOOKALIKES: Final = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
MISREAD: Final = {
    "0": "DQ",
    "1": "L7T",
    "2": "7",
    "3": "8",
    "4": "A",
    "5": "6",
    "6": "5G",
    "7": "12T",
    "8": "B3",
    "9": "G",
    "A": "4",
    "B": "8",
    "C": "G",
    "D": "0",
    "E": "F",
    "F": "E",
    "G": "6",
    "H": "N",
    "J": "1",
    "K": "X",
    "L": "1",
    "M": "N",
    "N": "M",
    "P": "R",
    "Q": "0",
    "R": "P",
    "T": "7",
    "U": "W",
    "W": "U",
    "X": "Y",
    "Y": "X",
}
# Position 1 and the categories of position 2 (GB 32100-2015, table 2, with amendment 1).
DEPARTMENTS: Final[dict[str, tuple[str | Promise, str]]] = {
    "1": (lazy("Staffing authority (机构编制)"), "1239"),
    "2": (lazy("Foreign affairs"), "19"),
    "3": (lazy("Judicial administration"), "123459"),
    "4": (lazy("Culture"), "19"),
    "5": (lazy("Civil affairs"), "1239"),
    "6": (lazy("Tourism"), "129"),
    "7": (lazy("Religious affairs"), "129"),
    "8": (lazy("Trade unions"), "19"),
    "9": (lazy("Market regulation"), "1239"),
    "A": (lazy("Central Military Commission"), "19"),
    "N": (lazy("Agriculture"), "1239"),
    "Y": (lazy("Other registration department"), "1"),
}
# GB/T 2260, first two digits; 10 stands for registration by the national authority itself.
PROVINCES: Final = frozenset(
    str(n)
    for first, last in ((10, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
    for n in range(first, last + 1)
)


class Part(StrEnum):
    """Which part of the code a problem lies in."""

    LENGTH = "length"
    ALPHABET = "alphabet"
    DEPARTMENT = "department"
    CATEGORY = "category"
    REGION = "region"
    ORGANISATION = "organisation"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Problem:
    """`position` counts from 1 in the normalised code; None: the code as a whole."""

    part: Part
    position: int | None
    character: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about a code. `errors` refuse it; `warnings` ask the officer to look at the licence again."""

    code: str
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @property
    def messages(self) -> list[str]:
        """The errors in words, with what the code may have been meant to be."""
        said = [str(problem) for problem in self.errors]
        if self.suggestions:
            said.append(str(_("Was it meant to be %(codes)s?") % {"codes": " / ".join(self.suggestions)}))
        return said


def normalise(text: str) -> str:
    """Full-width characters narrowed, blanks of every kind and invisible characters left out, letters upper-cased."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(c for c in narrow if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"}).upper()


def check_character(stem: str) -> str:
    """Position 18, for the first seventeen characters (all of the alphabet)."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(stem, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check(stem: str) -> str:
    """The check digit of GB 11714 (position 17), for the eight characters before it: a digit or X."""
    total = sum(int(char, 36) * weight for char, weight in zip(stem, ORGANISATION_WEIGHTS, strict=True))
    remainder = 11 - total % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def build(department: str, category: str, region: str, organisation: str) -> str:
    """A whole code from its parts; `organisation` is the eight characters before the check digit of GB 11714."""
    stem = f"{department}{category}{region}{organisation}{organisation_check(organisation)}"
    return stem + check_character(stem)


def examine(text: str) -> Verdict:
    """Everything that can be said about a code without looking it up."""
    code = normalise(text)
    if wrong := _wrong_length(code):
        return Verdict(code, (wrong,))
    errors = [*_foreign_characters(code)]
    if not errors:
        errors = [*_wrong_structure(code)]
    if errors:
        return Verdict(code, tuple(errors), suggestions=_repaired(code))
    if wrong := _wrong_check(code):
        return Verdict(code, (wrong,), suggestions=_repaired(code))
    return Verdict(code, (), tuple(_doubts(code)))


def is_valid(text: str) -> bool:
    return examine(text).is_valid


def _wrong_length(code: str) -> Problem | None:
    if len(code) == LENGTH:
        return None
    if not code:
        message = _("Enter the unified social credit code: 18 characters.")
    elif len(code) == 15 and code.isdigit():
        message = _(
            "This is an old 15-digit registration number. Enter the 18-character unified social credit code of the new licence."
        )
    elif len(code) in {9, 10} and code.replace("-", "").isalnum():
        message = _(
            "This is an organisation code. The unified social credit code has 18 characters; the organisation code is its characters 9 to 17."
        )
    elif len(code) < LENGTH:
        message = _("The code has %(length)d characters; %(missing)d are missing from 18.") % {
            "length": len(code),
            "missing": LENGTH - len(code),
        }
    else:
        message = _("The code has %(length)d characters; %(extra)d more than 18.") % {
            "length": len(code),
            "extra": len(code) - LENGTH,
        }
    return Problem(Part.LENGTH, None, "", message)


def _foreign_characters(code: str) -> Iterator[Problem]:
    for position, char in enumerate(code, 1):
        if char in ALPHABET:
            continue
        facts = {"position": position, "char": char, "like": LOOKALIKES.get(char, "")}
        if char in LOOKALIKES:
            message = (
                _(
                    "Character %(position)d is “%(char)s”: the code never uses the letters I, O, S, V, Z. Is it “%(like)s”?"
                )
                % facts
            )
        elif "一" <= char <= "鿿":
            message = _("Character %(position)d is “%(char)s”: only digits and capital letters are used.") % facts
        else:
            message = (
                _("Character %(position)d is “%(char)s”, which is neither a digit nor a letter of the code.") % facts
            )
        yield Problem(Part.ALPHABET, position, char, message)


def _wrong_structure(code: str) -> Iterator[Problem]:
    if code[0] not in DEPARTMENTS:
        yield Problem(
            Part.DEPARTMENT,
            1,
            code[0],
            _(
                "Character 1 is “%(char)s”: there is no registration department with this code. Enterprises begin with 9."
            )
            % {"char": code[0]},
        )
    for position in range(3, 9):
        char = code[position - 1]
        if not char.isdigit():
            like = next((c for c in MISREAD.get(char, "") if c.isdigit()), "")
            facts = {"position": position, "char": char, "like": like}
            if like:
                message = _(
                    "Character %(position)d is “%(char)s”: characters 3 to 8 are the region and must be digits. Is it “%(like)s”?"
                )
            else:
                message = _(
                    "Character %(position)d is “%(char)s”: characters 3 to 8 are the region and must be digits."
                )
            message = message % facts
            yield Problem(Part.REGION, position, char, message)


def _wrong_check(code: str) -> Problem | None:
    wanted = check_character(code[:17])
    if code[17] == wanted:
        return None
    facts = {"char": code[17], "wanted": wanted}
    if organisation_check(code[8:16]) == code[16]:
        # The organisation code carries a check of its own: when it holds, the fault lies outside it.
        message = _(
            "Character 18, the check character, is “%(char)s”, but for the characters before it, it would have to be “%(wanted)s”. "
            "Characters 9 to 17 agree among themselves: compare characters 1 to 8 and 18 with the licence."
        )
    else:
        message = _(
            "Character 18, the check character, is “%(char)s”, but for the characters before it, it would have to be “%(wanted)s”. "
            "Characters 9 to 17 do not agree among themselves either: compare them with the licence first."
        )
    return Problem(Part.CHECK, 18, code[17], message % facts)


def _doubts(code: str) -> Iterator[Problem]:
    """What does not refuse the code, but deserves a second look at the licence."""
    _label, categories = DEPARTMENTS[code[0]]
    if code[1] not in categories:
        message = _("Character 2 is “%(char)s”: an unusual category for this registration department.") % {
            "char": code[1]
        }
        yield Problem(Part.CATEGORY, 2, code[1], message)
    elif code[0] != "9":
        message = _(
            "Character 1 is “%(char)s”: the code was not given by market regulation, so the holder is not an enterprise."
        ) % {"char": code[0]}
        yield Problem(Part.DEPARTMENT, 1, code[0], message)
    if code[2:4] not in PROVINCES:
        message = _("Characters 3 and 4 are “%(char)s”: no province has this code.") % {"char": code[2:4]}
        yield Problem(Part.REGION, 3, code[2:4], message)
    wanted = organisation_check(code[8:16])
    if code[16] != wanted:
        message = _(
            "Character 17 is “%(char)s”, but by GB 11714 the organisation code in characters 9 to 16 would end in “%(wanted)s”."
        ) % {
            "char": code[16],
            "wanted": wanted,
        }
        yield Problem(Part.ORGANISATION, 17, code[16], message)


def _repaired(code: str) -> tuple[str, ...]:
    """At most two codes that one slip away are right in every respect: letters never used, a misread character, two swapped."""
    base = "".join(LOOKALIKES.get(char, char) for char in code)
    tried = [base] if base != code else []
    for i, char in enumerate(base):
        tried.extend(base[:i] + like + base[i + 1 :] for like in MISREAD.get(char, ""))
        if i + 1 < LENGTH and char != base[i + 1]:
            tried.append(base[:i] + base[i + 1] + char + base[i + 2 :])
    right = [candidate for candidate in dict.fromkeys(tried) if candidate != code and _flawless(candidate)]
    return tuple(right[:2]) if len(right) <= 2 else ()


def _flawless(code: str) -> bool:
    return (
        all(char in ALPHABET for char in code)
        and code[0] in DEPARTMENTS
        and code[1] in DEPARTMENTS[code[0]][1]
        and code[2:8].isdigit()
        and code[2:4] in PROVINCES
        and code[16] == organisation_check(code[8:16])
        and code[17] == check_character(code[:17])
    )
