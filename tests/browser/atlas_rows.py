"""What the atlas needs beyond people and companies: a matter at every stage, and a row of everything that has a page."""

import random
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

SEED = 7
CITY = "3204-EPD"
TOLD_DAYS_AGO = (25, 60, 150)


def add_rows() -> None:
    """Fill the portal. Names and companies come from the demonstration; deeds are done by the portal's own verbs."""
    _tell_stories()
    _leave_matters_open()
    _draft_orders()
    _write_notices()
    _write_records()
    _serve_by_post()
    _owe_money()
    _take_measures()
    _keep_registry()
    _keep_people()
    _work_in_the_background()


def _tell_stories() -> None:
    """Each end of the demonstration's stories in one city, some lately, some too long ago; one in another city."""
    from core import clock
    from organisation.models import Officer
    from rareearth.demo import histories
    from registry.models import Enterprise

    rng, today = random.Random(SEED), clock.today()
    teams = histories.teams(list(Officer.objects.all()))
    ends = [
        (code, end, TOLD_DAYS_AGO[number % 3])
        for number, (end, _weight) in enumerate(histories.ENDS)
        for code in [CITY]
    ]
    ends += [
        (CITY, histories.Stage.RECTIFYING, 150),
        (CITY, histories.Stage.SERVING, 20),
        (CITY, histories.Stage.SERVING, 30),
    ]
    ends += [("3203-EPD", histories.Stage.RECTIFYING, 40), (CITY, "extended", 30), (CITY, "paused", 35)]
    for code, end, days_ago in ends:
        enterprises = Enterprise.objects.filter(region__code__startswith=code[:4]).order_by("pk")
        story = histories.Story(rng, teams[code], today - timedelta(days=days_ago), today, end)
        histories.tell(story, rng.choice(list(enterprises)))


def the_officer(username: str) -> Any:
    from organisation.models import Officer

    return Officer.objects.get(username=username)


def _this_minute() -> time:
    """What is under way began by now, however young the day is."""
    from core import clock

    return clock.local(clock.now()).time().replace(second=0, microsecond=0)


def _leave_matters_open() -> None:
    """An inspection under way with a finding, an unsigned case, a note that mentions, evidence withdrawn, a docket shared."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from casework import evidence, notes, services
    from casework.models import Docket, EvidenceKind, Violation
    from core import clock
    from enforcement.inspections import services as inspections
    from rareearth.demo import paper
    from registry.models import Enterprise

    inspector, officer, head = the_officer("chenjie"), the_officer("wanglei"), the_officer("zhouheng")
    enterprise = Enterprise.objects.filter(region__code__startswith="3204").order_by("pk")[0]
    inspection = inspections.open_inspection(
        is_another=True,  # the rows are invented: two may fall on one day
        enterprise=enterprise,
        inspected_on=clock.today(),
        began_at=_this_minute(),
        place="萃取车间",
        inspectors=[inspector, officer],
        attended_by=enterprise.contact_name,
        credentials_shown=True,
        by=inspector,
    )
    for violation in Violation.objects.filter(code__in=["EC1107", "RE25"]):
        inspections.log_finding(
            inspection=inspection, violation=violation, fact="废水经溢流口进入雨水沟。", place="萃取车间", by=inspector
        )
    docket = Docket.objects.filter(kind="rectification", officer=officer).order_by("pk").first() or Docket.objects.get(
        pk=inspection.docket_id
    )
    notes.add(docket=docket, text="请核对台账原件，本周内反馈。@wanglei", by=the_officer("lijing"))
    services.share(docket=docket, officer=the_officer("xuwai"), reason="跨市转移废渣，需徐州协查", by=head)
    for number, title in enumerate(("溢流口照片", "液位计照片")):
        kept = evidence.add(
            docket=inspection.docket, upload=SimpleUploadedFile("照片.png", paper.PICTURE + bytes([number]), "image/png"),
            kind=EvidenceKind.AUDIOVISUAL, title=title, proves="废水溢流进入雨水沟", made_by=inspector.name, made_at=clock.now(),
            place="萃取车间", by=inspector,
        )  # fmt: skip
    evidence.withdraw(evidence=kept, reason="拍摄对象有误，已重新提取", by=officer)
    _wait_for_the_party(enterprise, inspector, officer)
    _leave_a_note_unsigned(enterprise, inspector, officer)
    _grant_more_time(head)


def _leave_a_note_unsigned(enterprise: Any, inspector: Any, officer: Any) -> None:
    """A party refused to sign; the note of it has no signed page yet."""
    from core import clock
    from notices import printing
    from notices import services as notices
    from notices.models import Ending
    from rareearth.demo import paper

    record = _wait_for_the_party(enterprise, inspector, officer).site_records.get()
    paper.draw(record.docket, printing.RECORD_JOB)
    record.refresh_from_db()
    notices.record_signing(
        record=record, outcome=Ending.REFUSED, on=clock.today(), reason="须请示公司负责人", by=inspector
    )
    paper.draw(record.docket, printing.RECORD_JOB)


def _wait_for_the_party(enterprise: Any, inspector: Any, officer: Any) -> Any:
    """The docket of an inspection whose record is complete and not yet signed by the party."""
    from core import clock
    from enforcement.inspections import services as inspections

    inspection = inspections.open_inspection(
        is_another=True,  # the rows are invented: two may fall on one day
        enterprise=enterprise, inspected_on=clock.today(), began_at=_this_minute(), place="灼烧车间", inspectors=[inspector, officer],
        attended_by=enterprise.contact_name, credentials_shown=True, by=inspector,
    )  # fmt: skip
    record = replace(
        inspection.record(), situation="未发现问题。", ended_on=clock.today(), ended_at=inspection.began_at
    )
    inspection = inspections.describe(
        inspection=inspection, record=record, expected_version=inspection.version, by=inspector
    )
    for one in (inspector, officer):
        inspections.sign(inspection=inspection, seen=inspection.seen_as(), by=one)
    inspections.complete_record(inspection=inspection, by=inspector)
    return inspection.docket


def _grant_more_time(head: Any) -> None:
    """A period of his department that runs is extended, whatever the stories of the day made of theirs."""
    from casework import deadlines
    from casework.models import Deadline
    from core import clock

    running = Deadline.objects.open().filter(
        kind="rectification.period", docket__department=head.department, docket__closed_on=None, paused_since=None,
        due_on__gte=clock.today(), extensions=None,
    )  # fmt: skip
    deadlines.extend(
        deadline=running.order_by("pk")[0], length=5, reason="防渗材料须定制", document="延期审批表第1号", by=head
    )


def _draft_orders() -> None:
    """An order being written, in each case that is still investigated."""
    from enforcement.rectification import services as cases
    from enforcement.rectification.models import RectificationCase

    for case in RectificationCase.objects.filter(docket__stage="investigating", docket__department__code=CITY).order_by(
        "pk"
    ):
        by = case.docket.officer
        edited = cases.edit(
            case=case, facts=case.facts, requirements="修复收集池液位控制系统\n清理雨水沟受污染底泥", rectification_days=30,
            policy_source=None, expected_version=case.version, by=by,
        )  # fmt: skip
        cases.draft_order(case=edited, by=by)


def _write_notices() -> None:
    """Documents that are decided on their own pages: one waits for approval, one is still a draft."""
    from casework.models import Docket
    from notices import services
    from tests.notices.words import WORDS

    docket = Docket.objects.filter(kind="rectification", closed_on=None, department__code=CITY).order_by("pk").first()
    by = docket.officer
    services.draft(kind="notice", docket=docket, content=WORDS, by=by)
    services.submit(notice=services.draft(kind="notice", docket=docket, content=WORDS, by=by), by=by)


def _write_records() -> None:
    """A record of questioning that an officer wrote in its form."""
    from casework.models import Docket
    from core import clock
    from enforcement.rectification.written import people
    from notices import services
    from tests.enforcement.written.words import questioning

    docket = Docket.objects.filter(kind="rectification", closed_on=None, department__code=CITY).order_by("pk").first()
    a_day_ago = clock.now() - timedelta(days=1)
    moments = {"began": a_day_ago, "ended": a_day_ago + timedelta(hours=1)}
    services.write_record(
        kind="questioning",
        docket=docket,
        content=questioning(*people.team(docket)[:2], **{name: at.isoformat() for name, at in moments.items()}),
        by=docket.officer,
    )


def _serve_by_post() -> None:
    """One order sent by post whose receipt is awaited, one attempt that failed."""
    from notices import services
    from notices.models import Failure, Method, Notice, NoticeState
    from rareearth.demo import paper

    waiting = list(Notice.objects.filter(state=NoticeState.ISSUED, docket__department__code=CITY).order_by("pk"))
    colleague = the_officer("lijing")
    for notice, number in zip(waiting[:2], ("EM10086012CN", "EM10086013CN"), strict=False):
        by = notice.docket.officer
        other = colleague if by != colleague else the_officer("wanglei")
        paper.draw(notice.docket, "notices.render")  # the demonstration leaves it to the worker
        notice.refresh_from_db()
        if number.endswith("2CN"):
            services.record_service(
                notice=notice, method=Method.POST, by=by, co_server=other, tracking_number=number,
                place=notice.docket.enterprise.address, recipient=notice.docket.enterprise.name,
            )  # fmt: skip
        else:
            services.record_attempt(
                notice=notice, method=Method.DIRECT, failure=Failure.NOBODY, by=by, co_server=other, place="厂区门卫室"
            )


def _owe_money() -> None:
    """A fine overdue, paid in part, deferred, under reconsideration; a thing confiscated by the same decision."""
    from decimal import Decimal

    from casework.models import Docket
    from core import clock
    from enforcement.penalties import confiscations, payments
    from enforcement.penalties.surcharge import Instalment
    from tests.enforcement.penalties.money import decision_of

    docket = Docket.objects.filter(kind="rectification", closed_on=None, department__code=CITY).order_by("-pk").first()
    by, today = docket.officer, clock.today()
    decided, due = today - timedelta(days=60), today - timedelta(days=44)
    decision = decision_of(docket, by, number="常环罚〔2026〕901号", on=decided, kind="penalty_decision")
    claim = payments.open_receivable(decision=decision, purpose="fine", principal=Decimal("100000"), due_on=due, by=by)
    plan = [Instalment(due + timedelta(days=days), Decimal("50000")) for days in (10, 60)]
    payments.record_plan(
        receivable=claim, applied_on=due, agreed_on=due, document="常环分期〔2026〕1号", instalments=plan, by=by
    )
    paid_on = due + timedelta(days=20)
    for receipt in ("苏罚0001", "苏罚0002"):
        entry = payments.record_payment(
            receivable=claim, paid_on=paid_on, amount=Decimal("20000"), receipt_number=receipt, channel="bank", by=by
        )
    payments.reverse_payment(entry=entry, reason="票据录错", by=by)
    payments.begin_review(
        receivable=claim, kind="reconsideration", first_on=paid_on, document="常政复受〔2026〕7号", by=by
    )
    confiscations.receive(
        docket=docket, decision=decision, kind="products", name="氧化镨钕", quantity="12.5吨", received_on=paid_on,
        kept_at="罚没物品仓库", by=by,
    )  # fmt: skip


def _take_measures() -> None:
    """A measure in force that a document ordered, and a chain: one measure sent, the others laid out."""
    from casework.models import Docket
    from core import clock
    from enforcement.measures import services
    from enforcement.measures.happenings import Kind
    from enforcement.measures.models import Measure

    docket = Docket.objects.filter(kind="rectification", closed_on=None, department__code=CITY).order_by("-pk").first()
    ordered = docket.notices.exclude(number=None).order_by("pk").first()
    Measure.objects.create(docket=docket, kind=Kind.SEIZURE, notice=ordered, since=clock.today())
    chain = services.lay_out(docket=docket, chain="environment", triggers=["no_facility"], by=docket.officer)
    services.send(measure=chain[0], officers=[], letter="", expected_version=1, by=docket.officer)


def _keep_registry() -> None:
    """An import whose dry run found errors, a product."""
    from registry.imports.columns import COLUMNS
    from registry.models import Enterprise, MaterialClass
    from registry.services import products
    from registry.services.imports import start_import
    from tests.registry.conftest import row_of, upload, workbook

    by = the_officer("wanglei")
    headings = [column.heading for column in COLUMNS]
    rows = [
        row_of(1),
        row_of(2) | {"统一社会信用代码": "91320400MA000000X0"},
        row_of(3) | {"企业名称": "", "企业类型": "炼金"},
    ]
    sites = [
        {
            "统一社会信用代码": row_of(1)["统一社会信用代码"],
            "厂区名称": "主厂区",
            "经度（WGS-84）": "31.42",
            "纬度（WGS-84）": "119.48",
        }
    ]
    content = workbook(rows, headings=headings, 厂区=sites)
    start_import(by=by, upload=upload(content, "企业名录（三季度）.xlsx"))
    start_import(by=by, upload=upload(workbook([row_of(4)], headings=headings), "企业名录.xlsx"))
    products.add_product(
        enterprise=Enterprise.objects.filter(region__code__startswith=CITY[:4]).order_by("pk")[0],
        by=the_officer("wanglei"),
        values={"name": "氧化镨钕", "material_class": MaterialClass.objects.first(), "note": "纯度99.5%以上"},
    )


def _keep_people() -> None:
    """A colleague on leave, an account closed, an account locked out, a second factor."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from core import clock
    from organisation.services import accounts, delegations

    today = clock.today()
    delegations.give(
        principal=the_officer("lijing"), deputy=the_officer("wanglei"), starts_on=today, ends_on=today + timedelta(days=5),
        reason="年休假", knows_exclusions=True, by=the_officer("lijing"),
    )  # fmt: skip
    TOTPDevice.objects.create(user=the_officer("fengshen"), name="app", confirmed=True)
    accounts.close_account(officer=the_officer("jsdrc1"), reason="调离本单位", by=the_officer("chuxi"))


def _work_in_the_background() -> None:
    """Jobs in several states, reminders sent, a message that leads nowhere."""
    from casework.models import InboxMessage
    from casework.tasks import send_reminders, sweep_reminders
    from core import clock
    from core.models import Job, JobState

    sweep_reminders()
    send_reminders()
    now = clock.now()
    InboxMessage.objects.create(
        recipient=the_officer("wanglei"), kind="mention", title="系统维护通知：周六22时起停机一小时。", at=now
    )
    for state, step in ((JobState.FAILED, ""), (JobState.RUNNING, "3 / 8")):
        Job.objects.create(
            kind="notices.render", not_before=now + timedelta(days=365), created_at=now, requested_by_id=the_officer("wanglei").pk,
            state=state, progress=40, step=step, lease_until=now + timedelta(days=365),
        )  # fmt: skip
