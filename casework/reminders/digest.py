"""One summary a day, at twenty to nine, for officers who prefer it to single mails."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from casework.models import Deadline, InboxMessage
from casework.reminders import inbox
from core import clock, jobs
from core.models import Job
from organisation.models import Officer

MAIL: Final = "casework.mail_digest"
# Less than a day: what the summary of a day could not say, that of the next day says.
PATIENCE: Final = timedelta(hours=22)
AHEAD: Final = timedelta(days=7)
MOST_LINES: Final = 40


def send_all() -> int:
    """Queue today's summary of every officer who wants one and has not had it: a run that was missed is made up for by the
    next, a second run adds nothing. Answers how many were queued."""
    today = clock.today()
    wanting = Officer.objects.filter(is_active=True, mail_on=True, digest_on=True).exclude(email="")
    had = set(Job.objects.filter(unique_key__startswith=f"digest:{today}:").values_list("unique_key", flat=True))
    queued = 0
    for officer in wanting.iterator():
        if f"digest:{today}:{officer.pk}" not in had and _has_news(officer, today):
            queued += _queue(officer, today)
    return queued


def _has_news(officer: Officer, today: date) -> bool:
    return _messages(officer).exists() or _deadlines(officer, today).exists()


@transaction.atomic
def _queue(officer: Officer, today: date) -> int:
    """The job and the marks on the messages it speaks of, together."""
    key = f"digest:{today}:{officer.pk}"
    Officer.objects.select_for_update().get(pk=officer.pk)
    if Job.objects.filter(unique_key=key).exists():
        return 0
    ids = list(_messages(officer).values_list("pk", flat=True))
    InboxMessage.objects.filter(pk__in=ids).update(digested_at=clock.now())
    jobs.enqueue(MAIL, {"officer": officer.pk, "on": today.isoformat(), "messages": ids}, unique_key=key)
    return 1


def _messages(officer: Officer) -> QuerySet[InboxMessage]:
    return InboxMessage.objects.visible_to(officer).filter(read_at=None, digested_at=None)


def _deadlines(officer: Officer, today: date) -> QuerySet[Deadline]:
    """What is late or must be done within a week, of dockets on which the officer works."""
    mine = Q(docket__officer=officer) | Q(docket__team__officer=officer)
    running = Deadline.objects.visible_to(officer).open().filter(mine, paused_since=None, docket__closed_on=None)
    return running.filter(target_on__lte=today + AHEAD).select_related("docket").order_by("target_on", "pk").distinct()


def run_mail(job: Job) -> dict[str, Any]:
    """Write the summary from the state of this moment: what was met or read since is not in it, nor what its reader no longer sees."""
    officer = Officer.objects.get(pk=job.payload["officer"])
    if not (officer.is_active and officer.mail_on and officer.email):
        return {"skipped": "unwanted"}
    today = clock.today()  # a mail server may have been away since the day it was queued for
    with translation.override(officer.language):
        deadlines = list(_deadlines(officer, today))
        told = InboxMessage.objects.filter(pk__in=job.payload["messages"], read_at=None).exclude(kind="reminder")
        unread = told.visible_to(officer)
        withheld = told.count() - unread.count()
        lines = [inbox.words_for(deadline, today) for deadline in deadlines[:MOST_LINES]]
        if len(deadlines) > MOST_LINES:
            lines.append(_("… and %(n)s more") % {"n": len(deadlines) - MOST_LINES})
        lines += [inbox.subject_of(message) for message in unread.select_related("docket")[:MOST_LINES]]
        if not lines:
            return {"skipped": inbox.OUT_OF_SIGHT if withheld else "nothing left to say"}
        subject = _("Matters of %(on)s: %(late)s late, %(soon)s ending within a week") % {
            "on": today,
            "late": sum(deadline.due_on < today for deadline in deadlines),
            "soon": sum(deadline.due_on >= today for deadline in deadlines),
        }
        text = [*lines, "", settings.PORTAL_URL + "/"]
    inbox.send_mail(to=officer, subject=subject, lines=text, key=f"digest-{job.payload['on']}-{officer.pk}")
    return {"mailed": officer.email, "lines": len(lines), "withheld": withheld}


def mail_failed(job: Job) -> None:
    """What the summary that never left spoke of is for the next one to say."""
    InboxMessage.objects.filter(pk__in=job.payload["messages"], read_at=None).update(digested_at=None)
