"""Leave cover: from one day to another a deputy acts for an absent colleague."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

import trail
from core import clock
from core.errors import RuleBroken
from organisation import hooks
from organisation.authority import bearers
from organisation.models import Delegation, Department, Officer
from organisation.selectors import case_officers, handles_cases
from trail.recording import Clockwork

DELEGATE: Final = "organisation.delegate"
ARRANGE: Final = "organisation.arrange_delegations"
OVERSEE: Final = "organisation.grant_roles"
NAMED: Final = 12  # matters a warning names; of the others it says how many there are
LONGEST: Final = timedelta(days=366)
By = Officer | Clockwork


@transaction.atomic
def give(
    *,
    principal: Officer,
    deputy: Officer,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: Officer,
    knows_exclusions: bool = False,
) -> Delegation:
    """Name `deputy` to act for `principal` on all days from `starts_on` to `ends_on`, both included. Where duties of the two exclude
    each other, only who `knows_exclusions` does so."""
    if not may_arrange_for(principal, by):
        raise PermissionDenied(DELEGATE if principal == by else ARRANGE)
    # Lock both: two delegations of one officer at once would each miss the other.
    locked = {
        o.pk: o for o in Officer.objects.select_for_update().filter(pk__in=[principal.pk, deputy.pk]).order_by("pk")
    }
    principal, deputy = locked[principal.pk], locked[deputy.pk]
    _check_people(principal, deputy)
    _check_days(starts_on, ends_on)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    _check_overlaps(principal, deputy, starts_on, ends_on)
    excluded = hooks.excluded_duties(principal, deputy, by)
    if excluded and not knows_exclusions:
        raise RuleBroken([_exclusion(one, principal, deputy) for one in excluded], field="knows_exclusions")
    delegation = Delegation.objects.create(
        principal=principal,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        created_by=by,
        created_at=clock.now(),
    )
    trail.record(
        "organisation.delegate",
        principal,
        by=by,
        reason=reason,
        deputy=deputy.name,
        deputy_id=deputy.pk,
        starts_on=starts_on,
        ends_on=ends_on,
        **({"excluding": [matter for one in excluded for matter in one.matters]} if excluded else {}),
    )
    return delegation


@transaction.atomic
def revoke(*, delegation: Delegation, reason: str, by: Officer) -> Delegation:
    """End a delegation at once: by who gave it, by the head of his department, or by the security administrator."""
    delegation = (
        Delegation.objects.select_for_update(of=("self",)).select_related("principal", "deputy").get(pk=delegation.pk)
    )
    if not may_revoke(delegation, by):
        raise PermissionDenied(ARRANGE)
    if delegation.revoked_at is not None:
        raise RuleBroken(_("This delegation has been revoked already."))
    if delegation.ends_on < clock.today():
        raise RuleBroken(_("This delegation is over."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    _end(delegation, reason, by)
    return delegation


@transaction.atomic
def begin_acting(*, delegation: Delegation, by: Officer) -> None:
    """From now on, in this session, what the deputy does is recorded as done for the absent colleague."""
    trail.record("organisation.acting_begin", by, by=by, principal=delegation.principal.name, until=delegation.ends_on)


@transaction.atomic
def end_all_of(*, officer: Officer, reason: str, by: By) -> None:
    """Part of other verbs: the officer left or lost the right to act; what he gave and holds ends."""
    standing = Delegation.objects.standing().filter(ends_on__gte=clock.today())
    for delegation in standing.filter(Q(principal=officer) | Q(deputy=officer)).select_related("principal", "deputy"):
        _end(delegation, reason, by)


def may_arrange_for(principal: Officer, by: Officer) -> bool:
    """For oneself; or, as head (or for an absent head), for an officer of that head's department or those below it."""
    if principal == by and by in bearers(by, DELEGATE):
        return True
    return any(principal.department.is_at_or_below(head.department) for head in bearers(by, ARRANGE))


def possible_principals(viewer: Officer) -> QuerySet[Officer]:
    """For whom the viewer may name a deputy: himself, and as head the case officers of his department and those below."""
    whom = Q(pk__in=[viewer.pk] if viewer in bearers(viewer, DELEGATE) else [])
    for head in bearers(viewer, ARRANGE):
        whom |= Q(department__in=Department.objects.below(head.department))
    return case_officers(viewer).filter(whom)


def possible_deputies(viewer: Officer) -> QuerySet[Officer]:
    """Officers who handle cases in the departments of `possible_principals` and those below them."""
    whom = Q(department__in=Department.objects.below(viewer.department))
    for head in bearers(viewer, ARRANGE):
        whom |= Q(department__in=Department.objects.below(head.department))
    return case_officers(viewer).filter(whom)


def may_revoke(delegation: Delegation, by: Officer) -> bool:
    return may_arrange_for(delegation.principal, by) or by.has_perm(OVERSEE)


def _end(delegation: Delegation, reason: str, by: By) -> None:
    delegation.revoked_at = clock.now()
    delegation.revoked_by = by if isinstance(by, Officer) else None
    delegation.save(update_fields=["revoked_at", "revoked_by"])
    trail.record(
        "organisation.delegation_revoke",
        delegation.principal,
        by=by,
        reason=reason,
        deputy=delegation.deputy.name,
        starts_on=delegation.starts_on,
        ends_on=delegation.ends_on,
    )


def _check_people(principal: Officer, deputy: Officer) -> None:
    if principal == deputy:
        raise RuleBroken(_("Nobody is one's own deputy."), field="deputy")
    if not principal.is_active or not handles_cases(principal):
        raise RuleBroken(
            _("%(officer)s holds no role that handles cases; administration, security and audit are never delegated.")
            % {"officer": principal},
            field="principal",
        )
    if not deputy.is_active or not handles_cases(deputy):
        raise RuleBroken(
            _("%(officer)s cannot be a deputy: only officers in service who handle cases can.") % {"officer": deputy},
            field="deputy",
        )
    # Never upwards: a branch's officer lends no powers to its superior, where they would reach other matters.
    if not deputy.department.is_at_or_below(principal.department):
        raise RuleBroken(
            _("%(deputy)s works for another authority and cannot act for %(principal)s.")
            % {"deputy": deputy, "principal": principal},
            field="deputy",
        )


def _exclusion(excluded: hooks.Excluded, principal: Officer, deputy: Officer) -> str:
    words = excluded.words % {"principal": principal, "deputy": deputy}
    named = "、".join(excluded.matters[:NAMED])
    if len(excluded.matters) > NAMED:
        named = _("%(named)s and %(more)d more") % {"named": named, "more": len(excluded.matters) - NAMED}
    return _("%(words)s Concerned: %(matters)s.") % {"words": words, "matters": named}


def _check_days(starts_on: date, ends_on: date) -> None:
    if starts_on < clock.today():
        raise RuleBroken(_("The first day lies in the past."), field="starts_on")
    if ends_on < starts_on:
        raise RuleBroken(_("The last day lies before the first."), field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise RuleBroken(_("A delegation lasts at most one year."), field="ends_on")


def _check_overlaps(principal: Officer, deputy: Officer, starts_on: date, ends_on: date) -> None:
    same_days = Delegation.objects.standing().filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    given = same_days.filter(principal=principal).select_related("deputy").first()
    if given:
        raise RuleBroken(
            _("From %(start)s to %(end)s %(deputy)s already acts for %(principal)s.")
            % {"start": given.starts_on, "end": given.ends_on, "deputy": given.deputy, "principal": principal},
            field="starts_on",
        )
    away = same_days.filter(principal=deputy).first()
    if away:
        raise RuleBroken(
            _("%(deputy)s is absent from %(start)s to %(end)s: a delegation cannot be passed on.")
            % {"deputy": deputy, "start": away.starts_on, "end": away.ends_on},
            field="deputy",
        )
