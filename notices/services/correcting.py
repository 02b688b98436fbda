"""Correct the record of service (更正送达记录): the wrong record stays on file, marked; the right one takes its place."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models import Evidence
from core import clock, moments
from core.errors import RuleBroken
from notices import printing, receipts, service_rules
from notices.models import Method, NoticeState, Outcome, Service
from notices.services.records import (
    Upload,
    issued_on,
    kept,
    locked_service,
    on_the_docket,
    refuse_unless_it_counts,
    refuse_unless_it_shows,
)
from notices.services.serving import WITH_LATER_RESULT, public_notice_days
from notices.workflow import CORRECT, not_ones_own_service
from organisation.models import Officer

# What a record says in words. The method stays: another one would be another service.
FACTS: Final = (
    "place", "recipient", "relation", "refusal_reason", "witness_name", "witness_organisation", "tracking_number",
    "electronic_address", "entrusted_to", "published_in", "remark",
)  # fmt: skip
SHOWN: Final = (*FACTS, "served_on", "receipt_id", "record_id", "co_server_id")


@powers.under(CORRECT, of="service")
@transaction.atomic
def correct_service(
    *,
    service: Service,
    reason: str,
    by: Officer,
    at: datetime | None = None,
    served_on: date | None = None,
    facts: Mapping[str, str] | None = None,
    co_server: Officer | None = None,
    receipt_file: Upload = None,
    without_receipt: bool = False,
    record: Evidence | None = None,
    record_file: Upload = None,
) -> Service:
    """Put a record of service right that was entered wrongly: its day, its words, its signed receipt. What is not given stays
    as it was. The receipt is drawn anew, and clocks that started from a wrong day start anew from the right one."""
    wrong = locked_service(service)
    notice = wrong.notice
    _check(wrong, reason)
    if why := not_ones_own_service(wrong, by, powers.bearer(by, CORRECT, notice.docket)):
        raise RuleBroken(why)
    at = at or wrong.at
    done_on = clock.local(at).date()
    effective_on, served_on = _served_on(wrong, done_on, served_on)
    right = Service(
        notice=notice,
        method=wrong.method,
        outcome=Outcome.SERVED,
        at=at,
        served_on=served_on,
        effective_on=effective_on,
        basis=service_rules.basis_of(wrong.method, done_on),
        server=wrong.server,
        co_server=co_server or wrong.co_server,
        recorded_at=clock.now(),
        corrects=wrong,
        correction_reason=reason.strip(),
        **{name: (facts or {}).get(name, getattr(wrong, name)).strip() for name in FACTS},
    )
    right.receipt = None if without_receipt else wrong.receipt
    right.record = record or wrong.record
    on_the_docket(notice, *({right.receipt, right.record} - {wrong.receipt, wrong.record}))
    if right.record != wrong.record:
        refuse_unless_it_shows(right.record)
    if receipt_file is None and record_file is None and not _differences(wrong, right)[1]:
        raise RuleBroken(_("This is what is on file already: nothing was changed."))
    refuse_unless_it_counts(_delivery(right, has_record=(record_file or right.record) is not None))
    # Only what counts is kept: a refusal leaves no file in the store.
    right.receipt = kept(notice, receipt_file, "receipt_file", at=at, place=right.place, by=by) or right.receipt
    right.record = kept(notice, record_file, "record_file", at=at, place=right.place, by=by) or right.record
    before, after = _differences(wrong, right)
    wrong.corrected_at = clock.now()
    wrong.save(update_fields=["corrected_at"])
    receipts.freeze(right)
    right.save(force_insert=True)
    trail.record(
        "notices.correct_service", notice, by=by, docket=notice.docket, before=before, after=after, reason=reason.strip(),
        served_on=served_on, method=right.method,
    )  # fmt: skip
    printing.enqueue(right, by_id=by.pk)
    notice.type.on_service_corrected(notice, right)
    return right


def _check(wrong: Service, reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if wrong.docket.closed_on is not None:
        raise RuleBroken(_("The docket is closed."))
    if wrong.corrected_at is not None:
        raise RuleBroken(_("This record has already been corrected. Correct the one that took its place."))
    if wrong.outcome != Outcome.SERVED or wrong.notice.state != NoticeState.SERVED:
        raise RuleBroken(_("Only the service of a document in force has a record to correct."))


def _served_on(wrong: Service, done_on: date, given: date | None) -> tuple[date | None, date]:
    """(day on which a public notice takes effect, day of service)."""
    if wrong.method == Method.PUBLIC:
        effective_on = done_on + timedelta(days=public_notice_days(done_on))
        if effective_on > clock.today():
            raise RuleBroken(
                _("Published on that day it counts as served on %(day)s only: correct the record then.")
                % {"day": effective_on},
                field="at",
            )
        return effective_on, effective_on
    if wrong.method not in WITH_LATER_RESULT:
        return None, done_on
    served_on = given or wrong.served_on
    if served_on is None:
        raise RuleBroken(_("Give the day on the receipt."), field="served_on")
    return None, served_on


def _differences(wrong: Service, right: Service) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name in SHOWN if getattr(wrong, name) != getattr(right, name)]
    before, after = ({name: getattr(row, name) for name in changed} for row in (wrong, right))
    moments = [f"{clock.local(row.at):%Y-%m-%d %H:%M}" for row in (wrong, right)]
    if moments[0] != moments[1]:
        before["at"], after["at"] = moments
    return before, after


def _delivery(right: Service, *, has_record: bool) -> service_rules.Delivery:
    """What was asked when the service was recorded, agreement to the electronic way and that no other way was open, is not
    asked again: the method stays."""
    texts = (
        "place",
        "recipient",
        "relation",
        "refusal_reason",
        "witness_name",
        "witness_organisation",
        "tracking_number",
    )
    more = ("electronic_address", "entrusted_to", "published_in")
    return service_rules.Delivery(
        method=right.method,
        done_on=clock.local(right.at).date(),
        served_on=right.served_on,
        issued_on=issued_on(right.notice),
        today=clock.today(),
        addressee_code=right.notice.addressee_code,
        done_at=right.at,
        issued_at=right.notice.issued_at,
        is_later_today=moments.is_later_today(right.at),
        has_record=has_record,
        agreed_electronically=True,
        failed_attempts=1,
        **{name: getattr(right, name) for name in (*texts, *more)},
    )
