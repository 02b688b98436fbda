"""Documents of a penalty as the tests draft and read them."""

import re

from core import clock, jobs
from core.models import Job
from notices import completeness, composing
from notices import services as notices
from notices.models import Method, Notice
from tests.plugins.matters import receipt

CONTACT = {"contact": "测试甲", "telephone": "0510-00000000", "address": "测试路1号"}
PAYMENT = {"payee": "测试市财政局", "bank": "测试银行样例支行", "account": "1000 0000 0001"}
VIOLATED = [{"instrument": "中华人民共和国生态环境法典", "article": "第一百条", "content": "保证污染防治设施正常运行"}]
POLICY = "国务院关于促进稀土行业持续健康发展的若干意见（国发〔2011〕12号）"


def drafted(kind, case, by, **words) -> Notice:
    return notices.draft(kind=kind, docket=case.docket, content=words, by=by)


def changed(notice, by, **words) -> Notice:
    return notices.edit(notice=notice, content=words, version=notice.version, by=by)


def lacks(notice) -> str:
    """What the document still lacks, in one text; empty when it is complete."""
    return " ".join(map(str, completeness.of(notice)))


def text(notice) -> str:
    """The words of a draft as they would be printed."""
    html = composing.draft_html(notice).split("</head>")[1]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def issued_and_served(notice, officer, colleague, head, *, on) -> Notice:
    """Through all hands, drawn, and handed over on that day."""
    submitted = notices.submit(notice=notice, by=officer)
    issued = notices.issue(notice=notices.approve(notice=submitted, by=head), by=officer)
    jobs.run(Job.objects.get(unique_key=f"notices.render:{issued.pk}").pk)
    with clock.pinned(on):
        notices.record_service(
            notice=Notice.objects.get(pk=issued.pk),
            method=Method.DIRECT,
            by=officer,
            co_server=colleague,
            recipient="钱测试",
            relation="办公室负责人",
            place="萃取车间",
            receipt_file=receipt(),
        )
    return Notice.objects.get(pk=issued.pk)
