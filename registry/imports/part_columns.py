"""The columns of the sheets of facilities (厂区) and process lines (生产线). Both name their enterprise by its code."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from registry.imports.cells import (
    CellError,
    Column,
    as_code,
    as_day,
    as_decimal,
    as_region,
    as_text,
    one_of,
    plain,
    text_of,
)
from registry.imports.known import Known
from registry.models import CoordinateSource, LineStatus

# Labels as they stand in the sheet; the same words as on the pages.
SOURCES: Final[dict[str, str]] = {
    "现场卫星定位": CoordinateSource.GNSS,
    "测绘或设计文件": CoordinateSource.SURVEY,
    "许可证或环评文件": CoordinateSource.PERMIT,
    "由WGS-84或CGCS2000地图量取": CoordinateSource.MAP,
    "由GCJ-02或BD-09坐标转换": CoordinateSource.CONVERTED,
}
LINE_STATUSES: Final[dict[str, str]] = {
    "在建": LineStatus.BUILDING,
    "运行": LineStatus.OPERATING,
    "停运": LineStatus.SUSPENDED,
    "已拆除": LineStatus.DISMANTLED,
}
LARGEST_CAPACITY_T_REO: Final = Decimal("1e9")
_CODE: Final = "18位，必填。企业须已在库内，或列在本文件“企业”工作表中。"
_SAMPLE: Final = "示例（本行导入时自动跳过）"


def _degrees(limit: int) -> Callable[[Any, Known], str]:
    def read(cell: Any, _known: Known) -> str:
        fix = _("Write it in decimal degrees, such as 119.486100.")
        found = as_decimal(plain(cell).removesuffix("°").strip(), fix=fix)
        if not -limit <= found <= limit:
            reason = _("%(value)s lies outside the range of %(first)d to %(last)d degrees.")
            words = {"value": text_of(cell), "first": -limit, "last": limit}
            raise CellError(reason % words, _("See whether longitude and latitude were exchanged."))
        # Six decimals are a tenth of a metre; no receiver knows more.
        return str(found.quantize(Decimal("0.000001")))

    return read


def _metres(cell: Any, _known: Known) -> int:
    fix = _("Enter whole metres.")
    found = as_decimal(plain(cell).removesuffix("米").removesuffix("m").strip(), fix=fix)
    if found != found.to_integral_value() or not 0 <= found <= 100_000:
        raise CellError(_("“%(value)s” is not a possible accuracy.") % {"value": text_of(cell)}, fix)
    return int(found)


def _technique(cell: Any, known: Known) -> str:
    text = text_of(cell)
    found = known.technique_called(text)
    if found is None:
        raise CellError(_("“%(value)s” is not in the list.") % {"value": text}, _("Choose from the drop-down list."))
    return found


def _capacity(cell: Any, _known: Known) -> str:
    fix = _("Enter only the number, in tonnes of rare-earth oxides (REO) per year.")
    found = as_decimal(plain(cell).removesuffix("吨").removesuffix("t").strip(), fix=fix)
    if not 0 < found < LARGEST_CAPACITY_T_REO:
        raise CellError(_("The capacity is above zero."), fix)
    rounded = found.quantize(Decimal("0.001"))
    if rounded != found:
        raise CellError(_("The capacity has more than three decimals."), _("Round it to kilograms."))
    return str(rounded)


FACILITY_COLUMNS: Final[tuple[Column, ...]] = (
    Column("credit_code", "统一社会信用代码", as_code, required=True, width=22, sample=_SAMPLE, explained=_CODE),
    Column("name", "厂区名称", as_text(80), required=True, width=24, sample="主厂区", explained="必填。按企业和厂区名称识别：库内已有的为变更，没有的为新增。"),
    Column("region", "所在区划", as_region, width=24, choices=lambda known: known.own_labels, sample="320481 溧阳市", explained="从下拉列表选择，或填六位行政区划代码；可与企业所在区划不同。新增时留空为企业所在区划。"),
    Column("address", "地址", as_text(200), width=40, sample="江苏省溧阳市某某路1号"),
    Column("longitude_deg", "经度（WGS-84）", _degrees(180), sample="119.486100", explained="十进制度，东经为正，最多六位小数。经度、纬度须同时填写。"),
    Column("latitude_deg", "纬度（WGS-84）", _degrees(90), sample="31.420300", explained="十进制度，北纬为正，最多六位小数。"),
    Column("coordinate_source", "位置来源", one_of(SOURCES), width=26, choices=lambda known: list(SOURCES), sample="现场卫星定位", explained="填写经纬度的必填。高德、百度等地图坐标须先转换为WGS-84，并选“由GCJ-02或BD-09坐标转换”。"),
    Column("accuracy_m", "定位精度（米）", _metres, width=14, sample="10"),
    Column("note", "备注", as_text(200), width=24),
)  # fmt: skip

LINE_COLUMNS: Final[tuple[Column, ...]] = (
    Column("credit_code", "统一社会信用代码", as_code, required=True, width=22, sample=_SAMPLE, explained=_CODE),
    Column("facility", "厂区名称", as_text(80), required=True, width=24, sample="主厂区", explained="必填。厂区须已在库内，或列在本文件“厂区”工作表中。"),
    Column("name", "生产线名称", as_text(80), required=True, width=24, sample="1号线", explained="必填。按厂区和生产线名称识别：库内已有的为变更，没有的为新增。"),
    Column("technique", "生产工艺", _technique, required=True, width=26, choices=lambda known: known.technique_names, sample="联动萃取分离", explained="必填，从下拉列表选择。"),
    Column("capacity_t_reo_per_year", "产能（吨/年，REO）", _capacity, required=True, width=20, sample="2500", explained="必填。按稀土氧化物（REO）计，单位吨/年，只填数字，最多三位小数。"),
    Column("commissioned_on", "投产日期", as_day, sample="2015-06-01", explained="格式如 2015-06-01。"),
    Column("status", "状态", one_of(LINE_STATUSES), width=12, choices=lambda known: list(LINE_STATUSES), sample="运行", explained="新增时留空为运行；已有生产线的状态变更须在企业页面写明日期和理由。"),
    Column("note", "备注", as_text(200), width=24),
)  # fmt: skip
