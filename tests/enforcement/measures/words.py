"""Complete words of each document of measures, and the way a document goes."""

from datetime import date
from typing import Any

from core import clock, jobs
from core.models import Job
from notices import content, services
from notices.models import Notice

DAY = date(2026, 9, 1)
NEXT = date(2026, 9, 2)
FACTS = ["废水处理设施未运行。"]
EVIDENCE = ["现场检查（勘察）笔录"]
OBJECTS = [{"name": "旁通管阀门", "model": "DN200", "quantity": "1个", "place": "污水站", "note": ""}]
OUTCOME = [{"name": "旁通管阀门", "quantity": "1个", "treatment": "返还当事人"}]
CODE_ARTICLE = [{"instrument": "生态环境法典", "article": "第五十三条"}]
POLICE = {
    "receiver": "常州市公安局",
    "receiver_address": "江苏省常州市龙锦路1588号",
    "contact": "王测试，0519-85000000",
}
PAPERS = [
    {"name": name, "quantity": "1份", "note": ""}
    for name in ("案件调查报告", "涉案物品清单", "监测报告", "行政处罚决定书")
]


def officers_of(*people: Any) -> list[dict[str, str]]:
    return [{"name": one.name, "certificate": one.certificate_number} for one in people]


def stopping() -> dict[str, Any]:
    return {
        "facts": FACTS,
        "evidence": EVIDENCE,
        "violated": [{"instrument": "生态环境法典", "article": "第一百条"}],
        "basis": [{"instrument": "生态环境法典", "article": "第一千一百零四条"}],
        "informed_on": DAY,
        "informed_by": "常环罚告〔2026〕1号",
        "heard": "要求举行听证，听证已经依法举行",
        "review": "经复核，你单位提出的理由不成立。",
        "manner": ["恢复废水处理设施正常运行"],
        "duties": ["十五个工作日内报送整改方案"],
        "ground": "超过污染物排放标准",
        "extent": "一号萃取线的生产",
    }


def words(kind: str, *people: Any) -> dict[str, Any]:
    """What an officer fills in beside what the portal proposes."""
    found: dict[str, dict[str, Any]] = {
        "evidence_registration": {"danger": "可以随时改写", "objects": OBJECTS, "officers": officers_of(*people)},
        "evidence_release": {"outcome": OUTCOME},
        "seizure_order": {
            "facts": FACTS,
            "evidence": EVIDENCE,
            "reason": "为防止污染继续发生，有必要予以查封。",
            "basis": CODE_ARTICLE,
            "objects": OBJECTS,
            "officers": officers_of(*people),
        },
        "seizure_extension": {"reason": "涉案设施的排放量尚须委托鉴定"},
        "seizure_release": {"outcome": OUTCOME},
        "production_limit": {**stopping(), "months": 3},
        "production_stop": {
            **stopping(),
            "ground": "通过逃避监管的方式排放污染物，超过污染物排放标准",
            "hearing_offered": True,
        },
        "treatment_order": {
            "facts": FACTS,
            "evidence": EVIDENCE,
            "task": ["总排口废水稳定达标"],
            "until": date(2013, 5, 31),
        },
        "case_transfer": {
            **POLICE,
            "receiver": "常州市市场监督管理局",
            "facts": FACTS,
            "evidence": EVIDENCE,
            "materials": PAPERS,
        },
        "criminal_referral": {
            **POLICE,
            "facts": FACTS,
            "evidence": EVIDENCE,
            "crime": "污染环境罪",
            "crime_article": "第三百三十八条",
            "reported_on": DAY,
            "approved_on": DAY,
            "approved_by": "局长周测试",
            "materials": PAPERS,
            "officers": officers_of(*people),
            "cc": ["常州市人民检察院"],
        },
        "detention_referral": {
            **POLICE,
            "facts": FACTS,
            "evidence": EVIDENCE,
            "act": "通过暗管逃避监管的方式违法排放污染物",
            "persons": [{"name": "钱测试", "post": "污水站站长", "note": "指使停用处理设施"}],
            "decision_number": "常环罚〔2026〕12号",
            "decided_on": DAY,
            "approved_on": DAY,
            "basis": CODE_ARTICLE,
            "materials": PAPERS,
        },
        "rectification_extension": {"reason": "设备到货推迟", "days": 20},
    }
    return found[kind]


def issue(kind: str, docket: Any, *, by: Any, reviewer: Any, head: Any, on: date = DAY, **changed: Any) -> Notice:
    """Drafted, handed in, reviewed where it must be, approved, issued and drawn."""
    with clock.pinned(on):
        notice = services.draft(kind=kind, docket=docket, content=changed, by=by)
        notice = services.submit(notice=notice, by=by)
        if notice.type.needs_legal_review:
            notice = services.review(notice=notice, by=reviewer)
        notice = services.approve(notice=notice, by=head)
        services.issue(notice=notice, by=by)
        return drawn(notice)


def drawn(notice: Notice) -> Notice:
    jobs.run(Job.objects.get(unique_key=f"notices.render:{notice.pk}").pk)
    return Notice.objects.get(pk=notice.pk)


def draft_of(kind: str, docket: Any, **changed: Any) -> Notice:
    """A draft that is not stored, complete but for what is changed."""
    from notices import registry

    typed = content.plain({**registry.get(kind).initial(docket), **changed})
    return Notice(docket=docket, kind=kind, content=typed)
