"""What an order relies on is linked from the order, from the page that decides on it and from the tab of evidence; a note on a
signature that is missing gets its signed page."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Evidence
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from notices import services as notices
from notices.models import Frozen, SiteRecord
from tests.enforcement.records import draw
from tests.plugins.matters import DAY, refuse, reinspect
from tests.plugins.stories import story

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LATER = date(2026, 9, 29)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@story
def record(case, inspector) -> SiteRecord:
    """The record of the inspection from which the case came."""
    inspection = case.lead.finding.inspection
    return SiteRecord.objects.create(
        docket=inspection.docket, kind="inspection_record", title="现场检查（勘察）笔录", dated=DAY, completed_by=inspector,
        completed_at=clock.now(), html="<p>笔录</p>",
    )  # fmt: skip


def test_the_reviewer_follows_a_link_from_the_order_to_the_record_it_relies_on(
    record, submitted, legal_reviewer, outsider, log_in
):
    with clock.pinned(DAY):
        client = log_in(legal_reviewer)
        for url in (
            reverse("rectification:take_step", args=[submitted.pk, "agree"]),
            submitted.order.get_absolute_url(),
            reverse("casework:docket_tab", args=[submitted.docket_id, "evidence"]),
        ):
            assert record.get_absolute_url() in client.get(url).content.decode(), url
        page = client.get(submitted.get_absolute_url())
        tab = next(one for one in page.context["tabs"] if "evidence" in one["url"])
        assert tab["count"] == 1
        assert client.get(record.get_absolute_url()).status_code == 200
        assert log_in(outsider).get(submitted.order.get_absolute_url()).status_code == 404


class TestTheNote:
    @story
    def note(self, on_the_day, record, inspector) -> SiteRecord:
        refuse(record, inspector)
        return draw(SiteRecord.objects.get(kind="party_note"))

    def upload(self, name: str = "情况说明.pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, PDF, "application/pdf")

    def test_its_signed_page_is_added_in_the_browser_and_kept_as_evidence(self, note, inspector, outsider, log_in):
        url = reverse("notices:attach_note_scan", args=[note.pk])
        with clock.pinned(DAY + timedelta(days=1)):
            client = log_in(inspector)
            assert url in client.get(note.get_absolute_url()).content.decode()
            answer = client.post(url, {"scan": self.upload(), "_once": str(uuid.uuid4())})
            assert answer["Location"] == note.get_absolute_url()
            scan = Evidence.objects.get(docket=note.docket)
            assert scan.title == "当事人拒绝签名情况说明——现场检查（勘察）笔录（签名件）"
            page = client.get(note.get_absolute_url()).content.decode()
            assert reverse("casework:evidence_file", args=[scan.pk]) in page
            assert log_in(outsider).post(url, {"scan": self.upload()}).status_code == 404

    def test_it_is_added_once_and_to_nothing_but_a_note(self, note, record, inspector):
        with clock.pinned(DAY + timedelta(days=1)):
            notices.attach_note_scan(record=note, scan=self.upload(), by=inspector)
            for wrong in (note, record):
                with pytest.raises(RuleBroken):
                    notices.attach_note_scan(record=wrong, scan=self.upload("二.pdf"), by=inspector)
            note.refresh_from_db()
            note.signed_scan = None
            with pytest.raises(Frozen):
                note.save()


def test_an_order_does_not_rest_on_what_came_to_the_file_after_its_issue(issued, case_officer, log_in):
    before, after = (
        SiteRecord.objects.create(
            docket=issued.docket, kind="reinspection_record", title="复查笔录", dated=DAY, completed_by=case_officer,
            completed_at=issued.order.issued_at + timedelta(days=days), html="<p>笔录</p>",
        )
        for days in (-1, 20)
    )  # fmt: skip
    page = log_in(case_officer).get(issued.order.get_absolute_url())
    shown = [item["url"] for item in page.context["sources"]]
    assert before.get_absolute_url() in shown
    assert after.get_absolute_url() not in shown


def test_a_case_is_not_closed_while_the_record_of_its_visit_is_unanswered(
    record, served, inspector, case_officer, head, log_in
):
    with clock.pinned(LATER):
        looked = reinspect(served, inspector, case_officer, done=True)
        confirmed = cases.confirm_rectified(case=looked, by=case_officer)
        with pytest.raises(RuleBroken, match="现场检查（勘察）笔录"):
            cases.close(case=confirmed, by=head)
        offered = log_in(case_officer).get(confirmed.docket.get_absolute_url()).content.decode()
    assert record.get_absolute_url() in offered


@pytest.mark.parametrize("who", ["legal_reviewer", "head"])
def test_whoever_decides_reads_what_looks_wrong_in_the_order(submitted, who, request, log_in):
    order = submitted.order
    cited = [{"instrument": "稀土管理条例", "article": "第九百条", "content": "如实记录"}]
    type(order).objects.filter(pk=order.pk).update(content=order.content | {"violated": cited})
    client = log_in(request.getfixturevalue(who))
    for url in (order.get_absolute_url(), reverse("rectification:take_step", args=[submitted.pk, "agree"])):
        answer = client.get(url)
        if answer.status_code == 200:
            assert "第九百条" in answer.content.decode().split("请核对")[1]
    assert client.get(order.get_absolute_url()).status_code == 200
