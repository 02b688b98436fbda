"""Files for the Excel import: wrong ones get a clear answer, large ones are read by a worker, the template says how."""

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from python_calamine import CalamineWorkbook

from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from registry.imports import reading, template
from registry.imports.cells import REMARKS
from registry.models import (
    Enterprise,
    ImportMode,
    ImportRun,
    ImportState,
)
from registry.services import imports as verbs
from tests.registry.conftest import HEADINGS, row_of, upload, workbook
from tests.registry.importing import TODAY, refusal, start
from trail.models import Event


@pytest.fixture(autouse=True)
def _a_monday(liyang):
    with clock.pinned(TODAY):
        yield


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
        assert "名单, 附表" in answer

    def test_the_only_sheet_may_have_any_name(self, case_officer):
        assert start(case_officer, [row_of(1)], sheet="Sheet1").created_count == 1

    def test_missing_headings(self, case_officer):
        answer = refusal(case_officer, workbook([row_of(1)], headings=["统一社会信用代码", "企业名称"]))
        assert "企业类型, 所在区划" in answer

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
