"""Is one penalty heavier than another? Nobody is punished more heavily because he argued (行政处罚法第四十五条), nor with what he was not
told of (第六十二条). Pure functions of what `Sanction.as_told` keeps."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from core.numerals import amount_in_figures

Told = Mapping[str, str]


def heavier(told: Iterable[Told], decided: Iterable[Told]) -> list[tuple[str, str, str]]:
    """What the decision adds: (kind, as told, as decided); amounts in figures, else what exactly. Empty: nothing."""
    before = {row["kind"]: row for row in told}
    found = []
    for row in decided:
        former = before.get(row["kind"])
        if row["amount"]:
            most = Decimal(former["amount"] or 0) if former else Decimal(0)
            if Decimal(row["amount"]) > most:
                found.append((row["kind"], amount_in_figures(most), amount_in_figures(Decimal(row["amount"]))))
        elif former is None or former["detail"] != row["detail"]:
            found.append((row["kind"], former["detail"] if former else "", row["detail"]))
    return found


def in_words(told: Iterable[Told], decided: Iterable[Told], labels: Mapping[str, str]) -> list[str]:
    words = _("%(what)s: “%(after)s”, and the party was told “%(before)s”.")
    return [
        words % {"what": labels[kind], "before": before or "—", "after": after or "—"}
        for kind, before, after in heavier(told, decided)
    ]
