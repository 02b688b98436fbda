"""The world of the access matrix."""

from datetime import timedelta

from django.core.files.base import ContentFile

from casework.models import Evidence, EvidenceKind, Extension, InboxMessage, Instrument, Pause, PeriodRule
from core import clock
from core.models import Job
from enforcement.rectification import services as cases
from organisation import roles
from organisation.models import Delegation
from organisation.services import auditing
from registry.models import EnterpriseGroup, Facility, ProcessLine, Product, Technique
from tests import factories
from tests.access import rows as made
from tests.access.world import World
from tests.plugins.stories import story
from trail.models import Event

INSIDERS = frozenset(
    {"case_officer", "second_officer", "inspector", "legal_reviewer", "head", "supervisor", "coordinator"}
)


@story
def neighbour(synced_roles, changzhou_epb):
    """A case officer of another department of the same city."""
    department = factories.make_department(
        "3204-MIIT", "常州市工业和信息化局", changzhou_epb.region, changzhou_epb.parent, brand="常工信", kind="MIIT"
    )
    return factories.make_officer(roles.CASE_OFFICER, department=department, name="邻测试", username="linju")


@story
def nobody(synced_roles, changzhou_epb):
    """An officer of the right department without any role: sees nothing (defect D6)."""
    return factories.make_officer(department=changzhou_epb, name="无测试", username="wujuese")


@story
def world(
    case_officer, second_officer, inspector, legal_reviewer, head, supervisor, coordinator, auditor, sysadmin, secadmin,
    neighbour, outsider, nobody, written, finding, province_epb,
):  # fmt: skip
    docket = written.docket
    notice = cases.draft_order(case=written, by=case_officer)
    evidence = Evidence(
        docket=docket, kind=EvidenceKind.DOCUMENT, title="台账", proves="原料来源", made_by="钱测试", made_at=clock.now(),
        place="常州", filename="台账.txt", media_type="text/plain", size_bytes=4, sha256="a" * 64, uploaded_by=case_officer,
        uploaded_at=clock.now(),
    )  # fmt: skip
    evidence.file.save("x", ContentFile(b"test"), save=False)
    evidence.save()
    from casework import services

    stranger = factories.make_officer(roles.CASE_OFFICER, department=province_epb, name="省测试", username="shengting")
    share = services.share(docket=docket, officer=stranger, reason="协查", by=head)
    named = {
        "case_officer": case_officer, "second_officer": second_officer, "inspector": inspector,
        "legal_reviewer": legal_reviewer, "head": head, "supervisor": supervisor, "coordinator": coordinator,
        "auditor": auditor, "sysadmin": sysadmin, "secadmin": secadmin, "neighbour": neighbour, "outsider": outsider,
        "nobody": nobody,
    }  # fmt: skip
    delegation = Delegation.objects.create(
        principal=second_officer, deputy=case_officer, starts_on=clock.today() + timedelta(days=30),
        ends_on=clock.today() + timedelta(days=40), reason="休假", created_by=second_officer, created_at=clock.now(),
    )  # fmt: skip
    enterprise = written.enterprise
    facility = Facility.objects.create(enterprise=enterprise, name="主厂区", region=enterprise.region)
    technique = Technique.objects.create(code="test", name="试验萃取", kind="separation")
    line = ProcessLine.objects.create(facility=facility, name="1号线", technique=technique, capacity_t_reo_per_year=100)
    message = InboxMessage.objects.create(recipient=case_officer, kind="mention", title="提醒", at=clock.now())
    job = Job.objects.create(
        kind="notices.render",
        not_before=clock.now(),
        created_at=clock.now(),
        requested_by_id=case_officer.pk,
        state="failed",
    )
    penalty = made.penalty(written, case_officer)
    rows = {
        "penalty": penalty, "statement": penalty.statements.get(), "docket": docket, "case": written, "evidence": evidence, "share": share, "finding": finding,
        "inspection": finding.inspection, "lead": written.lead, "reported lead": made.reported_lead(written.lead, head),
        "notice": notice, "officer": second_officer,
        "enterprise": enterprise, "deadline": docket.deadlines.get(), "delegation": delegation, "facility": facility,
        "line": line, "message": message, "job": job, "event": Event.objects.filter(docket_id=docket.pk).first(),
        "group": EnterpriseGroup.objects.create(name="试验集团"),
        "pause": Pause.objects.create(
            deadline=docket.deadlines.get(), reason_code="hearing", reason="听证", document="1号", from_on=clock.today(),
            to_on=clock.today(), created_by=case_officer, created_at=clock.now(),
        ),
        "extension": Extension.objects.create(
            deadline=docket.deadlines.get(), length=1, unit="calendar_day", reason="案情复杂", document="2号",
            granted_on=clock.today(), granted_by=head, created_at=clock.now(),
        ),
        "product": Product.objects.create(enterprise=enterprise, name="氧化镨钕"),
        "instrument": Instrument.objects.get(title="稀土管理条例"),
    }  # fmt: skip
    rows |= made.services_of(docket, case_officer) | {
        "site record": made.site_record(finding.inspection.docket, inspector),
        "written record": made.written_record(docket, case_officer),
        "party note": made.party_note(finding.inspection.docket, inspector),
        "case file": made.case_file(docket, case_officer), "import": made.import_run(case_officer),
        "verification": auditing.verify_trail(by=auditor), "department": docket.department,
        "rule": PeriodRule.objects.get(code="D05"), "element": made.element(), "hs_code": made.hs_code(),
    }  # fmt: skip
    rows["measure"] = made.measure(rows["issued notice"])
    rows["child measure"] = made.child_measure(docket)
    rows |= made.money_of(docket, case_officer)
    rows |= made.campaign(head, neighbour.department, docket)
    of_lists = made.jobs_of_lists(named)
    rows |= {name: job for name, (job, _owner) in of_lists.items()}
    everybody = frozenset(named)
    of_city = INSIDERS | {"neighbour"}
    seen_by = {
        "enterprise": of_city, "facility": of_city, "line": of_city, "product": of_city,
        # Who has no role does not even see the directory; the security administrator sees who was given whose rights.
        "officer": everybody - {"nobody"}, "instrument": everybody, "group": everybody, "event": everybody,
        "message": frozenset({"case_officer"}), "job": frozenset({"case_officer", "sysadmin"}),
        "delegation": frozenset({"case_officer", "second_officer", "head", "secadmin"}),
        "import": frozenset({"case_officer"}),
        # Who may verify the trail sees every verification; the law and reference data are everybody's.
        "verification": everybody, "department": everybody - {"nobody"}, "rule": everybody, "element": everybody,
        "hs_code": everybody,
    }  # fmt: skip
    # An export, a bulk act: its owner's alone.
    seen_by |= {name: frozenset({owner}) for name, (_job, owner) in of_lists.items()}
    return World(rows=rows, actors=named, insiders=INSIDERS, seen_by=seen_by)
