"""Verbs of those who decide: submit, legal review, approve, return; whoever drafted does not decide."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework import powers
from core import clock
from core.errors import Stale
from notices import content as contents
from notices.models import Decision, Notice, NoticeApproval
from notices.workflow import NOTICE
from organisation.models import Officer

APPROVE, REVIEW = "notices.approve_notice", "notices.review_notice"


@transaction.atomic
def submit(*, notice: Notice, by: Officer) -> Notice:
    """Hand the draft to those who decide. Refused with everything that is missing."""
    moved = NOTICE.advance(notice, "submit", by=by)
    moved.submissions += 1
    moved.updated_at = clock.now()
    moved.save(update_fields=["submissions", "updated_at"])
    return moved


@transaction.atomic
def recall(*, notice: Notice, by: Officer) -> Notice:
    """Take a submitted draft back before it is decided."""
    return _touched(NOTICE.advance(notice, "recall", by=by))


@powers.under(REVIEW, of="notice")
@transaction.atomic
def review(*, notice: Notice, by: Officer, remark: str = "", statement: str = "", seen: str = "") -> Notice:
    """The legal reviewer agrees (行政处罚法第五十八条)."""
    moved = NOTICE.advance(notice, "review", by=by, remark=remark)
    _check_seen(moved, seen)
    _decide(moved, Decision.REVIEWED, remark=remark, statement=statement, by=by)
    return _touched(moved)


@powers.under(APPROVE, of="notice")
@transaction.atomic
def approve(*, notice: Notice, by: Officer, remark: str = "", statement: str = "", seen: str = "") -> Notice:
    """The head agrees to exactly these words."""
    moved = NOTICE.advance(notice, "approve", by=by, remark=remark)
    _check_seen(moved, seen)
    _decide(moved, Decision.APPROVED, remark=remark, statement=statement, by=by)
    return _touched(moved)


@transaction.atomic
def return_to_drafter(*, notice: Notice, reason: str, by: Officer) -> Notice:
    """Send it back with the reason; approvals so far count no more."""
    may_approve = powers.may(by, APPROVE, notice.docket)
    step = NOTICE.steps["return" if may_approve else "return_from_review"]
    with powers.acting(by, step.permission, notice.docket):
        return _return(notice, step.name, reason, by=by)


def _return(notice: Notice, name: str, reason: str, *, by: Officer) -> Notice:
    moved = NOTICE.advance(notice, name, by=by, reason=reason)
    _decide(moved, Decision.RETURNED, remark=reason, statement="", by=by)
    return _touched(moved)


def _check_seen(notice: Notice, seen: str) -> None:
    """`seen`: fingerprint of the words the officer had before him; "" where code decides on what it has just read."""
    if seen and seen != contents.fingerprint(notice.kind, notice.content):
        raise Stale(_("The document was changed after you opened this page. Open it again and read the new words."))


def _decide(notice: Notice, decision: str, *, remark: str, statement: str, by: Officer) -> None:
    NoticeApproval.objects.create(
        notice=notice,
        submission=notice.submissions,
        decision=decision,
        remark=remark.strip(),
        statement=statement,
        content_sha256=contents.fingerprint(notice.kind, notice.content),
        officer=by,
        officer_name=by.name,
        post=by.post,
        on_behalf_of=by.acting_for.name if by.acting_for else "",
        at=clock.now(),
    )


def _touched(notice: Notice) -> Notice:
    notice.updated_at = clock.now()
    notice.save(update_fields=["updated_at"])
    return notice
