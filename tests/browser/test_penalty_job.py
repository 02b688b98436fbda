"""A penalty beside the order of its case, by real people in a real browser: proposed, notified, waived, decided, served, paid."""

import re

import pytest
from playwright.sync_api import Page, expect

from core import clock
from tests.browser.test_main_job import (
    PASSWORD,
    Story,
    a_case_is_opened_and_the_order_drafted,
    an_inspector_logs_a_finding,
    follow,
    press,
    press_main,
    signs,
)
from tests.plugins.matters import RECEIPT

pytestmark = [pytest.mark.chromium, pytest.mark.worker, pytest.mark.pdf, pytest.mark.timeout(900)]
FILED = {  # what only the officer knows, by field of the documents
    "violated-0-instrument": "中华人民共和国生态环境法典", "violated-0-article": "第一百条",
    "evidence": "现场检查（勘察）笔录（证明检查经过和检查发现的事实）", "reasons": "当事人配合调查，已着手整改。",
    "contact": "王磊", "telephone": "0519-00000000", "address": "常州市测试路1号",
    "payee": "测试市财政局", "bank": "测试银行样例支行", "account": "1000 0000 0001",
}  # fmt: skip


def fill_in(page: Page) -> None:
    """What the draft leaves blank, and nothing else; then it is saved."""
    for name, words in FILED.items():
        field = page.locator(f"[name={name}]")
        if field.count() and not field.input_value():
            field.fill(words)
    press(page, re.compile("^保存"))


def paper(name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": RECEIPT + name.encode()}


def the_penalty_is_proposed(story: Story) -> None:
    with story.as_("officer") as page:
        story.open_case(page)
        follow(page, "启动行政处罚程序")
        press(page, "启动行政处罚程序")
        follow(page, "填写处罚建议")
        page.select_option("[name=conclusion]", "penalty")
        page.fill("[name=grounds]", "违法事实清楚，证据确凿，从轻处罚。")
        # Outside the band: the portal says so with its article before anybody signs.
        page.fill("[name=sanctions-fine]", "2000000")
        press(page, "保存")
        expect(page.get_by_text(re.compile("超过.+上限1,000,000")).first).to_be_visible()
        follow(page, "填写处罚建议")
        page.fill("[name=sanctions-fine]", "150,000")
        press(page, "保存")
        expect(page.get_by_text("人民币壹拾伍万元整").first).to_be_visible()
        the_report_is_written(story, page)
        story.open_case(page)
        follow(page, "起草处罚建议文书")
        press_main(page)
        fill_in(page)
        story.open_case(page)
        signs(page, "签署行政处罚")
    with story.as_("second") as page:
        story.open_case(page)
        signs(page, "签署行政处罚")
    with story.as_("officer") as page:
        story.open_case(page)
        follow(page, "处罚建议提交法制审核")
        press(page, "处罚建议提交法制审核")


def the_report_is_written(story: Story, page: Page) -> None:
    docket = re.search(r"/dockets/(\d+)/", story.case_path)
    assert docket is not None
    page.goto(f"{story.portal.url}/documents/records/new/{docket[1]}/investigation_report/")
    known = {
        "source": "日常监督检查", "course": "立案后对现场和有关人员进行了调查取证。", "facts": "废水未经处理外排。",
        "evidence-0-name": "现场检查（勘察）笔录", "evidence-0-proves": "检查经过和发现的事实",
        "law-0-instrument": "中华人民共和国生态环境法典", "law-0-article": "第一千一百零七条", "law-0-content": "处罚依据",
        "circumstances": "当事人配合调查。", "proposal": "建议罚款人民币150,000元。",
    }  # fmt: skip
    for name, words in known.items():
        field = page.locator(f"[name={name}]")
        if not field.input_value():
            field.fill(words)
    for box in page.locator("[name=officers]").all()[:2]:
        box.check()
    page.get_by_label("登录密码").fill(PASSWORD)
    for box in page.locator("[name=statement]").all():
        box.check()
    press_main(page)


def it_is_reviewed_and_approved(story: Story) -> None:
    with story.as_("reviewer") as page:
        page.goto(story.portal.url)
        expect(page.get_by_role("link", name="审核处罚建议").first).to_be_visible()
        story.open_case(page)
        follow(page, "审核同意处罚建议")
        page.fill("[name=reason]", "事实清楚，裁量适当，程序合法。")
        press(page, "审核同意处罚建议")
    with story.as_("head") as page:
        story.open_case(page)
        decides(page, "审批同意处罚建议")


def decides(page: Page, step: str) -> None:
    follow(page, step)
    page.locator("[name=statement]").check()
    page.get_by_label("登录密码").fill(PASSWORD)
    press(page, step)


def is_served(story: Story, page: Page, link: re.Pattern[str], step: str) -> None:
    """Issued, drawn by the worker, handed over with its receipt."""
    story.open_case(page)
    follow(page, step)
    press(page, step)
    story.portal.wait_until(
        lambda: not story.portal.sql("SELECT 1 FROM notices_notice WHERE number IS NOT NULL AND pdf_sha256 = ''"),
        "the worker to draw the document",
    )
    story.open_case(page)
    page.get_by_role("main").get_by_role("link", name=link).first.click()
    page.fill("[name=recipient]", "钱屿")
    page.select_option("[name=co_server]", label=page.locator("[name=co_server] option", has_text="李静").inner_text())
    page.set_input_files("[name=receipt_file]", paper(f"送达回证{step}.pdf"))
    press_main(page)


def the_party_is_told_and_waives(story: Story) -> None:
    with story.as_("officer") as page:
        is_served(story, page, re.compile("登记.+告知书送达情况"), "制发事先告知书")
        story.open_case(page)
        # Nobody decides while the party may still argue.
        expect(page.get_by_text(re.compile("第六十二条")).first).to_be_visible()
        for kind, name in (("waives", "放弃陈述申辩.pdf"), ("waives_hear", "放弃听证.pdf")):
            story.open_case(page)
            follow(page, "登记当事人意见")
            page.select_option("[name=kind]", kind)
            page.fill("[name=text]", "我单位放弃该项权利。")
            if page.locator("[name=received_on]").input_value() == "":
                page.fill("[name=received_on]", f"{clock.today()}")
            page.set_input_files("[name=paper]", paper(name))
            press(page, "登记")
        follow(page, "转入拟定决定")
        press(page, "转入拟定决定")


def it_is_decided_and_served(story: Story) -> None:
    with story.as_("officer") as page:
        story.open_case(page)
        follow(page, "起草决定书")
        press_main(page)
        fill_in(page)
        story.open_case(page)
        signs(page, "签署行政处罚")
    with story.as_("second") as page:
        story.open_case(page)
        signs(page, "签署行政处罚")
        follow(page, "处罚决定提交法制审核")
        press(page, "处罚决定提交法制审核")
    with story.as_("reviewer") as page:
        story.open_case(page)
        follow(page, "审核同意处罚决定")
        page.fill("[name=reason]", "同意。")
        press(page, "审核同意处罚决定")
    with story.as_("head") as page:
        story.open_case(page)
        decides(page, "作出处罚决定")
    with story.as_("officer") as page:
        is_served(story, page, re.compile("登记行政处罚决定书送达情况"), "制发决定书")
        story.open_case(page)
        expect(page.get_by_text(re.compile("常环罚〔\\d{4}〕1号")).first).to_be_visible()


def the_stranger_sees_nothing(story: Story) -> None:
    with story.as_("stranger") as page:
        assert page.goto(f"{story.portal.url}/penalties/1/proposal/").status == 404


def test_a_penalty_from_its_proposal_to_its_service(embedded_portal, browser):
    embedded_portal.manage("load_demo", "--stories", "0")
    story = Story(embedded_portal, browser)
    lead = an_inspector_logs_a_finding(story)
    a_case_is_opened_and_the_order_drafted(story, lead)
    the_penalty_is_proposed(story)
    it_is_reviewed_and_approved(story)
    the_party_is_told_and_waives(story)
    it_is_decided_and_served(story)
    the_stranger_sees_nothing(story)
    assert "the trail holds" in story.portal.manage("verify_trail")
