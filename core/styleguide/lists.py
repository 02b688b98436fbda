"""The invented list of cases and the supervisor's board of the style guide."""

from typing import Any

from django.http import HttpRequest

from core.styleguide.cases import CAUSES, DUES, ENTERPRISES, OFFICERS, STAGES, action
from core.styleguide.forms import CaseFilter
from core.styleguide.officer import HERE

CITIES = [
    ("320300", "徐州", 0), ("320700", "连云港", 3), ("321300", "宿迁", 6), ("320800", "淮安", 9), ("320900", "盐城", 1),
    ("321000", "扬州", 4), ("321200", "泰州", 7), ("320600", "南通", 10), ("320100", "南京", 2), ("321100", "镇江", 5),
    ("320400", "常州", 8), ("320200", "无锡", 0), ("320500", "苏州", 3),
]  # fmt: skip
LATE = {"常州": 2, "南通": 1}


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "due", "label": "期限", "sort_url": "?sort=-due", "sorted": "asc"},
        {"key": "number", "label": "案卷号", "sort_url": "?sort=number", "phone": "main"},
        {"key": "party", "label": "当事人", "sort_url": "?sort=party", "phone": "wide"},
        {"key": "cause", "label": "案由"},
        {"key": "stage", "label": "阶段"},
        {"key": "amount", "label": "数量（t REO）", "numeric": True},
        {"key": "officer", "label": "承办人"},
        {"key": "updated", "label": "更新", "phone": "hide"},
    ]


def _rows(count: int, chosen: int) -> list[dict[str, Any]]:
    rows = []
    for n in range(count):
        number = f"苏稀监立〔2026〕{1700 + n}号"
        stage = list(STAGES)[n % len(STAGES)]
        rows.append(
            {
                "id": n,
                "label": number,
                "url": "/styleguide/case/",
                "preview_url": HERE,
                "selected": n < chosen,
                "cells": [
                    {"due": DUES[n % len(DUES)]},
                    {"text": number, "url": "/styleguide/case/", "nowrap": True},
                    {"text": ENTERPRISES[n % len(ENTERPRISES)]},
                    {"text": CAUSES[n % len(CAUSES)]},
                    {"tag": {"label": stage, "tone": STAGES[stage]}},
                    {"text": f"{(n * 37) % 90}.{n % 10}"},
                    {"text": OFFICERS[n % len(OFFICERS)]},
                    {"text": f"11-{1 + n:02d} 09:3{n % 10}", "nowrap": True},
                ],
            }
        )
    return rows


def _cities() -> list[dict[str, Any]]:
    return [
        {"code": code, "name": name, "value": count, "unit": "件", "url": HERE}
        | ({"tone": "red", "sub": f"超期 {LATE[name]}"} if name in LATE else {})
        for code, name, count in CITIES
    ]


def _bulk(chosen: int) -> dict[str, Any]:
    return {
        "actions": [
            {"label": "移交", "name": "act", "value": "reassign", "icon": "share"},
            {"label": "加标签", "name": "act", "value": "tag"},
            {"label": "导出所选", "name": "act", "value": "export", "icon": "download"},
        ],
        "total_label": "选中符合条件的全部 128 件",
        "chosen": chosen,
    }


def list_page(part: str, request: HttpRequest) -> dict[str, Any]:
    rows = [] if part == "empty" else _rows(25, 2 if part == "bulk" else 0)
    return {
        "views": [
            {"label": "我承办", "url": HERE, "count": 23, "active": True},
            {"label": "临期与超期", "url": HERE, "count": 7},
            {"label": "待我审核", "url": HERE, "count": 4},
            {"label": "本部门全部", "url": HERE, "shared": True},
        ],
        "filter_form": CaseFilter({"officer": "me", **{k: str(v) for k, v in request.GET.items()}}),
        "chips": [{"label": "承办人", "value": "王磊", "remove_url": HERE}, {"label": "未结案", "remove_url": HERE}],
        "table": {
            "caption": "案件",
            "columns": _columns(),
            "rows": rows,
            "selectable": True,
            "density": request.GET.get("density", ""),
            "empty": {
                "title": "没有符合条件的案件",
                "text": "去掉一个条件，或查看本部门的全部案件。",
                "action": action("查看本部门全部"),
            },
        },
        "chooser": {
            "columns": [
                {"key": c["key"], "label": c["label"], "on": c["key"] != "updated", "fixed": c["key"] == "number"}
                for c in _columns()
            ],
            "url": "",
            "keep": [("sort", "due")],
            "density": "comfortable",
        },
        "pager": {
            "first_url": HERE,
            "prev_url": HERE,
            "next_url": HERE,
            "label": "第 26–50 件，共 128 件",
            "sizes": [{"label": n, "url": HERE, "active": n == 25} for n in (25, 50, 100)],
        },
        "bulk": _bulk(2),
        "primary": action("新建立案", icon="plus", hotkey="n"),
        "secondary": [action("导出 Excel", icon="spreadsheet"), action("批量导入", icon="upload")],
    }


def board() -> dict[str, Any]:
    return {
        "stats": [
            {"label": "在办案件", "value": 128, "unit": "件", "hint": "较上周 +6", "url": HERE},
            {"label": "超期", "value": 7, "unit": "件", "tone": "red", "hint": "最长 21 天", "url": HERE},
            {"label": "5 个工作日内到期", "value": 14, "unit": "件", "tone": "amber", "url": HERE},
            {"label": "挂牌督办", "value": 3, "unit": "件", "tone": "purple", "hint": "省级 1", "url": HERE},
            {"label": "平均办案", "value": 61, "unit": "天"},
            {"label": "按期率", "value": "94.1", "unit": "%", "tone": "green"},
        ],
        "cities": _cities(),
        "bars": [
            {
                "label": stage,
                "value": value,
                "max": 61,
                "text": f"{value} 件",
                "url": HERE,
                "note": "超期 4" if stage == "调查取证" else "",
            }
            for stage, value in zip(STAGES, (12, 61, 9, 22, 14, 10, 0), strict=True)
        ],
        "late": _late_table(),
    }


def _late_table() -> dict[str, Any]:
    return {
        "caption": "超期清单",
        "columns": [
            {"key": "due", "label": "期限"},
            {"key": "number", "label": "案卷号", "phone": "main"},
            {"key": "city", "label": "设区市"},
            {"key": "officer", "label": "承办人"},
        ],
        "rows": [
            {
                "id": n,
                "label": number,
                "cells": [
                    {"due": DUES[0]},
                    {"text": number, "url": HERE, "sub": ENTERPRISES[n]},
                    {"text": city},
                    {"text": officer},
                ],
            }
            for n, (number, city, officer) in enumerate(
                [("苏稀监立〔2026〕1702号", "常州市", "王磊"), ("苏稀监立〔2026〕1655号", "无锡市", "李静")]
            )
        ],
    }
