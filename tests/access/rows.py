"""Rows of the access matrix that no fixture of the procedure makes: printed documents, services, jobs, an import, reference data."""

import hashlib
import io
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pypdf import PdfWriter

from casework import services as dockets
from casework.models import Docket, Provision
from core import clock
from core.lists import bulk, export
from core.lists.page import ListPage, all_pages
from core.models import Job, JobState
from enforcement.campaigns.models import Campaign, Link, Member, Supervision, Target, Task
from enforcement.leads import informants
from enforcement.leads import services as leads
from enforcement.leads.models import Lead, Origin
from enforcement.measures.happenings import Kind
from enforcement.measures.models import ChildMeasure, Measure
from enforcement.penalties import services as penalties
from enforcement.penalties.models import (
    Confiscation,
    Entry,
    Penalty,
    Plan,
    PlannedInstalment,
    Review,
    Statement,
    StatementKind,
)
from enforcement.rectification.models import RectificationCase
from notices import casefile
from notices.models import Ending, Method, Notice, NoticeState, Outcome, PartySigning, Service, SiteRecord
from organisation.models import Department, Officer
from registry.models import Element, HsCode, ImportRun
from registry.services import imports
from tests.enforcement.penalties import money
from tests.registry.conftest import row_of, upload, workbook

VERIFICATION_CODE = "7QK29F4MXW3C"  # in the table as a reader types it: 7QK2-9F4M-XW3C


def _pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=280)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _printed(row: Any) -> Any:
    pdf = _pdf()
    row.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
    row.pdf_pages, row.pdf_size_bytes, row.printed_at = 1, len(pdf), clock.now()
    row.pdf.save(f"{row.pdf_sha256}-{row._meta.model_name}.pdf", ContentFile(pdf), save=False)
    row.save()
    return row


def reported_lead(like: Lead, by: Officer) -> Lead:
    """A lead of an informant, whom only the permission opens to others."""
    lead = leads.register(
        enterprise=like.enterprise, origin=Origin.REPORT, violation=like.violation, facts="夜间有异味",
        received_on=clock.today(), by=by,
    )  # fmt: skip
    informants.record(lead=lead, given=informants.Given("举测试"), by=by)
    return lead


def issued_notice(docket: Docket, by: Officer, serial: int, code: str) -> Notice:
    now = clock.now()
    return _printed(
        Notice(
            docket=docket, kind="notice", state=NoticeState.ISSUED, drafted_by=by, edited_by=by, drafted_at=now,
            updated_at=now, number=f"常环告〔2026〕{serial}号", series="常环告", year=2026, serial=serial,
            verification_code=code, issued_on=clock.today(), issued_at=now, issued_by=by, title="告知书",
            agency=docket.department, agency_name="常州市生态环境局", addressee_name="试验企业", html="<p>正文</p>",
        )
    )  # fmt: skip


def services_of(docket: Docket, by: Officer) -> dict[str, Any]:
    """A notice handed over, with its receipt, and one that the post has."""
    issued = issued_notice(docket, by, 1, VERIFICATION_CODE)
    posted = issued_notice(docket, by, 2, "AAAA9F4MXW3C")
    handed_over = issued_notice(docket, by, 3, "BBBB9F4MXW3C")
    now = clock.now()
    done = Service(
        notice=handed_over, method=Method.DIRECT, outcome=Outcome.SERVED, at=now, served_on=clock.today(), server=by,
        recorded_at=now, recipient="钱测试", html="<p>送达回证</p>",
    )  # fmt: skip
    pending = Service.objects.create(
        notice=posted, method=Method.POST, outcome=Outcome.PENDING, at=now, server=by, recorded_at=now
    )
    return {"issued notice": issued, "done service": _printed(done), "pending service": pending}


def measure(notice: Notice) -> Measure:
    """What an issued document ordered, still in force."""
    return Measure.objects.create(docket=notice.docket, kind=Kind.SEIZURE, notice=notice, since=clock.today())


def money_of(docket: Docket, by: Officer) -> dict[str, Any]:
    """What is owed on a decision, a payment, a plan of instalments, a review of the decision, and what was confiscated."""
    claim = money.owed(docket, by, decision=issued_notice(docket, by, 9, "CCCC9F4MXW3C"))
    facts = {"recorded_by": by, "recorded_at": clock.now()}
    plan = Plan.objects.create(
        receivable=claim, applied_on=clock.today(), agreed_on=clock.today(), document="1号", **facts
    )
    PlannedInstalment.objects.create(plan=plan, due_on=money.DUE, amount_cny=claim.principal_cny)
    return {
        "claim": claim,
        "payment": Entry.objects.create(
            receivable=claim, paid_on=clock.today(), amount_cny=1, receipt_number="1", channel="bank", **facts
        ),
        "plan of instalments": plan,
        "review of a decision": Review.objects.create(
            receivable=claim, kind="litigation", first_on=clock.today(), document="1号", **facts
        ),
        "confiscated thing": Confiscation.objects.create(
            docket=docket, decision=claim.decision, kind="tools", name="萃取槽", quantity="2台", received_on=clock.today(),
            kept_at="罚没物品仓库", **facts
        ),
    }  # fmt: skip


def child_measure(docket: Docket) -> ChildMeasure:
    """One of a chain, not sent yet."""
    return ChildMeasure.objects.create(
        docket=docket, chain="plan", code="plan_trace", position=2, task="追查矿产品来源", confidence="high",
        policy_source="国发〔2011〕12号(十一)", due_on=clock.today(), department=docket.department,
    )  # fmt: skip


def site_record(docket: Docket, by: Officer) -> SiteRecord:
    """A complete record of an inspection, printed, not signed by the party yet."""
    now = clock.now()
    return _printed(
        SiteRecord(
            docket=docket, kind="inspection_record", title="现场检查（勘察）笔录", dated=clock.today(), completed_by=by,
            completed_at=now, html="<p>笔录</p>",
        )
    )  # fmt: skip


def written_record(docket: Docket, by: Officer) -> SiteRecord:
    """A record that an officer wrote in its form."""
    return _printed(
        SiteRecord(
            docket=docket, kind="questioning", title="调查询问笔录", dated=clock.today(), completed_by=by,
            completed_at=clock.now(), content={"person": "钱测试"}, html="<p>笔录</p>",
        )
    )  # fmt: skip


def party_note(docket: Docket, by: Officer) -> SiteRecord:
    """The note on a record that the party refused to sign."""
    now = clock.now()
    note = _printed(
        SiteRecord(
            docket=docket, kind="party_note", title="当事人拒绝签名情况说明", dated=clock.today(), completed_by=by,
            completed_at=now, html="<p>说明</p>",
        )
    )  # fmt: skip
    PartySigning.objects.create(
        record=site_record(docket, by), outcome=Ending.REFUSED, on=clock.today(), reason="不同意", note=note, officer=by,
        recorded_at=now,
    )  # fmt: skip
    return note


def penalty(case: RectificationCase, by: Officer) -> Penalty:
    """Pursued in this case, with a statement of the party."""
    found = penalties.pursue(case=case, by=by)
    Statement.objects.create(
        penalty=found, round=1, kind=StatementKind.ARGUES, received_on=clock.today(), text="请求从轻", recorded_by=by,
        recorded_at=clock.now(),
    )  # fmt: skip
    return found


def case_file(docket: Docket, by: Officer) -> Job:
    result = {"pages": 1, "papers": 1}
    for which in ("pdf", "zip"):
        result[which] = default_storage.save(f"casefiles/{docket.pk}.{which}", ContentFile(_pdf()))
        result[f"{which}_name"] = f"案卷.{which}"
    return _done(casefile.JOB, by, {"docket": docket.pk}, result, docket_id=docket.pk)


def _done(kind: str, by: Officer, payload: dict[str, Any], result: dict[str, Any], **fields: Any) -> Job:
    now = clock.now()
    return Job.objects.create(
        kind=kind, payload=payload, result=result, state=JobState.DONE, not_before=now, created_at=now, finished_at=now,
        requested_by_id=by.pk, **fields,
    )  # fmt: skip


def import_run(by: Officer) -> ImportRun:
    return imports.start_import(by=by, upload=upload(workbook([row_of(1)])))


def jobs_of_lists(actors: dict[str, Officer]) -> dict[str, tuple[Job, str]]:
    """For each list page a finished export, and a bulk act where it has any, of the first actor who may; and who that is."""
    found: dict[str, tuple[Job, str]] = {}
    for page in all_pages():
        owner = _first_who_may(page, actors, page.permission)
        path = default_storage.save(f"exports/{page.name}.xlsx", ContentFile(b"x"))
        payload = {"page": page.name, "query": "", "name": "导出.xlsx", "acting_for": None}
        job = _done(export.KIND, actors[owner], payload, {"file": path, "name": "导出.xlsx", "rows": 1})
        found[f"export of {page.url_name}"] = (job, owner)
        for action in page.actions[:1]:
            owner = _first_who_may(page, actors, page.permission, action.permission)
            act = {"page": page.name, "action": action.key, "ids": [], "data": {}, "acting_for": None}
            job = _done(bulk.KIND, actors[owner], act, {"done": 0, "refused": 0})
            found[f"bulk act of {page.url_name}"] = (job, owner)
    return found


def _first_who_may(page: ListPage, actors: dict[str, Officer], *permissions: str) -> str:
    return next(
        name for name, officer in actors.items() if all(officer.has_perm(one) for one in permissions if one)
    )  # StopIteration: nobody may use the list at all


def element() -> Element:
    return Element.objects.create(
        symbol="La", name="镧", atomic_number=57, atomic_mass="138.9055", oxide_formula="La2O3", oxide_name="氧化镧",
        oxide_molar_mass="325.8091", factor_element_to_oxide="1.17277", factor_oxide_to_element="0.85268",
        two_group="轻稀土", three_group="轻稀土",
    )  # fmt: skip


def hs_code() -> HsCode:
    return HsCode.objects.create(code="28461010", name="氧化铈", category="稀土化合物")


def campaign(head: Officer, member: Department, docket: Docket) -> dict[str, Any]:
    """A deployed campaign with an enterprise, a member department and its task; the case is supervised by name."""
    source = Provision.objects.filter(instrument__nature="policy").first()
    today = clock.today()
    campaign = Campaign.objects.create(
        docket=dockets.open_docket(
            kind="campaign", title="稀土专项整治", by=head, department=head.department, region=head.department.region
        ),
        subject="environment", name="稀土专项整治", policy_source=source, starts_on=today,
        ends_on=today + timedelta(days=90), self_check_due_on=today + timedelta(days=20), aims="目标", scope="范围",
        steps="步骤", requirements="要求", written_by=head,
    )  # fmt: skip
    target = Target.objects.create(
        campaign=campaign, enterprise=docket.enterprise, reason="冶炼分离企业", due_on=campaign.self_check_due_on
    )
    task = Task.objects.create(
        docket=dockets.open_docket(
            kind="campaign_task", title="核查", by=head, department=head.department, region=head.department.region
        ),
        campaign=campaign, text="核查", due_on=today + timedelta(days=30), assigned_by=head,
    )  # fmt: skip
    listed = Supervision.objects.create(
        docket=docket, level="city", authority="常州市生态环境局", department=head.department, document="常环督〔2026〕1号",
        listed_on=today, due_on=today + timedelta(days=60), requirements="查清事实", listed_by=head,
    )  # fmt: skip
    return {
        "campaign": campaign, "target": target, "campaign task": task, "supervision": listed,
        "matter link": Link.objects.create(campaign=campaign, docket=docket, added_by=head, added_at=clock.now()),
        "member": Member.objects.create(campaign=campaign, department=member, duties="配合"),
    }  # fmt: skip
