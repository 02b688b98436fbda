"""Reference data in the reader's language. The files are in Chinese; their set phrases have words in both languages here, and what
the system administrator wrote otherwise is shown as he wrote it."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext
from django.utils.translation import pgettext_lazy as said

from core.known_words import Words
from core.labels import Label, in_print

ELEMENTS: Final = {
    "Sc": lazy("Scandium"),
    "Y": lazy("Yttrium"),
    "La": lazy("Lanthanum"),
    "Ce": lazy("Cerium"),
    "Pr": lazy("Praseodymium"),
    "Nd": lazy("Neodymium"),
    "Pm": lazy("Promethium"),
    "Sm": lazy("Samarium"),
    "Eu": lazy("Europium"),
    "Gd": lazy("Gadolinium"),
    "Tb": lazy("Terbium"),
    "Dy": lazy("Dysprosium"),
    "Ho": lazy("Holmium"),
    "Er": lazy("Erbium"),
    "Tm": lazy("Thulium"),
    "Yb": lazy("Ytterbium"),
    "Lu": lazy("Lutetium"),
}
TECHNIQUES: Final = {
    "saponification_ammonia": lazy("Extraction and separation with ammonia saponification"),
    "saponification_sodium": lazy("Extraction and separation with caustic soda (sodium) saponification"),
    "saponification_calcium": lazy("Extraction and separation with calcium (magnesium) saponification"),
    "no_ammonia": lazy("Smelting and separation free of ammonia nitrogen"),
    "linked_extraction": lazy("Linked extraction and separation"),
    "precipitation_carbonate": lazy("Carbonate precipitation and calcination"),
    "precipitation_oxalate": lazy("Oxalate precipitation and calcination"),
    "pond_leaching": lazy("Mining by pond leaching"),
    "electrolysis_oxide": lazy("Electrolysis of oxides in molten fluorides"),
    "electrolysis_chloride": lazy("Metals by electrolysis of chlorides"),
    "thermal_reduction": lazy("Metallothermic reduction"),
    "fluoride_wet": lazy("Rare-earth fluorides for electrolysis by the wet process"),
    "fluoride_dry": lazy("Rare-earth fluorides by the dry process"),
    "strip_casting": lazy("Strip casting"),
    "sintering_ndfeb": lazy("Sintered Nd–Fe–B"),
    "bonded_ndfeb": lazy("Bonded Nd–Fe–B"),
    "phosphor_firing": lazy("Phosphors by high-temperature solid-state reaction"),
    "hydrogen_alloy": lazy("Melting of hydrogen-storage alloys"),
    "catalyst_coating": lazy("Co-precipitation and coating of catalysts"),
    "polishing_powder": lazy("Polishing powder"),
    "recycling_acid": lazy("Nd–Fe–B scrap: roasting, acid leaching, extraction"),
    "recycling_phosphor": lazy("Recovery of waste phosphors"),
    "other": lazy("Other techniques"),
}
_GROUPS: Final = Words(
    said("rare earths", "light"),
    said("rare earths", "medium"),
    said("rare earths", "heavy"),
    lazy("not classified (often counted as heavy)"),
    lazy("not classified (often counted as medium and heavy)"),
)
_CONTROL: Final = Words(
    lazy("Announcement No. %(number)s of %(year)s (controlled since %(since)s)"),
    lazy("Announcement No. %(number)s of %(year)s (suspended from %(since)s to %(until)s, to be verified after that)"),
)
_REMARKS: Final = Words(lazy("No stable isotope, not traded, not counted as output"))
_CATEGORIES: Final = Words(
    lazy("Ores"),
    lazy("Rare-earth metals"),
    lazy("Oxides"),
    lazy("Compounds and salts"),
    lazy("Salts (chlorides)"),
    lazy("Salts (fluorides)"),
    lazy("Salts (carbonates)"),
    lazy("Other compounds"),
    lazy("Pyrophoric alloys"),
    lazy("Rare-earth ferro-alloys"),
    lazy("Rare-earth ferro-alloys (Nd–Fe–B)"),
    lazy("Downstream products"),
)
_FORMS: Final = Words(
    said("form of a primary product", "metal"),
    said("form of a primary product", "oxide"),
    said("form of a primary product", "salt"),
    said("form of a primary product", "salt or compound"),
    said("form of a primary product", "ferro-alloy"),
    # What is no primary product is kept with what it is instead.
    said("form of a primary product", "ore"),
    said("form of a primary product", "downstream product"),
)
_MEDIUM_HEAVY: Final = Words(
    lazy("Yes"),
    lazy("No"),
    lazy("Mixed"),
    lazy("controlled where it contains dysprosium or terbium"),
    lazy("Sm–Co, and Nd–Fe–B with terbium or dysprosium, are controlled"),
)
_TARIFF: Final = Words(
    lazy("to be verified"),
    lazy("%(year)s or before"),
    lazy("about %(year)s (to be verified)"),
    lazy("after %(year)s (to be verified)"),
    lazy("%(year)s (to be verified)"),
    lazy("tariff of %(year)s, split since into %(codes)s"),
    lazy("tariff of %(year)s, split since"),
    lazy("tariff of %(year)s (%(years)s: %(code)s)"),
    lazy("tariff of %(year)s"),
    lazy("under export quotas and licences since %(since)s"),
    # The goods of the code before, inside the brackets of a later one.
    lazy("%(code)s rare-earth fluorides"),
)
_PROVENANCE: Final[dict[str, Label]] = {
    "high": lazy("high"),
    "medium": lazy("medium"),
    "low": lazy("low"),
    "published text": lazy("published text"),
    "policy document": lazy("policy document"),
    "background knowledge": lazy("background knowledge"),
    "computed": lazy("computed"),
}
_DEGREE: Final = re.compile(r"(high|medium|low|n\.a\.)(?:\(([^()]*)\))?")
_SCOPES: Final[dict[str, Label]] = {
    "name": lazy("name and figures"),
    "trade": lazy("trade"),
    "8位名": lazy("name of the 8-digit code"),
    "10%名称": lazy("name with the share of 10%"),
}


def element(symbol: str, name: str) -> str:
    return str(ELEMENTS.get(symbol, name))


def oxide(symbol: str, name: str) -> str:
    if symbol not in ELEMENTS:
        return name
    return _("%(element)s oxide") % {"element": ELEMENTS[symbol]}


def technique(code: str, name: str) -> str:
    return str(TECHNIQUES.get(code, name))


def group(text: str) -> str:
    """Light, medium or heavy."""
    return str(_GROUPS.said_again(in_print(text)))


def control(text: str) -> str:
    return str(_CONTROL.said_again(text))


def remark(text: str) -> str:
    return str(_REMARKS.said_again(text))


def category(text: str) -> str:
    return str(_CATEGORIES.said_again(in_print(text)))


def form(text: str) -> str:
    """As what a primary product is traded."""
    return str(_FORMS.said_again(text))


def medium_heavy(text: str) -> str:
    return str(_MEDIUM_HEAVY.said_again(text))


def tariff(text: str) -> str:
    return str(_TARIFF.said_again(text))


def provenance(text: str) -> str:
    """The source of a reference row, its set phrases in the reader's language."""
    for phrase, words in _PROVENANCE.items():
        text = text.replace(phrase, str(words))
    return text


def provenance_kept(text: str) -> str:
    """A source as it is kept, from one whose set phrases are in the reader's language."""
    phrases = {str(words): phrase for phrase, words in _PROVENANCE.items()}
    parts = text.split("; ")
    return "; ".join(phrases.get(part.strip(), part) for part in parts)


def confidence(text: str) -> str:
    """ "high(2530902010)/medium(8位名)" → "2530902010: high, name of the 8-digit code: medium"."""
    found = [_DEGREE.fullmatch(part.strip()) for part in re.split(r"/(?!a)", text)]
    if None in found:
        return provenance(text)
    return pgettext("between clauses", ", ").join(_degree(one[1], one[2]) for one in found if one is not None)


def _degree(degree: str, scope: str | None) -> str:
    words = _PROVENANCE.get(degree, _("not applicable"))
    if not scope:
        return str(words)
    return _("%(scope)s: %(degree)s") % {"scope": _SCOPES.get(scope, scope), "degree": words}
