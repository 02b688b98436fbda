"""The columns of the sheet of enterprises.

Headings are Chinese data, the same in every language: files travel between officers.
"""

import re
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from core.listing import listed
from registry.imports.cells import (
    CellError,
    Column,
    as_code,
    as_day,
    as_decimal,
    as_region,
    as_text,
    one_of,
    one_of_these,
    plain,
    text_of,
)
from registry.imports.known import Known
from registry.models import EnterpriseKind, EnterpriseStatus

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


def _kinds(cell: Any, _known: Known) -> list[str]:
    parts = [part.strip() for part in _LIST.split(text_of(cell)) if part.strip()]
    unknown = [part for part in parts if part not in KINDS]
    if unknown:
        raise CellError(_("“%(value)s” is not in the list.") % {"value": listed(unknown)}, one_of_these(KINDS))
    return list(dict.fromkeys(KINDS[part] for part in parts))


def _region(cell: Any, known: Known) -> str:
    found = as_region(cell, known)
    if found not in known.own_regions:
        fix = _("Leave the row out, or hand it to the department there.")
        raise CellError(_("“%(value)s” is not in the region your department keeps.") % {"value": text_of(cell)}, fix)
    return found


def _base(cell: Any, known: Known) -> str:
    text = text_of(cell)
    found = [code for code in known.regions_called(text) if known.regions[code].is_industrial_base]
    if not found:
        reason = _("“%(value)s” is not one of the five industrial bases.") % {"value": text}
        raise CellError(reason, one_of_these(known.base_names))
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
        reason = _("“%(value)s” is not in the list.") % {"value": listed(unknown)}
        raise CellError(reason, one_of_these(known.class_names))
    return sorted({code for code in found.values() if code is not None})


def _money(cell: Any, _known: Known) -> str:
    fix = _("Enter only the number, in units of 10 000 CNY.")
    amount = as_decimal(plain(cell).removesuffix("万元").removesuffix("万").strip(), fix=fix)
    if amount < 0 or amount >= Decimal("1e12"):
        raise CellError(_("The amount is not possible."), fix)
    rounded = amount.quantize(Decimal("0.01"))
    if rounded != amount:
        raise CellError(_("The amount has more than two decimals."), _("Round it to two decimals."))
    return str(rounded)


COLUMNS: Final[tuple[Column, ...]] = (
    Column("credit_code", "统一社会信用代码", as_code, required=True, width=22, sample="示例（本行导入时自动跳过）", explained="18位，必填。按代码识别企业：库内已有的为变更，没有的为新增。"),
    Column("name", "企业名称", as_text(120), required=True, width=36, sample="江苏某某稀土新材料有限公司", explained="与营业执照一致，必填。名称与库内不一致的不予导入，更名须在企业页面办理。"),
    Column("short_name", "简称", as_text(40), sample="某某稀土"),
    Column("kinds", "企业类型", _kinds, required=True, width=20, sample="冶炼分离、出口", explained="可多选，用顿号分隔：" + "、".join(KINDS) + "。"),
    Column("region", "所在区划", _region, required=True, width=24, choices=lambda known: known.own_labels, sample="320481 溧阳市", explained="从下拉列表选择，或填六位行政区划代码。只能导入本单位辖区内的企业。"),
    Column("base", "产业基地", _base, choices=lambda known: known.base_names, sample="溧阳市", explained="宜兴、常熟、溧阳、沛县、阜宁五个基地之一，不属于基地的留空。"),
    Column("group", "所属集团", _group, width=24, choices=lambda known: known.group_names, explained="须为“企业集团”中已登记的名称。"),
    Column("material_classes", "材料类别", _classes, width=24, sample="稀土磁性材料", explained="可多选，用顿号分隔：六大类稀土新材料。"),
    Column("address", "地址", as_text(200), width=40, sample="江苏省溧阳市某某路1号"),
    Column("legal_representative", "法定代表人", as_text(40), sample="张某"),
    Column("contact_name", "联系人", as_text(40), sample="李某"),
    Column("contact_phone", "联系电话", as_text(30, phone=True), sample="0519-80000000"),
    Column("registered_capital_10k_cny", "注册资本（万元）", _money, sample="5000", explained="单位万元，只填数字，最多两位小数。"),
    Column("founded_on", "成立日期", as_day, sample="2012-03-01", explained="格式如 2012-03-01。"),
    Column("status", "经营状态", one_of(STATUSES), width=12, choices=lambda known: list(STATUSES), sample="在营", explained="新增时留空为在营；已有企业的状态变更须在企业页面写明日期和理由。"),
    Column("agreed_electronic_service", "同意电子送达", one_of(YES_NO), width=14, choices=lambda known: list(YES_NO), sample="否", explained="填“是”的须同时填写电子送达地址。"),
    Column("electronic_address", "电子送达地址", as_text(120), width=24),
    Column("note", "备注", as_text(2000), width=24),
)  # fmt: skip
