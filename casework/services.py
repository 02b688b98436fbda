"""Verbs on dockets: open, close, reopen, share, restrict."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from guardian.shortcuts import assign_perm, remove_perm

import trail
from casework import kinds, powers, search, turns
from casework.models import Confidentiality, Docket, DocketOfficer, DocketShare, Part
from core import clock
from core.errors import RuleBroken
from core.labels import stored
from core.numbering import next_number
from organisation.models import Department, Officer, Region
from registry.models import Enterprise
from trail.recording import SYSTEM

SHARE = "casework.share_docket"
RESTRICT = "casework.restrict_docket"


def docket_number(department: Department, word: str, on: date) -> str:
    """Take the next number of the department's series for the year, e.g. 常环立〔2026〕17号 (domain: 代字 + 文种字 + 年 + 号)."""
    stem = f"{department.acts_as.brand}{word}"
    return f"{stem}〔{on.year}〕{next_number(f'docket:{stem}', on.year)}号"


@transaction.atomic
def open_docket(
    *,
    kind: str,
    title: str,
    by: Officer,
    department: Department,
    region: Region,
    enterprise: Enterprise | None = None,
    officer: Officer | None = None,
    co_officers: tuple[Officer, ...] = (),
    confidentiality: str = Confidentiality.INTERNAL,
) -> Docket:
    """Open a matter: number it, name its officers, make it findable. The caller creates the domain row."""
    described = kinds.get(kind)
    if not department.acts_as.brand:
        raise RuleBroken(
            _("%(department)s has no characters for document numbers yet.") % {"department": department.acts_as}
        )
    today = clock.today()
    docket = Docket.objects.create(
        number=docket_number(department, described.series, today),
        kind=kind,
        title=title,
        enterprise=enterprise,
        region=region,
        department=department,
        officer=officer,
        stage=described.workflow.initial,
        confidentiality=confidentiality,
        opened_on=today,
        opened_by=by,
        updated_at=clock.now(),
    )
    if officer:
        DocketOfficer.objects.create(docket=docket, officer=officer, part=Part.LEAD)
    for other in co_officers:
        if other != officer:
            DocketOfficer.objects.create(docket=docket, officer=other, part=Part.CO)
    trail.record("casework.open_docket", docket, by=by, docket=docket, kind=kind, title=title)
    search.index(docket)
    turns.tell_of_opening(docket, by)
    return docket


def retitle(docket: Docket, title: str) -> None:
    """Part of a verb that changes what the matter is about; the caller records why."""
    docket.title = title
    docket.updated_at = clock.now()
    docket.save(update_fields=["title", "updated_at"])
    search.index(docket)


def close_docket(docket: Docket, *, by: Any) -> None:
    """Part of a closing verb: the matter leaves every list of work in hand. Open deadlines must have been settled."""
    if docket.deadlines.open().exists():
        raise RuleBroken(_("A period is still running. Record its end first."))
    docket.closed_on = clock.today()
    docket.next_due_on = None
    docket.is_paused = False
    docket.updated_at = clock.now()
    docket.save(update_fields=["closed_on", "next_due_on", "is_paused", "updated_at"])
    for share in docket.shares.filter(ended_at=None):
        if not _needs_share(docket, share.officer):
            _end(share, by=by)


def reopen_docket(docket: Docket) -> None:
    """Part of a reopening verb (defect D11: no engineer is needed for it)."""
    docket.closed_on = None
    docket.updated_at = clock.now()
    docket.save(update_fields=["closed_on", "updated_at"])


@powers.under(SHARE, of="docket")
@transaction.atomic
def share(*, docket: Docket, officer: Officer, reason: str, by: Officer, until: date | None = None) -> DocketShare:
    """Let one officer outside the scope see this docket, with the reason and until a day."""
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if until is not None and until < clock.today():
        raise RuleBroken(_("The last day lies in the past."), field="until")
    if Docket.objects.locked(docket.pk).closed_on is not None:
        raise RuleBroken(_("The docket is closed: it can no longer be shared."))
    for former in docket.shares.expired().filter(officer=officer):
        _end(former, by=SYSTEM)
    if docket.shares.filter(officer=officer, ended_at=None).exists():
        raise RuleBroken(_("This docket is already shared with %(officer)s.") % {"officer": officer}, field="officer")
    return _grant(docket, officer, reason=reason, by=by, until=until)


def _grant(docket: Docket, officer: Officer, *, reason: str, by: Officer, until: date | None = None) -> DocketShare:
    assign_perm("view_docket", officer, docket)
    row = DocketShare.objects.create(
        docket=docket, officer=officer, reason=reason, shared_by=by, shared_at=clock.now(), until=until
    )
    trail.record("casework.share", docket, by=by, docket=docket, reason=reason, officer=officer.name, until=until)
    return row


@powers.under(SHARE, of="share")
@transaction.atomic
def end_share(*, share: DocketShare, by: Any) -> None:
    """Take the sharing back."""
    _end(share, by=by)


def end_expired_shares() -> int:
    """Take back what was shared until a day that is over. It was out of sight from that day on; this writes it down."""
    ended = 0
    for share in DocketShare.objects.expired().order_by("pk"):
        with transaction.atomic():
            Docket.objects.locked(share.docket_id)
            ended += _end(share, by=SYSTEM)
    return ended


@powers.under(RESTRICT, of="docket")
@transaction.atomic
def restrict(*, docket: Docket, reason: str, by: Officer) -> None:
    """From now on only its officers and those it is shared with see the docket.

    Whoever restricts it keeps sight of it by a share: he has to approve it, and to lift the restriction one day.
    """
    locked = _change_confidentiality(docket, Confidentiality.RESTRICTED, "casework.restrict", reason, by)
    keeper = powers.bearer(by, RESTRICT, locked)
    if keeper is not None and not locked.shares.live().filter(officer=keeper).exists():
        for former in locked.shares.expired().filter(officer=keeper):
            _end(former, by=SYSTEM)
        _grant(locked, keeper, reason=stored(_lazy("Restricted the docket and keeps it in sight")), by=by)


@powers.under(RESTRICT, of="docket")
@transaction.atomic
def lift_restriction(*, docket: Docket, reason: str, by: Officer) -> None:
    """The department and the region see the docket again; shares that stood in for that end."""
    standing_in = [share for share in docket.shares.filter(ended_at=None) if _needs_share(docket, share.officer)]
    _change_confidentiality(docket, Confidentiality.INTERNAL, "casework.lift_restriction", reason, by)
    for share in standing_in:
        _end(share, by=by)


def _change_confidentiality(docket: Docket, to: str, verb: str, reason: str, by: Officer) -> Docket:
    locked = Docket.objects.select_for_update(of=("self",)).select_related("department", "enterprise").get(pk=docket.pk)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if locked.confidentiality == to:
        raise RuleBroken(
            _("It is already so: “%(state)s”. Look at the docket again.")
            % {"state": locked.get_confidentiality_display()}
        )
    before, locked.confidentiality, locked.updated_at = locked.confidentiality, to, clock.now()
    locked.save(update_fields=["confidentiality", "updated_at"])
    search.index(locked)
    trail.record(
        verb,
        locked,
        by=by,
        docket=locked,
        before={"confidentiality": before},
        after={"confidentiality": to},
        reason=reason,
    )
    return locked


def _needs_share(docket: Docket, officer: Officer) -> bool:
    """Would this officer see the docket by his department, were it not restricted? Then his share outlives its closing."""
    restricted = docket.confidentiality == Confidentiality.RESTRICTED
    return restricted and docket.department.is_at_or_below(officer.department)


def _end(share: DocketShare, *, by: Any) -> bool:
    row = DocketShare.objects.select_for_update().get(pk=share.pk)
    if row.ended_at is not None:
        return False
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    if not DocketShare.objects.filter(docket=row.docket, officer=row.officer, ended_at=None).exists():
        remove_perm("view_docket", row.officer, row.docket)
    trail.record("casework.end_share", row.docket, by=by, docket=row.docket, officer=row.officer.name)
    return True
