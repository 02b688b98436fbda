"""Verbs on evidence: add, withdraw. The file as it came is kept under its fingerprint and never replaced."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

import trail
from casework import evidence_facts, powers
from casework.models import Docket, Evidence
from casework.models.evidence import evidence_path
from core import clock, uploads, whole_files
from core.errors import Fault, RuleBroken, refuse_all
from core.fields import of_file
from organisation.models import Officer

WITHDRAW = "casework.withdraw_evidence"
ADD = "casework.add_evidence"
Need = Callable[[Evidence], str | None]
_needs: list[Need] = []
_listeners: list[Callable[[Docket, Officer], None]] = []
_warnings: list[Callable[[Docket], str | None]] = []


def needed_by(need: Need) -> None:
    """An upper floor says, in words, why a piece of evidence cannot be withdrawn; None when it can."""
    if need not in _needs:
        _needs.append(need)


def when_changed(listener: Callable[[Docket, Officer], None]) -> None:
    """`listener(docket, by)` is called in the transaction in which evidence was added to a docket or withdrawn from it."""
    if listener not in _listeners:
        _listeners.append(listener)


def warned_by(warning: Callable[[Docket], str | None]) -> None:
    """An upper floor says, in words, what adding or withdrawing evidence does to a docket beside that; None when nothing."""
    if warning not in _warnings:
        _warnings.append(warning)


def warnings(docket: Docket) -> list[str]:
    return [words for warning in _warnings if (words := warning(docket))]


def _tell(docket: Docket, by: Officer) -> None:
    for listener in _listeners:
        listener(docket, by)


def _same_file(evidence: Evidence) -> str:
    """Which file it is, with a link to it."""
    link = format_html(
        '<a href="{}">{}（{}）</a>',
        reverse("casework:evidence_file", args=[evidence.pk]),
        evidence.title,
        evidence.filename,
    )
    return format_html("{}{}", _("The same file is already on this docket: "), link)


@transaction.atomic
def keep(
    *,
    docket: Docket,
    upload: uploads.Upload,
    kind: str,
    title: str,
    proves: str,
    made_by: str,
    made_at: datetime,
    place: str,
    by: Officer,
    completes_closed_file: bool = False,
    facts: Mapping[str, str] | None = None,
) -> Evidence:
    """Keep a file as evidence (行政处罚法第四十六条): maker, time, place and what it proves are all required. Part of a verb
    that has a power of its own, such as recording a service; an officer who adds evidence does so by `add`.

    `facts`: what its kind must say beside that, as far as the verb knows it (`evidence_facts`); the rest is shown as not filled in.

    A closed docket takes no more evidence, but for what its file was closed without (`completes_closed_file`).
    """
    checked = uploads.check(upload)
    # As it is under the lock: of the same file sent twice at once the second is told, and what closed meanwhile stays closed.
    docket = Docket.objects.locked(docket.pk)
    if docket.closed_on and not completes_closed_file:
        raise RuleBroken(_("The docket is closed. Reopen it to add evidence."))
    if made_at > clock.now():
        raise RuleBroken(_("The time lies in the future."), field="made_at")
    if (same := docket.evidence.filter(sha256=checked.sha256, withdrawn_at=None).first()) is not None:
        raise RuleBroken(_same_file(same), field="file")
    evidence = Evidence(
        docket=docket,
        kind=kind,
        title=title,
        proves=proves,
        made_by=made_by,
        made_at=made_at,
        place=place,
        filename=checked.name,
        media_type=checked.media_type,
        size_bytes=checked.size_bytes,
        sha256=checked.sha256,
        uploaded_by=by,
        uploaded_at=clock.now(),
        facts=evidence_facts.tidied(kind, facts or {}),
    )
    evidence.file.name = whole_files.write_upload(evidence_path(evidence, checked.name), upload)
    evidence.save()
    trail.record(
        "casework.add_evidence",
        evidence,
        by=by,
        docket=docket,
        sha256=checked.sha256,
        size_bytes=checked.size_bytes,
        kind=kind,
    )
    _tell(docket, by)
    return evidence


add = powers.under(ADD, of="docket")(keep)


@transaction.atomic
def add_all(
    *,
    docket: Docket,
    files: Sequence[uploads.Upload],
    title: str,
    kind: str,
    facts: Mapping[str, str],
    by: Officer,
    **said: Any,
) -> list[Evidence]:
    """One piece of evidence for each file, all or none. Of several each bears its number, and a refusal the file's name.

    `facts` of the kind: RuleBroken, at the field of each, where a required one is missing.
    """
    refuse_all(evidence_facts.faults(kind, evidence_facts.tidied(kind, facts)))
    said |= {"kind": kind, "facts": facts}
    if len(files) == 1:
        return [add(docket=docket, upload=files[0], title=title, by=by, **said)]
    numbered = [f"{title}（{number}）" for number, _file in enumerate(files, start=1)]
    if (longest := Evidence._meta.get_field("title").max_length) is not None and len(numbered[-1]) > longest:
        raise RuleBroken(
            _("With the number of the file, the name is longer than %(limit)s characters.") % {"limit": longest},
            field="title",
        )
    refuse_all(_sent_twice(files))
    found, faults = [], []
    for upload, name in zip(files, numbered, strict=True):
        try:
            found.append(add(docket=docket, upload=upload, title=name, by=by, **said))
        except RuleBroken as refusal:
            faults += [
                (field, of_file(upload.name or "", words) if field == "file" else words)
                for field, words in refusal.faults
            ]
    refuse_all(faults)
    return found


def _sent_twice(files: Sequence[uploads.Upload]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for place, upload in enumerate(files):
        former = first.setdefault(uploads.fingerprint(upload.file), place)  # type: ignore[arg-type]  # the form has refused empty ones
        if former != place:
            facts = {"name": upload.name, "n": place + 1, "former": files[former].name, "m": former + 1}
            yield "file", _("%(name)s (no. %(n)s) is the same file as %(former)s (no. %(m)s).") % facts


@powers.under(ADD, of="evidence")
@transaction.atomic
def fill_in(*, evidence: Evidence, facts: Mapping[str, str], by: Officer) -> Evidence:
    """Say what the kind of a piece must say and nobody has said yet. What has been said stays as it is: a piece that says
    something wrong is withdrawn and added anew."""
    locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if locked.withdrawn_at:
        raise RuleBroken(_("This evidence is already withdrawn."))
    if locked.docket.closed_on:
        raise RuleBroken(_("The docket is closed."))
    new = evidence_facts.tidied(locked.kind, facts)
    if said := set(new) & set(locked.facts):
        field = evidence_facts.field_name(locked.kind, min(said))
        raise RuleBroken(_("This has been filled in meanwhile; it is not changed."), field=field)
    if not new:
        raise RuleBroken(_("Fill in at least one of the fields."))
    whole = locked.facts | new
    refuse_all(evidence_facts.faults(locked.kind, whole))
    locked.facts = whole
    locked.save(update_fields=["facts"])
    trail.record("casework.fill_in_evidence", locked, by=by, docket=locked.docket, filled_in=sorted(new))
    return locked


def described(evidence: Evidence) -> list[tuple[str, Any]]:
    """(label, value) of everything a piece of evidence says, in the reader's language; what its kind must say and nobody has
    said is marked so. For the page of the piece and for the list of evidence in the case file."""
    return [
        (_("Kind"), evidence.get_kind_display()),
        (_("What it proves"), evidence.proves),
        (_("Made by"), evidence.made_by),
        (_("Made at"), f"{clock.local(evidence.made_at):%Y-%m-%d %H:%M}"),
        (_("Place"), evidence.place),
        *evidence_facts.told(evidence.kind, evidence.facts),
    ]


@powers.under(WITHDRAW, of="evidence")
@transaction.atomic
def withdraw(*, evidence: Evidence, reason: str, by: Officer) -> None:
    """Mark evidence as withdrawn. Row and file stay: nothing is lost or rewritten."""
    locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if locked.withdrawn_at:
        raise RuleBroken(_("This evidence is already withdrawn."))
    if locked.docket.closed_on:
        raise RuleBroken(_("The docket is closed."))
    if reasons := [why for need in _needs if (why := need(locked))]:
        raise RuleBroken(reasons)
    locked.withdrawn_at = clock.now()
    locked.withdrawn_reason = reason
    locked.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    trail.record("casework.withdraw_evidence", locked, by=by, docket=locked.docket, reason=reason, sha256=locked.sha256)
    _tell(locked.docket, by)
