"""Enterprises from Excel: dry run, decision, outcome. Wrong files get a clear answer; nothing is written by halves."""

import io
from datetime import date

import openpyxl
import pytest

from core import clock
from core.errors import RuleBroken
from registry.imports import report
from registry.imports.cells import REMARKS
from registry.imports.columns import COLUMNS
from registry.models import (
    Enterprise,
    EnterpriseGroup,
    ImportAction,
    ImportMode,
    ImportRun,
    ImportState,
)
from registry.services import imports as verbs
from tests import factories
from tests.plugins.stories import story
from tests.registry.conftest import HEADINGS, make_code, row_of, upload
from tests.registry.importing import TODAY, bad_rows, problems, spell_formula_as_text, start
from trail.models import Event


@pytest.fixture(autouse=True)
def _a_monday(liyang):
    with clock.pinned(TODAY):
        yield


class TestFiveHundredRowsWithTwelveBadOnes:
    @story
    def run(self, case_officer, xuzhou_epb) -> ImportRun:
        rows = [row_of(number) for number in range(1, 489)]
        for place, row in enumerate(bad_rows()):
            rows.insert(place * 40, row)
        return start(case_officer, rows, touch=spell_formula_as_text)

    def test_twelve_errors_with_row_column_value_reason_and_fix_and_nothing_written(self, run):
        assert (run.state, run.rows_total) == (ImportState.CHECKED, 500)
        assert (run.created_count, run.bad_count) == (488, 12)
        found = problems(run)
        assert [number for number, _column, _reason in found] == [2 + place * 40 for place in range(12)]
        assert [column for _number, column, _reason in found] == [
            "统一社会信用代码",
            "统一社会信用代码",
            "统一社会信用代码",
            "企业名称",
            "企业类型",
            "所在区划",
            "所在区划",
            "成立日期",
            "成立日期",
            "注册资本（万元）",
            "电子送达地址",
            "地址",
        ]
        assert all(problem["fix"] for row in run.lines.all() for problem in row.problems)
        assert not Enterprise.objects.exists()

    def test_all_or_none_refuses_and_writes_nothing(self, run, case_officer):
        with pytest.raises(RuleBroken) as refused:
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        assert "12 rows have errors" in refused.value.reasons[0]
        assert not Enterprise.objects.exists()

    def test_good_rows_only_by_choice_writes_the_488(self, run, case_officer):
        outcome = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        assert outcome.run.state == ImportState.DONE
        assert (outcome.run.created_count, outcome.run.bad_count) == (488, 12)
        assert Enterprise.objects.count() == 488
        assert Event.objects.filter(verb="registry.enterprise_create", facts__import_run=run.pk).count() == 488

    def test_the_file_comes_back_with_a_red_column_of_explanations(self, run):
        content = report.build(run)
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        headings = [cell.value for cell in page[1]]
        assert headings == [*HEADINGS, REMARKS]
        explained = [cell for cell in page["S"][1:] if cell.value]
        assert len(explained) == 12
        assert explained[0].font.color.rgb == "FFB42318"
        assert explained[0].value.startswith("统一社会信用代码：Character 5")
        # A formula stays text, and codes stay codes.
        assert page.cell(2 + 11 * 40, HEADINGS.index("地址") + 1).data_type == "s"
        assert page.cell(3, 1).value == make_code(1)

    def test_of_a_very_large_file_only_the_wrong_rows_come_back(self, run, monkeypatch):
        monkeypatch.setattr(report, "WHOLE_UP_TO", 100)
        page = openpyxl.load_workbook(io.BytesIO(report.build(run))).active
        assert page.max_row == 13

    def test_the_corrected_file_may_be_uploaded_as_it_came_back(self, run, case_officer):
        verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        page = openpyxl.load_workbook(io.BytesIO(report.build(run)))
        code = page.active.cell(2, 1)
        code.value = make_code(901)
        again = io.BytesIO()
        page.save(again)
        second = verbs.start_import(by=case_officer, upload=upload(again.getvalue()))
        assert (second.created_count, second.unchanged_count, second.bad_count) == (1, 488, 11)


class TestWhatARowDoes:
    def test_known_codes_change_unknown_ones_are_new_equal_ones_stay(self, case_officer):
        first = start(case_officer, [row_of(1), row_of(2)])
        verbs.confirm_import(run=first, by=case_officer, mode=ImportMode.ALL)
        run = start(case_officer, [row_of(1), row_of(2, 地址="新址"), row_of(3)])
        assert [row.action for row in run.lines.all()] == [
            ImportAction.UNCHANGED,
            ImportAction.UPDATE,
            ImportAction.CREATE,
        ]
        assert run.lines.get(number=3).changes == {"address": ["", "新址"]}
        verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        assert Enterprise.objects.get(credit_code=make_code(2)).address == "新址"

    def test_every_column_arrives(self, case_officer, reference_data, liyang):
        group = EnterpriseGroup.objects.create(name="江苏某某集团")
        full = row_of(
            5,
            简称="长荣",
            企业类型="冶炼分离、出口",
            所在区划="常州市溧阳市",
            产业基地="溧阳市",
            所属集团=group.name,
            材料类别="磁性材料、稀土催化材料",
            地址="某路1号",
            法定代表人="张某",
            联系人="李某",
            联系电话="+86 519-80000000",
            成立日期=date(2012, 3, 1),
            经营状态="停产",
            同意电子送达="是",
            电子送达地址="a@example.test",
            备注="备注",
        ) | {"注册资本（万元）": "5,000.5万元"}
        run = start(case_officer, [full])
        assert problems(run) == []
        verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        found = Enterprise.objects.get()
        assert (found.kinds, found.region, found.base, found.group) == (["separation", "export"], liyang, liyang, group)
        assert {row.code for row in found.material_classes.all()} == {"magnetic", "catalytic"}
        assert (found.founded_on, found.status) == (date(2012, 3, 1), "suspended")
        assert str(found.registered_capital_10k_cny) == "5000.50"
        assert (found.agreed_electronic_service, found.electronic_address) == (True, "a@example.test")

    def test_an_empty_cell_leaves_what_is_known(self, case_officer, changzhou_epb):
        known = factories.make_enterprise(
            credit_code=make_code(7), name="常州试验7有限公司", address="旧址", region=changzhou_epb.region
        )
        run = start(case_officer, [row_of(7)])
        verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        known.refresh_from_db()
        assert (known.address, known.kinds) == ("旧址", ["separation"])

    def test_a_name_that_differs_is_sent_to_the_renaming(self, case_officer, changzhou_epb):
        factories.make_enterprise(credit_code=make_code(7), name="旧名", region=changzhou_epb.region)
        run = start(case_officer, [row_of(7)])
        assert problems(run) == [(2, "企业名称", "The registry has the name “旧名” for this code.")]

    def test_a_status_that_differs_asks_for_day_and_reason(self, case_officer, changzhou_epb):
        factories.make_enterprise(credit_code=make_code(7), name="常州试验7有限公司", region=changzhou_epb.region)
        run = start(case_officer, [row_of(7, 经营状态="注销")])
        assert [(number, column) for number, column, _reason in problems(run)] == [(2, "经营状态")]

    def test_an_enterprise_of_another_region_is_not_named_and_not_changed(self, case_officer, xuzhou_epb):
        hidden = factories.make_enterprise(credit_code=make_code(7), name="徐州秘密公司", region=xuzhou_epb.region)
        run = start(case_officer, [row_of(7)])
        assert run.bad_count == 1
        assert hidden.name not in problems(run)[0][2]

    def test_a_code_that_stands_twice_is_an_error_in_both_rows(self, case_officer):
        run = start(case_officer, [row_of(1), row_of(2), row_of(1, 企业名称="别名")])
        assert [(number, reason) for number, _column, reason in problems(run)] == [
            (2, "The same code stands in row 4."),
            (4, "The same code stands in row 2."),
        ]

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2012-03-01", "2012-03-01"),
            ("2012/3/1", "2012-03-01"),
            ("2012年3月1日", "2012-03-01"),
            (20120301, "2012-03-01"),
        ],
    )
    def test_a_date_written_as_text_is_read_when_it_can_be_read_in_one_way(self, case_officer, text, day):
        run = start(case_officer, [row_of(1, 成立日期=text)])
        assert run.lines.get().values["founded_on"] == day

    @pytest.mark.parametrize("text", ["3/1/2012", "2012-02-30", "去年", "2027-01-01", "1/3/12"])
    def test_a_date_that_cannot_is_an_error(self, case_officer, text):
        run = start(case_officer, [row_of(1, 成立日期=text)])
        assert run.bad_count == 1

    def test_a_number_in_place_of_a_date_is_told_which_day_it_may_mean(self, case_officer):
        run = start(case_officer, [row_of(1, 成立日期=40969)])
        assert "2012-03-01" in run.lines.get().problems[0]["fix"]

    @pytest.mark.parametrize("code", [913204000000009030, "9.13204E+17", "1.32E+17"])
    def test_a_code_that_excel_turned_into_a_number_is_recognised(self, case_officer, code):
        run = start(case_officer, [row_of(1, 统一社会信用代码=code)])
        assert "lost its last digits" in problems(run)[0][2]

    @pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "-2+3"])
    def test_what_could_run_as_a_formula_is_refused(self, case_officer, text):
        run = start(case_officer, [row_of(1, 备注=text)], touch=spell_formula_as_text)
        assert "formula" in problems(run)[0][2]

    def test_the_sample_row_and_empty_rows_are_passed_over(self, case_officer):
        sample = {column.heading: column.sample for column in COLUMNS}
        run = start(case_officer, [sample, {}, row_of(1), {}, row_of(2)])
        assert [row.number for row in run.lines.all()] == [4, 6]

    def test_an_error_of_excel_pasted_as_text_is_named(self, case_officer):
        def as_text(page) -> None:
            page["I2"].data_type = "s"

        run = start(case_officer, [row_of(1, 地址="#REF!")], touch=as_text)
        assert "error of Excel" in problems(run)[0][2]
