"""The trail: events in chains, and seals over all chains.

Each docket has a chain of its own, so that a case file can be exported and checked alone, and two cases never wait for each
other. Hourly seals tie all chains together: a chain that vanished whole breaks a seal.
No foreign keys: the record outlives what it speaks of.
"""

from typing import Any, Final, NoReturn

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.known_words import said_again

# As the trail keeps it for everybody; `Event.who` says it in the reader's language.
THE_PORTAL: Final = "系统"


class AppendOnly(Exception):
    """The trail is never changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("the trail is append-only")

    def delete(self) -> NoReturn:
        raise AppendOnly("the trail is append-only")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("the trail is append-only")


class AppendOnlyModel(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise AppendOnly("the trail is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("the trail is append-only")


class Event(AppendOnlyModel):
    """One act: who, when, on what, from what to what, on which basis."""

    stream = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=300)
    docket_id = models.BigIntegerField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    request_id = models.CharField(max_length=32, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "position"], name="trail_event_one_per_place_in_its_chain"),
        ]
        indexes = [
            models.Index(fields=["docket_id", "-id"], name="trail_event_of_docket"),
            models.Index(fields=["actor_id", "-id"], name="trail_event_by_actor"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="trail_event_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.subject_label}"

    @property
    def about(self) -> str:
        """What the act was on, as a screen names it."""
        return str(said_again(self.subject_label))

    @property
    def who(self) -> str:
        """Who acted, as a screen names him."""
        return gettext("The portal") if self.actor_id is None and self.actor_name == THE_PORTAL else self.actor_name

    @property
    def who_for_whom(self) -> str:
        """Who acted, and in whose place, as a screen names them."""
        if not self.on_behalf_of:
            return self.who
        return gettext("%(actor)s, for %(principal)s") % {"actor": self.who, "principal": self.on_behalf_of}


class ChainHead(models.Model):
    """Where the next event of a chain goes. Locked while an event is written; derived, so it may be updated."""

    stream = models.CharField(max_length=80, primary_key=True)
    position = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.stream} #{self.position}"


class Seal(AppendOnlyModel):
    """A hash over all events up to `last_event_id`, chained to the seal before."""

    at = models.DateTimeField()
    first_event_id = models.BigIntegerField()
    last_event_id = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    root_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, verbose_name=_("Fingerprint"))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} …{self.last_event_id}"
