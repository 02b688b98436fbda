"""What an enterprise checks itself in a campaign, by subject: reference/self_check_items.csv."""

import csv
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from organisation.models.places import is_certain


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    subject: str  # of campaigns.subjects.Subject
    text: str  # in Chinese, as enterprises read it
    policy_source: str  # the article that asks for it
    obligation: str  # its row of reference/policy_obligations.csv
    confidence: str

    @property
    def is_verified(self) -> bool:
        return is_certain(self.confidence)

    @property
    def marked(self) -> str:
        """The article as it is shown; what nobody has verified says so."""
        return self.policy_source if self.is_verified else f"{self.policy_source}（待核实）"


@cache
def all_items() -> tuple[Item, ...]:
    with (settings.ROOT / "reference" / "self_check_items.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Item(row["code"], row["subject"], row["item"], row["policy_source"], row["obligation"], row["confidence"])
            for row in csv.DictReader(file)
        )


def items_of(subject: str) -> list[Item]:
    """In the order of the file. Raises KeyError where nobody has written a checklist for the subject."""
    found = [item for item in all_items() if item.subject == subject]
    if not found:
        raise KeyError(subject)
    return found
