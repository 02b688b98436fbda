"""What was issued is frozen: refused by `save()`, and by the database itself on SQLite and PostgreSQL (core.triggers)."""

from collections.abc import Iterable

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from core import triggers
from core.triggers import Refusal

# Columns by their database names: frozen from the moment the notice has a number …
NOTICE_FIELDS = (
    "id", "docket_id", "kind", "content", "submissions", "drafted_by_id", "edited_by_id", "drafted_at", "supersedes_id",
    "supersede_reason", "supersede_effect", "number", "series", "year", "serial", "verification_code", "issued_on",
    "issued_at", "issued_by_id", "title", "language", "agency_id", "agency_name", "agency_brand", "addressee_name",
    "addressee_code", "addressee_address", "addressee_representative", "drafter_name", "signatory_name",
    "approver_name", "template", "template_sha256", "html",
)  # fmt: skip
# … from the moment the attempt succeeded or failed …
SERVICE_FIELDS = (
    "id", "notice_id", "method", "outcome", "at", "place", "served_on", "effective_on", "basis", "recipient", "relation",
    "refusal_reason", "witness_name", "witness_organisation", "tracking_number", "electronic_address", "entrusted_to",
    "published_in", "failure", "remark", "server_id", "co_server_id", "recorded_at", "template", "template_sha256",
    "html", "corrects_id", "correction_reason",
)  # fmt: skip
# … always: a record is written down when it is complete …
RECORD_FIELDS = (
    "id", "docket_id", "kind", "title", "dated", "completed_by_id", "completed_at", "corrects_id", "content", "template",
    "template_sha256", "html",
)  # fmt: skip
# … and these from the moment they have a value: the PDF is drawn after the issue, the signed receipt comes later.
ONCE = ("pdf", "pdf_sha256", "pdf_pages", "pdf_size_bytes", "renderer", "printed_at")
ONCE_OF_RECORD = (*ONCE, "signed_scan_id")
ONCE_OF_SERVICE = (*ONCE, "receipt_id", "record_id", "corrected_at")

NOTICE, SERVICE, APPROVAL = "notices_notice", "notices_service", "notices_noticeapproval"
RECORD, SIGNING = "notices_siterecord", "notices_partysigning"
MESSAGE = "issued documents are frozen"


def check_unchanged(row: models.Model, fields: Iterable[str], writing: Iterable[str] | None, *, when: str) -> None:
    """Raise Frozen when a frozen field of a stored record is about to change. One query, and only for records.

    `when` names the attribute that makes the stored row a record.
    """
    from notices.models import Frozen

    if row._state.adding:
        return
    written = None if writing is None else set(writing)
    once = {*ONCE_OF_SERVICE, *ONCE_OF_RECORD}  # those of them that the row has
    touched = [
        field.attname
        for field in row._meta.concrete_fields
        if field.attname in {*fields, *once} and (written is None or {field.name, field.attname} & written)
    ]
    if not touched:
        return
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    if stored is None or not getattr(stored, when):
        return
    changed = [
        name
        for name in touched
        if getattr(row, name) != getattr(stored, name) and (name in fields or getattr(stored, name) not in (None, ""))
    ]
    if changed:
        raise Frozen(f"{row}: {MESSAGE}: {', '.join(changed)}")


def _differ(names: Iterable[str], vendor: str) -> str:
    apart = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return " OR ".join(f'NEW."{name}" {apart} OLD."{name}"' for name in names)


def _replaced(names: Iterable[str], vendor: str) -> str:
    apart = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    texts = {"pdf", "pdf_sha256", "renderer"}
    filled = {name: f"OLD.\"{name}\" <> ''" if name in texts else f'OLD."{name}" IS NOT NULL' for name in names}
    return " OR ".join(f'({filled[name]} AND NEW."{name}" {apart} OLD."{name}")' for name in names)


def _refusals(vendor: str, columns: Iterable[str] | None = None) -> list[Refusal]:
    """The triggers, on those of the columns that the tables have by now."""
    there = None if columns is None else set(columns)
    service_fields = [name for name in SERVICE_FIELDS if there is None or name in there]
    once_of_service = [name for name in ONCE_OF_SERVICE if there is None or name in there]
    issued = 'OLD."number" IS NOT NULL'
    over = "OLD.\"outcome\" <> 'pending'"
    reissued = f"{issued} AND ({_differ(NOTICE_FIELDS, vendor)} OR {_replaced(ONCE, vendor)})"
    rewritten = f"{over} AND ({_differ(service_fields, vendor)} OR {_replaced(once_of_service, vendor)})"
    return [
        Refusal("notices_issued_stays", NOTICE, "UPDATE", reissued),
        Refusal("notices_issued_remains", NOTICE, "DELETE", issued),
        Refusal("notices_service_stays", SERVICE, "UPDATE", rewritten),
        Refusal("notices_service_remains", SERVICE, "DELETE", over),
        Refusal("notices_approval_stays", APPROVAL, "UPDATE"),
        Refusal("notices_approval_remains", APPROVAL, "DELETE"),
    ]


def _record_refusals(vendor: str, columns: Iterable[str] | None = None) -> list[Refusal]:
    there = None if columns is None else set(columns)
    once = [name for name in ONCE_OF_RECORD if there is None or name in there]
    kept = [name for name in RECORD_FIELDS if there is None or name in there]
    rewritten = f"{_differ(kept, vendor)} OR {_replaced(once, vendor)}"
    return [
        Refusal("notices_record_stays", RECORD, "UPDATE", rewritten),
        Refusal("notices_record_remains", RECORD, "DELETE"),
        Refusal("notices_signing_stays", SIGNING, "UPDATE"),
        Refusal("notices_signing_remains", SIGNING, "DELETE"),
    ]


def names(vendor: str) -> set[str]:
    """Names of the triggers that must exist."""
    return triggers.names([*_refusals(vendor), *_record_refusals(vendor)], vendor)


def install(connection: BaseDatabaseWrapper) -> None:
    """Of columns that a later migration adds, that migration installs the triggers again."""
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, SERVICE)}
    triggers.install(connection, _refusals(connection.vendor, columns), function="notices_refuse", message=MESSAGE)


def remove(connection: BaseDatabaseWrapper) -> None:
    triggers.remove(connection, _refusals(connection.vendor))


def install_records(connection: BaseDatabaseWrapper) -> None:
    """Those of records, whose tables came later than the migrations that call `install`."""
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, RECORD)}
    triggers.install(
        connection, _record_refusals(connection.vendor, columns), function="notices_refuse", message=MESSAGE
    )


def remove_records(connection: BaseDatabaseWrapper) -> None:
    triggers.remove(connection, _record_refusals(connection.vendor))
