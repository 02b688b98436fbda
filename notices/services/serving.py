"""Verbs of service (送达): attempts, the one that succeeds, its receipt as a frozen document of its own."""

from datetime import date, datetime, timedelta
from typing import Any, Final, TypedDict, Unpack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import trail
from casework import powers
from casework.models import Evidence, PeriodRule
from core import clock, jobs, moments
from core.errors import RuleBroken
from core.models import Job
from notices import printing, receipts, service_rules
from notices.models import Failure, Method, Notice, NoticeState, Outcome, Service
from notices.services.records import (
    Upload,
    issued_on,
    kept,
    locked_service,
    made_at,
    on_the_docket,
    refuse_unless_it_counts,
    refuse_unless_it_shows,
)
from notices.workflow import NOTICE, nothing_under_way
from organisation.models import Officer
from trail.recording import SYSTEM

SERVE = "notices.serve_notice"
DEEM_JOB = "notices.deem_served"
# Ways whose result comes later: a receipt, the end of the public notice.
WITH_LATER_RESULT = frozenset({Method.POST, Method.ENTRUSTED, Method.PUBLIC})


class Words(TypedDict, total=False):
    """What the officer writes of a service: each way asks for its own (notices.service_rules)."""

    place: str
    recipient: str
    relation: str
    refusal_reason: str
    witness_name: str
    witness_organisation: str
    tracking_number: str
    electronic_address: str
    entrusted_to: str
    published_in: str
    no_other_way: str  # why a public notice; stands in the remark
    remark: str


# Those that the rules look at and the record keeps under the same name.
FACTS: Final = tuple(name for name in Words.__annotations__ if name not in {"no_other_way", "remark"})


@powers.under(SERVE, of="notice")
@transaction.atomic
def record_service(
    *,
    notice: Notice,
    method: str,
    by: Officer,
    at: datetime | None = None,
    served_on: date | None = None,
    receipt: Evidence | None = None,
    record: Evidence | None = None,
    receipt_file: Upload = None,
    record_file: Upload = None,
    co_server: Officer | None = None,
    **words: Unpack[Words],
) -> Service:
    """Record that the notice was served, or (post, entrusted, public notice) that it is under way.

    `at`: when it was handed over, left, posted, sent or published (default now). `served_on`: the day on the receipt; for
    direct, left and electronic service it is the day of `at`. Signed receipt and photograph: evidence of the docket, or
    uploads that become such. Refused in words when the method's conditions are not met.
    """
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    at = at or clock.now()
    served_on, effective_on = _days(method, clock.local(at).date(), served_on)
    _begin(locked, by, co_server)
    on_the_docket(locked, receipt, record)
    refuse_unless_it_shows(record)
    said = _said(words)
    has_record = (record_file or record) is not None
    refuse_unless_it_counts(_delivery(locked, method, at, served_on, said, has_record=has_record))
    receipt = kept(locked, receipt_file, "receipt_file", at=at, place=said["place"], by=by) or receipt
    record = kept(locked, record_file, "record_file", at=at, place=said["place"], by=by) or record
    service = Service.objects.create(
        notice=locked,
        method=method,
        outcome=Outcome.PENDING,
        at=at,
        effective_on=effective_on,
        basis=service_rules.basis_of(method, clock.local(at).date()),
        remark="；".join(filter(None, [said["no_other_way"], said["remark"]])),
        receipt=receipt,
        record=record,
        server=by,
        co_server=co_server,
        recorded_at=clock.now(),
        **{name: said[name] for name in FACTS},
    )
    if served_on is None:
        return _await_result(service, by)
    return _serve(service, served_on=served_on, by=by)


def _days(method: str, done_on: date, on_receipt: date | None) -> tuple[date | None, date | None]:
    """(day of service, None while it is still to come; day on which a public notice takes effect)."""
    if method == Method.PUBLIC:
        effective_on = done_on + timedelta(days=public_notice_days(done_on))
        return (effective_on if effective_on <= clock.today() else None), effective_on
    return (on_receipt if method in WITH_LATER_RESULT else done_on), None


def _said(words: Words) -> dict[str, str]:
    """Every word of a service without the blanks around it, "" where nothing was written."""
    if unknown := set(words) - set(Words.__annotations__):
        raise TypeError(f"a service has no {', '.join(sorted(unknown))}")
    return {name: str(words.get(name, "")).strip() for name in Words.__annotations__}


def _delivery(
    notice: Notice, method: str, at: datetime, served_on: date | None, said: dict[str, str], *, has_record: bool
) -> service_rules.Delivery:
    enterprise = notice.docket.enterprise
    return service_rules.Delivery(
        method=method,
        done_on=clock.local(at).date(),
        served_on=served_on,
        issued_on=issued_on(notice),
        today=clock.today(),
        addressee_code=notice.addressee_code,
        done_at=at,
        issued_at=notice.issued_at,
        is_later_today=moments.is_later_today(at),
        has_record=has_record,
        agreed_electronically=bool(enterprise and enterprise.agreed_electronic_service),
        failed_attempts=notice.services.filter(outcome=Outcome.FAILED).count(),
        no_other_way=said["no_other_way"],
        **{name: said[name] for name in FACTS},
    )


def _await_result(service: Service, by: Officer) -> Service:
    trail.record(
        "notices.begin_service", service.notice, by=by, docket=service.notice.docket, method=service.method,
        effective_on=service.effective_on,
    )  # fmt: skip
    if service.effective_on is not None:
        _wait_until(service.effective_on, service, by)
    return service


@powers.under(SERVE, of="service")
@transaction.atomic
def complete_service(
    *,
    service: Service,
    served_on: date,
    by: Officer,
    recipient: str = "",
    relation: str = "",
    receipt: Evidence | None = None,
    receipt_file: Upload = None,
) -> Service:
    """The receipt of a letter or of the entrusted authority came back: the notice was served on that day."""
    locked = _under_way(service)
    _ready(locked.notice, by, None)
    on_the_docket(locked.notice, receipt)
    if locked.method == Method.PUBLIC:
        raise RuleBroken(_("A public notice counts as served on %(day)s by itself.") % {"day": locked.effective_on})
    locked.recipient = recipient.strip() or locked.recipient
    locked.relation = relation or locked.relation
    refuse_unless_it_counts(
        service_rules.Delivery(
            method=locked.method,
            done_on=clock.local(locked.at).date(),
            served_on=served_on,
            issued_on=issued_on(locked.notice),
            today=clock.today(),
            addressee_code=locked.notice.addressee_code,
            recipient=locked.recipient,
            relation=locked.relation,
            tracking_number=locked.tracking_number,
            entrusted_to=locked.entrusted_to,
        )
    )
    locked.served_on = served_on
    new_receipt = kept(locked.notice, receipt_file, "receipt_file", at=made_at(locked), place=locked.place, by=by)
    locked.receipt = new_receipt or receipt or locked.receipt
    return _serve(locked, served_on=served_on, by=by)


@powers.under(SERVE, of="notice")
@transaction.atomic
def record_attempt(
    *,
    notice: Notice,
    method: str,
    failure: str,
    by: Officer,
    at: datetime | None = None,
    place: str = "",
    remark: str = "",
    tracking_number: str = "",
    record: Evidence | None = None,
    record_file: Upload = None,
    co_server: Officer | None = None,
) -> Service:
    """Record an attempt that did not succeed. The file shows it; further attempts may follow."""
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    at = at or clock.now()
    _begin(locked, by, co_server)
    on_the_docket(locked, record)
    refuse_unless_it_shows(record)
    done_on = clock.local(at).date()
    moments.refuse_to_come(done_on, clock.local(at).time(), day="at")
    if early := service_rules.before_issue(done_on, at, issued_on(locked), locked.issued_at):
        raise RuleBroken(early, field="at")
    _refuse_failure(method, failure, remark)
    record = kept(locked, record_file, "record_file", at=at, place=place, by=by) or record
    service = Service.objects.create(
        notice=locked,
        method=method,
        outcome=Outcome.PENDING,
        at=at,
        place=place.strip(),
        tracking_number=tracking_number.strip(),
        basis=service_rules.basis_of(method, done_on),
        record=record,
        server=by,
        co_server=co_server,
        recorded_at=clock.now(),
    )
    return _fail(service, failure=failure, remark=remark, by=by)


@powers.under(SERVE, of="service")
@transaction.atomic
def fail_service(*, service: Service, failure: str, by: Officer, remark: str = "") -> Service:
    """What was under way did not reach the party: the letter came back, the entrusted authority could not serve it."""
    return _fail(_under_way(service), failure=failure, remark=remark, by=by)


@powers.under(SERVE, of="service")
@transaction.atomic
def attach_receipt(*, service: Service, receipt_file: "UploadedFile[Any]", by: Officer) -> Service:
    """Add the signed receipt (scan, photograph) to a service that was recorded without it. Once.

    Also on a closed docket: since closing asks for the receipts, only one closed before that lacks them.
    """
    locked = locked_service(service)
    if not locked.counts:
        raise RuleBroken(_("Only a document that was served has a receipt."))
    if locked.receipt_id is not None:
        raise RuleBroken(_("The signed receipt is on file already."))
    notice = locked.notice
    locked.receipt = kept(
        notice, receipt_file, "receipt_file", at=made_at(locked), place=locked.place, by=by, completes_closed_file=True
    )
    locked.save(update_fields=["receipt"])
    trail.record("notices.attach_receipt", notice, by=by, docket=notice.docket, served_on=locked.served_on)
    return locked


def deem_served(job: Job) -> dict[str, Any]:
    """Job `notices.deem_served`: the public notice has run its days. Safe to run twice."""
    with transaction.atomic():
        service = locked_service(Service.objects.get(pk=job.payload["service"]))
        if service.is_over or service.effective_on is None:
            return {"done": False}
        if clock.today() < service.effective_on:
            raise jobs.TryAgain("not due yet", after=_first_minute(service.effective_on) - clock.now())
        _serve(service, served_on=service.effective_on, by=SYSTEM)
        return {"done": True}


def register_jobs() -> None:
    jobs.register(DEEM_JOB, deem_served, label=gettext_lazy("Count a public notice as served"), cancellable=False)


def public_notice_days(on: date) -> int:
    """How many calendar days a public notice begun on that day runs (PeriodRule D30; sixty before 2022)."""
    length = PeriodRule.objects.valid_on(on).called("D30").values_list("length", flat=True).first()
    if length:
        return int(length)
    if on < service_rules.PUBLIC_NOTICE_CHANGED_ON:
        return service_rules.PUBLIC_NOTICE_BEFORE_2022_DAYS
    raise RuleBroken(
        _("The statute book holds no period for public notices on that day (D30). Ask the administrator to load it.")
    )


def _ready(notice: Notice, by: Officer, co_server: Officer | None) -> None:
    if reasons := NOTICE.refusals(notice, "serve", by):
        raise RuleBroken(reasons)
    if co_server is not None and co_server.pk == by.pk:
        raise RuleBroken(_("The second officer must be another person."), field="co_server")


def _begin(notice: Notice, by: Officer, co_server: Officer | None) -> None:
    """A new attempt: allowed, and no other one is under way."""
    _ready(notice, by, co_server)
    if reason := nothing_under_way(notice):
        raise RuleBroken(reason)


def _under_way(service: Service) -> Service:
    locked = locked_service(service)
    if locked.is_over:
        raise RuleBroken(_("The result of this service has already been recorded."))
    return locked


def _wait_until(day: date, service: Service, by: Officer) -> None:
    """The job waits for the first minute of the day; the sweep finds it then, however long the portal was down."""
    job = jobs.enqueue(
        DEEM_JOB, {"service": service.pk}, by_id=by.pk, docket_id=service.notice.docket_id,
        unique_key=f"{DEEM_JOB}:{service.pk}",
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(not_before=_first_minute(day))


def _first_minute(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)


def _serve(service: Service, *, served_on: date, by: Any) -> Service:
    """The one way to "served": row, receipt, stage, callback, in this order, once (the stage and the database see to it)."""
    service.outcome = Outcome.SERVED
    service.served_on = served_on
    receipts.freeze(service)
    service.save()
    notice = NOTICE.advance(
        service.notice, "serve", by=by, method=service.method, served_on=served_on, recipient=service.recipient or None
    )
    printing.enqueue(service, by_id=by.pk)
    notice.type.on_served(notice, service)
    return service


def _refuse_failure(method: str, failure: str, remark: str) -> None:
    if failure not in Failure.values:
        raise RuleBroken(_("Say why it was not served."), field="failure")
    if why := service_rules.failure_refused(method, failure):
        raise RuleBroken(why, field="failure")
    if failure == Failure.OTHER and not remark.strip():
        raise RuleBroken(_("Say why it was not served."), field="remark")


def _fail(service: Service, *, failure: str, remark: str, by: Officer) -> Service:
    _refuse_failure(service.method, failure, remark)
    first = service.notice.state == NoticeState.ISSUED
    service.outcome = Outcome.FAILED
    service.failure = failure
    service.remark = "；".join(filter(None, [service.remark, remark.strip()]))
    service.save()
    notice = NOTICE.advance(
        service.notice, "fail_service", by=by, method=service.method, failure=failure, remark=remark
    )
    if first:
        notice.type.on_unserved(notice, service)
    return service
