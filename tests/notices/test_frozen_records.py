"""Issued documents, completed services and decisions are records: Python refuses to change them, and so does the database."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import clock
from notices import services
from notices.models import Frozen, Notice, NoticeApproval, Relation, Service
from tests.notices.conftest import drawn
from tests.notices.words import WORDS
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db


def run(statement: str, *parameters: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.parametrize(
    "field",
    [
        "number",
        "addressee_name",
        "agency_name",
        "html",
        "content",
        "issued_on",
        "verification_code",
        "approver_name",
        "kind",
    ],
)
def test_python_refuses_to_change_what_was_issued(issued, field):
    setattr(
        issued,
        field,
        {"x": 1} if field == "content" else clock.today().replace(year=2001) if field == "issued_on" else "改",
    )
    with pytest.raises(Frozen):
        issued.save()
    with pytest.raises(Frozen):
        issued.save(update_fields=[field])


def test_python_refuses_to_delete_a_notice(issued, draft):
    for notice in (issued, draft):
        with pytest.raises(Frozen):
            notice.delete()
    with pytest.raises(Frozen):
        Notice.objects.all().delete()


@pytest.mark.parametrize(
    "change",
    [
        "number = '常环通〔2026〕9号'",
        "addressee_name = '改'",
        "agency_name = '改'",
        "html = '改'",
        "content = '{}'",
        "issued_on = '2001-01-01'",
        "serial = 9",
        "verification_code = 'AAAAAAAAAAAA'",
        "template_sha256 = 'x'",
        "docket_id = docket_id + 1",
        "id = 987654",
    ],
)
def test_the_database_refuses_to_change_what_was_issued(issued, change):
    with pytest.raises(DatabaseError, match="frozen"):
        run(f"UPDATE notices_notice SET {change} WHERE id = %s", issued.pk)


def test_the_database_refuses_to_delete_an_issued_notice(issued):
    with pytest.raises(DatabaseError, match="frozen"):
        run("DELETE FROM notices_notice WHERE id = %s", issued.pk)


def test_the_pdf_is_stored_once_and_never_replaced(issued):
    printed = drawn(issued)
    for change in ("pdf_sha256 = 'x'", "pdf = 'other.pdf'", "pdf_pages = 9", "renderer = 'x'"):
        with pytest.raises(DatabaseError, match="frozen"):
            run(f"UPDATE notices_notice SET {change} WHERE id = %s", printed.pk)
    printed.pdf_sha256 = "x"
    with pytest.raises(Frozen):
        printed.save(update_fields=["pdf_sha256"])


def test_the_database_refuses_to_change_or_delete_a_decision(approved):
    row = NoticeApproval.objects.get()
    for statement in ("UPDATE notices_noticeapproval SET remark = 'x'", "DELETE FROM notices_noticeapproval"):
        with pytest.raises(DatabaseError, match="frozen"):
            run(f"{statement} WHERE id = %s", row.pk)


def test_a_completed_service_is_a_record(printed, case_officer):
    service = services.record_service(
        notice=printed, method="direct", by=case_officer, place="厂区", recipient="钱测试",
        relation=Relation.LEGAL_REPRESENTATIVE,
    )  # fmt: skip
    for change in ("served_on = '2001-01-01'", "recipient = '改'", "html = '改'", "outcome = 'pending'", "id = 987654"):
        with pytest.raises(DatabaseError, match="frozen"):
            run(f"UPDATE notices_service SET {change} WHERE id = %s", service.pk)
    with pytest.raises(DatabaseError, match="frozen"):
        run("DELETE FROM notices_service WHERE id = %s", service.pk)
    service.recipient = "改"
    with pytest.raises(Frozen):
        service.save()
    with pytest.raises(Frozen):
        Service.objects.all().delete()


@story
def other(docket, case_officer, head):
    """Another notice of the docket, submitted."""
    draft = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    return services.submit(notice=draft, by=case_officer)


def test_d5_the_database_keeps_numbers_unique_whatever_the_code_does(issued, other):
    for column, value in (("number", issued.number), ("verification_code", issued.verification_code)):
        with pytest.raises(IntegrityError):
            run(f"UPDATE notices_notice SET state = 'approved', {column} = %s WHERE id = %s", value, other.pk)
    with pytest.raises(IntegrityError):
        run(
            "UPDATE notices_notice SET state = 'approved', series = %s, year = %s, serial = %s WHERE id = %s",
            issued.series, issued.year, issued.serial, other.pk,
        )  # fmt: skip


def test_a_draft_cannot_have_a_number_and_an_issued_notice_cannot_lack_one(other):
    with pytest.raises(IntegrityError):
        run("UPDATE notices_notice SET number = 'x' WHERE id = %s", other.pk)
    with pytest.raises(IntegrityError):
        run("UPDATE notices_notice SET state = 'issued' WHERE id = %s", other.pk)


def test_a_draft_stays_editable(draft):
    draft.content = {"subject": "改"}
    draft.save()
    run("UPDATE notices_notice SET content = '{}' WHERE id = %s", draft.pk)
