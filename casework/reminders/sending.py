"""Sending what the sweep planned: claimed by lease, looked at again under lock, delivered once.

Two workers never send the same reminder: one statement takes rows that nobody holds, and delivery needs the token it left. The
in-app message and the ledger are written in one transaction; the mail is a job of that transaction.
"""

import secrets
from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import translation

from casework.models import Deadline, Docket, DocketOfficer, InboxMessage, Reminder, ReminderState
from casework.reminders import inbox, ledger
from casework.reminders.ledger import Why
from core import clock
from organisation.models import Delegation, Officer
from organisation.roles import DEPARTMENT_HEAD, SUPERVISOR

LEASE: Final = timedelta(minutes=5)
# A reminder whose worker died so often is left to a person: it stands in the ledger as failed.
MOST_ATTEMPTS: Final = 5


def claim(limit: int = 200) -> tuple[str, list[int]]:
    """Take up to `limit` planned reminders that nobody holds. Answers the token of the lease and the ids."""
    token = secrets.token_hex(16)
    moment = connection.ops.adapt_datetimefield_value
    now = clock.now()
    skip_locked = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    sql = f"""
    WITH picked AS (
        SELECT id FROM casework_reminder
        WHERE state = 'planned' AND (lease_until IS NULL OR lease_until < %s)
        ORDER BY id LIMIT %s {skip_locked}
    )
    UPDATE casework_reminder SET lease_until = %s, lease_token = %s, attempts = attempts + 1
    WHERE id IN (SELECT id FROM picked)
    RETURNING id
    """  # noqa: S608 - the only part that varies is a constant of this function
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [moment(now), limit, moment(now + LEASE), token])
        return token, sorted(row[0] for row in cursor.fetchall())


def send_all(limit: int = 20_000) -> dict[str, int]:
    """Send what is planned, batch by batch, until nothing is left or `limit` were looked at."""
    counts = dict.fromkeys((state.value for state in ReminderState), 0)
    looked_at = 0
    while looked_at < limit:
        token, ids = claim()
        if not ids:
            break
        for reminder_id in ids:
            state = deliver(reminder_id, token)
            if state is not None:
                counts[state] += 1
        looked_at += len(ids)
    return {state: count for state, count in counts.items() if count}


@transaction.atomic
def deliver(reminder_id: int, token: str) -> str | None:
    """Deliver one claimed reminder, or write down why not. None when another worker has taken it over."""
    about = Reminder.objects.select_related("deadline").only("deadline__docket_id").get(pk=reminder_id)
    # The docket first and then the deadline, as their verbs do: whoever restricts the one or meets, moves or stops the other
    # meanwhile waits for us, or we for him.
    docket = Docket.objects.locked(about.deadline.docket_id)
    deadline = Deadline.objects.select_for_update(of=("self",)).get(pk=about.deadline_id)
    deadline.docket = docket
    reminder = (
        Reminder.objects.select_for_update(of=("self",))
        .select_related("recipient__department__region")
        .filter(pk=reminder_id, state=ReminderState.PLANNED, lease_token=token)
        .first()
    )
    if reminder is None:
        return None
    if reminder.attempts > MOST_ATTEMPTS:
        return _close(reminder, ReminderState.FAILED, str(reminder.attempts))
    today = clock.today()
    reason = ledger.reason_now(deadline, reminder) or _not_for(reminder, deadline, today)
    if reason is not None:
        return _close(reminder, ReminderState.SKIPPED, reason)
    wording = inbox.wording_for(deadline, today)
    with translation.override(reminder.recipient.language):
        title = str(wording)
    message = InboxMessage.objects.create(
        recipient=reminder.recipient,
        docket=deadline.docket,
        kind="reminder",
        title=title[:200],
        wording=wording.kept(),
        url=deadline.docket.get_absolute_url(),
        at=clock.now(),
    )
    mailed = inbox.mail_alone(message, reminder)
    reminder.channels = ["inbox", "mail"] if mailed else ["inbox"]
    reminder.sent_at = clock.now()
    return _close(reminder, ReminderState.SENT, "")


def _close(reminder: Reminder, state: ReminderState, reason: str) -> str:
    reminder.state, reminder.reason = state, reason
    reminder.lease_until, reminder.lease_token = None, ""
    reminder.save(update_fields=["state", "reason", "lease_until", "lease_token", "channels", "sent_at"])
    return state.value


def _not_for(reminder: Reminder, deadline: Deadline, today: date) -> Why | None:
    """Is the recipient still somebody whom this reminder concerns?"""
    officer = reminder.recipient
    if not officer.is_active:
        return Why.LEFT
    docket = deadline.docket
    if not inbox.who_see(docket, [officer]):
        return Why.OUT_OF_SIGHT
    team = {*DocketOfficer.objects.filter(docket=docket).values_list("officer_id", flat=True), docket.officer_id} - {
        None
    }
    if officer.pk in team or _deputy_of_one(officer, team, today):
        return None
    roles = set(officer.groups.values_list("name", flat=True))
    is_late = reminder.offset_days < 0
    if DEPARTMENT_HEAD.code in roles and officer.department_id == docket.department_id and (is_late or not team):
        return None
    first, last = officer.department.region.code_range
    if is_late and SUPERVISOR.code in roles and first <= docket.region_id <= last:
        return None
    return Why.OFF_CASE


def _deputy_of_one(officer: Officer, team: set[int | None], today: date) -> bool:
    return Delegation.objects.in_force(today).filter(deputy=officer, principal_id__in=team).exists()
