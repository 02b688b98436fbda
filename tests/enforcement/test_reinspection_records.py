"""The record of a re-inspection: drawn, answered by the party, corrected."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.models import Part
from casework.selectors import my_work
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.workflow import Stage
from notices import casefile
from notices import services as notices
from notices.models import Ending
from organisation.models import Officer
from tests.enforcement.records import draw, scan_of, words_of
from tests.plugins.matters import VISIT, refuse, reinspect
from tests.plugins.matters import draw as draw_all
from tests.plugins.stories import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


class TestTheRecordOfAReinspection:
    @story
    def reinspected(self, served, inspector, case_officer):
        with clock.pinned(date(2026, 9, 20)):
            case = cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=inspector)
            cases.record_reinspection(
                case=case, inspected_on=date(2026, 9, 20), inspectors=[inspector, case_officer], visit=VISIT, is_done=True,
                findings="设施运行正常。", by=inspector,
            )  # fmt: skip
        return case

    def test_it_is_drawn_from_what_was_recorded(self, reinspected, inspector, case_officer):
        found = words_of(draw(reinspected.docket.site_records.get()))
        for words in (
            "复查笔录",
            str(reinspected.order.number),
            "2026年9月20日",
            "恢复废水处理设施正常运行",
            "设施运行正常。",
            "责令改正的内容已全部改正",
            inspector.name,
            inspector.certificate_number,
            case_officer.name,
            case_officer.certificate_number,
            "见证人签名",
        ):
            assert words in found

    def test_how_it_ended_with_the_party_is_recorded_like_that_of_an_inspection(self, reinspected, inspector, outsider):
        record = draw(reinspected.docket.site_records.get())
        with clock.pinned(date(2026, 9, 20)):
            with pytest.raises(PermissionDenied):
                notices.record_signing(
                    record=record, outcome=Ending.REFUSED, on=record.dated, reason="不同意", by=outsider
                )
            notices.record_signing(
                record=record, outcome=Ending.SIGNED, on=record.dated, signatory="钱测试", scan=scan_of(record),
                by=inspector,
            )  # fmt: skip
        assert record.ending.outcome == Ending.SIGNED

    def test_a_case_is_not_closed_before_its_record_is_drawn_and_answered(
        self, reinspected, case_officer, inspector, head
    ):
        record = reinspected.docket.site_records.get()
        with clock.pinned(date(2026, 9, 21)):
            for step in (cases.confirm_rectified, cases.continue_rectification):
                with pytest.raises(RuleBroken, match="当事人签名情况"):
                    step(case=reinspected, by=case_officer)
            refuse(record, inspector)
            case = cases.confirm_rectified(case=reinspected, by=case_officer)
            with pytest.raises(RuleBroken, match="复查笔录"):
                cases.close(case=case, by=head)
        draw_all(case)
        with clock.pinned(date(2026, 9, 21)):
            assert cases.close(case=case, by=head).stage == Stage.CLOSED

    def test_one_that_was_left_unanswered_is_a_task_of_who_looked_and_a_link_for_everybody(
        self, reinspected, case_officer, inspector, head, outsider, log_in
    ):
        """Cases confirmed before the rule stood at 待结案, and nobody was offered the way out."""
        record = draw(reinspected.docket.site_records.get())
        where = reverse("notices:record_signing", args=[record.pk])
        with clock.pinned(date(2026, 9, 21)):
            reinspected.docket.team.filter(part=Part.TASK).delete()
            for row in (reinspected, reinspected.docket):
                type(row).objects.filter(pk=row.pk).update(stage=Stage.CLOSING)
            desks = {
                officer: [item.url for item in my_work(Officer.objects.get(pk=officer.pk)).mine]
                for officer in (inspector, case_officer, outsider)
            }
            assert [where in urls for urls in desks.values()] == [True, False, False]
            assert where in log_in(inspector).get(reinspected.get_absolute_url()).content.decode()
            page = log_in(head).get(reinspected.get_absolute_url()).content.decode()
            assert "《复查笔录》（2026-09-20）" in page
            assert f'href="{record.get_absolute_url()}"' in page
            refuse(record, inspector)
            assert where not in [item.url for item in my_work(Officer.objects.get(pk=inspector.pk)).mine]

    def test_its_answer_is_a_step_of_the_case(self, log_in, reinspected, inspector):
        where = reverse("notices:record_signing", args=[reinspected.docket.site_records.get().pk])
        assert where in log_in(inspector).get(reinspected.get_absolute_url()).content.decode()

    def test_two_of_one_day_are_told_apart_wherever_they_are_listed(
        self, log_in, served, case_officer, inspector, outsider
    ):
        day = date(2026, 9, 20)
        case = reinspect(served, inspector, case_officer, done=False, on=day)
        with clock.pinned(day):
            case = cases.continue_rectification(case=case, by=case_officer)
        case = reinspect(case, inspector, case_officer, done=False, on=day)
        records = case.docket.site_records.filter(kind="reinspection_record")
        assert [record.title for record in records.order_by("pk")] == ["复查笔录", "复查笔录（第2次）"]
        again = draw(records.last())
        assert "复查笔录（第2次）" not in words_of(again)
        client = log_in(case_officer)
        for tab in ("documents", "evidence"):
            page = client.get(reverse("casework:docket_tab", args=[case.docket_id, tab])).content.decode()
            assert "复查笔录（第2次）" in page, tab
        assert "复查笔录（第2次）" in [paper.title for paper in casefile.papers(case.docket)]
        assert log_in(outsider).get(again.get_absolute_url()).status_code == 404

    def test_a_corrected_reinspection_has_a_record_of_its_own_and_the_wrong_one_is_marked(
        self, log_in, reinspected, inspector, case_officer
    ):
        wrong = reinspected.docket.site_records.get()
        with clock.pinned(date(2026, 9, 21)):
            cases.record_reinspection(
                case=reinspected, inspected_on=date(2026, 9, 20), inspectors=[inspector, case_officer], visit=VISIT, is_done=False,
                findings="设施仍未运行。", correction="录入有误", by=inspector,
            )  # fmt: skip
        right = draw(reinspected.docket.site_records.get(corrects=wrong))
        assert "本笔录更正此前录入的复查笔录，原因：录入有误" in words_of(right)
        assert wrong.label == "复查笔录（已更正）"
        assert right.title == "复查笔录"
        with pytest.raises(RuleBroken, match="更正"):
            refuse(wrong, inspector)
        with clock.pinned(date(2026, 9, 21)):
            refuse(right, inspector)
