"""Facilities and process lines from Excel: with their enterprise in one file, or added to what the registry has."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import RuleBroken
from registry import services
from registry.imports import applying, report, template
from registry.imports.cells import REMARKS
from registry.models import (
    Enterprise,
    Facility,
    ImportAction,
    ImportMode,
    ImportRun,
    ImportState,
    ProcessLine,
    Technique,
)
from registry.services import imports as verbs
from tests import factories
from tests.plugins.stories import story
from tests.registry.conftest import make_code, row_of, upload, workbook
from trail.models import Event

TODAY = date(2026, 11, 23)
MAIN = "主厂区"


@pytest.fixture(autouse=True)
def _a_monday(liyang, reference_data):
    with clock.pinned(TODAY):
        yield


@story
def technique(reference_data) -> Technique:
    return Technique.objects.get(name="联动萃取分离")


@story
def known(changzhou_epb) -> Enterprise:
    return factories.make_enterprise(
        credit_code=make_code(7), name="常州试验7有限公司", region=changzhou_epb.region, address=""
    )


def site(number: int, **cells) -> dict:
    """A sound row of the sheet 厂区."""
    return {
        "统一社会信用代码": make_code(number),
        "厂区名称": MAIN,
        "地址": "某路1号",
        "经度（WGS-84）": "119.486100",
        "纬度（WGS-84）": "31.420300",
        "位置来源": "现场卫星定位",
    } | cells


def line_of(number: int, **cells) -> dict:
    """A sound row of the sheet 生产线."""
    return {
        "统一社会信用代码": make_code(number),
        "厂区名称": MAIN,
        "生产线名称": "1号线",
        "生产工艺": "联动萃取分离",
        "产能（吨/年，REO）": "2500.5",
    } | cells


def start(officer, enterprises=(), sites=(), lines=()) -> ImportRun:
    content = workbook(list(enterprises), 厂区=list(sites), 生产线=list(lines))
    return verbs.start_import(by=officer, upload=upload(content))


def confirm(run, officer, mode=ImportMode.ALL) -> verbs.Outcome:
    return verbs.confirm_import(run=run, by=officer, mode=mode)


def problems(run) -> list[tuple[str, int, str, str]]:
    """(sheet, row, column, reason) of every problem."""
    return [(row.sheet, row.number, p["column"], p["reason"]) for row in run.lines.all() for p in row.problems]


def the_problem(run) -> tuple[str, str]:
    [(_sheet, _row, column, reason)] = problems(run)
    return column, reason


class TestOneFileWithEverything:
    @story
    def run(self, case_officer) -> ImportRun:
        return start(case_officer, [row_of(1)], [site(1), site(1, 厂区名称="二厂")], [line_of(1)])

    def test_the_dry_run_counts_all_sheets_and_writes_nothing(self, run):
        assert (run.state, run.rows_total, run.created_count) == (ImportState.CHECKED, 4, 4)
        assert [row.sheet for row in run.lines.all()] == ["enterprises", "facilities", "facilities", "lines"]
        assert not Enterprise.objects.exists()

    def test_enterprise_sites_and_lines_are_entered_together(self, run, case_officer, technique):
        confirm(run, case_officer)
        line = ProcessLine.objects.get()
        place = line.facility
        assert (place.enterprise.credit_code, place.name) == (make_code(1), MAIN)
        assert (place.longitude_deg, place.latitude_deg) == (Decimal("119.486100"), Decimal("31.420300"))
        assert (place.coordinate_source, place.region) == ("gnss", place.enterprise.region)
        assert (line.technique, line.status) == (technique, "operating")
        assert line.capacity_t_reo_per_year == Decimal("2500.500")
        assert Facility.objects.count() == 2

    def test_the_trail_names_file_sheet_and_row_of_each(self, run, case_officer):
        confirm(run, case_officer)
        found = Event.objects.filter(facts__import_run=run.pk).order_by("id")
        assert [(event.verb, event.facts["sheet"], event.facts["row"]) for event in found] == [
            ("registry.enterprise_create", "企业", 2),
            ("registry.facility_add", "厂区", 2),
            ("registry.facility_add", "厂区", 3),
            ("registry.line_add", "生产线", 2),
        ]

    def test_the_same_file_again_changes_nothing(self, run, case_officer):
        confirm(run, case_officer)
        again = start(case_officer, [row_of(1)], [site(1)], [line_of(1)])
        assert {row.action for row in again.lines.all()} == {ImportAction.UNCHANGED}

    def test_all_or_none_leaves_nothing_of_any_sheet_when_the_last_row_is_refused(self, run, case_officer, monkeypatch):
        def refuse(**_given):
            raise RuleBroken("refused by a rule of tomorrow")

        monkeypatch.setattr(applying.facilities, "add_line", refuse)
        with pytest.raises(RuleBroken) as refused:
            confirm(run, case_officer)
        assert refused.value.reasons[0].startswith("Sheet “生产线”, row 2")
        assert not Enterprise.objects.exists()

    def test_of_good_rows_only_a_site_falls_with_its_enterprise(self, run, case_officer, monkeypatch):
        def refuse(**_given):
            raise RuleBroken("refused by a rule of tomorrow")

        monkeypatch.setattr(applying.enterprises, "create_enterprise", refuse)
        outcome = confirm(run, case_officer, ImportMode.GOOD)
        assert (outcome.run.created_count, outcome.run.bad_count) == (0, 4)
        assert not Facility.objects.exists()


class TestAddedToWhatIsThere:
    def test_a_file_of_sites_alone_needs_no_sheet_of_enterprises(self, case_officer, known):
        content = workbook([site(7)], headings=list(site(7)), sheet="厂区")
        run = verbs.start_import(by=case_officer, upload=upload(content))
        confirm(run, case_officer)
        assert known.facilities.get().name == MAIN

    def test_known_sites_and_lines_change_and_empty_cells_keep_what_is_known(self, case_officer, known, technique):
        place = services.add_facility(enterprise=known, by=case_officer, values={"name": MAIN, "note": "旧注"})
        services.add_line(
            facility=place,
            by=case_officer,
            values={"name": "1号线", "technique": technique, "capacity_t_reo_per_year": Decimal(100)},
        )
        run = start(case_officer, [], [site(7)], [line_of(7)])
        assert {row.action for row in run.lines.all()} == {ImportAction.UPDATE}
        assert run.lines.get(sheet="lines").changes["capacity_t_reo_per_year"] == ["100.000", "2500.500"]
        confirm(run, case_officer)
        place.refresh_from_db()
        assert (place.address, place.note) == ("某路1号", "旧注")
        assert place.lines.get().capacity_t_reo_per_year == Decimal("2500.500")

    def test_what_changed_since_the_check_is_said_and_nothing_is_written(self, case_officer, second_officer, known):
        place = services.add_facility(enterprise=known, by=case_officer, values={"name": MAIN})
        run = start(case_officer, [], [site(7), site(7, 厂区名称="二厂")])
        services.change_facility(facility=place, by=second_officer, version=1, values={"address": "他人址"})
        services.add_facility(enterprise=known, by=second_officer, values={"name": "二厂"})
        assert confirm(run, case_officer).outdated == ["厂区 2", "厂区 3"]
        place.refresh_from_db()
        assert place.address == "他人址"

    def test_a_status_that_differs_asks_for_day_and_reason(self, case_officer, known, technique):
        place = services.add_facility(enterprise=known, by=case_officer, values={"name": MAIN})
        given = {"name": "1号线", "technique": technique, "capacity_t_reo_per_year": Decimal("2500.5")}
        services.add_line(facility=place, by=case_officer, values=given)
        run = start(case_officer, [], [], [line_of(7, 状态="停运")])
        assert the_problem(run)[0] == "状态"

    def test_no_new_line_stands_on_a_site_that_is_no_longer_used(self, case_officer, known):
        services.add_facility(enterprise=known, by=case_officer, values={"name": MAIN, "is_closed": True})
        run = start(case_officer, [], [], [line_of(7)])
        assert the_problem(run) == ("厂区名称", "This site is no longer used. Take it into use again first.")

    def test_an_enterprise_of_another_region_is_not_named_and_gets_no_site(self, outsider, known):
        run = start(outsider, [], [site(7)], [line_of(7)])
        assert run.bad_count == 2
        assert not any(known.name in reason for *_place, reason in problems(run))
        with pytest.raises(RuleBroken):
            confirm(run, outsider, ImportMode.GOOD)
        assert not Facility.objects.exists()


class TestEachErrorNamesSheetRowAndColumn:
    def test_an_enterprise_that_is_neither_there_nor_in_the_file(self, case_officer):
        run = start(case_officer, [row_of(1)], [site(2)])
        assert problems(run)[0][:3] == ("facilities", 2, "统一社会信用代码")
        assert "neither in the registry nor on the sheet" in problems(run)[0][3]

    def test_a_site_whose_enterprise_has_errors_waits_for_it(self, case_officer):
        run = start(case_officer, [row_of(1, 企业类型="种植")], [site(1)], [line_of(1)])
        assert [(sheet, column) for sheet, _row, column, _reason in problems(run)] == [
            ("enterprises", "企业类型"),
            ("facilities", "统一社会信用代码"),
            ("lines", "统一社会信用代码"),
        ]

    def test_a_line_whose_site_has_errors_or_is_nowhere(self, case_officer):
        run = start(case_officer, [row_of(1)], [site(1, **{"经度（WGS-84）": "东经119度"})], [line_of(1)])
        assert [(sheet, column) for sheet, _row, column, _reason in problems(run)] == [
            ("facilities", "经度（WGS-84）"),
            ("lines", "厂区名称"),
        ]
        run = start(case_officer, [row_of(1)], [site(1)], [line_of(1, 厂区名称="三厂")])
        assert "no site of this name" in the_problem(run)[1]

    @pytest.mark.parametrize(
        ("cells", "column"),
        [
            ({"经度（WGS-84）": "190"}, "经度（WGS-84）"),
            ({"纬度（WGS-84）": "-91"}, "纬度（WGS-84）"),
            ({"经度（WGS-84）": "31.42", "纬度（WGS-84）": "119.48"}, "纬度（WGS-84）"),
            ({"纬度（WGS-84）": None}, "纬度（WGS-84）"),
            ({"经度（WGS-84）": None}, "经度（WGS-84）"),
            ({"位置来源": None}, "位置来源"),
            ({"位置来源": "高德"}, "位置来源"),
            ({"定位精度（米）": "约10"}, "定位精度（米）"),
        ],
    )
    def test_a_position_is_in_range_whole_and_names_its_source(self, case_officer, known, cells, column):
        run = start(case_officer, [], [site(7, **cells)])
        assert [found for _sheet, _row, found, _reason in problems(run)] == [column]

    def test_a_position_outside_jiangsu_is_no_error_for_groups_work_elsewhere_too(self, case_officer, known):
        run = start(case_officer, [], [site(7, **{"经度（WGS-84）": "115.02", "纬度（WGS-84）": "25.83"})])
        assert problems(run) == []

    def test_a_coordinate_kept_by_excel_as_a_number_loses_nothing(self, case_officer, known):
        run = start(case_officer, [], [site(7, **{"经度（WGS-84）": 119.4861, "纬度（WGS-84）": 31.4203})])
        assert run.lines.get().values["longitude_deg"] == "119.486100"

    @pytest.mark.parametrize("capacity", ["0", "-5", "两千", "1.2345", "1e12", None, "NaN"])
    def test_a_capacity_is_a_decimal_above_zero(self, case_officer, known, capacity):
        run = start(case_officer, [], [site(7)], [line_of(7, **{"产能（吨/年，REO）": capacity})])
        assert the_problem(run)[0] == "产能（吨/年，REO）"

    @pytest.mark.parametrize("capacity", [0.1, 2500.5, "2,500.5吨"])
    def test_d10_a_capacity_is_kept_to_the_kilogram_as_it_was_written(self, case_officer, known, capacity):
        run = start(case_officer, [], [site(7)], [line_of(7, **{"产能（吨/年，REO）": capacity})])
        confirm(run, case_officer)
        exact = Decimal(str(capacity).replace(",", "").replace("吨", ""))
        assert ProcessLine.objects.get().capacity_t_reo_per_year == exact

    def test_a_technique_that_is_not_in_the_list(self, case_officer, known):
        run = start(case_officer, [], [site(7)], [line_of(7, 生产工艺="炼金")])
        assert the_problem(run)[0] == "生产工艺"

    def test_a_name_that_stands_twice_is_an_error_in_both_rows(self, case_officer, known):
        run = start(case_officer, [], [site(7), site(7, 地址="别处")])
        assert [(row, column, reason) for _sheet, row, column, reason in problems(run)] == [
            (2, "厂区名称", "The same name stands in row 3."),
            (3, "厂区名称", "The same name stands in row 2."),
        ]

    def test_missing_headings_name_their_sheet(self, case_officer):
        content = workbook(
            [row_of(1)], touch=lambda page: page.parent.create_sheet("厂区").append(["厂区名称", "地址"])
        )
        with pytest.raises(RuleBroken) as refused:
            verbs.start_import(by=case_officer, upload=upload(content))
        assert refused.value.reasons == ["厂区：These headings are missing: 统一社会信用代码."]


def test_the_file_comes_back_with_every_sheet_explained_and_may_be_uploaded_again(case_officer, known):
    run = start(case_officer, [row_of(1)], [site(7, 位置来源=None)], [line_of(7)])
    book = openpyxl.load_workbook(io.BytesIO(report.build(run)))
    assert book.sheetnames == ["企业", "厂区", "生产线"]
    page = book["厂区"]
    headings = [cell.value for cell in page[1]]
    assert headings[-1] == REMARKS
    assert page.cell(2, len(headings)).value.startswith("位置来源：Say where the position comes from")
    page.cell(2, headings.index("位置来源") + 1).value = "测绘或设计文件"
    again = io.BytesIO()
    book.save(again)
    second = verbs.start_import(by=case_officer, upload=upload(again.getvalue()))
    assert (second.created_count, second.bad_count) == (3, 0)


def test_the_template_has_a_sheet_of_sites_and_one_of_lines_with_drop_downs(case_officer):
    book = openpyxl.load_workbook(io.BytesIO(template.build(case_officer)))
    lines = book["生产线"]
    assert [cell.value for cell in lines[1]][:4] == ["统一社会信用代码*", "厂区名称*", "生产线名称*", "生产工艺*"]
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in lines.data_validations.dataValidation}
    column = rules["D2"].split("$")[1]
    assert "联动萃取分离" in [cell.value for cell in book["选项"][column]]
    # Sample rows are passed over on every sheet.
    with pytest.raises(RuleBroken) as refused:
        verbs.start_import(by=case_officer, upload=upload(template.build(case_officer)))
    assert refused.value.reasons == ["The file has no rows to import."]


def test_the_page_of_an_import_says_on_which_sheet_a_row_stands(case_officer, known, log_in, english):
    run = start(case_officer, [], [site(7)], [line_of(7, 生产工艺="炼金")])
    client = log_in(case_officer)
    assert "生产线" in client.get(run.get_absolute_url()).content.decode()
    created = client.get(f"{run.get_absolute_url()}?rows=create").content.decode()
    assert MAIN in created
    assert "厂区" in created


def test_an_unknown_site_is_said_together_with_the_other_errors_of_the_row(case_officer):
    run = start(case_officer, [row_of(1)], [site(1)], [line_of(1, 厂区名称="三厂", **{"产能（吨/年，REO）": "很多"})])
    assert {column for _sheet, _row, column, _reason in problems(run)} == {"厂区名称", "产能（吨/年，REO）"}


def test_an_unknown_enterprise_is_said_together_with_the_other_errors_of_the_row(case_officer):
    run = start(case_officer, [], [site(9, **{"经度（WGS-84）": "东边"})])
    assert {column for _sheet, _row, column, _reason in problems(run)} == {"统一社会信用代码", "经度（WGS-84）"}


def test_many_refused_lines_are_compared_with_the_sites_at_once(case_officer, known):
    """Not one question to the registry for each of them."""
    services.add_facility(enterprise=known, by=case_officer, values={"name": MAIN})
    refused = {"产能（吨/年，REO）": "很多"}

    def questions(count: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            run = start(case_officer, [], [], [line_of(7, 生产线名称=f"{n}号线", **refused) for n in range(count)])
        assert run.bad_count == count
        assert {column for _sheet, _row, column, _reason in problems(run)} == {"产能（吨/年，REO）"}
        return sum('FROM "registry_facility"' in query["sql"] for query in asked)

    assert questions(12) == questions(2)
