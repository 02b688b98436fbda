"""Writing the trail, and checking it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock, logs, once
from core.labels import in_chinese, stored
from trail import originals
from trail.models import THE_PORTAL, ChainHead, Event, Seal

GENESIS: Final = "0" * 64
# An event may be committed a little after its time was taken: seals leave the last minutes alone.
SETTLING = timedelta(minutes=10)
AT_ONCE: Final = 500  # events whose originals are read again together
BETWEEN_REPORTS: Final = 2000  # events: a second's work, far less than a worker's lease


class Clockwork:
    """The portal itself acting: a deadline that passed, a scheduled task. Never a default: say it."""

    pk = None

    def __str__(self) -> str:
        return THE_PORTAL


SYSTEM: Final = Clockwork()


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Any,
    docket: models.Model | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    basis: str = "",
    reason: str = "",
    **facts: Any,
) -> Event:
    """Append an event to the chain of `docket` (or of `subject`). Must run inside the transaction of the act it records.

    `by` is an officer or SYSTEM. `verb` is namespaced ("rectification.issue_order"); upper floors give it a sentence with
    `trail.sentences.register`. Facts must be JSON-like; dates and decimals are written as text.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("trail.record() must run inside the transaction of the act")
    kept = {name: value for name, value in facts.items() if value is not None}
    for name, value in (("before", before), ("after", after), ("basis", basis), ("reason", reason)):
        if value:
            kept[name] = stored(value) if name in {"basis", "reason"} else dict(value)  # type: ignore[arg-type]
    with in_chinese():
        plain, subject_label = json.loads(canonical(kept)), str(subject)[:300]
    stream = f"docket:{docket.pk}" if docket is not None else f"{subject._meta.label_lower}:{subject.pk}"
    head = _locked_head(stream)
    principal = getattr(by, "acting_for", None)
    event = Event(
        stream=stream,
        position=head.position + 1,
        at=clock.now(),
        verb=verb,
        actor_id=by.pk,
        actor_name=str(by)[:120],
        on_behalf_of=str(principal)[:120] if principal else "",
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=subject_label,
        docket_id=docket.pk if docket is not None else None,
        facts=plain,
        request_id=logs.request_id.get()[:32],
        previous_hash=head.hash or GENESIS,
    )
    event.hash = fingerprint(event)
    event.save(force_insert=True)
    once.acted()
    ChainHead.objects.filter(pk=stream).update(position=F("position") + 1, hash=event.hash)
    return event


def _locked_head(stream: str) -> ChainHead:
    heads = ChainHead.objects.select_for_update()
    head = heads.filter(pk=stream).order_by().first()
    if head is None:  # the first event of its chain
        ChainHead.objects.get_or_create(stream=stream)
        head = heads.get(pk=stream)
    return head


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, dates in ISO, decimals as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "_proxy____cast") or isinstance(value, models.Model):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the trail")


def fingerprint(event: Event) -> str:
    """SHA-256 over the event and its predecessor's hash."""
    content = {
        "stream": event.stream,
        "position": event.position,
        "at": event.at.astimezone(clock.SHANGHAI).isoformat(timespec="microseconds"),
        "verb": event.verb,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "on_behalf_of": event.on_behalf_of,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "subject_label": event.subject_label,
        "docket_id": event.docket_id,
        "facts": event.facts,
        "request_id": event.request_id,
        "previous_hash": event.previous_hash,
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _root(hashes: Iterator[str]) -> tuple[str, int]:
    digest, count = hashlib.sha256(), 0
    for value in hashes:
        digest.update(value.encode())
        count += 1
    return digest.hexdigest(), count


def _seal_hash(seal: Seal) -> str:
    content = [
        seal.at.isoformat(),
        seal.first_event_id,
        seal.last_event_id,
        seal.events,
        seal.root_hash,
        seal.previous_hash,
    ]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@transaction.atomic
def seal() -> Seal | None:
    """Seal the events that have settled since the last seal. None when there are none."""
    before = Seal.objects.order_by("-last_event_id").first()
    first = before.last_event_id + 1 if before else 1
    settled = (
        Event.objects.filter(id__gte=first, at__lt=clock.now() - SETTLING).order_by("-id").values_list("id", flat=True)
    )
    last = settled.first()
    if last is None:
        return None
    hashes = Event.objects.filter(id__range=(first, last)).order_by("id").values_list("hash", flat=True)
    root, count = _root(hashes.iterator(chunk_size=5000))
    row = Seal(
        at=clock.now(),
        first_event_id=first,
        last_event_id=last,
        events=count,
        root_hash=root,
        previous_hash=before.hash if before else GENESIS,
    )
    row.hash = _seal_hash(row)
    row.save(force_insert=True)
    return row


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place where the trail does not hold."""

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    events: int
    chains: int
    seals: int
    flaws: list[Flaw]


def verify(stream: str | None = None, on_progress: Callable[[int], None] = lambda percent: None) -> Verdict:
    """Recompute every hash (of one chain, or of all chains and seals), and those of the texts that events are bound to.

    Constant memory: events come chain by chain. Safe while officers work: what is written meanwhile is no flaw.

    `on_progress` hears the percentage now and then, however long the trail is; what it raises ends the verification.
    """
    flaws: list[Flaw] = []
    events = Event.objects.order_by("stream", "position")
    heads = ChainHead.objects.all()
    if stream:
        events, heads = events.filter(stream=stream), heads.filter(pk=stream)
    of_all = max(1, events.count())
    count, current, position, previous = 0, "", 0, GENESIS
    ends: dict[str, tuple[int, str]] = {}
    bound: list[Event] = []
    for event in events.iterator(chunk_size=2000):
        if event.stream != current:
            current, position, previous = event.stream, 0, GENESIS
        position += 1
        place = f"{event.stream} #{event.position}"
        if event.position != position:
            flaws.append(Flaw(place, _("event %(position)s is missing") % {"position": position}))
            position = event.position
        elif event.previous_hash != previous:
            flaws.append(Flaw(place, _("does not follow from the event before it")))
        if fingerprint(event) != event.hash:
            flaws.append(Flaw(place, _("the content was changed")))
        if originals.is_bound(event):
            bound.append(event)
        if len(bound) >= AT_ONCE:
            flaws += _of_originals(bound)
            bound.clear()
        previous = event.hash
        ends[event.stream] = (position, previous)
        count += 1
        if count % BETWEEN_REPORTS == 0:
            on_progress(min(60, count * 60 // of_all))
    flaws += _of_originals(bound)
    for place_of_head, head in enumerate(heads.iterator(chunk_size=2000), start=1):
        if place_of_head % BETWEEN_REPORTS == 0:
            on_progress(60)
        if head.position and ends.get(head.pk) != (head.position, head.hash) and not _ends_as_its_head_says(head.pk):
            flaws.append(
                Flaw(
                    head.pk,
                    _("the end of the chain is missing: %(count)s events were written") % {"count": head.position},
                )
            )
    seals = 0
    if not stream:
        seals = _verify_seals(flaws, on_progress)
    return Verdict(events=count, chains=len(ends), seals=seals, flaws=flaws)


@transaction.atomic
def _ends_as_its_head_says(stream: str) -> bool:
    """Asked again while nobody writes to this chain: officers go on working during a verification, and what they recorded
    between the reading of the events and that of the head is no flaw."""
    head = ChainHead.objects.select_for_update().order_by().get(pk=stream)
    last = Event.objects.filter(stream=stream).order_by("-position").first()
    return last is not None and (last.position, last.hash) == (head.position, head.hash)


def _of_originals(events: list[Event]) -> list[Flaw]:
    return [Flaw(f"{event.stream} #{event.position}", what) for event, what in originals.differing(events)]


def _verify_seals(flaws: list[Flaw], on_progress: Callable[[int], None]) -> int:
    of_all, read = max(1, Seal.objects.count()), 0
    previous, following, count = GENESIS, 1, 0
    for row in Seal.objects.order_by("last_event_id").iterator():
        count += 1
        place = f"seal {row.pk}"
        if row.previous_hash != previous or row.first_event_id != following:
            flaws.append(Flaw(place, _("does not follow from the seal before it")))
        if _seal_hash(row) != row.hash:
            flaws.append(Flaw(place, _("the content was changed")))
        hashes = Event.objects.filter(id__range=(row.first_event_id, row.last_event_id)).order_by("id")
        root, events = _root(hashes.values_list("hash", flat=True).iterator(chunk_size=5000))
        if (root, events) != (row.root_hash, row.events):
            flaws.append(
                Flaw(
                    place,
                    _("%(sealed)s events were sealed, %(found)s were found, or their content differs")
                    % {"sealed": row.events, "found": events},
                )
            )
        previous, following = row.hash, row.last_event_id + 1
        read += events + 1
        if read >= BETWEEN_REPORTS:
            on_progress(min(99, 60 + count * 39 // of_all))
            read = 0
    return count
