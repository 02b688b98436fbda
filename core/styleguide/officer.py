"""Who looks, and what stands around every page of the style guide."""

from typing import Any

HERE = "/styleguide/"
VIEWER = {"pk": 0, "name": "王磊", "department_name": "常州市工业和信息化局稀土管理科", "post": "四级主任科员"}
SHELL = {
    "home_url": "/styleguide/",
    "search_url": "/styleguide/",
    "suggest_url": "/styleguide/",
    "inbox_url": "/styleguide/",
    "profile_url": "/styleguide/",
    "preferences_url": "/styleguide/",
    "logout_url": "/styleguide/",
    "language_url": "/styleguide/",
    "keepalive_url": "/styleguide/",
    "idle_seconds": 1800,
    "version": "0.1.0",
    "places": [
        {"key": "d", "label": "工作台", "url": "/styleguide/"},
        {"key": "c", "label": "案件", "url": "/styleguide/list/"},
        {"key": "i", "label": "现场检查", "url": "/styleguide/case/"},
    ],
}


def _item(label: str, icon: str, count: int | None = None, active: bool = False, url: str = HERE) -> dict[str, Any]:
    return {"label": label, "icon": icon, "count": count, "active": active, "url": url}


MENU = [
    {
        "title": "我的工作",
        "items": [
            _item("工作台", "home", 7),
            _item("案件", "folder", 128, active=True, url="/styleguide/list/"),
            _item("线索举报", "flag", 4),
            _item("现场检查", "inspect", 12),
            _item("整改复查", "refresh", 9),
            _item("文书与送达", "document"),
        ],
    },
    {
        "title": "监管对象",
        "items": [_item("企业库", "factory", 46), _item("许可与指标", "permit"), _item("产品流向", "route")],
    },
    {
        "title": "督导与统计",
        "items": [
            _item("督办看板", "gauge", 3, url="/styleguide/board/"),
            _item("统计报表", "chart"),
            _item("案卷评查", "clipboard"),
        ],
    },
    {
        "title": "系统",
        "items": [_item("组织与权限", "users"), _item("工作日历", "calendar"), _item("审计日志", "history")],
    },
]
