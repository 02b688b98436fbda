"""The invented matter that the samples of documents tell of."""

from __future__ import annotations

from datetime import date
from typing import Any

Context = dict[str, Any]

AGENCY = "江苏省工业和信息化厅"
SHORT = "我厅"
VERIFY = {"code": "7QK2-9F4M-XW3C", "url": "https://portal.example.cn/v/7QK2-9F4M-XW3C"}
PARTY = {
    "name": "宜兴市云泽稀土新材料有限公司",
    "uscc": "91320282MA1XYT8K3Q",
    "legal_representative": "朱䶮喆",
    "address": "江苏省无锡市宜兴市新庄街道稀土产业基地兴业路18号",
}
REMEDIES = {
    "reconsideration_body": "江苏省人民政府",
    "reconsideration_period": "六十日",
    "court": "南京铁路运输法院",
    "litigation_period": "六个月",
}


def frame(title: str, number: str = "", **more: Any) -> Context:
    return {
        "agency": AGENCY,
        "title": title,
        "number": number,
        "issued_on": date(2026, 11, 21),
        "verify": VERIFY,
    } | more


CASE = "宜兴市云泽稀土新材料有限公司未如实记录稀土产品流向信息案"
CAUSE = "涉嫌未如实记录稀土产品流向信息"
INSPECTORS = [
    {"name": "陈珺", "certificate": "苏工信执法0317"},
    {"name": "赵祎堃", "certificate": "苏工信执法0342"},
]
SITE = "宜兴市新庄街道稀土产业基地兴业路18号萃取车间、成品库、中控室"
ORDER = {"title": "责令改正违法行为决定书", "number": "苏工信责改〔2026〕12号", "served_on": date(2026, 11, 23)}
