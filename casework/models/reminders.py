"""The reminder ledger: planned, sent, or not sent because …; and the in-app inbox."""

from typing import Any, Final, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework.models.deadlines import Deadline
from casework.models.dockets import Docket
from core.labels import said
from organisation.models import Officer


class ReminderState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not sent")
    FAILED = "failed", _("Failed")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, viewer: Any) -> Self:
        return self.filter(deadline__docket__in=Docket.objects.visible_to(viewer))


class Reminder(models.Model):
    """One reminder to one officer: the row is made once (unique key), its state re-checked when it is sent."""

    # Both are named without a foreign key of the database, which would take three quarters of the sweep's time
    # (docs/decisions/0006); what they name is never deleted (casework.protection). Indexes below begin with each of them.
    deadline = models.ForeignKey(
        Deadline, models.PROTECT, related_name="reminders", db_constraint=False, db_index=False
    )
    offset_days = models.SmallIntegerField()  # days before the target; negative: days after the due date
    due_on = models.DateField()  # the due date the reminder spoke of; a moved deadline is reminded of anew
    recipient = models.ForeignKey(
        Officer, models.PROTECT, related_name="reminders", db_constraint=False, db_index=False
    )
    planned_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReminderState, default=ReminderState.PLANNED)
    reason = models.CharField(max_length=200, blank=True)  # why it was not sent, or what failed
    channels = models.JSONField(default=list)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        permissions = [
            ("see_ledger", "May see the reminder ledger"),
            ("run_jobs", "May see scheduled tasks and all background jobs, and start them again"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "due_on", "offset_days", "recipient"], name="casework_reminder_once"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="casework_reminder_to_send", condition=Q(state="planned")),
            # As the ledger lists an officer's own: by number, the newest first.
            models.Index(fields=["recipient", "id"], name="casework_reminder_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline} → {self.recipient} ({self.state})"


# The kind of message by which a handing over is told. Whoever gave a matter away by it knew its number, and must hear that it is
# no longer his: it reaches him though he sees the matter no more, in the portal and by mail.
HANDOVER: Final = "handover"


class InboxMessageQuerySet(models.QuerySet["InboxMessage"]):
    def visible_to(self, viewer: Any) -> Self:
        """Messages are private: each officer reads his own. One on a docket that he no longer sees waits until he sees it again:
        its title names the docket's number. That of a handing over does not wait; of one whose docket he does not see he reads the
        title alone (`told`)."""
        seen = Exists(Docket.objects.visible_to(viewer).filter(pk=OuterRef("docket_id")))
        is_open = ExpressionWrapper(Q(docket=None) | seen, output_field=models.BooleanField())
        rows = self.filter(Q(docket=None) | Q(kind=HANDOVER) | seen, recipient_id=viewer.pk)
        return rows.annotate(is_told_whole=is_open)


class InboxMessage(models.Model):
    """What an officer reads in the portal's inbox."""

    recipient = models.ForeignKey(Officer, models.PROTECT, related_name="inbox")
    docket = models.ForeignKey(Docket, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    # The title as text and facts (core.labels.Wording), to be said in the language of the screen; empty where only the title is kept.
    wording = models.JSONField(default=dict, blank=True)
    body = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    digested_at = models.DateTimeField(null=True, blank=True)

    is_told_whole = False  # only a row of `visible_to` says more than its title

    objects = InboxMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="casework_inbox_newest"),
            models.Index(fields=["recipient"], name="casework_inbox_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def told(self) -> str:
        """What is said beside the title, to whoever sees the docket."""
        return self.body if self.is_told_whole else ""

    @property
    def said(self) -> str:
        """The title in the present language."""
        return said(self.wording, otherwise=self.title) if self.wording else self.title
