"""How an event reads: verb → sentence. Upper floors register theirs in `apps.ready()`."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.known_words import said_again

_sentences: dict[str, Any] = {}
_kinds: dict[str, Any] = {}
_ASIDE = re.compile(r"\s?（[^（）]*…[^（）]*）|\s?\([^()]*…[^()]*\)")
_CLAUSES = re.compile(r"(\s?[：:，,；;]\s*)")
# Facts that hold words of the portal's own: kept in Chinese, said in the reader's language.
_OWN_WORDS = ("label", "event")
_OPENING = re.compile(r"^[“《]?…[”》]?\s*[：:，,]?\s*的?")


def register(sentences: Mapping[str, Any]) -> None:
    """Add lazy sentences by verb; they may use %(subject)s and the names of the event's facts."""
    for verb, sentence in sentences.items():
        if verb in _sentences and str(_sentences[verb]) != str(sentence):
            raise ValueError(f"{verb} has two sentences")
        _sentences[verb] = sentence


def name_kinds(kinds: Mapping[str, Any]) -> None:
    """Lazy names of kinds of acts by verb, for those whose sentence says too little without its facts."""
    _kinds.update(kinds)


def known() -> frozenset[str]:
    return frozenset(_sentences)


def kind_of_act(verb: str) -> str:
    """What the verb does, without any event, in the reader's language: its name, or the clauses of its sentence that need no facts."""
    if verb in _kinds:
        return str(_kinds[verb])
    first, *others = _CLAUSES.split(_ASIDE.sub("", str(_sentences[verb]) % _Blanks()))
    # Marks and clauses alternate. A clause that only an event fills says nothing here.
    kept = [mark + clause for mark, clause in zip(others[::2], others[1::2], strict=True) if "…" not in clause]
    return _OPENING.sub("", first + "".join(kept)).strip()


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def sentence(verb: str, subject_label: str, facts: Mapping[str, Any]) -> str:
    """The event in one sentence, in the reader's language."""
    if verb not in _sentences:
        return _("%(verb)s: %(subject)s") % {"verb": verb, "subject": subject_label}
    return str(_sentences[verb]) % _Facts(
        {name: fact(name, value) for name, value in facts.items()}, subject=said_again(subject_label)
    )


def fact(name: str, value: Any) -> Any:
    """A fact of an event in the reader's language, where it is the portal that named it."""
    return said_again(value) if name in _OWN_WORDS else value


def reason(facts: Mapping[str, Any]) -> str:
    """The reason given for an act: an officer's as he wrote it, the portal's own in the reader's language."""
    return str(said_again(facts.get("reason", "")))
