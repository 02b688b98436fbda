"""The figures of a campaign, the rows behind them, the matters that belong to it, and its report."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from casework import services as dockets
from core.errors import RuleBroken
from enforcement.campaigns import report, selectors
from enforcement.campaigns import services as campaigns
from enforcement.campaigns.progress import Narrowed, figures
from organisation.models import Region
from tests.enforcement.campaigns.conftest import record
from tests.plugins.matters import DAY
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def linked(checking, written, inspection, case_officer):
    """The campaign with the inspection, the lead and the case of its enterprise."""
    record(checking.targets.get(), case_officer, gaps="废水处理设施未运行。", ZC_H04="no")
    found = [inspection.docket, written.lead.docket, written.docket]
    campaigns.add_matters(campaign=checking, matters=found, by=case_officer)
    return checking


def counted(campaign, viewer, narrowed=None) -> dict[str, int]:
    return {one.key: one.number for one in figures(campaign, viewer, narrowed or Narrowed())}


def test_each_figure_counts_its_rows(linked, case_officer):
    assert counted(linked, case_officer) == {
        "targets": 1, "answered": 1, "gaps": 1, "inspected": 1, "findings": 1, "leads": 1, "cases": 1, "rectified": 0,
        "penalties": 0,
    }  # fmt: skip


def test_only_what_the_viewer_may_see_is_counted(linked, liaison, case_officer):
    """An officer of a member department sees the campaign, and not the case of another authority."""
    found = counted(linked, liaison)
    assert (found["targets"], found["cases"], found["findings"]) == (1, 0, 0)
    assert selectors.links_seen(linked, liaison).count() == 0


def test_a_restricted_case_leaves_the_figures_of_whoever_no_longer_sees_it(linked, written, head, inspector):
    dockets.restrict(docket=written.docket, reason="涉密", by=head)
    assert counted(linked, inspector)["cases"] == 0
    assert counted(linked, head)["cases"] == 1


def test_they_are_narrowed_by_region_and_by_the_day_a_matter_was_opened(linked, case_officer, outsider):
    elsewhere = Narrowed(region=Region.objects.get(pk=outsider.department.region_id))
    assert counted(linked, case_officer, elsewhere)["targets"] == 0
    later = Narrowed(since=DAY + timedelta(days=1))
    assert counted(linked, case_officer, later)["cases"] == 0
    assert counted(linked, case_officer, later)["targets"] == 1


class TestMatters:
    def test_are_offered_where_the_enterprise_is_a_target_and_they_were_opened_in_time(
        self, checking, written, inspection, case_officer, outsider
    ):
        offered = {docket.pk for docket in selectors.matters_offered(checking, case_officer)}
        assert offered == {inspection.docket_id, written.lead.docket_id, written.docket_id}
        assert not selectors.matters_offered(checking, outsider).exists()

    def test_are_added_once(self, linked, written, case_officer):
        with pytest.raises(RuleBroken) as refused:
            campaigns.add_matters(campaign=linked, matters=[written.docket], by=case_officer)
        assert refused.value.field == "matters"

    def test_are_not_added_by_another_city(self, checking, written, outsider):
        with pytest.raises(PermissionDenied):
            campaigns.add_matters(campaign=checking, matters=[written.docket], by=outsider)

    def test_are_taken_out_with_a_reason_on_their_page(self, linked, written, case_officer, outsider, log_in):
        link = linked.links.get(docket=written.docket)
        url = f"/campaigns/{linked.pk}/matters/{link.pk}/remove/"
        assert log_in(outsider).post(url, {"reason": "误选"}).status_code == 404
        assert log_in(case_officer).post(url, {"reason": ""}).status_code == 422
        assert log_in(case_officer).post(url, {"reason": "误选"}).status_code == 302
        assert Event.objects.get(verb="campaigns.remove_matter").facts["matter"] == written.docket.number
        assert counted(linked, case_officer)["cases"] == 0


class TestThePage:
    def test_opens_the_rows_behind_a_figure(self, linked, written, case_officer, outsider, log_in):
        url = f"/campaigns/{linked.pk}/progress/"
        page = log_in(case_officer).get(f"{url}?of=cases").content.decode()
        assert written.docket.get_absolute_url() in page
        assert log_in(outsider).get(url).status_code == 404

    @pytest.mark.parametrize("query", ["since=yesterday", "since=2026-10-01&until=2026-09-01", "region=999999"])
    def test_asked_for_nonsense_says_so_and_a_report_of_it_is_refused(self, linked, case_officer, log_in, query):
        client = log_in(case_officer)
        assert client.get(f"/campaigns/{linked.pk}/progress/?{query}").status_code == 422
        assert client.get(f"/campaigns/{linked.pk}/report.xlsx?{query}").status_code in {409, 422}


class TestTheReport:
    def test_as_excel_holds_the_figures_and_their_rows_as_text(self, linked, written, case_officer, log_in):
        answer = log_in(case_officer).get(f"/campaigns/{linked.pk}/report.xlsx")
        book = load_workbook(io.BytesIO(answer.content))
        assert book.sheetnames[:3] == ["进度", "整治对象", "已报送自查"]
        figures_of = {row[0]: row[1] for row in book["进度"].iter_rows(values_only=True)}
        assert figures_of["立案"] == 1
        assert book["立案"]["A2"].value == written.docket.number

    @pytest.mark.pdf
    def test_as_pdf_says_what_was_ordered_and_reached(self, linked, case_officer, outsider, log_in):
        from tests.notices.rendered_pages import text_of

        answer = log_in(case_officer).get(f"/campaigns/{linked.pk}/report.pdf")
        found = text_of(answer.content)
        for words in (
            "2026年稀土环境保护专项整治行动情况报告",
            "一、基本情况",
            "核查生产计划执行情况。",
            "截至2026年9月1日",
        ):
            assert words in found
        assert log_in(outsider).get(f"/campaigns/{linked.pk}/report.pdf").status_code == 404

    @pytest.mark.pdf
    def test_says_to_what_its_figures_are_narrowed(self, linked, case_officer):
        from tests.notices.rendered_pages import text_of

        found = text_of(report.pdf(linked, case_officer, Narrowed(until=DAY)))
        assert "2026-09-01" in found
