"""What an officer types into the form of each record, complete."""

from datetime import date
from typing import Any

from casework.models import Docket
from notices import written
from organisation.models import Officer
from tests.factories import PASSWORD

DAY = date(2026, 9, 5)
CHOICES = {"officers", "evidence", "investigators"}  # each chosen key is sent by itself


def questioning(*officers: Officer, **more: Any) -> dict[str, Any]:
    first, second = officers
    return {
        "began": "2026-09-05T09:00",
        "ended": "2026-09-05T10:30",
        "place": "办公楼会议室",
        "officers": [str(first.pk), str(second.pk)],
        "recorder": str(second.pk),
        "person": "钱测试",
        "relation": "当事人的车间主任",
        "rights_told": "on",
        "answers": [{"question": "废水处理设施为什么没有运行？", "answer": "水泵坏了。"}],
        **more,
    }


def as_sent(docket: Docket, words: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The same as a browser sends it: each cell of a table under its own name, the password, what the page showed of the docket."""
    sent: dict[str, Any] = {}
    for name, value in words.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                sent |= {f"{name}-{number}-{column}": text for column, text in row.items()}
        elif isinstance(value, list) and name not in CHOICES:
            sent[name] = "\n".join(value)
        elif value is not None:
            sent[name] = value
    docket = Docket.objects.get(pk=docket.pk)
    return sent | {"password": PASSWORD, "seen": written.seen_as(docket)} | more


def sampling(*officers: Officer, **more: Any) -> dict[str, Any]:
    return {
        "began": "2026-09-05T09:00",
        "ended": "2026-09-05T10:00",
        "place": "污水站总排口",
        "present": "钱测试（车间主任）",
        "officers": [str(one.pk) for one in officers],
        "method": "《污水监测技术规范》（HJ 91.1-2019）",
        "weather": "晴",
        "samples": [
            {
                "point": "总排口",
                "code": "Y-01",
                "items": "氨氮",
                "at": "9时10分",
                "container": "瓶×2",
                "kept": "4℃冷藏",
            },
            {
                "point": "车间排口",
                "code": "Y-02",
                "items": "总钍",
                "at": "9时30分",
                "container": "瓶×1",
                "kept": "加硝酸",
            },
        ],
        "received_by": "某环境监测中心",
        "handed_at": "2026-09-05T11:00",
        "custody": "加贴封条，冷藏运送",
        **more,
    }


def photographs(*officers: Officer, **more: Any) -> dict[str, Any]:
    return {"on": "2026-09-05", "officers": [str(one.pk) for one in officers], "notes": "原件存卷", **more}


def seizure_inventory(*officers: Officer, **more: Any) -> dict[str, Any]:
    return {
        "on": "2026-09-05",
        "measure": "查封",
        "decision": "《查封（扣押）决定书》（常环查〔2026〕1号）",
        "present": "钱测试（车间主任）",
        "place": "萃取车间",
        "officers": [str(one.pk) for one in officers],
        "objects": [
            {"name": "萃取槽", "model": "", "quantity": "2", "unit": "台", "state": "完好", "where": "萃取车间北侧"}
        ],
        "keeper": "当事人",
        **more,
    }


def investigation_report(*officers: Officer, **more: Any) -> dict[str, Any]:
    return {
        "on": "2026-09-05",
        "source": "现场检查",
        "course": ["9月1日检查。", "9月1日立案。"],
        "facts": ["废水处理设施未运行。"],
        "evidence": [{"name": "现场检查（勘察）笔录", "proves": "设施未运行"}],
        "law": [{"instrument": "中华人民共和国生态环境法典", "article": "第一千一百零四条", "content": "处理依据"}],
        "circumstances": ["无从轻、从重情节。"],
        "proposal": ["建议处罚款人民币壹拾万元。"],
        "officers": [str(one.pk) for one in officers],
        **more,
    }


def internal_approval(*officers: Officer, **more: Any) -> dict[str, Any]:
    return {
        "on": "2026-09-05",
        "matter": "委托鉴定",
        "grounds": ["需鉴定含量。"],
        "basis": [{"instrument": "中华人民共和国行政处罚法", "article": "第五十四条第一款"}],
        "proposal": ["建议委托鉴定。"],
        "attachments": ["鉴定委托书（拟稿）"],
        "officers": [str(one.pk) for one in officers],
        **more,
    }


def collective_discussion(*_officers: Officer, **more: Any) -> dict[str, Any]:
    return {
        "began": "2026-09-05T09:00",
        "ended": "2026-09-05T10:00",
        "place": "三楼会议室",
        "chair": "周局长",
        "leaders": [{"name": "周局长", "post": "局长"}, {"name": "吴副局长", "post": "副局长"}],
        "attendants": [{"name": "张测试", "post": "法制科科长"}],
        "absent": [{"name": "郑副局长", "reason": "出差"}],
        "recorder": "冯记录",
        "reporter": "王测试",
        "report": ["废水处理设施未运行。"],
        "opinions": [{"name": "周局长", "opinion": "同意。"}, {"name": "吴副局长", "opinion": "建议从轻。"}],
        "conclusion": ["处罚款人民币壹拾万元。"],
        **more,
    }


def statement_review(*officers: Officer, **more: Any) -> dict[str, Any]:
    return {
        "notice": "《行政处罚事先告知书》（常环罚告〔2026〕1号）",
        "received_on": "2026-09-04",
        "way": "书面",
        "argued_by": "钱测试（法定代表人）",
        "arguments": [
            {
                "argument": "设施是临时故障。",
                "checked": "调取维修记录。",
                "outcome": "部分采纳",
                "reason": "故障属实，时间有误。",
            }
        ],
        "proposed": "罚款",
        "proposed_fine_cny": "120000",
        "reviewed": "罚款",
        "reviewed_fine_cny": "100000",
        "conclusion": ["部分采纳。"],
        "on": "2026-09-05",
        "officers": [str(one.pk) for one in officers],
        **more,
    }


def hearing_record(host: Officer, clerk: Officer, *investigators: Officer, **more: Any) -> dict[str, Any]:
    return {
        "began": "2026-09-05T09:00",
        "ended": "2026-09-05T11:00",
        "place": "听证室",
        "notice": "《行政处罚听证通知书》（常环听通〔2026〕1号）",
        "manner": "公开",
        "host": str(host.pk),
        "clerk": str(clerk.pk),
        "investigators": [str(one.pk) for one in investigators],
        "party_present": "钱测试（法定代表人）",
        "agents": [{"name": "何律师", "capacity": "特别授权"}],
        "rights_told": "on",
        "course": [{"speaker": "调查人员", "words": "设施未运行。"}, {"speaker": "何律师", "words": "请求从轻。"}],
        "last_words": ["请求从轻。"],
        **more,
    }


def hearing_report(host: Officer, clerk: Officer, **more: Any) -> dict[str, Any]:
    return {
        "on": "2026-09-05",
        "held": "2026年9月5日9时00分至11时00分，听证室",
        "host": str(host.pk),
        "clerk": str(clerk.pk),
        "attended": ["当事人：钱测试（法定代表人）"],
        "case": ["废水处理设施未运行。"],
        "investigators_said": ["事实清楚。"],
        "party_said": ["请求从轻。"],
        "found": ["证据予以采信。"],
        "opinion": ["建议从轻。"],
        **more,
    }


def confiscated_goods(*officers: Officer, **more: Any) -> dict[str, Any]:
    return {
        "on": "2026-09-05",
        "place": "某产权交易所",
        "decision": "《行政处罚决定书》（常环罚〔2026〕1号）",
        "approved_by": "周局长，2026年9月3日",
        "goods": [{"name": "氧化镨钕", "model": "", "quantity": "1.5", "unit": "吨", "state": "完好"}],
        "way": "公开拍卖",
        "course": ["公开拍卖，一次成交。"],
        "proceeds_cny": "500000.00",
        "voucher": "缴款书1号",
        "witness": "孙监督",
        "officers": [str(one.pk) for one in officers],
        **more,
    }
