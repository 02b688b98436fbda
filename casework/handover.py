"""Handing a docket to another officer, and taking that back within the half minute a bulk act may be undone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

import trail
from casework import kinds, powers
from casework.models import HANDOVER, Docket, DocketOfficer, InboxMessage, Part
from casework.reminders import inbox
from core import clock
from core.errors import RuleBroken
from core.labels import Label, Wording
from core.listing import listed
from organisation.authority import bearers
from organisation.hooks import OpenMatters
from organisation.models import Officer
from organisation.roles import CASE_OFFICER, DEPARTMENT_HEAD, INSPECTOR

REASSIGN = "casework.reassign_docket"
HANDLERS = (CASE_OFFICER.code, INSPECTOR.code, DEPARTMENT_HEAD.code)


def refusal(docket: Docket, by: Officer) -> str | None:
    """Why this officer cannot hand this docket over at all; None when he can."""
    if kept := powers.kept_from(by, REASSIGN, docket):
        return kept
    if not powers.may(by, REASSIGN, docket):
        return _("You may not hand over matters of %(department)s.") % {"department": docket.department}
    if docket.closed_on is not None:
        return _("The matter is closed.")
    return None


def open_matters(officer: Officer) -> OpenMatters:
    """What he would leave behind: the matters in hand of which he is the lead officer."""
    count = Docket.objects.open().filter(officer=officer).count()
    url = f"{reverse('casework:cases')}?officer={officer.pk}"
    return OpenMatters(_("Matters in hand"), count, url)


def receivers(by: Officer, docket: Docket | None = None) -> "QuerySet[Officer]":
    """Officers who handle cases in the departments for which he may hand over, and below them, his own or those of an absent
    colleague; of one docket, those who may be handed this one."""
    giver = None if docket is None else powers.bearer(by, REASSIGN, docket)
    within = Q(pk__in=[])
    for one in [giver] if giver else bearers(by, REASSIGN):
        within |= Q(department__path__startswith=one.department.path)
    below: QuerySet[Officer] = Officer.objects.filter(within, is_active=True)
    if docket is not None:
        steps = docket.department.path.strip("/").split("/")
        above = [f"/{'/'.join(steps[:depth])}/" for depth in range(1, len(steps) + 1)]
        below = below.filter(department__path__in=above).exclude(pk=docket.officer_id or 0)
    return (
        below.filter(groups__name__in=HANDLERS)
        .distinct()
        .order_by("department__path", "username")
        .select_related("department")
    )


def needed(docket: Docket) -> int:
    """How many officers the law wants on this matter."""
    known = {kind.code: kind.officers_needed for kind in kinds.all_kinds()}
    return known.get(docket.kind, 1)


def caution(dockets: Sequence[Docket]) -> str:
    """What becomes of the former officer where the law wants more than one; empty where it does not."""
    asking = [docket for docket in dockets if needed(docket) > 1]
    if not asking:
        return ""
    known = {kind.code: kind.officers_basis for kind in kinds.all_kinds()}
    basis = listed(dict.fromkeys(known[docket.kind] for docket in asking))
    if len(dockets) == 1:
        return _(
            "This matter needs two officers (%(basis)s). Where the new officer would be alone on it, the former one stays as "
            "co-handling officer, unless you name another."
        ) % {"basis": basis}
    return ngettext(
        "%(n)s matter needs two officers (%(basis)s). Where the new officer would be alone on it, the former one stays as "
        "co-handling officer, unless you name another.",
        "%(n)s matters need two officers each (%(basis)s). Where the new officer would be alone on one, the former one stays "
        "as co-handling officer, unless you name another.",
        len(asking),
    ) % {"n": len(asking), "basis": basis}


@transaction.atomic
def reassign(*, docket: Docket, to: Officer, reason: str, by: Officer, second: Officer | None = None) -> dict[str, Any]:
    """Make `to` the lead officer, and `second` his co-handling officer where one is named. All and the one before are told,
    also where he sees the matter no more: then that it was handed over and to whom, and neither its reason nor its page.

    A matter that needs two officers keeps two: without a second one the former lead stays as co-handling officer.
    Returns what taking it back needs.
    """
    locked = Docket.objects.locked(docket.pk)
    if not by.has_perm(REASSIGN):
        raise PermissionDenied(REASSIGN)
    if why := refusal(locked, by):
        raise RuleBroken(why)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if not to.is_active or not locked.department.is_at_or_below(to.department):
        raise RuleBroken(
            _("%(officer)s does not work in the department that handles this matter.") % {"officer": to}, field="to"
        )
    if locked.officer_id == to.pk:
        raise RuleBroken(_("%(officer)s handles this matter already.") % {"officer": to}, field="to")
    _check_second(locked, to, second)
    former = locked.officer
    was_co = DocketOfficer.objects.filter(docket=locked, officer=to, part=Part.CO).exists()
    before = _co_names(locked)
    _lead(locked, to)
    joined = _join(locked, _kept(locked, former, second))
    with powers.acting(by, REASSIGN, locked):
        trail.record(
            "casework.reassign",
            locked,
            by=by,
            docket=locked,
            before={"officer": former.name if former else "", "co_officers": before},
            after={"officer": to.name, "co_officers": _co_names(locked)},
            reason=reason,
            officer=to.name,
        )
    told = _tell(to, locked, _lazy("%(docket)s was handed to you"), by, body=reason)
    if former is not None:
        stays = former == joined
        words = (
            _lazy("%(docket)s was handed to %(officer)s; you stay on it as co-handling officer")
            if stays
            else _lazy("%(docket)s was handed to %(officer)s")
        )
        told += _tell(former, locked, words, by, body=reason, officer=to.name)
    if joined is not None and joined != former:
        words = _lazy("You are now co-handling officer of %(docket)s, beside %(officer)s")
        told += _tell(joined, locked, words, by, body=reason, officer=to.name)
    return {
        "former": former.pk if former else None,
        "was_co": was_co,
        "to": to.pk,
        "told": told,
        "joined": joined.pk if joined else None,
    }


def _check_second(docket: Docket, to: Officer, second: Officer | None) -> None:
    if second is None:
        return
    if second == to:
        raise RuleBroken(_("The second officer is another one than the first."), field="second")
    if not second.is_active or not docket.department.is_at_or_below(second.department):
        raise RuleBroken(
            _("%(officer)s does not work in the department that handles this matter.") % {"officer": second},
            field="second",
        )


def _kept(docket: Docket, former: Officer | None, second: Officer | None) -> Officer | None:
    """Who joins the new lead of a locked docket: the one named, or the former lead where the law wants one more.

    Raises RuleBroken where there would be too few.
    """
    if second is not None:
        return second
    if docket.team.filter(officer__is_active=True).exclude(part=Part.TASK).count() >= needed(docket):
        return None
    if former is None or not former.is_active:
        raise RuleBroken(
            _("This matter needs two officers: name the second one (%(basis)s).")
            % {"basis": kinds.get(docket.kind).officers_basis},
            field="second",
        )
    return former


def _join(docket: Docket, officer: Officer | None) -> Officer | None:
    """Put him beside the lead. Answers him, or None where nobody is new there."""
    if officer is None:
        return None
    if docket.team.filter(officer=officer).exclude(part=Part.TASK).exists():
        return None
    docket.team.create(officer=officer, part=Part.CO)
    return officer


def _co_names(docket: Docket) -> str:
    rows = docket.team.filter(part=Part.CO).select_related("officer").order_by("pk")
    return "、".join(row.officer.name for row in rows)  # kept in the trail, whoever hands over


@transaction.atomic
def take_back(
    *,
    docket: Docket,
    former: int | None,
    was_co: bool,
    to: int,
    by: Officer,
    told: Sequence[int] = (),
    joined: int | None = None,
) -> None:
    """Undo a handing over, unless somebody has changed the officer since. `told`: the messages it sent; `joined`: who became
    co-handling officer by it."""
    locked = Docket.objects.locked(docket.pk)
    if not by.has_perm(REASSIGN):
        raise PermissionDenied(REASSIGN)
    if why := refusal(locked, by):
        raise RuleBroken(why)
    if locked.officer_id != to:
        raise RuleBroken(_("The officer has been changed since."))
    before, co_before = locked.officer, _co_names(locked)
    earlier = Officer.objects.get(pk=former) if former is not None else None
    DocketOfficer.objects.filter(docket=locked, officer=joined, part=Part.CO).delete()
    _lead(locked, earlier)
    if was_co:
        DocketOfficer.objects.create(docket=locked, officer_id=to, part=Part.CO)
    with powers.acting(by, REASSIGN, locked):
        trail.record(
            "casework.undo_reassign",
            locked,
            by=by,
            docket=locked,
            before={"officer": before.name if before else "", "co_officers": co_before},
            after={"officer": earlier.name if earlier else "", "co_officers": _co_names(locked)},
            officer=earlier.name if earlier else "",
        )
    # What nobody has read or been mailed yet need not be corrected by a second message.
    sent = InboxMessage.objects.filter(pk__in=told, docket=locked, kind=HANDOVER).select_related("recipient")
    for message in sent:
        unseen = message.read_at is None and message.digested_at is None and inbox.mail_waits(message)
        if unseen:
            message.delete()
        else:
            _tell(message.recipient, locked, _lazy("The handing over of %(docket)s was taken back"), by)


def _lead(docket: Docket, officer: Officer | None) -> None:
    """Set the lead officer of a locked docket; the one before no longer handles it, and keeps the step he is named for."""
    docket.team.filter(part=Part.LEAD).delete()
    if officer is not None:
        docket.team.filter(officer=officer, part=Part.CO).delete()
        docket.team.create(officer=officer, part=Part.LEAD)
    docket.officer = officer
    docket.updated_at = clock.now()
    docket.save(update_fields=["officer", "updated_at"])


def _tell(to: Officer, docket: Docket, words: Label, by: Officer, *, body: str = "", **facts: str) -> list[int]:
    """Tell one officer in his language. Answers the ids of the messages."""
    # By its number, never by its subject: he may read it when he sees the docket no more.
    title = Wording(words, {"docket": inbox.docket_name(docket), **facts})
    messages = inbox.tell(to=[to], kind=HANDOVER, title=title, by=by, docket=docket, body=body)
    return [message.pk for message in messages]


class ReassignForm(forms.Form):
    """To whom, and why."""

    to = forms.ModelChoiceField(label=_lazy("New officer"), queryset=Officer.objects.none())
    second = forms.ModelChoiceField(
        label=_lazy("Co-handling officer"),
        queryset=Officer.objects.none(),
        required=False,
        empty_label=_lazy("No other"),
    )
    reason = forms.CharField(label=_lazy("Reason"), max_length=200)

    def __init__(self, viewer: Officer, data: QueryDict | None = None, docket: Docket | None = None) -> None:
        super().__init__(data)
        for name in ("to", "second"):
            field: Any = self.fields[name]
            field.queryset = receivers(viewer, docket)
            field.label_from_instance = lambda officer: f"{officer.name}（{officer.department.short_name}）"
