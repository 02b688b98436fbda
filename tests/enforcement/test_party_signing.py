"""How a record ended with the party: signed, refused, nobody there; once, and with its proof."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework import evidence
from casework.models import EvidenceKind
from casework.selectors import my_work
from core import clock
from core.errors import RuleBroken
from enforcement.inspections import records
from enforcement.inspections import services as inspections
from notices import services as notices
from notices.models import Ending, PartySigning, SiteRecord
from organisation.models import Officer
from tests.enforcement.records import NEXT_DAY, draw, scan_of, words_of
from tests.plugins.matters import DAY
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


class TestWithTheParty:
    def test_the_signed_page_is_kept_as_evidence_and_told_on_the_trail(self, record, complete, inspector):
        signing = notices.record_signing(
            record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试", scan=scan_of(record), by=inspector
        )
        assert signing.scan in complete.docket.evidence.all()
        assert signing.scan.kind == EvidenceKind.RECORD
        event = Event.objects.get(verb="notices.party_signed")
        assert event.docket_id == complete.docket_id
        assert event.facts["signatory"] == "钱测试"

    def test_a_refusal_is_noted_in_a_document_of_its_own_with_reason_and_witness(self, record, complete, inspector):
        signing = notices.record_signing(
            record=record, outcome=Ending.REFUSED, on=DAY, reason="须请示公司负责人", witness_name="孙见山",
            witness_organisation="园区管理办公室", by=inspector,
        )  # fmt: skip
        found = words_of(draw(signing.note))
        for words in (
            "拒绝签名情况说明",
            "须请示公司负责人",
            "孙见山，园区管理办公室",
            "现场检查（勘察）笔录",
            inspector.name,
        ):
            assert words in found
        event = Event.objects.get(verb="notices.party_refused")
        assert event.facts["reason"] == "须请示公司负责人"
        assert event.facts["witness_name"] == "孙见山"

    def test_a_refusal_needs_no_witness_but_a_reason(self, record, inspector):
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason=" ", by=inspector)
        assert refused.value.field == "reason"
        signing = notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        assert "现场无见证人" in words_of(draw(signing.note))

    def test_when_nobody_is_there_a_witness_signs(self, record, inspector):
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(record=record, outcome=Ending.ABSENT, on=DAY, reason="门卫称无人", by=inspector)
        assert refused.value.field == "witness_name"

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"signatory": ""}, "signatory"),
            ({"scan": None}, "scan"),
            ({"on": NEXT_DAY}, "on"),
            ({"on": DAY - timedelta(days=1)}, "on"),
        ],
    )
    def test_what_is_missing_or_impossible_is_said_at_its_field(self, record, inspector, changed, field):
        usual = {"on": DAY, "signatory": "钱测试", "scan": scan_of(record)}
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(record=record, outcome=Ending.SIGNED, by=inspector, **usual | changed)
        assert refused.value.field == field

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("签名页.pdf", b"MZ not a pdf"),
            ("签名页.txt", "已签名".encode()),
            ("签名页.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 60),
        ],
    )
    def test_the_signed_page_is_checked_by_its_content(self, record, complete, inspector, name, content):
        with pytest.raises(RuleBroken) as refused:
            notices.record_signing(
                record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试",
                scan=SimpleUploadedFile(name, content), by=inspector,
            )  # fmt: skip
        assert refused.value.field == "scan"
        assert not complete.docket.evidence.exists()

    def test_it_is_recorded_once(self, record, inspector):
        notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        with pytest.raises(RuleBroken):
            notices.record_signing(
                record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试", scan=scan_of(record), by=inspector
            )
        assert PartySigning.objects.count() == 1

    def test_an_outsider_records_nothing(self, log_in, record, outsider):
        with pytest.raises(PermissionDenied):
            notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=outsider)
        assert log_in(outsider).get(reverse("notices:record_signing", args=[record.pk])).status_code == 404

    def test_it_goes_through_the_page(self, log_in, record, inspector):
        client, address = log_in(inspector), reverse("notices:record_signing", args=[record.pk])
        assert client.get(address).status_code == 200
        data = {"on": "2026-09-01", "signatory": "钱测试", "scan": scan_of(record)}
        assert client.post(f"{address}?method=signed", data)["Location"] == record.get_absolute_url()
        assert "当事人已签名" in client.get(record.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("content", ["已签名".encode(), b"MZ not a pdf"])
    def test_a_wrong_file_is_refused_at_its_field_and_the_form_stays(self, log_in, record, inspector, content):
        """It used to end on a page that said the ending was on record, which it was not, and what was typed was lost."""
        data = {"on": "2026-09-01", "signatory": "钱测试", "scan": SimpleUploadedFile("签名页.pdf", content)}
        answer = log_in(inspector).post(reverse("notices:record_signing", args=[record.pk]), data)
        assert answer.status_code == 422
        assert answer.context["form"].errors.get("scan")
        assert "钱测试" in answer.content.decode()
        assert not PartySigning.objects.exists()

    def test_a_reason_that_cannot_be_printed_is_refused_on_the_form(self, log_in, record, inspector):
        data = {"on": "2026-09-01", "reason": "拒签\U00016a40"}
        answer = log_in(inspector).post(f"{reverse('notices:record_signing', args=[record.pk])}?method=refused", data)
        assert answer.status_code == 422
        assert not PartySigning.objects.exists()

    def test_nobody_signs_or_refuses_before_the_record_was_completed(self, log_in, record, inspector):
        with clock.pinned(NEXT_DAY):
            late = SiteRecord.objects.get(pk=record.pk)
            late = notices.freeze_record(
                kind=late.kind, docket=late.docket, dated=DAY,
                context=records.context(late.docket.inspection), by=inspector,
            )  # fmt: skip
            with pytest.raises(RuleBroken, match=str(NEXT_DAY)) as refused:
                notices.record_signing(record=late, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
            assert refused.value.field == "on"
            form = log_in(inspector).get(reverse("notices:record_signing", args=[late.pk])).context["form"]
            assert form.initial["on"] == NEXT_DAY
            notices.record_signing(record=late, outcome=Ending.REFUSED, on=NEXT_DAY, reason="不同意", by=inspector)

    def test_the_signed_page_cannot_be_withdrawn(self, record, inspector, head):
        signing = notices.record_signing(
            record=record, outcome=Ending.SIGNED, on=DAY, signatory="钱测试", scan=scan_of(record), by=inspector
        )
        with pytest.raises(RuleBroken, match="签名页"):
            evidence.withdraw(evidence=signing.scan, reason="误传", by=head)

    def test_the_inspection_is_not_concluded_before_it_is_on_record(self, record, complete, finding, inspector):
        inspections.leave_alone(finding=finding, reason="已当场改正", by=inspector)
        with pytest.raises(RuleBroken, match="签名"):
            inspections.conclude(inspection=complete, by=inspector)
        notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        assert inspections.conclude(inspection=complete, by=inspector).stage == "concluded"

    def test_a_note_that_lacks_its_signatures_is_a_next_step_and_on_the_desk_also_after_the_inspection_ended(
        self, log_in, record, complete, finding, inspector, outsider
    ):
        inspections.leave_alone(finding=finding, reason="已当场改正", by=inspector)
        signing = notices.record_signing(record=record, outcome=Ending.REFUSED, on=DAY, reason="不同意", by=inspector)
        note = draw(signing.note)
        where = reverse("notices:attach_note_scan", args=[note.pk])
        assert f'href="{where}"' in log_in(inspector).get(complete.get_absolute_url()).content.decode()
        inspections.conclude(inspection=complete, by=inspector)
        assert f'href="{where}"' in log_in(inspector).get(complete.get_absolute_url()).content.decode()
        assert where in [item.url for item in my_work(Officer.objects.get(pk=inspector.pk)).mine]
        assert where not in [item.url for item in my_work(outsider).mine]
        with clock.pinned(NEXT_DAY):
            notices.attach_note_scan(record=note, scan=scan_of(note), by=inspector)
        paper = SiteRecord.objects.get(pk=note.pk).signed_scan
        assert (paper.place, paper.made_at) == ("萃取车间", note.completed_at)
        assert where not in log_in(inspector).get(complete.get_absolute_url()).content.decode()
        assert where not in [item.url for item in my_work(Officer.objects.get(pk=inspector.pk)).mine]

    def test_it_is_the_next_step_of_the_inspection(self, log_in, record, complete, inspector):
        page = log_in(inspector).get(complete.get_absolute_url()).content.decode()
        assert reverse("notices:record_signing", args=[record.pk]) in page
