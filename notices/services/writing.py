"""Verb on written records: complete what an officer wrote in the form of its kind."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models import Docket
from core.errors import RuleBroken, Stale, refuse_all
from notices import content as contents
from notices import records, written
from notices.models import SiteRecord
from notices.services.recording import freeze_record
from organisation.models import Officer


@transaction.atomic
def write_record(
    *,
    kind: str,
    docket: Docket,
    content: Mapping[str, Any],
    by: Officer,
    seen: str | None = None,
    corrects: SiteRecord | None = None,
    reason: str = "",
) -> SiteRecord:
    """Complete a written record: nobody changes it afterwards. `content`: values by field of the kind's form. `seen`: the docket as
    it lay before the officer (`written.seen_as`). `corrects`: the wrong record whose place it takes, for the `reason`.

    Raises Stale when the docket's particulars changed meanwhile; RuleBroken, at the fields, with all that is missing or refused.
    """
    described = records.get(kind)
    with powers.acting(by, described.permission, docket):
        docket = Docket.objects.locked(docket.pk)
        if docket.closed_on:
            raise RuleBroken(_("The docket is closed."))
        if not described.is_offered_on(docket):
            raise RuleBroken(_("This record is not written on a docket of this kind."))
        if corrects is not None:
            corrects = _standing(corrects, described, docket, reason)
        if seen is not None and seen != written.seen_as(docket):
            raise Stale(
                _("What the docket says of the party or of itself was changed after you opened the page. Read the preview again, then complete the record.")
            )  # fmt: skip
        form = described.form(docket, contents.plain(content))
        refuse_all([(name, str(words)) for name, problems in form.errors.items() for words in problems])
        if reasons := written.missing(form):
            raise RuleBroken(reasons)
        record = _frozen(form, by=by, corrects=corrects, reason=reason)
        trail.record(
            _verb(described, corrects), record, by=by, docket=docket, basis=described.basis,
            reason=reason.strip() if corrects else "", dated=record.dated,
        )  # fmt: skip
        return record


def _verb(described: records.RecordKind, corrects: SiteRecord | None) -> str:
    """Two words for one act: what the first tells counts as a hand in the matter (powers.count_as_handling), the second does not."""
    act = "correct" if corrects else "write"
    return f"notices.{act}_record" if described.by_handlers else f"notices.{act}_minutes"


def _standing(corrects: SiteRecord, described: records.RecordKind, docket: Docket, reason: str) -> SiteRecord:
    """The wrong record as it stands, locked."""
    wrong = SiteRecord.objects.select_for_update().get(pk=corrects.pk)
    if wrong.docket_id != docket.pk or wrong.kind != described.code:
        raise RuleBroken(_("A record is corrected by another one of its kind on the same docket."))
    if wrong.is_corrected:
        raise RuleBroken(_("Another record has taken its place already: correct that one."))
    if not reason.strip():
        raise RuleBroken(_("Say what was wrong in the earlier record."), field="correction_reason")
    return wrong


def _frozen(form: Any, *, by: Officer, corrects: SiteRecord | None, reason: str) -> SiteRecord:
    values = form.values()
    return freeze_record(
        kind=form.kind.code,
        docket=form.docket,
        dated=form.kind.dated(values),
        context=written.context(form.kind, form.docket, values, reason if corrects else ""),
        by=by,
        corrects=corrects,
        which=form.kind.which(form.docket, values),
        content=form.typed(),
    )
