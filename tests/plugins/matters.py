"""Matters at each stage of the procedure, made by the verbs."""

from datetime import date, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Violation
from core import clock, jobs
from core.models import Job, JobState
from enforcement.inspections import services as inspections
from enforcement.leads import services as leads
from enforcement.rectification import services as cases
from enforcement.rectification.workflow import Stage
from notices import services as notices
from notices.models import Ending, Method, Notice
from tests.plugins.stories import story

DAY = date(2026, 9, 1)  # a Tuesday
RECEIPT = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"  # a signed receipt of service, as far as a test reads it
VISIT = cases.Visit(time(9, 30), time(11, 0), "污水站", "钱测试", "车间主任")
EVIDENCE = ["举报材料（证明举报的时间和内容）"]
VIOLATED = [{"instrument": "中华人民共和国生态环境法典", "article": "第一百条", "content": "保证污染防治设施正常运行"}]


@story
def violation(statute_book):
    return Violation.objects.get(code="EC1104")


@story
def inspection(violation, enterprise, inspector, case_officer):
    with clock.pinned(DAY):
        return inspections.open_inspection(
            enterprise=enterprise,
            inspected_on=DAY,
            began_at=time(8, 30),
            place="萃取车间",
            inspectors=[inspector, case_officer],
            attended_by="钱测试",
            credentials_shown=True,
            by=inspector,
        )


@story
def finding(inspection, violation, inspector):
    with clock.pinned(DAY):
        return inspections.log_finding(
            inspection=inspection, violation=violation, fact="废水处理设施未运行。", place="污水站", by=inspector
        )


@story
def lead(finding, inspector):
    with clock.pinned(DAY):
        return leads.register_finding(finding=finding, by=inspector)


@story
def case(lead, case_officer, second_officer):
    with clock.pinned(DAY):
        return cases.open_case(lead=lead, co_officer=second_officer, by=case_officer)


@story
def written(case, case_officer):
    with clock.pinned(DAY):
        return cases.edit(
            case=case,
            facts="废水处理设施未运行。",
            requirements="恢复废水处理设施正常运行",
            rectification_days=30,
            policy_source=None,
            expected_version=case.version,
            by=case_officer,
        )


def drafted_order(case, by) -> Notice:
    """The draft order with what only the officer knows: the article that was violated, evidence that is no visit."""
    order = cases.draft_order(case=case, by=by)
    known = {"violated": VIOLATED, "evidence": EVIDENCE}
    blank = {name: words for name, words in known.items() if not order.content[name]}
    return notices.edit(notice=order, content=blank, version=order.version, by=by)


@story
def signed(written, case_officer, second_officer):
    with clock.pinned(DAY):
        drafted_order(written, case_officer)
        for officer in (case_officer, second_officer):
            cases.sign(case=written, by=officer)
    written.refresh_from_db()
    return written


@story
def submitted(signed, case_officer):
    with clock.pinned(DAY):
        return cases.submit(case=signed, by=case_officer)


@story
def approved(submitted, legal_reviewer, head):
    with clock.pinned(DAY):
        agreed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
        return cases.approve(case=agreed, by=head)


@story
def issued(approved, case_officer):
    with clock.pinned(DAY):
        cases.issue_order(case=approved, by=case_officer)
    approved.refresh_from_db()
    return approved


def draw(case) -> None:
    """Draw the documents of the case, as the worker does after commit."""
    for job in Job.objects.filter(docket_id=case.docket_id, state=JobState.QUEUED):
        with clock.pinned(clock.now() + timedelta(days=60)):
            jobs.run(job.pk)


def serve(case, officer, colleague, *, on=date(2026, 9, 3), **given):
    """Handed over on 3 September."""
    draw(case)
    case.order.refresh_from_db()
    with clock.pinned(on):
        notices.record_service(
            notice=case.order,
            method=Method.DIRECT,
            by=officer,
            co_server=colleague,
            recipient="钱测试",
            relation="办公室负责人",
            place="萃取车间",
            **given,
        )
    case.refresh_from_db()
    return case


def receipt() -> SimpleUploadedFile:
    return SimpleUploadedFile("送达回证.pdf", RECEIPT, "application/pdf")


@story
def served(issued, case_officer, second_officer):
    return serve(issued, case_officer, second_officer, receipt_file=receipt())


def reinspect(case, *inspectors, done: bool, on: date = date(2026, 9, 28), **given):
    """Called, and recorded by the first of the inspectors."""
    with clock.pinned(on):
        if case.stage == Stage.RECTIFYING:
            case = cases.call_reinspection(case=case, inspectors=inspectors, by=inspectors[0])
        cases.record_reinspection(
            case=case, inspected_on=on, inspectors=list(inspectors), visit=VISIT, is_done=done, findings="复查情况",
            by=inspectors[0], **given,
        )  # fmt: skip
        refuse(
            case.docket.site_records.get(corrected_by=None, kind="reinspection_record", dated=on, signing=None),
            inspectors[0],
        )
    case.refresh_from_db()
    return case


def refuse(record, by) -> None:
    """The party does not sign the record, and the inspector notes it."""
    on = clock.local(record.completed_at).date()
    notices.record_signing(record=record, outcome=Ending.REFUSED, on=on, reason="不同意", by=by)


def close(case, *, officer, head, on: date = date(2026, 9, 29)):
    """Confirmed by the officer and closed by the head."""
    with clock.pinned(on):
        confirmed = cases.confirm_rectified(case=case, by=officer)
        draw(confirmed)
        return cases.close(case=type(case).objects.get(pk=case.pk), by=head)
