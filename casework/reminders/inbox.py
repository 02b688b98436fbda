"""Messages in the portal's inbox, and the mail that goes with them. Nobody is told, let alone mailed, of his own act.

A mail names the docket's number and a link and nothing else: it leaves the portal's walls, and must not carry a party's name.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext_lazy

from casework.deadlines import kinds
from casework.models import Confidentiality, Deadline, Docket, InboxMessage, Reminder
from casework.reminders import ledger
from core import clock, jobs
from core.labels import Label, Wording
from core.models import Job, JobState
from organisation.models import Officer

MAIL = "casework.mail_message"
# How long a mail waits for a server that is away: "at least 4-5 days" (RFC 5321, 4.5.4.1).
PATIENCE: Final = timedelta(days=5)
# Why no mail left, in the result of its job: the reader can no longer see the docket.
OUT_OF_SIGHT: Final = "out of sight"
# Kind of message → is what it asks for over? Asked again when its mail is about to leave.
_over: dict[str, Callable[[Docket, Officer], bool]] = {}


def ends_when(kind: str, is_over: Callable[[Docket, Officer], bool]) -> None:
    """A message of this kind is not mailed any more once `is_over(docket, reader)`."""
    _over[kind] = is_over


def docket_name(docket: Docket | None) -> str:
    """How a docket is called outside the portal: by its number, never by its subject."""
    if docket is None:
        return ""
    return docket.number or _("Docket %(id)s") % {"id": docket.pk}


def tell(
    *,
    to: Iterable[Officer],
    kind: str,
    title: str | Wording,
    by: Any,
    docket: Docket | None = None,
    body: str = "",
    url: str = "",
) -> list[InboxMessage]:
    """Put a message into the inboxes of these officers, except that of the one who acted, and mail it as each prefers. A title
    given as Wording is read in the language of the screen."""
    told = []
    wording = title.kept() if isinstance(title, Wording) else {}
    for officer in dict.fromkeys(to):
        if officer.pk == getattr(by, "pk", None) or not officer.is_active:
            continue
        with translation.override(officer.language):
            words = str(title)[:200]
        message = InboxMessage.objects.create(
            recipient=officer,
            docket=docket,
            kind=kind,
            title=words,
            wording=wording,
            body=body[:500],
            url=url or (docket.get_absolute_url() if docket else ""),
            at=clock.now(),
        )
        mail_alone(message)
        told.append(message)
    return told


def mail_alone(message: InboxMessage, reminder: Reminder | None = None) -> bool:
    """Queue a mail for this message, unless its reader prefers the daily summary or no mail."""
    reader = message.recipient
    if not (reader.mail_on and reader.email) or reader.digest_on:
        return False
    payload = {"message": message.pk, "reminder": reminder.pk if reminder else None}
    jobs.enqueue(MAIL, payload, docket_id=message.docket_id, unique_key=f"mail:{message.pk}")
    return True


def mail_waits(message: InboxMessage) -> bool:
    """Has no mail of this message left, nor is one leaving just now?"""
    return not Job.objects.filter(unique_key=f"mail:{message.pk}").exclude(state=JobState.QUEUED).exists()


def team_of(docket: Docket) -> list[Officer]:
    """The officers of a docket and those who act for them today."""
    on_it = Q(teams__docket=docket) | Q(dockets=docket)
    return with_deputies(Officer.objects.filter(on_it, is_active=True).select_related("department__region").distinct())


def with_deputies(officers: Iterable[Officer]) -> list[Officer]:
    """These officers, and after them those who act for one of them today."""
    present = list(officers)
    today = clock.today()
    deputies = Officer.objects.select_related("department__region").filter(
        is_active=True,
        delegations_held__principal__in=present,
        delegations_held__starts_on__lte=today,
        delegations_held__ends_on__gte=today,
        delegations_held__revoked_at=None,
    )
    return list(dict.fromkeys([*present, *deputies]))


def who_see(docket: Docket, officers: Iterable[Officer]) -> list[Officer]:
    """Of these officers of the department that handles the docket, or above it, those who may see it: of a restricted one others
    are told nothing, not even that it is there."""
    if docket.confidentiality == Confidentiality.INTERNAL:
        return list(officers)
    return [officer for officer in officers if sees(docket, officer)]


def sees(docket: Docket, officer: Officer) -> bool:
    return Docket.objects.filter(pk=docket.pk).visible_to(officer).exists()


def leads_to(message: InboxMessage) -> str:
    """The page of what a message speaks of; "" where its reader would find none: there the message is all he is told."""
    return message.url if message.docket is None or sees(message.docket, message.recipient) else ""


class Change(StrEnum):
    """What happened to a deadline, as far as its team must know."""

    STOPPED = "stopped"
    RUNS_AGAIN = "runs_again"
    MOVED = "moved"


CHANGES: Final = {
    Change.STOPPED: _lazy("%(docket)s: the clock of “%(label)s” was stopped"),
    Change.RUNS_AGAIN: _lazy("%(docket)s: the clock of “%(label)s” runs again; it ends on %(after)s"),
    Change.MOVED: _lazy("%(docket)s: “%(label)s” moved from %(before)s to %(after)s"),
}


def tell_of_change(deadline: Deadline, change: Change, *, by: Any, before: date | None = None) -> None:
    """The team of the docket learns that a clock was stopped or a date moved; whoever did it does not hear it from us."""
    facts = {
        "docket": docket_name(deadline.docket),
        "label": _label(deadline),
        "before": before,
        "after": deadline.due_on,
    }
    title = Wording(CHANGES[change], facts)
    tell(to=team_of(deadline.docket), kind="deadline", title=title, by=by, docket=deadline.docket)


def _label(deadline: Deadline) -> Label:
    known = {kind.code: kind.label for kind in kinds.all_kinds()}
    return known.get(deadline.kind, deadline.label)


def label_of(deadline: Deadline) -> str:
    """The kind's label in the reader's language; the stored one for a kind that no longer exists."""
    return str(_label(deadline))


def words_for(deadline: Deadline, today: date) -> str:
    """A reminder in one line, in the present language."""
    return str(wording_for(deadline, today))


def wording_for(deadline: Deadline, today: date) -> Wording:
    """A reminder in one line: which docket, which period, how long still or how late. Where the target lies before the end, it
    names both: what is to be done by then, and when the period ends by law."""
    left = (deadline.due_on - today).days
    facts = {
        "docket": docket_name(deadline.docket),
        "label": _label(deadline),
        "on": deadline.due_on,
        "n": abs(left),
        "target": deadline.target_on,
    }
    if left >= 0 and deadline.target_on < deadline.due_on:
        return _wording_to_target(facts, (deadline.target_on - today).days)
    if left > 0:
        return Wording(_ends_in, facts, left)
    if left == 0:
        return Wording(_lazy("%(docket)s: %(label)s ends today (%(on)s)"), facts)
    return Wording(_ended_ago, facts, -left)


def _ends_in(days: int) -> Label:
    return ngettext_lazy(
        "%(docket)s: %(label)s ends on %(on)s, in %(n)s day",
        "%(docket)s: %(label)s ends on %(on)s, in %(n)s days",
        days,
    )


def _ended_ago(days: int) -> Label:
    return ngettext_lazy(
        "%(docket)s: %(label)s ended on %(on)s, %(n)s day ago",
        "%(docket)s: %(label)s ended on %(on)s, %(n)s days ago",
        days,
    )


def _wording_to_target(facts: dict[str, Any], left: int) -> Wording:
    facts = facts | {"n": left}
    if left > 0:
        return Wording(_to_do_in, facts, left)
    if left == 0:
        words = _lazy(
            "%(docket)s: %(label)s must be done today (%(target)s); the statutory period ends on %(on)s, a day off"
        )
    else:
        words = _lazy(
            "%(docket)s: the last working day for %(label)s was %(target)s; the statutory period ends on %(on)s"
        )
    return Wording(words, facts)


def _to_do_in(days: int) -> Label:
    return ngettext_lazy(
        "%(docket)s: %(label)s must be done by %(target)s, in %(n)s day; the statutory period ends on %(on)s, a day off",
        "%(docket)s: %(label)s must be done by %(target)s, in %(n)s days; the statutory period ends on %(on)s, a day off",
        days,
    )


# --- mail --------------------------------------------------------------------------------------------------------


def send_mail(*, to: Officer, subject: str, lines: Iterable[str], key: str) -> None:
    """One mail. `key` makes its Message-ID: a mail sent twice by a killed worker is shown once by mail programs.

    Raises TryAgain when the server is away or takes this mail later; an SMTPException when it refuses it for good.
    """
    host = settings.PORTAL_URL.split("//")[-1].split("/")[0].split(":")[0]
    mail = EmailMessage(
        subject=subject,
        body="\n".join(lines),
        to=[to.email],
        headers={"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        if is_final(error):
            raise
        raise jobs.TryAgain(f"{type(error).__name__}: {error}") from error
    except (SMTPException, OSError) as error:
        # A refused sender among them: that is a setting, of the portal or of the server, and stops every mail alike.
        raise jobs.TryAgain(f"{type(error).__name__}: {error}", all_alike=True) from error


def is_final(refusal: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Did the server refuse this mail for good (a code of 5xx), not only for now (4xx; RFC 5321, 4.2.1)?"""
    if isinstance(refusal, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in refusal.recipients.values())
    return refusal.smtp_code >= 500


def run_mail(job: Job) -> dict[str, Any]:
    """Mail one message, unless what it speaks of has settled itself meanwhile (defect D16)."""
    message = InboxMessage.objects.select_related("recipient", "docket").filter(pk=job.payload["message"]).first()
    if message is None:
        return {"skipped": "taken back"}
    reminder = Reminder.objects.select_related("deadline__docket").filter(pk=job.payload.get("reminder")).first()
    if reminder is not None and ledger.reason_now(reminder.deadline, reminder) is not None:
        return {"skipped": "settled"}
    if not message.recipient.is_active:
        return {"skipped": "inactive"}
    if not InboxMessage.objects.visible_to(message.recipient).filter(pk=message.pk).exists():
        # The ledger says it too: the mail would name the number of a docket that its reader no longer sees.
        _mail_came_to(reminder, "mail_withheld")
        return {"skipped": OUT_OF_SIGHT}
    over = _over.get(message.kind)
    if over is not None and message.docket is not None and over(message.docket, message.recipient):
        return {"skipped": "settled"}
    with translation.override(message.recipient.language):
        subject = words_for(reminder.deadline, clock.today()) if reminder else subject_of(message)
        page = leads_to(message) or reverse("casework:message", args=[message.pk])
        lines = [subject, "", settings.PORTAL_URL + page]
    send_mail(to=message.recipient, subject=subject, lines=lines, key=f"message-{message.pk}")
    return {"mailed": message.recipient.email}


def subject_of(message: InboxMessage) -> str:
    """What a mail says of a message: its own words stay in the portal, they may name a party."""
    if message.docket is None:
        return _("There is a new message for you in the portal.")
    return _("There is a new message for you on %(docket)s.") % {"docket": docket_name(message.docket)}


def mail_failed(job: Job) -> None:
    """The ledger says that the mail never left."""
    _mail_came_to(Reminder.objects.filter(pk=job.payload.get("reminder")).first(), "mail_failed")


@transaction.atomic
def _mail_came_to(reminder: Reminder | None, channel: str) -> None:
    if reminder is not None:
        held = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder.pk)
        held.channels = [one for one in held.channels if one != "mail"] + [channel]
        held.save(update_fields=["channels"])


def unread_count(viewer: Any) -> int:
    """How many of the messages that he can see the viewer has not read."""
    if getattr(viewer, "pk", None) is None:
        return 0
    return InboxMessage.objects.visible_to(viewer).filter(read_at=None).count()


def unread_or_none(viewer: Any) -> int | None:
    """For the menu: no number beside an empty inbox."""
    return unread_count(viewer) or None


def mark_read(message: InboxMessage) -> None:
    InboxMessage.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.now())


def mark_all_read(viewer: Any, ids: list[int] | None = None) -> int:
    """Mark the viewer's messages as read: all of them, or those named. Answers how many were new."""
    rows = InboxMessage.objects.visible_to(viewer).filter(read_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return rows.update(read_at=clock.now())
