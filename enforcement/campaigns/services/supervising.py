"""Verbs of 挂牌督办: list a matter, give it more time, release it; and whether one is still listed.

国发〔2011〕12号（十）: grave cases of illegal mining are supervised by name; 专项整治 applies it to others as well. Listing orders nothing
to a party: it binds the authority that handles the matter.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import deadlines, powers
from casework.models import Docket, Unit
from casework.reminders import inbox
from core import clock, moments
from core.errors import Fault, RuleBroken, Stale, refuse_all
from core.labels import Wording, stored
from enforcement.campaigns.deadlines import LISTED, LISTING
from enforcement.campaigns.levels import Level
from enforcement.campaigns.models import Supervision, SupervisionExtension
from enforcement.campaigns.wording import MORE_TIME, NOW_LISTED, RELEASED
from organisation.models import Department, DepartmentLevel, Officer
from trail.recording import SYSTEM

SUPERVISE = "campaigns.supervise_matter"
BASIS = "国发〔2011〕12号（十）"
KINDS = ("rectification", "lead")


def supervising_refusal(department: Department, officer: Officer) -> str | None:
    """Only the authority that listed a matter, or one above it, gives it more time or releases it."""
    if department.is_at_or_below(officer.department.acts_as):
        return None
    return _("%(department)s supervises this matter: only it gives more time or releases it.") % {
        "department": department
    }


@powers.under(SUPERVISE, of="docket")
@transaction.atomic
def list_matter(
    *,
    docket: Docket,
    level: str,
    authority: str,
    document: str,
    listed_on: date,
    due_on: date,
    requirements: str,
    by: Officer,
) -> Supervision:
    """Put a lead or a case on the list, with a public deadline that the authority in charge is reminded of."""
    held = Docket.objects.locked(docket.pk)
    if held.kind not in KINDS:
        raise RuleBroken(_("Leads and cases are supervised by name, nothing else."))
    if held.closed_on is not None:
        raise RuleBroken(_("The docket is closed: nothing is left to supervise."))
    if (now := held.supervisions.listed().first()) is not None:
        raise RuleBroken(
            _("It is listed already: %(level)s, until %(on)s.") % {"level": now.get_level_display(), "on": now.due_on}
        )
    refuse_all(
        [
            *_faults(level, authority, document, requirements, listed_on, due_on),
            *_level_faults(level, by.department.acts_as),
        ]
    )
    made = Supervision.objects.create(
        docket=held,
        level=level,
        authority=authority.strip(),
        department=by.department.acts_as,
        document=document.strip(),
        listed_on=listed_on,
        due_on=due_on,
        requirements=requirements.strip(),
        listed_by=by,
    )
    trail.record(
        "campaigns.list_matter",
        made,
        by=by,
        docket=held,
        basis=BASIS,
        authority=made.authority,
        document=made.document,
        listed_on=listed_on,
        due_on=due_on,
    )
    deadlines.start(
        docket=held,
        kind=LISTING,
        on=listed_on,
        length=(due_on - listed_on).days,
        unit=Unit.CALENDAR_DAY,
        by=by,
        reason_event=stored(LISTED),
    )
    _tell(made, Wording(NOW_LISTED, {"docket": inbox.docket_name(held), "on": due_on.isoformat()}), by)
    return made


def _faults(level: str, authority: str, document: str, requirements: str, listed_on: date, due_on: date) -> list[Fault]:
    found: list[Fault] = [*moments.faults_to_come(listed_on, day="listed_on")]
    if level not in Level.values:
        found.append(("level", _("Choose by whom it is supervised.")))
    for field, text, words in (
        ("authority", authority, _("Name the authority that supervises.")),
        ("document", document, _("Name the document that says so.")),
        ("requirements", requirements, _("Say what is required.")),
    ):
        if not text.strip():
            found.append((field, words))
    if due_on <= max(listed_on, clock.today()):
        found.append(("due_on", _("The public deadline lies after today and after the day of listing.")))
    return found


def _level_faults(level: str, department: Department) -> list[Fault]:
    """An authority of a city or county lists in its own name alone; the province also keeps what a ministry lists."""
    if level != Level.CITY and department.level in {DepartmentLevel.CITY, DepartmentLevel.COUNTY}:
        words = _("%(department)s lists matters at its own level only.")
        return [("level", words % {"department": department})]
    return []


def seen_as(row: Supervision) -> str:
    return f"{row.due_on} {row.released_on or ''}"


def _held(supervision: Supervision, by: Officer, seen: str) -> Supervision:
    row: Supervision = (
        Supervision.objects.select_for_update(of=("self",)).select_related("department").get(pk=supervision.pk)
    )
    if row.released_on is not None:
        raise RuleBroken(_("It was released on %(on)s already.") % {"on": row.released_on})
    if refusal := supervising_refusal(row.department, by.acting_for or by):
        raise RuleBroken(refusal)
    if seen_as(row) != seen:
        raise Stale(_("This was changed after you opened the page. Read it again before you decide."))
    return row


@powers.under(SUPERVISE, of="supervision")
@transaction.atomic
def extend(
    *, supervision: Supervision, due_on: date, reason: str, document: str, seen: str, by: Officer
) -> Supervision:
    """A later public deadline, with the reason and the document that grants it."""
    row = _held(supervision, by, seen)
    faults: list[Fault] = []
    if due_on <= max(row.due_on, clock.today()):
        faults.append(
            ("due_on", _("The new deadline lies after the old one (%(on)s) and after today.") % {"on": row.due_on})
        )
    if not reason.strip():
        faults.append(("reason", _("Give the reason.")))
    if not document.strip():
        faults.append(("document", _("Name the document that says so.")))
    refuse_all(faults)
    was = row.due_on
    SupervisionExtension.objects.create(
        supervision=row,
        was_due_on=was,
        due_on=due_on,
        reason=reason.strip(),
        document=document.strip(),
        granted_by=by,
        granted_at=clock.now(),
    )
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    for period in row.docket.deadlines.open().filter(kind=LISTING):
        deadlines.set_end(deadline=period, on=due_on, reason=reason, by=SYSTEM)
    trail.record(
        "campaigns.extend",
        row,
        by=by,
        docket=row.docket,
        reason=reason,
        before={"due_on": was},
        after={"due_on": due_on},
        document=document,
    )
    _tell(row, Wording(MORE_TIME, {"docket": inbox.docket_name(row.docket), "on": due_on.isoformat()}), by)
    return row


@powers.under(SUPERVISE, of="supervision")
@transaction.atomic
def release(*, supervision: Supervision, reason: str, document: str, seen: str, by: Officer) -> Supervision:
    """解除挂牌督办: what was required is done, by which document it is released."""
    row = _held(supervision, by, seen)
    faults: list[Fault] = []
    if not reason.strip():
        faults.append(("reason", _("Give the reason.")))
    if not document.strip():
        faults.append(("document", _("Name the document that says so.")))
    refuse_all(faults)
    row.released_on, row.released_by = clock.today(), by
    row.release_reason, row.release_document = reason.strip(), document.strip()
    row.save(update_fields=["released_on", "released_by", "release_reason", "release_document"])
    for period in row.docket.deadlines.open().filter(kind=LISTING):
        deadlines.meet(deadline=period, on=clock.today(), by=by)
    trail.record(
        "campaigns.release",
        row,
        by=by,
        docket=row.docket,
        reason=reason,
        document=document,
        released_on=row.released_on,
    )
    _tell(row, Wording(RELEASED, {"docket": inbox.docket_name(row.docket)}), by)
    return row


def _tell(row: Supervision, title: Wording, by: Officer) -> None:
    """The officers of the matter and those who approve in its department hear of it."""
    inbox.tell(to=inbox.team_of(row.docket), kind="supervision", title=title, by=by, docket=row.docket)


def still_listed(docket: Docket) -> list[str]:
    """Why a matter that is supervised by name does not close yet, in words; empty where none is listed."""
    return [
        _("It is supervised by name (%(authority)s, until %(on)s) and closes only once it is released.")
        % {"authority": row.authority, "on": row.due_on}
        for row in docket.supervisions.listed()
    ]
