"""What campaigns are about: the three of the policy documents and mining, each with the articles that order it.

国发〔2011〕12号 (十)–(十三) and 苏政发〔2012〕6号 三. Policy documents say why authorities act together; what is done to a party rests
on the law that its own case cites.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.steps import ByAuthority


class Subject(TextChoices):
    PRODUCTION = "production", _("Production of rare earths")
    ENVIRONMENT = "environment", _("Environmental protection")
    EXPORT = "export", _("Export")
    MINING = "mining", _("Mining")


# Subject → the articles that order a campaign on it.
ORDERED_BY: dict[str, str] = {
    Subject.PRODUCTION: "国发〔2011〕12号（十一）；苏政发〔2012〕6号三",
    Subject.ENVIRONMENT: "国发〔2011〕12号（十二）；苏政发〔2012〕6号三",
    Subject.EXPORT: "国发〔2011〕12号（十三）；苏政发〔2012〕6号三",
    Subject.MINING: "国发〔2011〕12号（十）",
}


@dataclass(frozen=True, slots=True)
class OfSubject(ByAuthority):
    """A basis by the subject of the campaign. The row is a campaign, or a task of one."""

    def __call__(self, row: Any) -> str:
        campaign = getattr(row, "campaign", row)
        return ORDERED_BY[campaign.subject]

    def __str__(self) -> str:
        return "；".join(f"{words}（{Subject(subject).label}）" for subject, words in ORDERED_BY.items())


ORDERED = OfSubject(ORDERED_BY[Subject.ENVIRONMENT], ORDERED_BY[Subject.PRODUCTION])
