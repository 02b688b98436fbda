"""The columns of the sheet, and how one cell becomes a value: or a reason, and how to put it right.

Headings are Chinese data, the same in every language: files travel between officers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from core import clock
from registry import credit_code
from registry.imports.known import Known
from registry.models import EnterpriseKind, EnterpriseStatus

SHEET: Final = "企业"
REMARKS: Final = "错误说明"
SAMPLE: Final = "示例"

# Labels as they stand in the sheet.
KINDS: Final[dict[str, str]] = {
    "冶炼分离": EnterpriseKind.SEPARATION,
    "金属冶炼": EnterpriseKind.METALS,
    "材料加工": EnterpriseKind.MATERIALS,
    "资源综合利用": EnterpriseKind.RECYCLING,
    "贸易": EnterpriseKind.TRADE,
    "出口": EnterpriseKind.EXPORT,
    "集团总部": EnterpriseKind.GROUP,
}
STATUSES: Final[dict[str, str]] = {
    "在营": EnterpriseStatus.OPERATING,
    "停产": EnterpriseStatus.SUSPENDED,
    "关闭": EnterpriseStatus.CLOSED,
    "注销": EnterpriseStatus.DEREGISTERED,
}
YES_NO: Final[dict[str, bool]] = {"是": True, "否": False}

_LIST: Final = re.compile(r"[、，,；;/\n]+")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_EXCEL_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_DATES: Final = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\s+0{1,2}:00(?::00)?)?"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_EXCEL_EPOCH: Final = date(1899, 12, 30)


class CellError(Exception):
    """A cell that cannot be taken: why, and how to put it right."""

    def __init__(self, reason: str, fix: str) -> None:
        self.reason, self.fix = reason, fix
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Column:
    """`read(cell, known)` gives the cleaned value as kept in JSON, or raises CellError. Never called for an empty cell."""

    name: str  # of the enterprise's field
    heading: str
    read: Callable[[Any, Known], Any]
    required: bool = False
    width: int = 16
    choices: Callable[[Known], list[str]] | None = None  # the drop-down of the template
    sample: str = ""
    explained: str = ""  # a line of the instructions, Chinese


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without ".0", dates in ISO."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell).replace("e", "E")
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _text(limit: int, *, phone: bool = False) -> Callable[[Any, Known], str]:
    def read(cell: Any, _known: Known) -> str:
        text = text_of(cell)
        if _EXCEL_ERROR.fullmatch(text):
            raise CellError(_("The cell holds an error of Excel."), _("Enter the value itself."))
        # What a spreadsheet would run as a formula when the value is exported again.
        harmless = phone and re.fullmatch(r"\+?[\d\s()-]+", text)
        if text[:1] in {"=", "@", "\t", "\r"} or (text[:1] in {"+", "-"} and not harmless):
            reason = _("The text begins with “%(sign)s”, which Excel would run as a formula.") % {"sign": text[:1]}
            raise CellError(reason, _("Remove the sign at the beginning."))
        if len(text) > limit:
            reason = _("The text has %(length)d characters; at most %(limit)d are kept.") % {
                "length": len(text),
                "limit": limit,
            }
            raise CellError(reason, _("Shorten it."))
        if any(ord(char) < 32 and char not in "\n\t" for char in text):
            raise CellError(_("The text holds invisible control characters."), _("Type it anew."))
        return text

    return read


def _code(cell: Any, _known: Known) -> str:
    text = text_of(cell)
    if isinstance(cell, float) or _SCIENTIFIC.fullmatch(text):
        reason = _("Excel has turned the code into the number %(number)s and lost its last digits.") % {
            "number": f"{cell:.4G}" if isinstance(cell, float) else text
        }
        raise CellError(reason, _("Set the column to “Text” and enter the code again."))
    verdict = credit_code.examine(text)
    if not verdict.is_valid:
        fix = _("Compare with the business licence.")
        if verdict.suggestions:
            fix = _("Was it meant to be %(codes)s?") % {"codes": " / ".join(verdict.suggestions)}
        raise CellError(" ".join(str(problem) for problem in verdict.errors), fix)
    return verdict.code


def _one_of(labels: dict[str, Any]) -> Callable[[Any, Known], Any]:
    def read(cell: Any, _known: Known) -> Any:
        text = text_of(cell)
        if text not in labels:
            raise CellError(_("“%(value)s” is not in the list.") % {"value": text}, _one_of_these(labels))
        return labels[text]

    return read


def _kinds(cell: Any, _known: Known) -> list[str]:
    parts = [part.strip() for part in _LIST.split(text_of(cell)) if part.strip()]
    unknown = [part for part in parts if part not in KINDS]
    if unknown:
        raise CellError(_("“%(value)s” is not in the list.") % {"value": "、".join(unknown)}, _one_of_these(KINDS))
    return list(dict.fromkeys(KINDS[part] for part in parts))


def _region(cell: Any, known: Known) -> str:
    text = text_of(cell)
    found = known.regions_called(text)
    if not found:
        fix = _("Choose from the drop-down list, or give the six-digit code.")
        raise CellError(_("There is no region “%(value)s”.") % {"value": text}, fix)
    if len(found) > 1:
        fix = _("Give the six-digit code: %(codes)s.") % {"codes": "、".join(found)}
        raise CellError(_("Several regions are called “%(value)s”.") % {"value": text}, fix)
    if found[0] not in known.own_regions:
        fix = _("Leave the row out, or hand it to the department there.")
        raise CellError(_("“%(value)s” is not in the region your department keeps.") % {"value": text}, fix)
    return found[0]


def _base(cell: Any, known: Known) -> str:
    text = text_of(cell)
    found = [code for code in known.regions_called(text) if known.regions[code].is_industrial_base]
    if not found:
        reason = _("“%(value)s” is not one of the five industrial bases.") % {"value": text}
        raise CellError(reason, _one_of_these(known.base_names))
    return found[0]


def _group(cell: Any, known: Known) -> int:
    text = text_of(cell)
    found = known.group_called(text)
    if found is None:
        fix = _("Enter the group on the page “Groups” first, or leave the cell empty.")
        raise CellError(_("There is no group “%(value)s”.") % {"value": text}, fix)
    return found


def _classes(cell: Any, known: Known) -> list[str]:
    parts = [part.strip() for part in _LIST.split(text_of(cell)) if part.strip()]
    found = {part: known.class_called(part) for part in parts}
    unknown = [part for part, code in found.items() if code is None]
    if unknown:
        reason = _("“%(value)s” is not in the list.") % {"value": "、".join(unknown)}
        raise CellError(reason, _one_of_these(known.class_names))
    return sorted({code for code in found.values() if code is not None})


def _money(cell: Any, _known: Known) -> str:
    text = text_of(cell).replace(",", "").replace("，", "").removesuffix("万元").removesuffix("万").strip()
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise CellError(
            _("“%(value)s” is not a number.") % {"value": text_of(cell)},
            _("Enter only the number, in units of 10 000 CNY."),
        ) from None
    if not amount.is_finite() or amount < 0 or amount >= Decimal("1e12"):
        raise CellError(_("The amount is not possible."), _("Enter only the number, in units of 10 000 CNY."))
    rounded = amount.quantize(Decimal("0.01"))
    if rounded != amount:
        raise CellError(_("The amount has more than two decimals."), _("Round it to two decimals."))
    return str(rounded)


def _day(cell: Any, _known: Known) -> str:
    found = _as_date(cell)
    if found > clock.today():
        raise CellError(_("This day lies in the future."), _("Correct the date."))
    if found.year < 1900:
        raise CellError(_("This day lies before 1900."), _("Correct the date."))
    return found.isoformat()


def _as_date(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    fix = _("Write it as 2012-03-01.")
    if isinstance(cell, float):
        if cell.is_integer() and 19_000_101 <= cell <= 29_991_231:
            cell = str(int(cell))
        elif 1 <= cell <= 2_958_465:
            meant = _EXCEL_EPOCH + timedelta(days=int(cell))
            reason = _("The cell holds the number %(number)s instead of a date.") % {"number": text_of(cell)}
            raise CellError(reason, _("Set the cell to “Date”; it may mean %(day)s.") % {"day": meant.isoformat()})
    text = text_of(cell)
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            try:
                return date(*(int(part) for part in match.groups()))
            except ValueError:
                raise CellError(_("There is no day “%(value)s”.") % {"value": text}, fix) from None
    raise CellError(_("“%(value)s” is not a date that can only be read in one way.") % {"value": text}, fix)


def _one_of_these(labels: Any) -> str:
    return _("One of: %(labels)s.") % {"labels": "、".join(labels)}


COLUMNS: Final[tuple[Column, ...]] = (
    Column("credit_code", "统一社会信用代码", _code, required=True, width=22, sample="示例（本行导入时自动跳过）", explained="18位，必填。按代码识别企业：库内已有的为变更，没有的为新增。"),
    Column("name", "企业名称", _text(120), required=True, width=36, sample="江苏某某稀土新材料有限公司", explained="与营业执照一致，必填。名称与库内不一致的不予导入，更名须在企业页面办理。"),
    Column("short_name", "简称", _text(40), sample="某某稀土"),
    Column("kinds", "企业类型", _kinds, required=True, width=20, sample="冶炼分离、出口", explained="可多选，用顿号分隔：" + "、".join(KINDS) + "。"),
    Column("region", "所在区划", _region, required=True, width=24, choices=lambda known: known.own_labels, sample="320481 溧阳市", explained="从下拉列表选择，或填六位行政区划代码。只能导入本单位辖区内的企业。"),
    Column("base", "产业基地", _base, choices=lambda known: known.base_names, sample="溧阳市", explained="宜兴、常熟、溧阳、沛县、阜宁五个基地之一，不属于基地的留空。"),
    Column("group", "所属集团", _group, width=24, choices=lambda known: known.group_names, explained="须为“企业集团”中已登记的名称。"),
    Column("material_classes", "材料类别", _classes, width=24, sample="稀土磁性材料", explained="可多选，用顿号分隔：六大类稀土新材料。"),
    Column("address", "地址", _text(200), width=40, sample="江苏省溧阳市某某路1号"),
    Column("legal_representative", "法定代表人", _text(40), sample="张某"),
    Column("contact_name", "联系人", _text(40), sample="李某"),
    Column("contact_phone", "联系电话", _text(30, phone=True), sample="0519-80000000"),
    Column("registered_capital_10k_cny", "注册资本（万元）", _money, sample="5000", explained="单位万元，只填数字，最多两位小数。"),
    Column("founded_on", "成立日期", _day, sample="2012-03-01", explained="格式如 2012-03-01。"),
    Column("status", "经营状态", _one_of(STATUSES), width=12, choices=lambda known: list(STATUSES), sample="在营", explained="新增时留空为在营；已有企业的状态变更须在企业页面写明日期和理由。"),
    Column("agreed_electronic_service", "同意电子送达", _one_of(YES_NO), width=14, choices=lambda known: list(YES_NO), sample="否", explained="填“是”的须同时填写电子送达地址。"),
    Column("electronic_address", "电子送达地址", _text(120), width=24),
    Column("note", "备注", _text(2000), width=24),
)  # fmt: skip
BY_HEADING: Final = {column.heading: column for column in COLUMNS}
BY_NAME: Final = {column.name: column for column in COLUMNS}
