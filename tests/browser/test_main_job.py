"""The portal's main job, from a finding in the plant to a closed case, by real people in a real browser.

On SQLite with the embedded worker, and on PostgreSQL with Redis and real worker processes: the same story.
"""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core import clock
from tests.browser.axe import watched_page
from tests.plugins.matters import RECEIPT
from tests.plugins.processes import Portal

PASSWORD = "Xitu-2026-demo"
pytestmark = [pytest.mark.chromium, pytest.mark.worker, pytest.mark.pdf, pytest.mark.timeout(900)]
PEOPLE = {
    "inspector": "chenjie",
    "officer": "wanglei",
    "second": "lijing",
    "reviewer": "zhangmin",
    "head": "zhouheng",
    "supervisor": "wuyue",
    "stranger": "xuwai",
}
ENTERPRISE = "溧阳市"


# The scheduler's two tasks, as they run on the morning of the day before the period ends.
THE_DAY_BEFORE = """
from datetime import timedelta
from casework.models import Deadline
from casework.tasks import send_reminders, sweep_reminders
from core import clock
with clock.pinned(Deadline.objects.get(kind="rectification.period").due_on - timedelta(days=1)):
    sweep_reminders()
    send_reminders()
"""


class Story:
    """One portal, one browser, and who sits in front of it."""

    def __init__(self, portal: Portal, browser: Browser) -> None:
        self.portal, self.browser = portal, browser
        self.case_path = ""

    @contextmanager
    def as_(self, who: str) -> Iterator[Page]:
        with watched_page(self.browser) as page:
            page.goto(f"{self.portal.url}/login/")
            page.fill("[name=username]", PEOPLE[who])
            page.fill("[name=password]", PASSWORD)
            press(page, "登录")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            yield page

    def open_case(self, page: Page) -> None:
        page.goto(f"{self.portal.url}{self.case_path}")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button and wait for the page that answers: nobody leaves while a form is on its way."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=isinstance(name, str)).first.click()


def press_main(page: Page) -> None:
    """Press the page's one main button, whatever it is called."""
    with page.expect_navigation():
        page.locator("main form button.btn-primary").click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def signs(page: Page, link: str) -> None:
    follow(page, link)
    page.get_by_label("确认属实").check()
    page.get_by_label("登录密码").fill(PASSWORD)
    press(page, "签字")


def this_minute() -> str:
    """A visit is not recorded before it is over."""
    return f"{clock.local(clock.now()):%H:%M}"


def an_inspector_logs_a_finding(story: Story) -> str:
    """Chen Jie inspects with Wang Lei and writes down what is wrong; both sign; it becomes a lead."""
    with story.as_("inspector") as page:
        page.goto(f"{story.portal.url}/inspections/new/")
        option = page.locator("select[name=enterprise] option", has_text=ENTERPRISE).first.get_attribute("value")
        page.select_option("[name=enterprise]", option)
        page.fill("[name=place]", "萃取车间")
        page.get_by_label(re.compile("王磊")).check()
        page.fill("[name=attended_by]", "钱屿")
        page.check("[name=credentials_shown]")
        press(page, "开始检查")
        visit = path_of(page)
        follow(page, "登记问题")
        page.select_option(
            "[name=violation]",
            label=page.locator("[name=violation] option", has_text="第一千一百零七条").first.inner_text(),
        )
        page.fill("[name=fact]", "萃取车间废水收集池液位计故障，废水经溢流口进入雨水沟。")
        page.fill("[name=place]", "萃取车间")
        press(page, "登记问题")
        follow(page, "制作笔录")
        page.fill("[name=situation]", "出示执法证件后，对萃取车间及废水处理设施进行检查。")
        page.fill("[name=ended_at]", this_minute())
        press(page, "保存笔录")
        signs(page, "签署笔录")
        expect(page.get_by_text("尚未签字：王磊")).to_be_visible()
    with story.as_("officer") as page:
        page.goto(f"{story.portal.url}{visit}")
        signs(page, "签署笔录")
    with story.as_("inspector") as page:
        page.goto(f"{story.portal.url}{visit}")
        follow(page, "笔录定稿")
        press(page, "笔录定稿")
        follow(page, "打印笔录交当事人签名")
        expect(page.get_by_role("main").get_by_role("link", name="下载 PDF")).to_be_visible()
        follow(page, "记录当事人签名情况")
        page.fill("[name=signatory]", "周测")
        page.set_input_files(
            "[name=scan]", {"name": "笔录签名页.pdf", "mimeType": "application/pdf", "buffer": RECEIPT}
        )
        press(page, "登记")
        expect(page.get_by_text("当事人已签名").first).to_be_visible()
        page.goto(f"{story.portal.url}{visit}")
        follow(page, "转为线索")
        press(page, "登记线索")
        lead = path_of(page)
        page.goto(f"{story.portal.url}{visit}")
        follow(page, "结束检查")
        press(page, "结束检查")
        return lead


def a_case_is_opened_and_the_order_drafted(story: Story, lead: str) -> None:
    with story.as_("officer") as page:
        page.goto(f"{story.portal.url}{lead}")
        follow(page, "立案")
        page.select_option("[name=co_officer]", label="李静")
        press(page, "立案")
        page.goto(f"{story.portal.url}{lead}related/")
        page.get_by_role("main").get_by_role("link", name=re.compile("常环立")).first.click()
        story.case_path = path_of(page)
        follow(page, "填写事实与整改要求")
        page.fill("[name=requirements]", "修复废水收集池液位控制系统\n清理雨水沟并妥善处置底泥")
        page.fill("[name=rectification_days]", "3")
        press(page, "保存")
        follow(page, "起草责令改正决定书")
        press(page, "生成草稿")
        expect(page.locator("[name=facts]")).to_have_value(re.compile("萃取车间"))
        # What nobody but the officer knows is asked for at its field.
        press(page, re.compile("^保存"))
        expect(page.locator("[name=violated-0-article]")).to_have_attribute("aria-invalid", "true")
        page.fill("[name=violated-0-instrument]", "中华人民共和国生态环境法典")
        page.fill("[name=violated-0-article]", "第一百条")
        press(page, re.compile("^保存"))
        story.open_case(page)
        # One signature is not enough, and the page says so.
        signs(page, "签署案件")
        expect(page.get_by_text("目前1人")).to_be_visible()
    with story.as_("second") as page:
        story.open_case(page)
        signs(page, "签署案件")
        follow(page, "提交法制审核")
        press(page, "提交法制审核")


def it_is_reviewed_and_approved(story: Story) -> None:
    with story.as_("reviewer") as page:
        story.open_case(page)
        follow(page, "法制审核同意")
        page.fill("[name=reason]", "事实清楚，适用依据正确，程序合法。")
        press(page, "法制审核同意")
    with story.as_("head") as page:
        story.open_case(page)
        follow(page, "审批同意")
        page.get_by_label("同意制发").check()
        page.get_by_label("登录密码").fill(PASSWORD)
        press(page, "审批同意")


def the_order_is_issued_drawn_and_served(story: Story) -> None:
    with story.as_("officer") as page:
        story.open_case(page)
        follow(page, "制发责令改正决定书")
        press(page, "制发责令改正决定书")
        expect(page.get_by_text("常环责改〔2026〕1号").first).to_be_visible()
        number = "常环责改〔2026〕1号"
        story.portal.wait_until(
            lambda: story.portal.sql(
                "SELECT pdf_sha256 FROM notices_notice WHERE number = 'x' OR number = ?".replace("?", f"'{number}'")
            )[0][0],
            "the worker to draw the order",
        )
        story.open_case(page)
        expect(page.get_by_text("改正期限起算")).to_have_count(0)
        follow(page, "送达责令改正决定书")
        expect(page.get_by_text(re.compile("送达未果的，期限照常计算")).first).to_be_visible()
        story.open_case(page)
        follow(page, "登记决定书送达")
        page.fill("[name=recipient]", "钱屿")
        page.select_option(
            "[name=co_server]", label=page.locator("[name=co_server] option", has_text="李静").inner_text()
        )
        page.set_input_files(
            "[name=receipt_file]", {"name": "送达回证.pdf", "mimeType": "application/pdf", "buffer": RECEIPT}
        )
        press_main(page)
        story.open_case(page)
        expect(page.get_by_text("改正期限起算").first).to_be_visible()


def the_clock_runs_reminds_pauses_and_is_extended(story: Story) -> None:
    """The day before the end the reminder goes out. The head stops the clock once, with a reason, and grants more time once."""
    story.portal.manage("shell", "-c", THE_DAY_BEFORE)
    with story.as_("officer") as page:
        page.goto(f"{story.portal.url}/inbox/")
        expect(page.get_by_role("main").get_by_text(re.compile("改正期限")).first).to_be_visible()
    with story.as_("head") as page:
        page.goto(f"{story.portal.url}{story.case_path}deadlines/")
        follow(page, "改正期限")
        why = page.url
        expect(page.get_by_text("责令改正决定书送达").first).to_be_visible()
        page.goto(f"{why}pause/")
        page.select_option("[name=reason_code]", "suspension")
        page.fill("[name=reason]", "设备供货中断，企业书面申请中止计算")
        page.fill("[name=document]", "中止审批表第1号")
        press_main(page)
        story.open_case(page)
        page.goto(f"{why}resume/")
        page.fill("[name=reason]", "设备已到货，恢复计算")
        press_main(page)
        page.goto(f"{why}extend/")
        page.fill("[name=length]", "5")
        page.fill("[name=reason]", "防渗材料须定制")
        page.fill("[name=document]", "延期审批表第1号")
        press_main(page)
        page.goto(why)
        for reason in ("设备供货中断", "防渗材料须定制"):
            expect(page.get_by_text(re.compile(reason)).first).to_be_visible()


def it_is_found_done_and_closed(story: Story) -> None:
    with story.as_("inspector") as page:
        story.open_case(page)
        follow(page, "进入复查")
        page.get_by_label(re.compile("王磊")).check()
        press(page, "进入复查")
        follow(page, "登记复查结果")
        expect(page.get_by_label(re.compile("王磊"))).to_be_checked()
        page.fill("[name=began_at]", this_minute())
        page.fill("[name=ended_at]", this_minute())
        page.get_by_label("已改正", exact=True).check()
        page.fill("[name=findings]", "暗查，液位控制系统已修复，雨水沟已清理。")
        page.fill("[name=password]", PASSWORD)
        press(page, "登记")
        page.get_by_role("main").get_by_role("link", name=re.compile("记录.+复查笔录的当事人签名情况")).first.click()
        page.get_by_role("main").get_by_role("link", name="当事人拒绝签名").click()
        page.fill("[name=reason]", "现场负责人称须请示公司负责人")
        press(page, "登记")
    with story.as_("officer") as page:
        story.open_case(page)
        follow(page, "确认整改完成")
        press(page, "确认整改完成")
    with story.as_("head") as page:
        story.open_case(page)
        follow(page, "结案")
        page.get_by_label("确认结案（填写“结案”二字）").fill("结案")
        press(page, "结案")
        expect(page.get_by_text("已结案").first).to_be_visible()


def the_supervisor_sees(story: Story, stage: str) -> None:
    with story.as_("supervisor") as page:
        page.goto(f"{story.portal.url}/oversight/")
        expect(page.get_by_role("link", name=re.compile(stage)).first).to_be_visible()


def the_stranger_sees_nothing(story: Story) -> None:
    with story.as_("stranger") as page:
        assert page.goto(f"{story.portal.url}{story.case_path}").status == 404


def the_file_is_exported_and_checks(story: Story, folder: Path) -> None:
    """One PDF with cover, index and page numbers; a ZIP whose fingerprints anybody can check offline."""
    with story.as_("head") as page:
        story.open_case(page)
        follow(page, "导出案卷")
        press(page, "导出正卷和副卷")
        made = page.get_by_role("main").get_by_role("link", name=re.compile("ZIP|原件"))
        expect(made.first).to_be_visible()
        with page.expect_download() as download:
            made.first.click()
        archive = folder / "case.zip"
        download.value.save_as(archive)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "case")
        papers = " ".join(packed.namelist())  # by volume and group
        for form in ("立案审批表", "法制审核意见书", "结案审批表"):
            assert form in papers
    (sums,) = (folder / "case").rglob("SHA256SUMS")
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", sums.name], cwd=sums.parent, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def tell(story: Story, folder: Path) -> None:
    lead = an_inspector_logs_a_finding(story)
    a_case_is_opened_and_the_order_drafted(story, lead)
    the_supervisor_sees(story, "法制审核")
    it_is_reviewed_and_approved(story)
    the_order_is_issued_drawn_and_served(story)
    the_clock_runs_reminds_pauses_and_is_extended(story)
    the_supervisor_sees(story, "整改")
    it_is_found_done_and_closed(story)
    the_stranger_sees_nothing(story)
    the_file_is_exported_and_checks(story, folder)
    assert "the trail holds" in story.portal.manage("verify_trail")


def test_from_a_finding_to_a_closed_case_on_sqlite_with_the_embedded_worker(embedded_portal, browser, tmp_path):
    embedded_portal.manage("load_demo", "--stories", "0")
    tell(Story(embedded_portal, browser), tmp_path)


@pytest.mark.postgres
@pytest.mark.redis
def test_from_a_finding_to_a_closed_case_on_postgresql_with_redis_and_two_workers(portal_processes, browser, tmp_path):
    portal = portal_processes(workers=2)
    portal.manage("load_demo", "--stories", "0")
    tell(Story(portal, browser), tmp_path)
