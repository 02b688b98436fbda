"""保护举报人: who reported is kept apart from everything else, and every look at it is an act with a reason (docs/decisions/0042).

Who may look: the officer who took the report in, and whoever holds `leads.see_informant` by a role of his own that reaches the
department of the lead. Never a deputy for the colleague he stands in for: trust in a person is not lent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models import Docket
from casework.search.text import normalise
from core import clock
from core.errors import Fault, RuleBroken, refuse_all
from enforcement.leads.models import Informant, Lead, Origin
from organisation.authority import bearers, in_the_name_of, reaches
from organisation.models import Officer
from trail.models import Event

SEE: Final = "leads.see_informant"
FROM_THE_PUBLIC: Final = (Origin.REPORT, Origin.COMPLAINT)
_DIGITS: Final = re.compile(r"\d{6,}")
_FILLING: Final = re.compile(r"[\s\-—–()（）+]")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an informant; all empty: an anonymous report."""

    name: str = ""
    contact: str = ""
    traits: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.name.strip() or self.contact.strip() or self.traits.strip())


def is_named_in(text: str, given: Given) -> bool:
    """Does the text hold the informant's name, or a number or address by which he is reached, however it was typed?"""
    words, joined = normalise(text), _FILLING.sub("", text).lower()
    name = normalise(given.name)
    if len(name) >= 2 and name.replace(" ", "") in words.replace(" ", ""):
        return True
    contact = _FILLING.sub("", given.contact).lower()
    addresses = [part for part in re.split(r"[,，;；、/]", contact) if "@" in part or len(part) >= 8]
    return any(part in joined for part in [*addresses, *_DIGITS.findall(contact)])


def faults(given: Given, origin: str, texts: dict[str, str], *, accepted: bool) -> Iterator[Fault]:
    """What is wrong with what is typed about an informant, each at its field. `texts`: field → what everybody will read.
    `accepted`: the officer has looked, and the words stay as they are."""
    if not given.is_blank and origin not in FROM_THE_PUBLIC:
        yield "informant_name", _("Only a report or a complaint has an informant.")
    for field, text in texts.items():
        if not accepted and is_named_in(text, given):
            yield (
                field,
                _(
                    "These words hold the informant’s name, number or address, and everybody who handles the matter reads them. Take them out, or confirm below that they stay."
                ),
            )


@powers.under("leads.decide_lead", of="lead")
@transaction.atomic
def record(*, lead: Lead, given: Given, by: Officer, accepted: bool = False) -> Informant:
    """Keep who reported, once. The trail says that there is an informant, and never who."""
    locked = Lead.objects.select_for_update().get(pk=lead.pk)
    if Informant.objects.filter(lead=locked).exists():
        raise RuleBroken(_("The informant of this lead is recorded already."))
    if given.is_blank:
        raise RuleBroken(_("Say at least one thing about the informant."), field="informant_name")
    refuse_all(faults(given, locked.origin, {"informant_name": locked.facts}, accepted=accepted))
    row = Informant.objects.create(
        lead=locked, name=given.name.strip(), contact=given.contact.strip(), traits=given.traits.strip(), recorded_by=by,
        recorded_at=clock.now(),
    )  # fmt: skip
    trail.record("leads.record_informant", locked, by=by, docket=locked.docket)
    return row


def of(lead: Lead) -> Informant | None:
    return Informant.objects.filter(lead=lead).first()


def may_look(officer: Any, lead: Lead) -> bool:
    """Whether he may; he must also see the lead. False where nobody is on record."""
    row = of(lead)
    if row is None or not isinstance(officer, Officer):
        return False
    if not Docket.objects.visible_to(officer).filter(pk=lead.docket_id).exists():
        return False
    return row.recorded_by_id == officer.pk or _by_own_right(officer, lead.docket)


def _by_own_right(officer: Officer, docket: Docket) -> bool:
    """The permission by a role of his own: `has_perm` would also count what an absent colleague lends him."""
    return officer in bearers(officer, SEE) and reaches(
        officer, SEE, department=docket.department, region_code=docket.region_id, lent=False
    )


@transaction.atomic
def look(*, lead: Lead, reason: str, by: Officer) -> Informant:
    """Look at who reported. Recorded with the reason before anything is shown, also after the lead is closed.

    Raises PermissionDenied; RuleBroken at `reason` where it is missing or would itself give the informant away.
    """
    docket = Docket.objects.locked(lead.docket_id)
    row = of(lead)
    if row is None or not may_look(by, lead):
        raise PermissionDenied(SEE)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if is_named_in(reason, Given(row.name, row.contact, row.traits)):
        raise RuleBroken(
            _("The reason stands in the history: write it without the informant’s name, number or address."),
            field="reason",
        )
    with in_the_name_of(by, by):
        trail.record("leads.see_informant", lead, by=by, docket=docket, reason=reason)
    return row


def looks(lead: Lead) -> list[str]:
    """Who looked, and when, the latest first."""
    seen = Event.objects.filter(docket_id=lead.docket_id, verb="leads.see_informant").order_by("-at", "-pk")
    return [f"{event.actor_name}（{clock.local(event.at):%Y-%m-%d %H:%M}）" for event in seen]
