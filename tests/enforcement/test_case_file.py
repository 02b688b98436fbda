"""The file of a case holds what the case rests on: the record and the evidence of the inspection it came from, the lead's, and
the record of the re-inspection."""

import io
from dataclasses import replace
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from casework import evidence, origins
from casework import services as dockets
from casework.models import Confidentiality, EvidenceKind
from core import clock, jobs
from core.models import JobState
from enforcement.inspections import services as inspections
from notices import casefile
from notices import services as notices
from tests.notices.rendered_pages import lines_of
from tests.notices.volumes import Read, sums_checked, unpacked, words
from tests.plugins.matters import DAY, close, draw, refuse, reinspect
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
CLOSED = date(2026, 9, 29)


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def add(docket, by, name: str, content: bytes, title: str):
    return evidence.add(
        docket=docket, upload=SimpleUploadedFile(name, content), kind=EvidenceKind.AUDIOVISUAL, title=title, proves="废水外排",
        made_by=by.name, made_at=clock.now(), place="污水站", by=by,
    )  # fmt: skip


@story
def photograph(inspection, inspector):
    """Taken on the visit, before anything else happened."""
    with clock.pinned(DAY):
        return add(inspection.docket, inspector, "IMG_0001📷.jpg", picture("red"), "污水站照片")


@story
def tip(photograph, lead, case_officer):
    """Evidence of the lead."""
    with clock.pinned(DAY):
        return add(lead.docket, case_officer, "举报.txt", "夜间排水".encode(), "举报材料")


@story
def own(tip, case, case_officer):
    """Evidence of the case itself."""
    with clock.pinned(DAY):
        return add(case.docket, case_officer, "录像.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 60, "现场录像")


@story
def recorded(own, finding, inspector, case_officer):
    """The record of the inspection, complete and refused by the party."""
    inspection = finding.inspection
    inspection.refresh_from_db()
    with clock.pinned(DAY):
        inspection = inspections.describe(
            inspection=inspection,
            record=replace(inspection.record(), situation="废水直排。", ended_on=DAY, ended_at=time(11, 0)),
            expected_version=inspection.version,
            by=inspector,
        )
        for officer in (inspector, case_officer):
            inspections.sign(inspection=inspection, seen=inspection.seen_as(), by=officer)
        inspection = inspections.complete_record(inspection=inspection, by=inspector)
        refuse(inspection.docket.site_records.get(), inspector)
    draw(inspection)
    return inspection


@story
def closed(recorded, served, inspector, case_officer, head):
    """The case from the inspection to its end, every document drawn."""
    case = reinspect(served, inspector, case_officer, done=True)
    draw(case)
    return close(case, officer=case_officer, head=head, on=CLOSED)


def exported(case, by):
    with clock.pinned(CLOSED):
        job = jobs.run(notices.export_case_file(docket=case.docket, by=by).pk)
    assert job is not None
    assert job.state == JobState.DONE, job.error
    return job


@pytest.fixture
def out(tmp_path):
    """Where packages are unpacked; the store lies beside it."""
    return tmp_path / "out"


def test_a_case_came_from_its_lead_and_that_from_an_inspection(case, lead, inspection):
    assert origins.chain(case.docket) == [inspection.docket, lead.docket]
    assert origins.chain(lead.docket) == [inspection.docket]
    assert origins.chain(inspection.docket) == []


class TestTheVolume:
    def test_the_principal_volume_stands_in_the_order_of_its_groups(self, closed, case_officer):
        """No penalty was imposed: the order to rectify and its service stand where the decision would."""
        read, order = Read(exported(closed, case_officer)), closed.order.number
        assert read.titles[:2] == ["行政执法案卷", "卷内目录"]
        assert [(mark.group, mark.title) for mark in read.pieces] == [
            ("一、行政处罚决定书及送达回证", f"责令改正违法行为决定书 {order}"),
            ("一、行政处罚决定书及送达回证", f"送达回证 {order}"),
            ("二、立案审批材料", "立案审批表"),
            ("三、调查取证及证据材料", "现场检查（勘察）笔录"),
            ("三、调查取证及证据材料", "当事人拒绝签名情况说明——现场检查（勘察）笔录"),
            ("三、调查取证及证据材料", "证据材料清单"),
            ("三、调查取证及证据材料", "证据1：污水站照片"),
            ("七、执行材料", "复查笔录"),
            ("七、执行材料", "当事人拒绝签名情况说明——复查笔录"),
            ("八、结案材料", "结案审批表"),
        ]
        assert read.titles[-1] == "卷内备考表"

    def test_what_is_not_for_the_party_stands_in_the_supplementary_volume(self, closed, case_officer):
        read = Read(exported(closed, case_officer), "inner")
        assert [(mark.group, mark.title) for mark in read.pieces] == [
            ("一、投诉、信访举报、案源材料", "线索登记表"),
            ("一、投诉、信访举报、案源材料", "证据材料清单"),
            ("四、审查意见", "法制审核意见书"),
            ("六、其他有关材料", "案件办理流程记录"),
        ]
        assert "举报材料" in read.text_of("证据材料清单")

    def test_nothing_of_the_supplementary_volume_is_in_the_principal_one(self, closed, case_officer, legal_reviewer):
        read = Read(exported(closed, case_officer))
        text = words("".join(read.pages))
        for inside in ("法制审核意见书", "案件办理流程记录", legal_reviewer.name):
            assert inside not in text
        assert "举报材料" not in read.text_of("证据材料清单")

    def test_every_document_of_the_index_has_its_day(self, closed, case_officer):
        """What the file itself adds was made on the day on which it was put together."""
        job = exported(closed, case_officer)
        today = f"{CLOSED.year}.{CLOSED.month}.{CLOSED.day}"
        for which, title in (("inner", "案件办理流程记录"), ("pdf", "证据材料清单")):
            assert Read(job, which).index.partition(title)[2].startswith(today), title

    def test_the_index_gives_the_page_on_which_each_piece_begins(self, closed, case_officer):
        job = exported(closed, case_officer)
        for told in job.result["volumes"]:
            read = Read(job, told["which"])
            ends = [mark.place for mark in read.pieces[1:]] + [len(read.pages) - 1]
            for mark, end in zip(read.pieces, ends, strict=True):
                first, last = mark.place - read.front + 1, end - read.front
                pages = str(first) if first == last else f"{first}-{last}"
                assert pages in read.index.partition(mark.title.partition(" ")[0])[2], mark.title
                assert read.number_on(mark.place) == str(first)
            assert len(read.pages) - 1 - read.front == told["pages"]

    def test_a_leaf_tells_who_decided_what_when_and_why(self, closed, case_officer, legal_reviewer, head, out):
        job = exported(closed, case_officer)
        leaf = Read(job, "inner").text_of("案件办理流程记录")
        for said in (
            "法制审核通过",
            "同意",
            legal_reviewer.name,
            head.name,
            "行政处罚法第五十八条",
            "当事人拒绝在笔录上签名",
            "结案",
        ):
            assert said in leaf
        assert any(name.endswith("案件办理流程记录.pdf") for name in unpacked(job, out))

    def test_one_count_stands_on_the_screen_and_on_the_closing_leaf(self, log_in, closed, case_officer):
        job = exported(closed, case_officer)
        page = words(
            log_in(case_officer).get(reverse("notices:case_file", args=[closed.docket_id, job.pk])).content.decode()
        )
        for told in job.result["volumes"]:
            read = Read(job, told["which"])
            said = f"共收入文件{len(read.pieces)}件{told['pages']}页"
            assert f"本卷（{told['title']}）{said}" in words(read.pages[-1])
            assert f"{told['title']}</strong>{said}" in page

    def test_no_checksum_runs_into_the_next_column(self, closed, case_officer, photograph):
        """It is one line, inside the sheet's type area of 156 mm."""
        read = Read(exported(closed, case_officer))
        line = next(line for line in lines_of(read.bytes, read.at("证据材料清单")) if photograph.sha256 in line.text)
        assert line.text == f"SHA-256：{photograph.sha256}"
        assert line.glyphs[-1].end < 28 + 156

    def test_a_photograph_is_on_a_page_and_a_recording_in_the_list_only(self, closed, case_officer):
        read = Read(exported(closed, case_officer))
        assert len(read.pdf.pages[read.at("证据1：污水站照片")].images) >= 1
        listed = read.text_of("证据材料清单")
        for title in ("污水站照片", "现场录像"):
            assert title in listed
        assert not any("现场录像" in title for title in read.titles)

    def test_a_sign_that_no_font_has_is_shown_as_a_box(self, closed, case_officer):
        assert "IMG_0001□.jpg" in words("".join(Read(exported(closed, case_officer)).pages))


class TestThePackage:
    def test_it_holds_records_and_evidence_of_the_whole_chain_and_checks_itself(
        self, closed, case_officer, photograph, tip, own, out
    ):
        files = unpacked(exported(closed, case_officer), out)
        checked = sums_checked(out)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        kept = {name.rpartition("/")[2].partition("_")[2] for name in files}
        assert kept > {
            "现场检查（勘察）笔录.pdf",
            "当事人拒绝签名情况说明——现场检查（勘察）笔录.pdf",
            "复查笔录.pdf",
            "当事人拒绝签名情况说明——复查笔录.pdf",
            "线索登记表.pdf",
            "立案审批表.pdf",
            "法制审核意见书.pdf",
            "结案审批表.pdf",
        }
        titles = [name.split("_")[2] for name in sorted(files) if "/证据0" in name]
        assert titles[:3] == ["举报材料", "污水站照片", "现场录像"]
        assert [name for name in files if "举报材料" in name] == [
            "副卷/01_投诉、信访举报、案源材料/证据01_举报材料_举报.txt"
        ]

    def test_the_originals_are_in_it_byte_for_byte(self, closed, case_officer, photograph, recorded, out):
        unpacked(exported(closed, case_officer), out)
        assert next(out.glob("正卷/03_*/证据01_*")).read_bytes() == picture("red")
        record = recorded.docket.site_records.get(kind="inspection_record")
        assert next(out.glob("正卷/03_*/*_现场检查*")).read_bytes() == record.pdf_bytes()

    def test_withdrawn_evidence_of_the_inspection_stays_out(self, closed, case_officer, photograph, out):
        type(photograph).objects.filter(pk=photograph.pk).update(withdrawn_at=clock.now(), withdrawn_reason="误传")
        files = unpacked(exported(closed, case_officer), out)
        assert not any("污水站照片" in name for name in files)

    def test_only_the_trail_of_the_case_itself_is_in_it(self, closed, case_officer, out):
        unpacked(exported(closed, case_officer), out)
        trail = (out / "办理记录.jsonl").read_text(encoding="utf-8")
        assert "rectification.close" in trail
        assert "inspections.sign" not in trail

    def test_a_record_of_the_inspection_that_is_not_drawn_makes_it_refuse(self, closed, recorded, case_officer):
        record = recorded.docket.site_records.get(kind="inspection_record")
        record.pdf.storage.delete(record.pdf.name)
        assert any("现场检查（勘察）笔录" in reason for reason in casefile.obstacles(closed.docket))


class TestWhoSeesWhat:
    """The inspection may be closed to an officer of the case; its evidence is not his to browse, but the file of the case is whole."""

    @story
    def hidden(self, closed, recorded):
        """The inspection is seen by its own officers alone."""
        recorded.docket.confidentiality = Confidentiality.RESTRICTED
        recorded.docket.save()
        return closed

    def evidence_tab(self, client, case) -> str:
        return client.get(reverse("casework:docket_tab", args=[case.docket_id, "evidence"])).content.decode()

    def test_the_evidence_tab_shows_what_the_case_rests_on_with_its_number(
        self, log_in, closed, case_officer, inspection
    ):
        page = self.evidence_tab(log_in(case_officer), closed)
        for told in ("污水站照片", "举报材料", "现场录像", str(inspection.docket)):
            assert told in page

    def test_a_tab_counts_what_it_shows(self, log_in, hidden, case_officer, second_officer):
        """Evidence: of the case receipt of service, recording, record of the re-inspection and its note; of the lead the tip; of
        the inspection the photograph, the record and its note, which the second officer may not see."""

        def counts(officer) -> dict[str, int]:
            tabs = log_in(officer).get(hidden.get_absolute_url()).context["tabs"]
            return {tab["label"]: tab["count"] for tab in tabs}

        assert (counts(case_officer)["证据"], counts(second_officer)["证据"]) == (8, 5)
        assert (counts(case_officer)["文书"], counts(second_officer)["文书"]) == (5, 3)

    def test_tab_and_file_say_in_words_what_they_count(self, log_in, closed, case_officer):
        client = log_in(case_officer)
        page = self.evidence_tab(client, closed)
        assert "页签合计证据4件、笔录4份" in page  # two records, each with a note
        assert "案卷中笔录列入文书" in page
        job = exported(closed, case_officer)
        page = client.get(reverse("notices:case_file", args=[closed.docket_id, job.pk])).content.decode()
        for told in job.result["volumes"]:
            assert f"证据材料 {told['evidence']} 件（笔录列入文书，不计入证据材料）" in page
        page = client.get(reverse("notices:export_case_file", args=[closed.docket_id])).content.decode()
        assert "笔录列入文书，不计入证据件数" in page

    def test_an_officer_who_may_not_see_the_inspection_hears_nothing_of_it(
        self, log_in, hidden, second_officer, photograph, inspection, recorded
    ):
        client = log_in(second_officer)
        page = self.evidence_tab(client, hidden)
        assert "现场录像" in page
        assert "污水站照片" not in page
        assert str(inspection.docket) not in page
        documents = client.get(reverse("casework:docket_tab", args=[hidden.docket_id, "documents"])).content.decode()
        assert "现场检查（勘察）笔录" not in documents
        record = recorded.docket.site_records.get(kind="inspection_record")
        assert client.get(reverse("casework:evidence_file", args=[photograph.pk])).status_code == 404
        assert client.get(record.get_absolute_url()).status_code == 404

    def test_the_file_he_exports_is_whole_all_the_same(self, hidden, second_officer, out):
        files = unpacked(exported(hidden, second_officer), out)
        assert any("污水站照片" in name for name in files)
        assert any("现场检查（勘察）笔录" in name for name in files)

    def test_a_colleague_it_was_shared_with_reads_the_case_but_exports_nothing(
        self, log_in, case, outsider, head, photograph
    ):
        with clock.pinned(DAY):
            dockets.share(docket=case.docket, officer=outsider, reason="协查", by=head)
            client = log_in(outsider)
            assert "污水站照片" not in self.evidence_tab(client, case)
            assert client.get(reverse("notices:export_case_file", args=[case.docket_id])).status_code == 403

    def test_an_outsider_finds_no_page_of_it(self, log_in, closed, outsider):
        assert log_in(outsider).get(reverse("notices:export_case_file", args=[closed.docket_id])).status_code == 404


class TestTheClosedCase:
    def test_its_next_step_is_the_export(self, log_in, closed, case_officer, inspector):
        address = reverse("notices:export_case_file", args=[closed.docket_id])
        assert log_in(case_officer).get(closed.get_absolute_url()).context["head"]["primary"]["url"] == address
        assert address not in log_in(inspector).get(closed.get_absolute_url()).content.decode()

    def test_an_open_case_suggests_none(self, log_in, written, case_officer):
        with clock.pinned(DAY):
            page = log_in(case_officer).get(written.get_absolute_url())
        assert "导出案卷" not in page.content.decode()

    def test_the_page_says_what_will_be_in_it_and_a_press_exports_it(self, log_in, closed, case_officer):
        client, address = log_in(case_officer), reverse("notices:export_case_file", args=[closed.docket_id])
        page = client.get(address).content.decode()
        for title in ("现场检查（勘察）笔录", "责令改正违法行为决定书", "复查笔录"):
            assert title in page
        assert "/case-file/" in client.post(address)["Location"]
