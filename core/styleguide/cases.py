"""An invented case with all that stands on its page. Shapes: templates/components/README.md."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.styleguide.officer import HERE

CHINA = ZoneInfo("Asia/Shanghai")
REASONS = ["现场检查笔录只有一名执法人员签名，须由两名执法人员签名。", "《责令改正违法行为决定书》尚未经法制审核。"]

STAGES = {
    "立案": "grey",
    "调查取证": "blue",
    "法制审核": "amber",
    "告知听证": "purple",
    "已决定": "green",
    "执行": "blue",
    "已结案": "grey",
}
DUES: list[dict[str, Any]] = [
    {"on": date(2026, 12, 11), "words": "超期 3 天", "tone": "red", "why_url": HERE},
    {"on": date(2026, 12, 14), "words": "今天到期", "tone": "amber"},
    {"on": date(2026, 12, 17), "words": "剩 3 个工作日", "tone": "amber"},
    {"on": date(2026, 12, 31), "words": "剩 13 个工作日", "tone": "green"},
    {"on": date(2027, 2, 26), "words": "剩 48 个工作日", "tone": "green", "provisional": True},
    {"words": "中止计时", "tone": "grey", "on": date(2026, 12, 20)},
    {"on": date(2026, 12, 25), "words": "省级挂牌督办", "tone": "purple"},
]
ENTERPRISES = [
    "常州晟澜稀土材料有限公司",
    "江阴启越功能材料有限公司",
    "无锡恒瑞源磁业有限公司",
    "宜兴博远新材料股份有限公司",
    "连云港海岳分离科技有限公司",
    "苏州工业园区钕光磁材有限公司",
    "泰兴市锦程冶炼有限公司",
]
CAUSES = ["超总量控制指标生产", "未如实记录产品流向", "未经批准冶炼分离", "收购非法稀土产品", "环保设施不正常运行"]
OFFICERS = ["王磊", "李静", "陈杰", "张敏", None]


def action(label: str, **options: Any) -> dict[str, Any]:
    return {"label": label, "url": HERE} | options


MORE = [
    action("中止计时", icon="pause", modal="pause"),
    action("延期", icon="calendar"),
    action("移交", icon="user", hotkey="a"),
    action("结案", icon="check", disabled_reason="整改复查尚未通过。"),
    action("作废", icon="trash", tone="danger", modal="void"),
]
HEAD = {
    "number": "苏稀监立〔2026〕1702号",
    "title": "常州晟澜稀土材料有限公司",
    "title_url": HERE,
    "tags": [
        {"label": "告知听证", "tone": "purple"},
        {"label": "省级挂牌督办", "tone": "red", "icon": "flag"},
        {"label": "普通程序"},
        {"label": "重大案件", "tone": "amber"},
    ],
    "primary": action("送达告知书", icon="send"),
    "secondary": [action("移交", icon="share", method="post")],
    "more": MORE,
    "facts": [
        {"label": "案由", "value": "超总量控制指标生产"},
        {"label": "承办", "value": "王磊、李静"},
        {"label": "立案", "value": "2026-09-12"},
        {"label": "统一社会信用代码", "value": "91320400MA1X7T2Q5K", "mono": True},
        {"label": "办案期限", "due": DUES[0]},
    ],
    "notice": {"tone": "blue", "text": "李静自 2026-12-14 至 2026-12-18 代办王磊的案件。"},
}
STEPS = [
    {"label": "立案", "state": "done", "note": "09-12"},
    {"label": "调查取证", "state": "done", "note": "10-20"},
    {"label": "法制审核", "state": "done", "note": "11-20"},
    {"label": "告知听证", "state": "current", "note": "第 3 天"},
    {"label": "处罚决定", "state": "todo"},
    {"label": "执行", "state": "todo"},
    {"label": "结案归档", "state": "todo"},
]
TABS = [
    {"label": "概况", "url": HERE, "active": True},
    {"label": "证据", "url": HERE, "count": 14},
    {"label": "文书", "url": HERE, "count": 6},
    {"label": "往来", "url": HERE, "count": 0},
    {"label": "关联", "url": HERE},
    {"label": "动态", "url": HERE},
]
TASKS = [
    {
        "label": "送达《行政处罚告知书》",
        "url": HERE,
        "hint": "直接送达，两名执法人员",
        "due": DUES[1],
        "status": {"label": "进行中", "tone": "blue"},
    },
    {"label": "录入陈述申辩意见", "url": HERE, "status": {"label": "未开始"}},
    {
        "label": "核实是否要求听证",
        "url": HERE,
        "hint": "收到告知书之日起 5 个工作日内",
        "status": {"label": "缺材料", "tone": "amber"},
    },
    {"label": "拟处罚意见", "url": HERE, "done": True},
]
FACTS = [
    {"label": "当事人", "value": "常州晟澜稀土材料有限公司", "url": HERE},
    {"label": "违法事实", "value": "2026 年第三季度冶炼分离产品超出下达指标 12.4 t（REO）。"},
    {"label": "违反条款", "value": "《稀土管理条例》第十条", "note": "条例自 2024-10-01 起施行"},
    {"label": "拟处罚款", "value": "200,000.00 元（贰拾万元整）", "note": "裁量基准第 4 档"},
    {"label": "办案期限", "due": DUES[2]},
    {"label": "涉案产品", "lines": ["氧化镨钕 8.1 t", "氧化镝 0.6 t", "碳酸稀土 3.7 t"]},
    {"label": "听证申请", "value": ""},
    {"label": "案件状态", "tag": {"label": "告知听证", "tone": "purple"}},
]
EVENTS: list[dict[str, Any]] = [
    {
        "title": "法制审核通过",
        "who": "张敏",
        "where": "政策法规处",
        "at": datetime(2026, 11, 20, 9, 32, tzinfo=CHINA),
        "tone": "green",
        "basis": "《行政处罚法》第五十八条",
    },
    {
        "title": "上传证据 3 份",
        "who": "李静",
        "at": datetime(2026, 11, 18, 16, 5, tzinfo=CHINA),
        "url": HERE,
        "acting_for": "王磊",
        "tone": "blue",
    },
    {
        "title": "延期申请退回",
        "who": "陈杰",
        "where": "稀土管理科",
        "at": datetime(2026, 11, 15, 10, 40, tzinfo=CHINA),
        "tone": "amber",
        "reason": "未附延期理由的证明材料。",
        "changes": [{"field": "办案期限", "before": "2027-01-10", "after": "2026-12-11"}],
    },
    {"title": "现场检查记录同步", "who": "系统", "at": date(2026, 9, 12)},
]
FILES = [
    {
        "name": "现场检查笔录（2026-09-10）.pdf",
        "url": HERE,
        "size": 421_000,
        "kind": "现场笔录",
        "by": "王磊",
        "at": datetime(2026, 9, 10, 15, 20, tzinfo=CHINA),
        "preview_url": HERE,
        "tags": [{"label": "原件已核", "tone": "green"}],
    },
    {
        "name": "第三季度冶炼分离生产台账.xlsx",
        "url": HERE,
        "size": 3_412_000,
        "kind": "书证",
        "sha256": "9f2c0b7d4e1a58c6f3d2917b6a4c8e05d1f7a3b9c2e4865017fd3ab26c9e71ab",
        "place": "常州市新北区",
    },
]
WHY = {
    "due_on": date(2026, 12, 11),
    "status": DUES[0],
    "rule": "行政处罚案件办理期限",
    "rule_version": "2021-07-15 起",
    "article": "《行政处罚法》第六十条",
    "article_url": HERE,
    "quote": "行政机关应当自行政处罚案件立案之日起九十日内作出行政处罚决定。",
    "start_event": "立案",
    "start_on": date(2026, 8, 21),
    "counted_from": date(2026, 8, 22),
    "length": "90 日",
    "plain_due_on": date(2026, 11, 19),
    "calendar": "国务院办公厅 2026 年部分节假日安排",
    "skipped": [{"from_on": date(2026, 10, 1), "to_on": date(2026, 10, 7), "days": 7, "reason": "国庆节放假"}],
    "pauses": [
        {
            "from_on": date(2026, 10, 9),
            "to_on": date(2026, 10, 21),
            "days": 12,
            "reason": "听证期间不计入办案期限",
            "document": "苏稀监听通〔2026〕9号",
            "document_url": HERE,
        }
    ],
    "extensions": [
        {
            "days": "10 日",
            "new_due_on": date(2026, 12, 11),
            "reason": "案情复杂，经负责人批准",
            "document": "案件延期审批表",
        }
    ],
}
