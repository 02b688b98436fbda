"""The docket: one row for every matter the authority handles. Who sees what, and sharing, live here alone."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from core import clock
from organisation.models import Department, Officer, Region
from organisation.scope import Scope, scope_of
from registry.models import Enterprise

# Sorts after every date: a docket without a running deadline stands at the end of a list by deadline.
NO_DATE: Final = date(9999, 12, 31)


class Confidentiality(models.TextChoices):
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted")  # seen by its officers and by share only


class Part(models.TextChoices):
    LEAD = "lead", _("Lead officer")
    CO = "co", _("Co-handling officer")
    TASK = "task", _("Named for the present step")  # until the matter moves on


class DocketQuerySet(models.QuerySet["Docket"]):
    def visible_to(self, viewer: Any) -> Self:
        """Rows in the viewer's scope, his own, and those shared with him. Nothing for those without a case role."""
        scope = scope_of(viewer)
        if scope.is_empty:
            return self.none()
        return self.filter(self.seen(scope))

    @staticmethod
    def seen(scope: Scope) -> Q:
        open_rows = Q()
        if scope.departments:
            open_rows |= Q(department_id__in=scope.departments)
        for first, last in scope.regions:
            open_rows |= Q(region_id__gte=first, region_id__lte=last)
        whole = DocketQuerySet.handled_by(scope.officers) | Q(pk__in=shared_ids(scope))
        if open_rows:
            whole |= open_rows & Q(confidentiality=Confidentiality.INTERNAL)
        return whole

    def open(self) -> Self:
        return self.filter(closed_on=None)

    @staticmethod
    def late(on: date) -> Q:
        """What is overdue: the one definition of desk, list and board. A stopped clock shows no due date."""
        return Q(due_key__lt=on, closed_on=None)

    @staticmethod
    def handled_by(officers: Iterable[int]) -> Q:
        """What these officers handle: as lead officers, beside them, or named for the step at which it stands."""
        return Q(officer_id__in=officers) | Q(pk__in=co_ids(officers))

    def locked(self, pk: int) -> "Docket":
        """The docket as it is now, held until the transaction ends.

        Every verb takes this lock first, then the rows below the docket: no two of them ever wait for each other in a
        circle. Rows that only point to the docket (a message, an event) are not kept waiting by it.
        """
        return self.select_related("department").select_for_update(of=("self",), no_key=True).get(pk=pk)


class Docket(models.Model):
    """A matter: number, kind, enterprise, handling department, officer, dates. The domain row points here one to one."""

    number = models.CharField(_("Docket number"), max_length=60, unique=True, null=True, blank=True)
    kind = models.CharField(_("Kind"), max_length=30)  # a key of casework.kinds
    title = models.CharField(_("Subject"), max_length=200)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="dockets", db_index=False
    )
    # Each of these begins an index of `Meta.indexes`, so they need none of their own.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="dockets", verbose_name=_("Handling department"), db_index=False
    )
    officer = models.ForeignKey(
        Officer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dockets",
        verbose_name=_("Officer"),
        db_index=False,
    )
    # Mirrors of the domain row and its deadlines, written in the same transaction, so that lists read one table.
    stage = models.CharField(max_length=30)
    next_due_on = models.DateField(null=True, blank=True)
    due_key = models.GeneratedField(  # never null, so that lists can be paged by it
        expression=Coalesce(F("next_due_on"), Value(NO_DATE)), output_field=models.DateField(), db_persist=True
    )
    is_paused = models.BooleanField(default=False)
    confidentiality = models.CharField(
        _("Confidentiality"), max_length=12, choices=Confidentiality, default=Confidentiality.INTERNAL
    )
    opened_on = models.DateField(_("Opened on"))
    opened_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    updated_at = models.DateTimeField()

    objects = DocketQuerySet.as_manager()

    class Meta:
        # Lists are merged from short scans, one for each department or region seen (casework.scans): equality on what is
        # seen, then the sort column and the id. Measured by bench/lists.py.
        indexes = [
            # `closed_on` at the end of those by deadline: what is close or late is counted from the index alone.
            models.Index(
                fields=["department", "confidentiality", "due_key", "id", "closed_on"], name="casework_dept_due"
            ),
            models.Index(fields=["department", "confidentiality", "opened_on", "id"], name="casework_dept_opened"),
            models.Index(fields=["department", "confidentiality", "updated_at", "id"], name="casework_dept_updated"),
            models.Index(
                fields=["department", "confidentiality", "stage", "due_key", "id"], name="casework_dept_stage"
            ),
            models.Index(
                fields=["department", "confidentiality", "due_key", "id"],
                name="casework_dept_unassigned",
                condition=Q(officer=None),
            ),
            models.Index(
                fields=["region", "confidentiality", "due_key", "id", "closed_on"], name="casework_region_due"
            ),
            models.Index(fields=["region", "confidentiality", "opened_on", "id"], name="casework_region_opened"),
            models.Index(fields=["region", "confidentiality", "updated_at", "id"], name="casework_region_updated"),
            models.Index(fields=["region", "confidentiality", "stage", "due_key", "id"], name="casework_region_stage"),
            models.Index(
                fields=["region", "confidentiality", "due_key", "id"],
                name="casework_region_unassigned",
                condition=Q(officer=None),
            ),
            models.Index(fields=["confidentiality", "due_key", "id", "closed_on"], name="casework_all_due"),
            models.Index(fields=["confidentiality", "opened_on", "id"], name="casework_all_opened"),
            models.Index(fields=["confidentiality", "updated_at", "id"], name="casework_all_updated"),
            models.Index(fields=["confidentiality", "stage", "due_key", "id"], name="casework_all_stage"),
            models.Index(
                fields=["confidentiality", "due_key", "id"], name="casework_all_unassigned", condition=Q(officer=None)
            ),
            # Not those without an officer: SQLite would take this index for them, and sort them all.
            # With what decides whether a department shows them anyhow, so that an officer's rows are read from it alone.
            models.Index(
                fields=["officer", "due_key", "id", "department", "confidentiality", "region", "closed_on"],
                name="casework_officer_due",
                condition=Q(officer__isnull=False),
            ),
            models.Index(fields=["enterprise", "due_key", "id"], name="casework_enterprise_due"),
            models.Index(fields=["opened_by", "id"], name="casework_opened_by", condition=Q(closed_on=None)),
        ]
        permissions = [
            ("share_docket", "May share a docket with another officer"),
            ("reassign_docket", "May hand a docket to another officer"),
            ("restrict_docket", "May restrict who sees a docket"),
            ("see_board", "May see the supervisor's board"),
            ("urge_docket", "May urge those who handle a docket"),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("casework:docket", args=[self.pk])


class DocketOfficer(models.Model):
    """The officers of a docket: one lead, who is also its `officer`, any number of co-handlers, and
    who is named for the step at which it stands: that is a row of its own, also of one who handles it."""

    docket = models.ForeignKey(Docket, models.CASCADE, related_name="team", db_index=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="teams", db_index=False)
    part = models.CharField(max_length=4, choices=Part)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["docket", "officer"], condition=~Q(part="task"), name="casework_officer_once_per_docket"
            ),
            models.UniqueConstraint(
                fields=["docket", "officer"], condition=Q(part="task"), name="casework_officer_named_once_per_docket"
            ),
            models.UniqueConstraint(
                fields=["docket"], condition=Q(part="lead"), name="casework_docket_has_one_lead_officer"
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "part", "docket"], name="casework_team_of_officer"),
            # The keys above hold for some of the rows only, and find no docket's whole team.
            models.Index(fields=["docket", "officer"], name="casework_team_of_docket"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} ({self.get_part_display()})"


class DocketShareQuerySet(models.QuerySet["DocketShare"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(docket__in=Docket.objects.visible_to(viewer))

    def live(self, on: date | None = None) -> Self:
        """Not taken back, and its last day not over."""
        return self.filter(Q(until=None) | Q(until__gte=on or clock.today()), ended_at=None)

    def expired(self, on: date | None = None) -> Self:
        """Not taken back yet although its last day is over."""
        return self.filter(until__lt=on or clock.today(), ended_at=None)


class DocketShare(models.Model):
    """Why and until when a docket was shared; the grant itself is guardian's, made and taken back with this row."""

    docket = models.ForeignKey(Docket, models.CASCADE, related_name="shares")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="shares_received")
    reason = models.CharField(max_length=200)
    shared_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DocketShareQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.docket} → {self.officer}"


class DocketUserPermission(UserObjectPermissionBase):
    """guardian's grant on one docket, with a direct foreign key: the generic table is two orders of magnitude slower."""

    content_object = models.ForeignKey(Docket, models.CASCADE)


class DocketGroupPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Docket, models.CASCADE)


def co_ids(officers: Iterable[int]) -> "models.QuerySet[DocketOfficer, Any]":
    """Ids of dockets these officers handle beside the lead officer, or have a task on."""
    return DocketOfficer.objects.filter(officer_id__in=officers, part__in=(Part.CO, Part.TASK)).values("docket_id")


def shared_ids(scope: Scope) -> models.QuerySet[DocketUserPermission, Any]:
    """Ids of dockets shared with the officers of the scope: guardian's grant, for as long as its share is live."""
    granted = DocketUserPermission.objects.filter(user_id__in=scope.officers, permission__codename="view_docket")
    live = DocketShare.objects.live().filter(docket_id=OuterRef("content_object_id"), officer_id=OuterRef("user_id"))
    return granted.filter(Exists(live)).values("content_object_id")


def enterprises_of_own_dockets(scope: Scope) -> models.QuerySet[Docket, Any]:
    """Enterprises of dockets that are one's own or shared: whoever works on a matter sees whom it is about."""
    own = DocketQuerySet.handled_by(scope.officers) | Q(pk__in=shared_ids(scope))
    return Docket.objects.filter(own, enterprise__isnull=False).values("enterprise_id")
