"""Acts on a penalty, as officers do them, with what only they know filled in."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from casework import deadlines
from core import clock, jobs
from core.models import Job, JobState
from enforcement.penalties import services
from enforcement.penalties.models import Penalty
from notices import services as notices
from notices.models import Method, SiteRecord

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FINE = [{"kind": "fine", "amount": Decimal("40000"), "detail": ""}]
# What only the officer knows, by field of the documents.
KNOWN = {
    "violated": [{"instrument": "中华人民共和国生态环境法典", "article": "第一百条", "content": "保证污染防治设施正常运行"}],
    "evidence": ["现场检查（勘察）笔录（证明检查经过）"],
    "reasons": ["违法行为持续时间较短，已着手改正"],
    "contact": "王办案", "telephone": "0519-00000000", "address": "常州市测试路1号",
    "payee": "常州市财政局", "bank": "测试银行常州分行", "account": "0000000000",
}  # fmt: skip


def file(name: str = "材料.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def paper(penalty: Penalty, kind: str, by) -> SiteRecord:
    """A written record of the case, frozen."""
    return SiteRecord.objects.create(
        docket=penalty.docket, kind=kind, title=kind, dated=clock.today(), completed_by=by, completed_at=clock.now(),
        html="<p>笔录</p>",
    )  # fmt: skip


def write(penalty: Penalty, by, *, sanctions=FINE, conclusion="penalty", **given) -> Penalty:
    penalty.refresh_from_db()
    facts = {"violation": penalty.violation, "grounds": "违法事实清楚，证据确凿", "conclusion": conclusion} | given
    return services.edit(penalty=penalty, expected_version=penalty.version, sanctions=sanctions, by=by, **facts)


def complete(notice, by) -> None:
    """The officer fills in what the draft leaves blank."""
    blank = {
        name: words
        for name, words in KNOWN.items()
        if name in notice.type.content_form.base_fields and not notice.content.get(name)
    }
    notices.edit(notice=notice, content=blank, version=notice.version, by=by)


def draft(penalty: Penalty, by) -> None:
    complete(services.draft_document(penalty=penalty, by=by), by)


def sign(penalty: Penalty, *officers) -> None:
    for officer in officers:
        services.sign(penalty=Penalty.objects.get(pk=penalty.pk), by=officer)


def print_all(docket) -> None:
    """Draw the documents, as the worker does after commit."""
    for job in Job.objects.filter(docket_id=docket.pk, state=JobState.QUEUED):
        with clock.pinned(clock.now() + timedelta(days=60)):
            jobs.run(job.pk)


def serve(notice, server, colleague, *, on: date) -> None:
    """Handed over on that day, at nine."""
    print_all(notice.docket)
    notice.refresh_from_db()
    with clock.pinned(on):
        notices.record_service(
            notice=notice, method=Method.DIRECT, by=server, co_server=colleague, recipient="钱测试",
            relation="办公室负责人", place="厂区", receipt_file=file(f"送达回证{notice.pk}.pdf", PDF + str(notice.pk).encode()),
        )  # fmt: skip


def pass_day(docket, on: date) -> None:
    """The sweep of that day notes which periods ended the day before or earlier."""
    with clock.pinned(on):
        for row in docket.deadlines.open().filter(due_on__lt=on).order_by("pk"):
            deadlines.note_missed(deadline_id=row.pk)
