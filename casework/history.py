"""The history of a docket: its chain of events as sentences, newest first, with the notes in whole. Reads only."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.models import Docket, Note
from core import clock
from core.ids import as_id
from core.known_words import said_again
from core.labels import in_print
from core.lists import keyset
from core.lists.keyset import Cursor, Order, Place, Sort
from core.lists.state import CAP
from organisation import trail_words
from trail import sentences
from trail.models import Event

PAGE: Final = 50
ORDER: Final = Order(Sort("id"), descending=True)
NOTE: Final = Note._meta.label_lower
# Facts that the sentence does not tell and a reader of the docket needs.
SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "casework.add_evidence": ("kind", "sha256"),
    "casework.withdraw_evidence": ("sha256",),
    "deadline.pause": ("document",),
    "deadline.resume": ("document", "from_on"),
    "deadline.extend": ("length", "unit", "document"),
}


def latest(docket: Docket, most: int) -> list[dict[str, Any]]:
    """The last events, the newest first."""
    return _told(docket, list(_events(docket).order_by("-id")[:most]))


def about(docket: Docket, row: Any) -> list[dict[str, Any]]:
    """What was done about one row of a docket, the newest first."""
    found = _events(docket).filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))
    return _told(docket, list(found.order_by("-id")[:PAGE]))


def page(docket: Docket, at: str) -> dict[str, Any]:
    """One page of the whole history: `events` for the timeline, `pager`; `damaged` when `at` was not made here."""
    salt = f"casework.history.{docket.pk}"
    cursor, damaged = None, False
    if at:
        try:
            cursor = keyset.decode(at, salt=salt)
        except keyset.ForgedCursor:
            damaged = True
    rows = _events(docket)
    turned = keyset.turn([rows], ORDER, size=PAGE, cursor=cursor)
    last = turned.before + len(turned.ids)
    total = keyset.capped_count([rows], CAP) if turned.has_next else last

    def mark(pk: int, backwards: bool, before: int) -> str:
        return f"?at={keyset.encode(Cursor(Place(pk, pk), backwards, before), salt=salt)}"

    pager: dict[str, Any] = {}
    if turned.ids and (turned.has_previous or turned.has_next):
        pager["keyless"] = True
        pager["label"] = _("Events %(first)s–%(last)s of %(total)s") % {
            "first": turned.before + 1,
            "last": last,
            "total": f"{CAP}+" if total > CAP else total,
        }
    if turned.ids and turned.has_previous:
        pager |= {"first_url": "?", "prev_url": mark(turned.ids[0], True, turned.before)}
    if turned.ids and turned.has_next:
        pager["next_url"] = mark(turned.ids[-1], False, last)
    return {"events": _told(docket, keyset.loaded(rows, turned.ids)), "pager": pager, "damaged": damaged}


def _events(docket: Docket) -> Any:
    return Event.objects.filter(docket_id=docket.pk)


def _told(docket: Docket, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Events as entries of the timeline; the notes among them are read in one statement."""
    written = {event.pk: as_id(event.subject_id) or 0 for event in events if event.subject_type == NOTE}
    notes = {note.pk: note for note in docket.notes.filter(pk__in=written.values())} if written else {}
    return [entry(event, notes.get(written.get(event.pk, 0))) for event in events]


def entry(event: Event, note: Note | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": sentences.sentence(event.verb, event.subject_label, event.facts),
        "who": event.who,
        "acting_for": event.on_behalf_of,
        "at": clock.local(event.at),
        "basis": in_print(said_again(event.facts.get("basis", ""))),
        "reason": sentences.reason(event.facts),
        "changes": trail_words.changes(event),
        "facts": [trail_words.fact(event, name) for name in SHOWN.get(event.verb, ()) if name in event.facts],
    }
    if note is not None:
        told |= {"title": pgettext("event", "Note"), "text": note.text}
        if event.facts.get("sha256", note.sha256) != note.sha256:
            told |= {"title": _("Note, altered: this is not the text that was recorded"), "tone": "red"}
    return told
