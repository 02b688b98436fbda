"""Samples of the leaves of a case file."""

from __future__ import annotations

from datetime import date, datetime

from .pictures import qr_png_address
from .sample_facts import AGENCY, CAUSE, PARTY, VERIFY, Context, frame


def case_file_cover() -> Context:
    return frame(
        "行政执法案卷",
        issued_on=None,
        verify=None,
        volume="正卷",
        file_number="2027-稀土-002",
        docket_number="苏工信立〔2026〕8号",
        cause=CAUSE,
        party_name=PARTY["name"],
        result="责令改正，已整改到位",
        filed_on=date(2026, 11, 11),
        closed_on=date(2027, 1, 20),
        archived_on=date(2027, 2, 3),
        handled_by="江苏省工业和信息化厅原材料工业处",
        officers=["陈珺", "赵祎堃"],
        retention="30年",
        volumes=2,
        place=1,
        pages=36,
    )


def case_file_index() -> Context:
    entries = [
        ("苏工信责改〔2026〕12号", AGENCY, "责令改正违法行为决定书", date(2026, 11, 21), "1-2"),
        ("", AGENCY, "送达回证", date(2026, 11, 23), "3"),
        ("苏工信立〔2026〕8号", AGENCY, "立案审批表", date(2026, 11, 11), "4-5"),
        ("", AGENCY, "现场检查（勘察）笔录", date(2026, 11, 5), "6-8"),
        ("", PARTY["name"], "成品出库台账（复印件）", date(2026, 11, 5), "9-10"),
        ("", PARTY["name"], "追溯信息系统录入记录（打印件）", date(2026, 11, 5), "11-13"),
        ("", AGENCY, "调查询问笔录", date(2026, 11, 6), "14-17"),
        ("苏工信通〔2026〕3号", AGENCY, "关于延长改正期限的通知书", date(2026, 12, 18), "18-19"),
        ("", AGENCY, "复查笔录", date(2027, 1, 14), "20-21"),
        ("苏工信结〔2027〕2号", AGENCY, "结案审批表", date(2027, 1, 20), "22-23"),
    ]
    return frame(
        "卷内目录",
        issued_on=None,
        verify=None,
        volume="正卷",
        docket_number="苏工信立〔2026〕8号",
        cause=CAUSE,
        entries=[dict(zip(("number", "author", "title", "on", "pages"), entry, strict=True)) for entry in entries],
    )


def case_file_evidence() -> Context:
    item = {
        "kind": "视听资料",
        "proves": "成品库存放情况和出库台账登记情况",
        "made_by": "陈珺",
        "made_at": datetime(2026, 11, 5, 10, 5),  # noqa: DTZ001 — a time as written on the list
        "place": "成品库",
        "filename": "IMG_20261105_100512.jpg",
        "sha256": "3f786850e387550fdab836ed7e6dc881de23001b74d2f1ae0ba8f1f0c3d5e6a7",
    }
    return frame(
        "证据材料清单",
        issued_on=None,
        verify=None,
        docket_number="苏工信立〔2026〕8号",
        items=[
            item | {"title": "成品库现场照片", "held_by": "苏工信查〔2026〕21号", "pages": "26"},
            item | {"title": "执法记录仪录像", "held_by": "", "pages": "", "filename": "执法记录仪20261105.mp4"},
        ],
        note="证据原文件随案卷压缩包一并保存，以校验值核对；页号栏为“原件”的，本卷不附影印页。",
    )


def case_file_steps() -> Context:
    def step(at: datetime, what: str, who: str, reason: str = "", basis: str = "") -> Context:
        return {"at": at, "what": what, "who": who, "acting_for": "", "reason": reason, "basis": basis}

    return frame(
        "案件办理流程记录",
        issued_on=None,
        verify=None,
        docket_number="苏工信立〔2026〕8号",
        steps=[
            step(datetime(2026, 11, 11, 9, 5), "立案", "陈珺 一级主任科员", "", "行政处罚法第五十四条"),  # noqa: DTZ001
            step(
                datetime(2026, 11, 18, 15, 40),  # noqa: DTZ001
                "法制审核通过",
                "沈思远 法制处副处长",
                "事实清楚，证据确凿，适用依据正确，程序合法，同意",
                "行政处罚法第五十八条",
            ),
            step(datetime(2026, 11, 20, 10, 12), "审批通过", "周衡 处长", "", "行政处罚法第五十七条"),  # noqa: DTZ001
            step(datetime(2026, 11, 22, 16, 30), "送达未果：无人签收", "赵祎堃", "厂区大门关闭，电话无人接听"),  # noqa: DTZ001
        ],
        note="本记录由办理记录逐条生成，原始记录（办理记录.jsonl）及其校验值随案卷压缩包保存；职务以立卷时登记的为准。",
    )


def case_file_exhibit() -> Context:
    return frame(
        "证据1　成品库现场照片",
        issued_on=None,
        verify=None,
        kind="视听资料",
        proves="成品库存放情况和出库台账登记情况",
        made_by="陈珺",
        made_at=datetime(2026, 11, 5, 10, 5),  # noqa: DTZ001 — a time as written on the list
        place="成品库",
        docket_number="苏工信查〔2026〕21号",
        pictures=[qr_png_address(VERIFY["url"])] * 2,
    )


def case_file_closing() -> Context:
    return frame(
        "卷内备考表",
        issued_on=None,
        verify=None,
        docket_number="苏工信立〔2026〕8号",
        statement="本卷共收入文件10件23页，其中复印件、打印件2件5页，均与原件核对无误，无缺页、破损。",
        compiled_by="赵祎堃",
        checked_by="沈思远",
        on=date(2027, 2, 3),
    )
