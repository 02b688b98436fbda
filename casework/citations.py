"""Reading how a reference file cites the law: "行政处罚法(2021)第56、85条;2010办法第39条" → instruments and articles.

Which instrument a citation means is data (reference/citations.csv); a citation that nobody has placed is an error, not a guess.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casework.models import InstrumentNature
from core.labels import articles_in_words

ARTICLES: Final = re.compile(r"第([\d、]+)条((?:\([一二三四五六七八九十]+\))?)")
ITEM: Final = re.compile(r"\([一二三四五六七八九十]+\)")
REMARK: Final = re.compile(r"\([^()]*\)")
NAME: Final = re.compile(r"^(.*?)(?:第[\d、]+条.*|\s*§.*)?$", re.DOTALL)
SECTION: Final = re.compile(r"§(\S+)")


@dataclass(frozen=True, slots=True)
class Cited:
    """A row of citations.csv: what a short name stands for."""

    title: str
    version: str = ""
    nature: str = ""
    document_number: str = ""
    note: str = ""


def pieces(text: str) -> list[str]:
    """A citation list split at semicolons outside parentheses."""
    found, depth, current = [], 0, ""
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == ";" and depth == 0:
            found.append(current.strip())
            current = ""
        else:
            current += char
    return [piece for piece in [*found, current.strip()] if piece]


def name_of(piece: str) -> str:
    """The instrument's name as cited, without articles."""
    found = NAME.match(piece)
    return found[1].strip() if found else piece


def articles_of(piece: str, version: str = "") -> list[str]:
    """Articles of one piece: "第64条(一)+第85条" → 第64条(一), 第85条. Remarks in parentheses name no further articles."""
    plain = REMARK.sub(lambda found: found[0] if ITEM.fullmatch(found[0]) else "", piece)
    suffix = f"({version})" if version else ""
    found = [
        f"第{number}条{item}{suffix}" for numbers, item in ARTICLES.findall(plain) for number in numbers.split("、")
    ]
    return found + [f"{section}{suffix}" for section in SECTION.findall(plain)]


def place(piece: str, known: Mapping[str, Cited]) -> tuple[Cited, list[str]]:
    """The instrument a piece cites, and the articles. LookupError for a name that citations.csv does not know."""
    cited = known.get(piece) or known.get(name_of(piece))
    if cited is None:
        raise LookupError(f"citations.csv does not say what {piece!r} cites")
    return cited, articles_of(piece, cited.version)


def in_words(article: str) -> str:
    """As documents write it: 第22条(一) → 第二十二条第一项."""
    return articles_in_words(article)


def spelled_out(text: str, former: str) -> str:
    """A citation that begins with 同上 ("as above"), with the instrument of the row before it in full."""
    return name_of(pieces(former)[0]) + text.removeprefix("同上") if text.startswith("同上") else text


def nature_of(title: str, document_number: str) -> str:
    """Law, regulation, rule, standard or policy document, by the title's last word and the kind of number."""
    stem = REMARK.sub("", title)
    if document_number.startswith("GB"):
        return InstrumentNature.STANDARD
    if stem.endswith(("法", "法典")) and "办法" not in stem:
        return InstrumentNature.LAW
    if stem.endswith("条例") or document_number.startswith("国务院令"):
        return InstrumentNature.REGULATION
    if "令" in document_number:
        return InstrumentNature.RULE
    return InstrumentNature.POLICY
