"""The workbook to fill in: drop-downs, text columns, a sample row, instructions."""

from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from registry.imports.known import Known
from registry.imports.reading import MAX_ROWS
from registry.imports.sheets import SHEETS, Sheet

CHOICES: Final = "选项"
INSTRUCTIONS: Final = "填写说明"
_HEAD: Final = PatternFill("solid", fgColor="FF0F3C7D")
_NEEDED: Final = PatternFill("solid", fgColor="FF8A5A00")
_QUIET: Final = Font(color="FF55606E")


def build(viewer: Any) -> bytes:
    """An .xlsx file with the choices this officer has: his own regions, the groups he may name."""
    known = Known.of(viewer)
    book = Workbook()
    book.remove(book.worksheets[0])
    pages = [(sheet, book.create_sheet(sheet.title)) for sheet in SHEETS]
    choices = book.create_sheet(CHOICES)
    choices.sheet_state = "hidden"
    offset = 0
    for sheet, page in pages:
        _fill(page, sheet, choices, offset, known)
        offset += len(sheet.columns)
    _instructions(book.create_sheet(INSTRUCTIONS))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(page: Worksheet, sheet: Sheet, choices: Worksheet, offset: int, known: Known) -> None:
    """Headings, a sample row, drop-downs. `offset`: the first column of `choices` that is still free."""
    for index, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(index)
        head = page.cell(1, index, column.heading + ("*" if column.required else ""))
        head.font = Font(bold=True, color="FFFFFFFF")
        head.fill = _NEEDED if column.required else _HEAD
        head.alignment = Alignment(vertical="center", wrap_text=True)
        sample = page.cell(2, index, column.sample)
        sample.font, sample.number_format = _QUIET, "@"
        # Text, so that Excel turns no code into 1.32E+17 and no date into a number.
        page.column_dimensions[letter].number_format = "@"
        page.column_dimensions[letter].width = column.width
        values = column.choices(known) if column.choices else []
        if values:
            _drop_down(page, choices, letter, offset + index, column.heading, values)
    # The columns that tell a row from the others stay in view.
    page.freeze_panes = f"{get_column_letter(max(2, len(sheet.identity)) + 1)}2"
    page.row_dimensions[1].height = 24


def _drop_down(sheet: Worksheet, choices: Worksheet, letter: str, index: int, heading: str, values: list[str]) -> None:
    source = get_column_letter(index)
    for number, value in enumerate(values, 1):
        choices.cell(number, index, value).number_format = "@"
    rule = DataValidation(
        type="list",
        formula1=f"'{CHOICES}'!${source}$1:${source}${len(values)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=heading,
        error="请从下拉列表中选择。",
        errorStyle="warning",
    )
    rule.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
    sheet.add_data_validation(rule)


def _instructions(sheet: Worksheet) -> None:
    lines = [
        "企业导入模板填写说明",
        "",
        "一、填写“企业”“厂区”“生产线”工作表，表头不要改动；带 * 的列必填。不需要的工作表可留空或删除。示例行导入时自动跳过。",
        "二、所有列均为文本格式。粘贴数据时请使用“选择性粘贴—数值”，以免改变格式。",
        "三、不要合并单元格，不要使用公式。每行一户企业、一个厂区或一条生产线。",
        "四、厂区、生产线按统一社会信用代码归入企业：企业可以是库内已有的，也可以是本文件“企业”工作表中新增的。",
        "五、先试导入（不写入任何数据），逐行列出错误及改正方法；确认后再正式导入。",
        "六、可选择“全部导入，有错则一行不导”或“只导入无错误的行”。",
        f"七、每个文件不超过 {MAX_ROWS} 行、20 MB。超过 500 行的在后台处理。",
        "八、对库内已有的企业、厂区、生产线，空白单元格表示保持原值，不会清除原有内容。",
        "",
    ]
    for page in SHEETS:
        lines.append(f"“{page.title}”工作表各列说明：")
        lines += [f"{column.heading}：{column.explained}" for column in page.columns if column.explained]
        lines.append("")
    for number, line in enumerate(lines, 1):
        cell = sheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            cell.font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 100
