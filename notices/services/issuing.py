"""Verbs of issue: number, frozen copy, PDF."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers, search
from core import clock, jobs
from core.errors import RuleBroken
from notices import codes, composing, numbers, printing, records, rendering
from notices.models import Decision, Notice, Service, SiteRecord
from notices.workflow import NOTICE
from organisation.models import Officer

# Stand-ins of the same characters as a real number and code: a missing glyph is found before a number is spent (defect D18).
REHEARSED_SERIAL, REHEARSED_CODE = 1234567890, codes.ALPHABET[:12]

Document = Notice | Service | SiteRecord
ISSUE, SERVE = "notices.issue_notice", "notices.serve_notice"


@powers.under(ISSUE, of="notice")
@transaction.atomic
def issue(*, notice: Notice, by: Officer) -> Notice:
    """Issue an approved notice: everything is checked, then the number is taken, the words and names are copied, and the
    PDF is asked for, in one transaction. What fails takes the number back with it, so the series has no gaps (defect D5).
    """
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if reasons := NOTICE.refusals(locked, "issue", by):
        raise RuleBroken(reasons)
    today = clock.today()
    _rehearse(locked, today)
    agency = locked.type.agency(locked)
    number = numbers.take(agency.brand, locked.type.number_word, today)
    code = codes.new_code()
    _freeze(locked, number=number, code=code, on=today, by=by)
    locked = NOTICE.advance(
        locked, "issue", by=by, number=str(number), addressee=locked.addressee_name, code=codes.grouped(code)
    )
    if locked.supersedes is not None:
        _supersede(locked.supersedes, locked, by=by)
    search.index_document(
        docket=locked.docket, kind="notice", object_id=locked.pk, number=str(number), label=locked.label,
        url=locked.get_absolute_url(),
    )  # fmt: skip
    printing.enqueue(locked, by_id=by.pk)
    locked.type.on_issued(locked)
    return locked


def _rehearse(notice: Notice, today: date) -> None:
    """Compose the document with a stand-in number. Refuses in words what could not be printed."""
    status = rendering.engine_status()
    if status.state == "missing":
        raise RuleBroken(status.message)
    agency = notice.type.agency(notice)
    stand_in = numbers.DocumentNumber(f"{agency.brand}{notice.type.number_word}", today.year, REHEARSED_SERIAL)
    try:
        composing.final(notice, number=str(stand_in), issued_on=today, code=REHEARSED_CODE)
    except rendering.RenderingFailed as failure:
        raise RuleBroken(str(failure)) from failure


def _freeze(notice: Notice, *, number: numbers.DocumentNumber, code: str, on: date, by: Officer) -> None:
    """Copy what the document says of others, so that no later change of theirs rewrites it (defect D17)."""
    agency = notice.type.agency(notice)
    addressee = notice.type.addressee(notice)
    approval = notice.approvals.filter(submission=notice.submissions, decision=Decision.APPROVED).get()
    composed = composing.final(notice, number=str(number), issued_on=on, code=code)
    notice.number, notice.series, notice.year, notice.serial = str(number), number.series, number.year, number.serial
    notice.verification_code = code
    notice.issued_on, notice.issued_at, notice.issued_by = on, clock.now(), by
    notice.updated_at = notice.issued_at
    notice.title = composed.title
    notice.agency, notice.agency_name, notice.agency_brand = agency, agency.name_on(on), agency.brand
    if addressee is not None:
        notice.addressee_name = addressee.name
        notice.addressee_code = addressee.credit_code
        notice.addressee_address = addressee.address
        notice.addressee_representative = addressee.representative
    notice.drafter_name = notice.drafted_by.name
    notice.approver_name = notice.signatory_name = approval.officer_name
    notice.template, notice.template_sha256, notice.html = composed.template, composed.template_sha256, composed.html
    notice.save()


def _supersede(earlier: Notice, answer: Notice, *, by: Officer) -> None:
    """The earlier notice stays on file, marked."""
    marked = NOTICE.advance(
        earlier, "supersede", by=by, reason=answer.supersede_reason, by_notice=answer.number,
        effect=answer.supersede_effect,
    )  # fmt: skip
    marked.type.on_superseded(marked, answer)


@transaction.atomic
def print_again(*, document: Document, by: Officer) -> None:
    """Give a PDF that could not be drawn, or that the store lost or damaged, another try. Refused when it is there or under way."""
    with powers.acting(by, who_prints(document), document.docket):
        _print_again(document, by=by)


def who_prints(document: Document) -> str:
    """The permission of those who may have it drawn again: of those who made it."""
    match document:
        case Notice():
            return ISSUE
        case Service():
            return SERVE
        case SiteRecord(kind=records.NOTE):
            return document.noted_signing.record.type.permission
        case SiteRecord():
            return document.type.permission


def _print_again(document: Document, *, by: Officer) -> None:
    job = printing.job_of(document)
    if printing.is_whole(document):
        raise RuleBroken(_("The PDF is there already."))
    if job is None:
        printing.enqueue(document, by_id=by.pk)
    elif not jobs.retry(job, though_done=document.is_printed):
        raise RuleBroken(_("The PDF is being made. Wait a moment."))
    trail.record("notices.print_again", document, by=by, docket=document.docket)
