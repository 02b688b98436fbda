"""Verbs on drafts: begin, edit, withdraw; and begin the notice that answers a wrong one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models import Docket
from core import clock
from core.errors import RuleBroken, Stale
from notices import content as contents
from notices import registry
from notices.models import Effect, Notice, NoticeState
from notices.workflow import NOTICE
from organisation.models import Officer
from trail.recording import Clockwork

DRAFT = "notices.draft_notice"


@powers.under(DRAFT, of="docket")
@transaction.atomic
def draft(
    *,
    kind: str,
    docket: Docket,
    by: Officer,
    content: Mapping[str, Any] | None = None,
    supersedes: Notice | None = None,
    supersede_reason: str = "",
    supersede_effect: str = "",
) -> Notice:
    """Begin a notice of a type on a docket. `content` holds values by field of the type's form; the rest is prefilled."""
    if docket.closed_on:
        raise RuleBroken(_("The docket is closed."))
    notice_type = registry.get(kind)
    typed = contents.plain({**notice_type.initial(docket), **(content or {})})
    now = clock.now()
    notice = Notice.objects.create(
        docket=docket,
        kind=kind,
        content=typed,
        drafted_by=by,
        edited_by=by,
        drafted_at=now,
        updated_at=now,
        supersedes=supersedes,
        supersede_reason=supersede_reason,
        supersede_effect=supersede_effect,
    )
    trail.record(
        "notices.draft", notice, by=by, docket=docket, reason=supersede_reason, kind=kind,
        supersedes=supersedes.number if supersedes else None,
    )  # fmt: skip
    return notice


@powers.under(DRAFT, of="notice")
@transaction.atomic
def edit(*, notice: Notice, content: Mapping[str, Any], version: int, by: Officer) -> Notice:
    """Save what was typed. It may be incomplete; `submit` asks for all. `version` is the one the officer opened.

    Raises Stale when a colleague saved meanwhile.
    """
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != NoticeState.DRAFT:
        raise RuleBroken(_("Only drafts can be edited. Take the document back to drafts first."))
    if locked.version != version:
        raise Stale(
            _(
                "%(officer)s saved this draft at %(time)s, after you opened it. Copy what you typed, open it again and go on there."
            )
            % {"officer": locked.edited_by.name, "time": f"{clock.local(locked.updated_at):%H:%M}"}
        )
    before = dict(locked.content)
    after = {**before, **contents.plain(content)}
    if after == before:
        return locked
    locked.content = after
    locked.version += 1
    locked.edited_by = by
    locked.updated_at = clock.now()
    locked.save(update_fields=["content", "version", "edited_by", "updated_at"])
    changed = sorted(name for name in after if after[name] != before.get(name))
    trail.record(
        "notices.edit", locked, by=by, docket=locked.docket,
        before={name: before.get(name) for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return locked


@transaction.atomic
def withdraw(*, notice: Notice, reason: str, by: Officer | Clockwork) -> Notice:
    """Give up a draft. It stays on file, without number."""
    return NOTICE.advance(notice, "withdraw", by=by, reason=reason)


@transaction.atomic
def supersede(
    *, notice: Notice, reason: str, by: Officer, effect: str = Effect.REPLACES, kind: str | None = None
) -> Notice:
    """Begin the notice that answers an issued one. The wrong one stays on file and is marked when the new one is issued.

    `effect` REPLACES: the same document with corrected words. REVOKES: a notice that takes the earlier one back (by
    default a 通知书).
    """
    Docket.objects.locked(notice.docket_id)
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if not locked.is_in_force:
        raise RuleBroken(_("Only an issued notice that is in force can be superseded."))
    if locked.docket.closed_on is not None:
        raise RuleBroken(
            _("The docket is closed. Have it reopened first; then a new notice can correct or revoke this one.")
        )
    if (earlier := locked.successor) is not None:
        raise RuleBroken(
            _("A notice that supersedes this one has already been drafted: %(notice)s.") % {"notice": earlier}
        )
    if effect == Effect.REPLACES and locked.type.is_led_by_docket:
        raise RuleBroken(
            _("This document goes the way of its case: revoke it, and the case can issue a new one."), field="effect"
        )
    if effect == Effect.REVOKES:
        kind = kind or "notice"
        words = registry.get(kind).revocation_of(locked, reason)
    else:
        kind = kind or locked.kind
        words = dict(locked.content) if kind == locked.kind else {}
    return draft(
        kind=kind, docket=locked.docket, content=words, by=by, supersedes=locked, supersede_reason=reason,
        supersede_effect=effect,
    )  # fmt: skip
