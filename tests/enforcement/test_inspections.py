"""An inspection: the record and its findings are written, corrected and signed; it is voided when it was a mistake."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from casework import evidence
from casework.models import Evidence, EvidenceKind, Violation
from core import clock
from core.errors import RuleBroken, Stale
from enforcement.inspections import services as inspections
from enforcement.inspections.models import Finding, Inspection
from enforcement.inspections.workflow import Stage
from enforcement.leads import services as leads
from tests.factories import PASSWORD
from tests.plugins.matters import DAY
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.pinned(DAY):
        yield


def write(inspection, by, **changed) -> Inspection:
    """The record as inspectors write it, with some fields changed."""
    inspection.refresh_from_db()
    usual = {"situation": "检查情况", "ended_on": DAY, "ended_at": time(11, 0)}
    return inspections.describe(
        inspection=inspection,
        record=replace(inspection.record(), **usual | changed),
        expected_version=inspection.version,
        by=by,
    )


def sign(inspection, by):
    inspection.refresh_from_db()
    return inspections.sign(inspection=inspection, seen=inspection.seen_as(), by=by)


def attach(inspection, by, title: str = "现场照片") -> Evidence:
    return evidence.add(
        docket=inspection.docket, upload=SimpleUploadedFile("a.txt", title.encode()), kind=EvidenceKind.DOCUMENT,
        title=title, proves="未运行", made_by="陈测试", made_at=clock.now(), place="污水站", by=by,
    )  # fmt: skip


@story
def recorded(finding, inspector) -> Inspection:
    return write(finding.inspection, inspector)


@story
def half_signed(recorded, inspector) -> Inspection:
    sign(recorded, inspector)
    return recorded


class TestTheRecord:
    def test_a_visit_may_end_after_midnight(self, inspection, inspector):
        with clock.pinned(DAY + timedelta(days=1)):
            done = write(
                inspection, inspector, began_at=time(22, 30), ended_on=DAY + timedelta(days=1), ended_at=time(1, 10)
            )
        assert (done.inspected_on, done.ended_on, done.ended_at) == (DAY, DAY + timedelta(days=1), time(1, 10))

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"ended_at": time(8, 0)}, "ended_at"),
            ({"ended_on": DAY - timedelta(days=1)}, "ended_on"),
            ({"ended_on": DAY + timedelta(days=1)}, "ended_on"),
            ({"inspected_on": DAY + timedelta(days=1)}, "inspected_on"),
            ({"ended_at": None}, "ended_at"),
        ],
    )
    def test_impossible_hours_are_refused_at_their_field(self, inspection, inspector, changed, field):
        with pytest.raises(RuleBroken) as refused:
            write(inspection, inspector, **changed)
        assert refused.value.field == field

    def test_the_hour_it_began_can_be_corrected(self, inspection, inspector):
        """Whoever writes a morning's visit up in the afternoon finds the present hour in the form."""
        assert write(inspection, inspector, began_at=time(7, 45)).began_at == time(7, 45)

    def test_on_another_day_the_certificates_must_have_been_valid_too(self, inspection, inspector, case_officer):
        case_officer.certificate_expires_on = DAY
        case_officer.save()
        with pytest.raises(RuleBroken, match="王测试") as refused, clock.pinned(DAY + timedelta(days=3)):
            write(inspection, inspector, inspected_on=DAY + timedelta(days=1), ended_on=DAY + timedelta(days=1))
        assert refused.value.field == "inspected_on"

    def test_every_changed_field_is_on_the_trail(self, inspection, inspector):
        write(inspection, inspector, attended_by="孙测试", credentials_shown=False, began_at=time(9, 0))
        event = Event.objects.filter(verb="inspections.describe").latest("pk")
        assert event.facts["after"]["attended_by"] == "孙测试"
        assert event.facts["before"]["credentials_shown"] is True
        assert event.facts["after"]["began_at"].startswith("09:00")
        assert set(event.facts["before"]) == set(event.facts["after"])

    def test_of_two_who_write_it_at_once_the_second_is_told(self, inspection, inspector, case_officer):
        opened = Inspection.objects.get(pk=inspection.pk)
        write(inspection, inspector)
        with pytest.raises(Stale, match=rf"{inspector.name}于.*修改了本页内容"):
            inspections.describe(
                inspection=opened, record=opened.record(), expected_version=opened.version, by=case_officer
            )

    def test_an_outsider_writes_nothing(self, inspection, outsider):
        with pytest.raises(PermissionDenied):
            write(inspection, outsider)


class TestSigning:
    def test_who_signs_has_read_the_present_words(self, recorded, case_officer, inspector):
        seen = recorded.seen_as()
        write(recorded, inspector, situation="另一种情况")
        with pytest.raises(Stale):
            inspections.sign(inspection=recorded, seen=seen, by=case_officer)

    def test_a_form_without_what_was_seen_signs_nothing(self, log_in, recorded, inspector):
        answer = log_in(inspector).post(f"/inspections/{recorded.pk}/sign/", {"statement": "on", "password": PASSWORD})
        assert answer.status_code == 422
        assert not recorded.signatures.exists()

    def test_the_page_shows_the_record_and_each_finding(self, log_in, recorded, finding, case_officer):
        page = log_in(case_officer).get(f"/inspections/{recorded.pk}/sign/").content.decode()
        assert "检查情况" in page
        assert finding.fact in page

    def test_whoever_adds_evidence_is_warned_that_signatures_fall(self, half_signed, inspector, log_in):
        url = f"/dockets/{half_signed.docket_id}/evidence/new/"
        assert "已有签名失效" in log_in(inspector).get(url).content.decode()
        write(half_signed, inspector, situation="补充：现场有刺激性气味")
        assert "已有签名失效" not in log_in(inspector).get(url).content.decode()

    def test_a_changed_record_asks_everybody_to_sign_anew(self, half_signed, inspector, case_officer):
        half_signed = write(half_signed, inspector, situation="补充：现场有刺激性气味")
        assert not half_signed.current_signatures().exists()
        assert half_signed.signatures.count() == 1
        for officer in (inspector, case_officer):
            sign(half_signed, officer)
        assert inspections.complete_record(inspection=half_signed, by=inspector).stage == Stage.SIGNED

    def test_so_does_a_finding_that_is_added_or_corrected(self, half_signed, finding, violation, inspector):
        inspections.log_finding(
            inspection=half_signed, violation=violation, fact="又一问题", place="库房", by=inspector
        )
        half_signed.refresh_from_db()
        assert not half_signed.current_signatures().exists()
        sign(half_signed, inspector)
        edit(finding, inspector, fact="废水处理设施停用三日")
        half_signed.refresh_from_db()
        assert not half_signed.current_signatures().exists()

    def test_so_does_an_attachment_that_is_added_or_withdrawn(self, half_signed, inspector, case_officer):
        photograph = attach(half_signed, inspector)
        half_signed.refresh_from_db()
        assert not half_signed.current_signatures().exists()
        sign(half_signed, inspector)
        evidence.withdraw(evidence=photograph, reason="与本案无关", by=case_officer)
        half_signed.refresh_from_db()
        assert not half_signed.current_signatures().exists()

    def test_who_signs_reads_which_attachments_the_record_has(self, log_in, half_signed, inspector, case_officer):
        attach(half_signed, inspector, "污水站照片")
        withdrawn = attach(half_signed, inspector, "误传照片")
        evidence.withdraw(evidence=withdrawn, reason="误传", by=case_officer)
        page = log_in(case_officer).get(f"/inspections/{half_signed.pk}/sign/")
        rows = {row["label"]: row for row in page.context["before"].rows}
        assert "污水站照片" in str(rows["附件"])
        assert "误传照片" not in str(rows["附件"])

    def test_evidence_that_comes_after_the_record_is_complete_touches_no_signature(
        self, half_signed, inspector, case_officer
    ):
        sign(half_signed, case_officer)
        done = inspections.complete_record(inspection=half_signed, by=inspector)
        attach(done, inspector)
        done.refresh_from_db()
        assert done.current_signatures().count() == 2

    def test_writing_the_same_again_leaves_signatures_alone(self, half_signed, inspector):
        write(half_signed, inspector)
        assert half_signed.current_signatures().count() == 1

    def test_a_completed_record_is_changed_by_nobody(self, half_signed, finding, inspector, case_officer):
        sign(half_signed, case_officer)
        inspections.complete_record(inspection=half_signed, by=inspector)
        with pytest.raises(RuleBroken, match="已定稿"):
            write(half_signed, inspector, situation="改写")
        with pytest.raises(RuleBroken):
            edit(finding, inspector, fact="改写")

    def test_nobody_signs_a_record_before_the_certificates_were_shown(self, inspection, inspector):
        write(inspection, inspector, credentials_shown=False)
        with pytest.raises(RuleBroken, match="证件"):
            sign(inspection, inspector)

    def test_the_page_names_the_certificate_that_was_signed_with(self, log_in, half_signed, inspector):
        signed_with = inspector.certificate_number
        inspector.certificate_number = "新证件0001"
        inspector.save()
        page = log_in(inspector).get(half_signed.get_absolute_url()).content.decode()
        assert signed_with in page
        assert "新证件0001" not in page


def edit(finding, by, **changed) -> Finding:
    finding.inspection.refresh_from_db()
    words = {name: getattr(finding, name) for name in ("violation", "fact", "place", "severity")}
    return inspections.edit_finding(
        finding=finding, expected_version=finding.inspection.version, by=by, **words | changed
    )


class TestFindings:
    def test_a_slip_of_the_pen_is_corrected_through_the_page(self, log_in, finding, inspector):
        client = log_in(inspector)
        form = client.get(f"/findings/{finding.pk}/edit/").context["form"]
        data = {name: form.initial[name] for name in ("place", "severity", "version")}
        data |= {"violation": finding.violation_id, "fact": "废水处理设施停用三日。"}
        answer = client.post(f"/findings/{finding.pk}/edit/", data)
        assert answer.status_code == 302
        finding.refresh_from_db()
        assert finding.fact == "废水处理设施停用三日。"
        event = Event.objects.get(verb="inspections.edit_finding")
        assert event.facts["before"]["fact"] != event.facts["after"]["fact"]

    def test_a_finding_with_a_lead_is_not_corrected_any_more(self, lead, finding, inspector):
        with pytest.raises(RuleBroken, match="线索"):
            edit(finding, inspector, fact="另一说法")

    def test_an_outsider_corrects_nothing(self, log_in, finding, outsider):
        assert log_in(outsider).get(f"/findings/{finding.pk}/edit/").status_code == 404


class TestTheLawOfTheDay:
    """DAY lies after the code of 2026 came into force, `BEFORE` before it."""

    BEFORE = date(2026, 8, 3)

    @story
    def earlier_law(self, statute_book) -> Violation:
        return Violation.objects.get(code="OLD-W83")

    def test_the_day_of_the_visit_does_not_move_away_from_the_law_of_its_findings(self, recorded, inspector):
        with pytest.raises(RuleBroken) as refused:
            write(recorded, inspector, inspected_on=self.BEFORE)
        assert refused.value.field == "inspected_on"
        assert recorded.findings.get().violation.name in str(refused.value.reasons)

    def test_without_findings_it_moves(self, inspection, inspector):
        assert write(inspection, inspector, inspected_on=self.BEFORE).inspected_on == self.BEFORE

    def test_a_finding_under_another_law_is_neither_logged_nor_made_of_another(
        self, inspection, finding, earlier_law, inspector
    ):
        with pytest.raises(RuleBroken) as refused:
            inspections.log_finding(
                inspection=inspection, violation=earlier_law, fact="旧法问题", place="库房", by=inspector
            )
        assert refused.value.field == "violation"
        with pytest.raises(RuleBroken) as refused:
            edit(finding, inspector, violation=earlier_law)
        assert refused.value.field == "violation"

    def test_a_record_that_holds_one_all_the_same_is_not_completed(
        self, half_signed, finding, earlier_law, inspector, case_officer
    ):
        Finding.objects.filter(pk=finding.pk).update(violation=earlier_law)  # as it could be written down until now
        sign(half_signed, case_officer)
        with pytest.raises(RuleBroken, match=earlier_law.name):
            inspections.complete_record(inspection=half_signed, by=inspector)


class TestNoFollowUp:
    def test_who_decides_has_the_finding_before_him(self, log_in, finding, inspector):
        page = log_in(inspector).get(f"/findings/{finding.pk}/no-follow-up/").content.decode()
        assert finding.fact in page
        assert finding.violation.act in page

    @story
    def left_alone(self, finding, inspector) -> Finding:
        return inspections.leave_alone(finding=finding, reason="已当场改正", by=inspector)

    def test_it_is_taken_back_with_a_reason_through_the_page(self, log_in, left_alone, inspector):
        client = log_in(inspector)
        address = f"/findings/{left_alone.pk}/follow-up/"
        assert address in client.get(left_alone.get_absolute_url()).content.decode()
        assert "已当场改正" in client.get(address).content.decode()
        assert client.post(address, {"reason": "复核发现未改正"}).status_code == 302
        left_alone.refresh_from_db()
        assert (left_alone.needs_lead, left_alone.no_lead_reason) == (True, "")
        event = Event.objects.get(verb="inspections.follow_up_after_all")
        assert event.facts["reason"] == "复核发现未改正"
        assert event.facts["before"]["no_lead_reason"] == "已当场改正"
        assert leads.register_finding(finding=left_alone, by=inspector).finding == left_alone

    def test_not_without_a_reason_nor_where_nothing_was_recorded(self, left_alone, inspector):
        with pytest.raises(RuleBroken) as refused:
            inspections.follow_up_after_all(finding=left_alone, reason=" ", by=inspector)
        assert refused.value.field == "reason"
        inspections.follow_up_after_all(finding=left_alone, reason="复核发现未改正", by=inspector)
        with pytest.raises(RuleBroken):
            inspections.follow_up_after_all(finding=left_alone, reason="再次", by=inspector)

    @pytest.mark.parametrize("stage", [Stage.CONCLUDED, Stage.VOIDED])
    def test_not_once_the_inspection_is_over(self, left_alone, inspector, stage):
        Inspection.objects.filter(pk=left_alone.inspection_id).update(stage=stage)
        with pytest.raises(RuleBroken):
            inspections.follow_up_after_all(finding=left_alone, reason="复核发现未改正", by=inspector)
        left_alone.refresh_from_db()
        assert not left_alone.needs_lead

    def test_other_words_need_another_decision(self, left_alone, inspector):
        left_alone.inspection.refresh_from_db()
        edited = edit(left_alone, inspector, fact="废水处理设施停用三日，未改正。")
        assert (edited.needs_lead, edited.no_lead_reason) == (True, "")

    def test_an_outsider_takes_nothing_back(self, log_in, left_alone, outsider):
        assert log_in(outsider).post(f"/findings/{left_alone.pk}/follow-up/", {"reason": "x"}).status_code == 404
        with pytest.raises(PermissionDenied):
            inspections.follow_up_after_all(finding=left_alone, reason="x", by=outsider)


class TestAnInspectorWhoCannotSign:
    def test_the_head_records_why_and_the_record_is_completed(self, log_in, half_signed, head, inspector, case_officer):
        client = log_in(head)
        page = client.get(f"/inspections/{half_signed.pk}/missing-signature/")
        assert "王测试" in page.content.decode()
        answer = client.post(
            f"/inspections/{half_signed.pk}/missing-signature/", {"officer": case_officer.pk, "reason": "已调离"}
        )
        assert answer.status_code == 302
        assert inspections.complete_record(inspection=half_signed, by=inspector).stage == Stage.SIGNED
        assert "已调离" in log_in(inspector).get(half_signed.get_absolute_url()).content.decode()

    def test_the_inspectors_cannot_excuse_each_other(self, log_in, half_signed, inspector, case_officer):
        answer = log_in(inspector).post(
            f"/inspections/{half_signed.pk}/missing-signature/", {"officer": case_officer.pk, "reason": "在外"}
        )
        assert answer.status_code == 403

    def test_a_record_that_nobody_signed_is_not_completed(self, recorded, head, inspector, case_officer):
        for officer in (inspector, case_officer):
            inspections.explain_missing_signature(inspection=recorded, officer=officer, reason="已调离", by=head)
        with pytest.raises(RuleBroken, match="签"):
            inspections.complete_record(inspection=recorded, by=inspector)

    def test_who_has_signed_is_not_excused(self, half_signed, head, inspector):
        with pytest.raises(RuleBroken) as refused:
            inspections.explain_missing_signature(inspection=half_signed, officer=inspector, reason="已调离", by=head)
        assert refused.value.field == "officer"


class TestVoiding:
    def test_an_inspection_of_the_wrong_enterprise_ends_with_a_reason_and_stays_on_record(self, log_in, recorded, head):
        answer = log_in(head).post(f"/inspections/{recorded.pk}/step/void/", {"reason": "选错企业"})
        assert answer.status_code == 302
        recorded.refresh_from_db()
        assert recorded.stage == Stage.VOIDED
        assert recorded.docket.closed_on == DAY
        assert Event.objects.get(verb="inspections.void").facts["reason"] == "选错企业"

    def test_not_without_a_reason(self, recorded, head):
        with pytest.raises(RuleBroken):
            inspections.void(inspection=recorded, reason=" ", by=head)

    def test_not_when_a_lead_came_of_it(self, lead, head):
        with pytest.raises(RuleBroken, match="线索"):
            inspections.void(inspection=lead.finding.inspection, reason="选错企业", by=head)

    def test_not_by_an_inspector(self, recorded, inspector):
        with pytest.raises(PermissionDenied):
            inspections.void(inspection=recorded, reason="选错企业", by=inspector)

    def test_a_finding_of_a_voided_inspection_becomes_no_lead(self, recorded, finding, head, inspector):
        inspections.void(inspection=recorded, reason="企业认错", by=head)
        with pytest.raises(RuleBroken, match="作废"):
            leads.register_finding(finding=finding, by=inspector)
