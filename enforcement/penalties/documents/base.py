"""What every document of a penalty does the same way."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core import clock
from enforcement.penalties.documents import following, law, parts
from enforcement.rectification import order_checks
from notices.content import GAP
from notices.registry import NoticeType

if TYPE_CHECKING:
    from notices.models import Notice, Service


class PenaltyDocument(NoticeType):
    """A document of the penalty on a rectification case. Its words say 我厅, 我局 as the authority calls itself."""

    def party(self, notice: "Notice") -> dict[str, str]:
        """The party of the docket, whoever the document is addressed to."""
        found = super().addressee(notice)
        return {
            "name": found.name if found else GAP,
            "uscc": (found.credit_code if found else "") or GAP,
            "legal_representative": (found.representative if found else "") or GAP,
            "address": (found.address if found else "") or GAP,
        }

    def validate(self, notice: "Notice") -> list[str]:
        return list(self.lacks(notice))

    def lacks(self, notice: "Notice") -> Iterator[str]:
        """Beyond the form: who the party is, and that a decision rests on law."""
        party = super().addressee(notice)
        if party is not None and not party.representative:
            yield (
                _(
                    "The legal representative or principal of %(party)s is missing in the register: the document names him."
                )
                % {"party": party.name}
            )
        if "basis" in self.content_form.base_fields:
            yield from parts.rests_on_law(notice.content.get("basis") or [])

    def warnings(self, notice: "Notice") -> list[str]:
        words = notice.content
        return [
            *super().warnings(notice),
            *order_checks.violated(words),
            *order_checks.articles(words),
            *order_checks.reconsideration(words, self.agency(notice)),
            *self.oddities(notice),
        ]

    def guards(self, notice: "Notice") -> list[str]:
        return following.guards(notice)

    def on_served(self, notice: "Notice", service: "Service") -> None:
        following.served(notice, service)

    def on_service_corrected(self, notice: "Notice", service: "Service") -> None:
        following.service_corrected(notice, service)

    def on_superseded(self, notice: "Notice", by_notice: "Notice") -> None:
        following.superseded(notice, by_notice)

    def oddities(self, notice: "Notice") -> Iterator[str]:
        """What else looks wrong in this kind of document, in words."""
        yield from ()

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        cited = {"basis": parts.cited(values["basis"])} if "basis" in values else {}
        return {
            **values,
            **cited,
            "party": self.party(notice),
            "we": self.agency(notice).own_name_in_text,
            "law": law.on(clock.today()),
        }


def investigated(values: Mapping[str, Any]) -> dict[str, str]:
    """From … to …, as the sentence on the investigation needs it."""
    return {
        "from": parts.day(values["investigated_from"]),
        "to": parts.day(values["investigated_to"]) if values["investigated_to"] else "",
    }


def payment(values: Mapping[str, Any]) -> dict[str, str]:
    """Where and by when a fine or unlawful gains are paid (行政处罚法第六十七条第三款)."""
    return {
        "within": law.period(law.PAY, clock.today()),
        **{name: values[name] or GAP for name in ("payee", "bank", "account")},
    }


def remedies(values: Mapping[str, Any]) -> dict[str, str]:
    """Reconsideration and court, with the periods of the law in force today."""
    today = clock.today()
    return {
        "reconsideration_body": values["reconsideration_body"],
        "reconsideration_period": law.period(law.RECONSIDER, today),
        "court": values["court"],
        "litigation_period": law.period(law.SUE, today),
    }
