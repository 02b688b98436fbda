"""证据保管链: who handed a piece of evidence to whom, when, where, for what and in which state.

A row is never changed (casework.protection): a wrong one is answered by another that corrects it. The chain also goes on when the
docket is closed or the piece withdrawn, as the thing itself still has to come back to somebody.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import evidence as evidence_verbs
from casework import powers
from casework.models import Custody, Evidence
from core import clock
from core.errors import refuse_all
from organisation.models import Officer


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the chain as it is shown. `breaks`: the chain is interrupted before it, as it was handed over by another than
    the one who had received it."""

    row: Custody
    breaks: bool
    is_corrected: bool


def chain(evidence: Evidence) -> list[Link]:
    """All rows in the order of what happened, those corrected too; a statement."""
    links, holder = [], ""
    for row in evidence.custody.select_related("recorded_by", "corrected_by", "corrects"):
        is_corrected = hasattr(row, "corrected_by")
        links.append(Link(row, bool(not is_corrected and holder and row.handed_by != holder), is_corrected))
        if not is_corrected:
            holder = row.received_by
    return links


@powers.under(evidence_verbs.ADD, of="evidence")
@transaction.atomic
def record(
    *,
    evidence: Evidence,
    handed_by: str,
    received_by: str,
    at: datetime,
    place: str,
    purpose: str,
    condition: str,
    by: Officer,
    corrects: Custody | None = None,
    correction_reason: str = "",
) -> Custody:
    """Add a hand-over to the chain, or one that corrects an earlier entry (`corrects`, with what was wrong)."""
    locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
    faults: list[tuple[str | None, str]] = []
    if handed_by.strip() == received_by.strip():
        faults.append(("received_by", _("Nobody hands a thing over to himself.")))
    if at > clock.now():
        faults.append(("at", _("The time lies in the future.")))
    elif at < locked.made_at.replace(second=0, microsecond=0):  # an officer writes minutes
        faults.append(("at", _("The evidence was made later than that.")))
    if corrects is not None:
        if corrects.evidence_id != locked.pk:
            faults.append(("corrects", _("That entry is of another piece of evidence.")))
        elif Custody.objects.filter(corrects=corrects).exists():
            faults.append(("corrects", _("That entry is corrected already.")))
        if not correction_reason.strip():
            faults.append(("correction_reason", _("Say what was wrong.")))
    elif correction_reason.strip():
        faults.append(("corrects", _("Choose the entry that was wrong.")))
    refuse_all(faults)
    row = Custody.objects.create(
        evidence=locked, handed_by=handed_by.strip(), received_by=received_by.strip(), at=at, place=place, purpose=purpose,
        condition=condition, corrects=corrects, correction_reason=correction_reason.strip(), recorded_by=by,
        recorded_at=clock.now(),
    )  # fmt: skip
    trail.record(
        "casework.record_custody", locked, by=by, docket=locked.docket, reason=row.correction_reason, handed_by=row.handed_by,
        received_by=row.received_by, at=at.isoformat(), place=place, purpose=purpose, condition=condition,
        corrects=corrects.pk if corrects else None,
    )  # fmt: skip
    return row
