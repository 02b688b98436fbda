"""Enterprises from Excel: dry run, decision, outcome. Wrong files get a clear answer; nothing is written by halves."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from python_calamine import CalamineWorkbook

from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from registry.imports import applying, reading, report, template
from registry.imports.cells import REMARKS
from registry.imports.columns import COLUMNS
from registry.models import (
    Enterprise,
    EnterpriseGroup,
    ImportAction,
    ImportMode,
    ImportRow,
    ImportRun,
    ImportState,
)
from registry.services import change_enterprise
from registry.services import imports as verbs
from tests import factories
from tests.registry.conftest import HEADINGS, make_code, row_of, upload, workbook
from trail.models import Event

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _a_monday(liyang):
    with clock.pinned(TODAY):
        yield


def start(officer, rows, **spoilt) -> ImportRun:
    return verbs.start_import(by=officer, upload=upload(workbook(rows, **spoilt)))


def refusal(officer, content: bytes, name: str = "企业.xlsx") -> str:
    with pytest.raises(RuleBroken) as refused:
        verbs.start_import(by=officer, upload=upload(content, name))
    assert refused.value.field == "file"
    assert not ImportRun.objects.exists()
    return " ".join(refused.value.reasons)


def problems(run: ImportRun) -> list[tuple[int, str, str]]:
    """(row, column, reason) of every problem."""
    return [(row.number, p["column"], p["reason"]) for row in run.lines.all() for p in row.problems]


def bad_rows() -> list[dict]:
    """Twelve rows, each wrong in another way."""
    return [
        row_of(901, 统一社会信用代码="9132O400MA000901XX"),
        row_of(902, 统一社会信用代码=make_code(902)[:-1]),
        row_of(903, 统一社会信用代码=913204000000009030),
        row_of(904, 企业名称=None),
        row_of(905, 企业类型="种植"),
        row_of(906, 所在区划="火星市"),
        row_of(907, 所在区划="320300"),
        row_of(908, 成立日期="3/1/2012"),
        row_of(909, 成立日期=40969),
        row_of(910, **{"注册资本（万元）": "五千"}),
        row_of(911, 同意电子送达="是"),
        row_of(912, 地址="=HYPERLINK(1)"),
    ]


def spell_formula_as_text(page) -> None:
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"


class TestFiveHundredRowsWithTwelveBadOnes:
    @pytest.fixture
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


class TestWrongFiles:
    def test_an_empty_file(self, case_officer):
        assert refusal(case_officer, b"") == "The file is empty."

    def test_a_file_that_is_too_large(self, case_officer, monkeypatch):
        monkeypatch.setattr(reading, "MAX_BYTES", 1000)
        assert "larger than" in refusal(case_officer, workbook([row_of(1)]))

    def test_a_picture_in_disguise(self, case_officer):
        assert "not an Excel workbook" in refusal(case_officer, b"\x89PNG\r\n\x1a\n" + b"0" * 100)

    def test_a_web_page_in_disguise(self, case_officer):
        assert "web page" in refusal(case_officer, b"<html><table><tr><td>1</td></tr></table></html>")

    def test_a_word_document_in_disguise(self, case_officer):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("word/document.xml", "<w/>")
        assert "not an Excel workbook" in refusal(case_officer, file.getvalue())

    def test_an_old_excel_file(self, case_officer):
        assert "old Excel file" in refusal(case_officer, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    def test_a_file_with_a_password(self, case_officer):
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
        assert "password" in refusal(case_officer, content)

    def test_a_damaged_file(self, case_officer):
        content = workbook([row_of(1)])
        assert "damaged" in refusal(case_officer, content[: len(content) // 2])

    def test_a_file_damaged_inside(self, case_officer):
        content = bytearray(workbook([row_of(1)]))
        place = content.index(b"xl/worksheets/sheet1.xml") + 60
        content[place : place + 40] = b"\xff" * 40
        assert "damaged" in refusal(case_officer, bytes(content))

    def test_a_workbook_whose_xml_is_none(self, case_officer):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("xl/workbook.xml", "no xml at all")
        assert "damaged" in refusal(case_officer, file.getvalue())

    def test_a_file_that_unpacks_to_a_flood(self, case_officer, monkeypatch):
        monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 1000)
        assert "Unpacked" in refusal(case_officer, workbook([row_of(1)]))

    def test_a_workbook_with_macros(self, case_officer):
        file = io.BytesIO(workbook([row_of(1)]))
        with zipfile.ZipFile(file, "a") as package:
            package.writestr("xl/vbaProject.bin", b"x")
        assert "macros" in refusal(case_officer, file.getvalue())

    def test_a_workbook_with_formulas(self, case_officer):
        assert "formulas" in refusal(case_officer, workbook([row_of(1, 地址="=A1")]))

    def test_a_workbook_with_cells_in_error(self, case_officer):
        assert "#REF!" in refusal(case_officer, workbook([row_of(1, 地址="#REF!")]))

    def test_another_ending(self, case_officer):
        assert ".xlsx" in refusal(case_officer, workbook([row_of(1)]), "企业.xls")

    def test_a_wrong_sheet_among_several(self, case_officer):
        content = workbook([row_of(1)], sheet="名单", touch=lambda page: page.parent.create_sheet("附表"))
        answer = refusal(case_officer, content)
        assert "“企业”、“厂区”、“生产线”" in answer
        assert "名单、附表" in answer

    def test_the_only_sheet_may_have_any_name(self, case_officer):
        assert start(case_officer, [row_of(1)], sheet="Sheet1").created_count == 1

    def test_missing_headings(self, case_officer):
        answer = refusal(case_officer, workbook([row_of(1)], headings=["统一社会信用代码", "企业名称"]))
        assert "企业类型、所在区划" in answer

    def test_no_headings_at_all(self, case_officer):
        assert "first 5 rows" in refusal(case_officer, workbook([], headings=["甲", "乙"]))

    def test_a_heading_twice(self, case_officer):
        assert "twice: 地址" in refusal(case_officer, workbook([row_of(1)], headings=[*HEADINGS, "地址"]))

    def test_unknown_headings_are_named_and_left_out(self, case_officer):
        run = start(case_officer, [row_of(1, 电费="1")], headings=[*HEADINGS, "电费", REMARKS])
        assert run.ignored_headings == ["电费"]
        assert run.created_count == 1

    def test_headings_marked_with_a_star_and_a_title_above_are_understood(self, case_officer):
        def with_title(page) -> None:
            page.insert_rows(1)
            page["A1"] = "江苏省稀土企业名录"
            page.merge_cells("A1:D1")

        run = start(
            case_officer,
            [{f"{h}*": v for h, v in row_of(1).items()}],
            headings=[f"{h}*" for h in HEADINGS],
            touch=with_title,
        )
        assert run.created_count == 1
        assert run.lines.get().number == 3

    def test_merged_cells_among_the_rows(self, case_officer):
        answer = refusal(case_officer, workbook([row_of(1), row_of(2)], touch=lambda page: page.merge_cells("C2:C3")))
        assert "C2:C3" in answer

    def test_no_rows(self, case_officer):
        assert "no rows" in refusal(case_officer, workbook([]))

    def test_too_many_rows(self, case_officer, monkeypatch):
        monkeypatch.setattr(verbs, "MAX_ROWS", 2)
        assert "3 rows" in refusal(case_officer, workbook([row_of(n) for n in range(3)]))

    @pytest.mark.parametrize("role", ["inspector", "supervisor", "auditor", "sysadmin"])
    def test_whoever_may_not_import_uploads_nothing(self, role, request):
        with pytest.raises(PermissionDenied):
            verbs.start_import(by=request.getfixturevalue(role), upload=upload(workbook([row_of(1)])))


class TestConfirming:
    @pytest.fixture
    def run(self, case_officer) -> ImportRun:
        return start(case_officer, [row_of(1), row_of(2)])

    def test_d14_a_confirmation_acts_once(self, run, case_officer):
        verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        with pytest.raises(RuleBroken) as refused:
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        assert "already been imported" in refused.value.reasons[0]
        assert Enterprise.objects.count() == 2

    def test_nobody_confirms_the_import_of_another(self, run, second_officer):
        with pytest.raises(ImportRun.DoesNotExist):
            verbs.confirm_import(run=run, by=second_officer, mode=ImportMode.ALL)

    def test_an_old_check_is_not_acted_upon(self, run, case_officer):
        with clock.pinned(clock.now() + timedelta(hours=25)):
            with pytest.raises(RuleBroken) as refused:
                verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
            assert "24 hours" in refused.value.reasons[0]
            verbs.check_again(run=run, by=case_officer)
            assert verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL).run.state == ImportState.DONE

    def test_what_changed_since_the_check_is_said_and_nothing_is_written(
        self, case_officer, second_officer, changzhou_epb
    ):
        known = factories.make_enterprise(
            credit_code=make_code(7), name="常州试验7有限公司", region=changzhou_epb.region
        )
        run = start(case_officer, [row_of(1), row_of(7, 地址="表中址")])
        change_enterprise(enterprise=known, by=second_officer, version=1, values={"address": "他人址"})
        outcome = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        assert outcome.outdated == ["3"]
        assert outcome.run.state == ImportState.CHECKED
        assert outcome.run.lines.get(number=3).changes["address"] == ["他人址", "表中址"]
        assert not Enterprise.objects.filter(credit_code=make_code(1)).exists()
        again = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        assert (again.outdated, again.run.state) == ([], ImportState.DONE)

    def test_a_code_registered_by_another_meanwhile_is_said(self, run, second_officer, case_officer, changzhou_epb):
        factories.make_enterprise(credit_code=make_code(2), name="常州试验2有限公司", region=changzhou_epb.region)
        assert verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL).outdated == ["3"]
        assert not Enterprise.objects.filter(credit_code=make_code(1)).exists()

    def test_all_or_none_is_one_transaction(self, run, case_officer, monkeypatch):
        calls = []

        def fail_at_the_second(**given):
            calls.append(given)
            if len(calls) == 2:
                raise RuleBroken("refused by a rule of tomorrow")
            return real(**given)

        real = applying.enterprises.create_enterprise
        monkeypatch.setattr(applying.enterprises, "create_enterprise", fail_at_the_second)
        with pytest.raises(RuleBroken) as refused:
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        assert refused.value.reasons[0].startswith("Row 3")
        run.refresh_from_db()
        assert (Enterprise.objects.count(), run.state) == (0, ImportState.CHECKED)

    def test_a_discarded_file_is_forgotten_and_the_trail_is_not(
        self, run, case_officer, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            verbs.discard_import(run=run, by=case_officer)
        run.refresh_from_db()
        assert (run.state, run.lines.count()) == (ImportState.CANCELLED, 0)
        assert not run.file.storage.exists(run.file.name)
        assert Event.objects.filter(verb="registry.import_discard").exists()
        with pytest.raises(RuleBroken):
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)

    def test_uploads_nobody_looked_at_for_a_week_are_forgotten(self, run, case_officer):
        with clock.pinned(clock.now() + timedelta(days=9)):
            start(case_officer, [row_of(3)])
        assert not ImportRun.objects.filter(pk=run.pk).exists()
        assert not ImportRow.objects.filter(run_id=run.pk).exists()


class TestLargeFiles:
    """Over 500 rows the work is a job."""

    @pytest.fixture
    def run(self, case_officer, monkeypatch) -> ImportRun:
        monkeypatch.setattr(verbs, "AT_ONCE", 3)
        monkeypatch.setattr(verbs, "CHUNK", 2)
        return start(case_officer, [row_of(number) for number in range(1, 6)])

    def test_check_and_import_run_as_jobs(self, run, case_officer):
        assert run.state == ImportState.CHECKING
        jobs.run(run.job_id)
        run.refresh_from_db()
        assert (run.state, run.created_count) == (ImportState.CHECKED, 5)
        outcome = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        assert outcome.run.state == ImportState.APPLYING
        assert not Enterprise.objects.exists()
        jobs.run(outcome.run.job_id)
        run.refresh_from_db()
        assert (run.state, run.created_count, Enterprise.objects.count()) == (ImportState.DONE, 5, 5)

    def test_a_worker_that_stopped_half_way_is_followed_by_another_and_nothing_is_done_twice(
        self, run, case_officer, monkeypatch
    ):
        jobs.run(run.job_id)
        run.refresh_from_db()
        outcome = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        monkeypatch.setattr(verbs, "_finish", lambda _run: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError):
            verbs.apply_now(outcome.run)
        monkeypatch.undo()
        jobs.run(outcome.run.job_id)
        run.refresh_from_db()
        assert (run.state, run.created_count, Enterprise.objects.count()) == (ImportState.DONE, 5, 5)
        assert Event.objects.filter(verb="registry.enterprise_create").count() == 5

    def test_an_officer_who_lost_the_right_meanwhile_imports_nothing(self, run, case_officer):
        jobs.run(run.job_id)
        run.refresh_from_db()
        outcome = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        case_officer.groups.clear()
        jobs.run(outcome.run.job_id)
        run.refresh_from_db()
        assert run.state == ImportState.FAILED
        assert run.refusal
        assert not Enterprise.objects.exists()

    def test_a_stopped_job_leaves_a_way_on(self, run, case_officer):
        jobs.cancel(Job.objects.get(pk=run.job_id))
        assert verbs.is_stalled(run)
        again = verbs.check_again(run=run, by=case_officer)
        jobs.run(again.job_id)
        run.refresh_from_db()
        assert run.state == ImportState.CHECKED

    def test_all_or_none_of_very_many_is_refused(self, run, case_officer, monkeypatch):
        jobs.run(run.job_id)
        run.refresh_from_db()
        monkeypatch.setattr(verbs, "ALL_AT_MOST", 4)
        with pytest.raises(RuleBroken) as refused:
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        assert refused.value.field == "mode"


def test_the_template_has_drop_downs_text_columns_a_sample_and_instructions(case_officer, reference_data, liyang):
    book = openpyxl.load_workbook(io.BytesIO(template.build(case_officer)))
    assert book.sheetnames == ["企业", "厂区", "生产线", "选项", "填写说明"]
    page = book["企业"]
    assert [cell.value.rstrip("*") for cell in page[1]] == HEADINGS
    assert page.column_dimensions["A"].number_format == "@"
    assert page["A2"].value.startswith("示例")
    regions = [cell.value for cell in book["选项"]["E"] if cell.value]
    assert regions == ["320400 常州市", "320481 溧阳市"]
    assert {rule.formula1.partition("!")[0].strip("'") for rule in page.data_validations.dataValidation} == {"选项"}
    assert any("错" in str(cell.value) for cell in book["填写说明"]["A"])


def test_the_template_itself_is_read_back_without_rows(case_officer, reference_data):
    with pytest.raises(RuleBroken) as refused:
        verbs.start_import(by=case_officer, upload=upload(template.build(case_officer)))
    assert refused.value.reasons == ["The file has no rows to import."]


def test_the_template_names_only_the_regions_the_officer_keeps(outsider, reference_data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(template.build(outsider)))
    texts = {str(cell) for row in book.get_sheet_by_name("选项").iter_rows() for cell in row}
    assert "320300 徐州市" in texts
    assert not any("常州" in text for text in texts)
