"""Delegation: who acts for whom, from one day to another."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.models.officers import Officer
from organisation.models.places import Department


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, on: date) -> Self:
        return self.filter(starts_on__lte=on, ends_on__gte=on, revoked_at=None)

    def standing(self) -> Self:
        return self.filter(revoked_at=None)

    def visible_to(self, viewer: Any) -> Self:
        """Those one gave or holds; a head also sees those of his department, the security administrator all."""
        from organisation.authority import bearers

        if not getattr(viewer, "is_active", False):
            return self.none()
        if viewer.has_perm("organisation.grant_roles"):
            return self
        seen = Q(principal=viewer) | Q(deputy=viewer)
        for head in bearers(viewer, "organisation.arrange_delegations"):
            seen |= Q(principal__department__in=Department.objects.below(head.department))
        return self.filter(seen)


class Delegation(models.Model):
    """From one day to another, `deputy` acts for `principal`: sees what he sees, does what he may do."""

    principal = models.ForeignKey(
        Officer, models.PROTECT, related_name="delegations_given", verbose_name=_("Absent officer")
    )
    deputy = models.ForeignKey(Officer, models.PROTECT, related_name="delegations_held", verbose_name=_("Deputy"))
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    reason = models.CharField(_("Reason"), max_length=200)
    created_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="organisation_delegation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="organisation_delegation_to_another"),
        ]
        indexes = [models.Index(fields=["deputy", "ends_on"], name="organisation_deputy_until")]

    def __str__(self) -> str:
        return f"{self.principal} → {self.deputy} {self.starts_on}–{self.ends_on}"

    def is_in_force(self, on: date) -> bool:
        return self.revoked_at is None and self.starts_on <= on <= self.ends_on
