"""同意分期（延期）缴纳罚款通知书, 督促履行义务催告书 and 强制执行申请书: what follows on a decision that is not performed at once."""

from datetime import date
from decimal import Decimal

import pytest

from core import clock
from enforcement.penalties import account, payments
from tests.enforcement.penalties.papers import CONTACT, changed, drafted, issued_and_served, lacks, text
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
PLAN = [{"due": "2026-10-31", "amount": "20000"}, {"due": "2026-12-31", "amount": "20,000.00"}]


@pytest.fixture
def deferral(served, case_officer):
    """The decision of 40 000 yuan was served on 18 September."""
    with clock.pinned(date(2026, 9, 22)):
        yield drafted(
            "payment_deferral", served, case_officer, applied_on="2026-09-21", hardship="连续亏损，确有经济困难。",
            mode="parts", plan=PLAN,
        )  # fmt: skip


@pytest.fixture
def demand(served, case_officer):
    with clock.pinned(date(2027, 4, 1)):
        yield drafted("performance_demand", served, case_officer, **CONTACT)


@story
def reminded(served, case_officer, second_officer, head):
    """The reminder is served on 2 April 2027."""
    with clock.pinned(date(2027, 4, 1)):
        notice = drafted("performance_demand", served, case_officer, **CONTACT)
        return issued_and_served(notice, case_officer, second_officer, head, on=date(2027, 4, 2))


@pytest.fixture
def application(reminded, served, case_officer):
    with clock.pinned(date(2027, 4, 26)):
        yield drafted(
            "enforcement_application", served, case_officer, court="测试市人民法院", head="顾测试（局长）", own_address="测试路1号",
            opinion="被申请人未提出意见。", object_state="被申请人有厂房一处。",
        )  # fmt: skip


# --- more time ---------------------------------------------------------------------------------------------------------
def test_a_deferral_starts_with_the_decision_and_its_fine(deferral, served):
    content = deferral.content
    assert content["decision_number"] == served.decision.number
    assert (content["decision_served_on"], content["fine"]) == ("2026-09-18", served.decision.content["fine"])


def test_instalments_are_named_with_day_and_amount(deferral):
    assert lacks(deferral) == ""
    words = text(deferral)
    assert "同意分期缴纳罚款通知书" in words
    assert "第六十六条第二款的规定" in words
    assert "（一）2026年10月31日（含当日）前缴纳人民币贰万元整（¥20,000.00）；" in words
    assert "（二）2026年12月31日（含当日）前缴纳人民币贰万元整（¥20,000.00）。" in words


@pytest.mark.parametrize(
    "plan",
    [
        [],
        PLAN[:1],
        [PLAN[1], PLAN[0]],
        [PLAN[0], {"due": "2026-12-31", "amount": "19999.99"}],
        [PLAN[0], {"due": "31.12.2026", "amount": "20000"}],
        [PLAN[0], {"due": "2026-12-31", "amount": "两万"}],
        [{"due": "2026-09-22", "amount": "20000"}, PLAN[1]],
    ],
    ids=["none", "one", "disordered", "another sum", "no day", "no amount", "a day that has passed"],
)
def test_a_plan_that_does_not_add_up_is_refused(deferral, case_officer, plan):
    assert lacks(changed(deferral, case_officer, plan=plan)) != ""


def test_payment_later_has_one_day(deferral, case_officer):
    twice = changed(deferral, case_officer, mode="defer")
    assert lacks(twice) != ""
    later = changed(twice, case_officer, plan=[{"due": "2026-12-31", "amount": "40000"}])
    assert lacks(later) == ""
    words = text(later)
    assert "同意延期缴纳罚款通知书" in words
    assert "将缴纳罚款的期限延长至2026年12月31日（含当日），应缴金额为人民币肆万元整（¥40,000.00）。" in words


def test_an_application_after_the_period_is_pointed_out(deferral, case_officer):
    late = "申请在缴款期限"
    assert not any(late in doubt for doubt in deferral.doubts())
    with clock.pinned(date(2026, 11, 2)):
        after = changed(deferral, case_officer, applied_on="2026-10-20")
        assert any(late in doubt for doubt in after.doubts())


# --- the reminder ------------------------------------------------------------------------------------------------------
def test_a_reminder_has_its_four_contents(demand, served):
    """行政强制法第三十五条."""
    assert lacks(demand) == ""
    words = text(demand)
    for content in (
        f"作出《行政处罚决定书》（{served.decision.number}），并于2026年9月18日送达你单位",
        "自收到本催告书之日起十个工作日内履行上述义务",  # 1 period
        "上述款项请缴至下列账户",  # 2 how
        "（一）缴纳罚款人民币肆万元整（¥40,000.00）；（二）缴纳加处罚款人民币肆万元整（¥40,000.00）（计算至2027年4月1日）。",  # 3
        "有权进行陈述和申辩",  # 4 statement and defence
    ):
        assert content in words


@pytest.mark.parametrize(
    "name", ["decision_number", "decision_served_on", "decided_fine", "bank", "within_days", "contact"]
)
def test_without_one_of_them_it_is_not_complete(demand, case_officer, name):
    assert lacks(changed(demand, case_officer, **{name: ""})) != ""


def test_it_starts_with_what_the_ledger_has_open(demand, served, case_officer):
    assert (demand.content["fine"], demand.content["surcharge"]) == ("40000.00", "40000.00")
    paid = {"paid_on": date(2027, 4, 1), "receipt_number": "测试0001", "channel": "bank", "by": case_officer}
    payments.record_payment(receivable=account.claims(served)[0], amount=Decimal(10000), **paid)
    again = drafted("performance_demand", served, case_officer, **CONTACT)
    assert again.content["fine"] == "30000.00"
    assert not any("今日尚未缴纳" in doubt for doubt in again.doubts())
    assert any("今日尚未缴纳" in doubt for doubt in demand.doubts()), "more than is still open"


def test_nothing_owed_is_no_reminder(demand, case_officer):
    assert "第三十五条" in lacks(changed(demand, case_officer, fine="", surcharge="", gains=""))


def test_the_surcharge_is_no_higher_than_the_fine(demand, case_officer):
    assert "第四十五条第二款" in lacks(changed(demand, case_officer, surcharge="40000.01"))


def test_less_than_ten_working_days_are_refused(demand, case_officer):
    assert lacks(changed(demand, case_officer, within_days="9")) != ""


def test_a_reminder_before_the_period_to_pay_is_over_is_pointed_out(served, case_officer):
    with clock.pinned(date(2026, 9, 22)):
        early = drafted("performance_demand", served, case_officer, **CONTACT)
        assert any("尚未届满" in doubt for doubt in early.doubts())


# --- the court ---------------------------------------------------------------------------------------------------------
def test_an_application_goes_to_the_court_with_its_five_materials(application, served, reminded, enterprise):
    """行政强制法第五十五条."""
    assert lacks(application) == ""
    words = text(application)
    for content in (
        "测试市人民法院：",
        f"被申请人：{enterprise.name}",
        f"《行政处罚决定书》（{served.decision.number}）",
        f"申请人于2027年4月2日向被申请人送达《督促履行义务催告书》（{reminded.number}）",
        "（一）罚款人民币肆万元整（¥40,000.00）；（二）加处罚款人民币肆万元整（¥40,000.00）。",
        "被申请人有厂房一处。",
        "1.行政处罚决定书及作出决定的事实、理由和依据",
        "行政机关负责人（签名）：",
        "印章",
    ):
        assert content in words


@pytest.mark.parametrize(
    "name",
    ["court", "head", "decision_number", "demand_number", "demand_served_on", "opinion", "object_state", "annexes"],
)
def test_each_part_of_the_application_is_asked_for(application, case_officer, name):
    assert lacks(changed(application, case_officer, **{name: ""})) != ""


@pytest.mark.parametrize("word", ["决定书", "意见", "催告", "标的"])
def test_a_material_that_is_missing_is_named(application, case_officer, word):
    left = [line for line in application.content["annexes"] if word not in line]
    assert "第五十五条" in lacks(changed(application, case_officer, annexes=left))


def test_the_court_is_not_asked_within_ten_working_days_of_the_reminder(application):
    """2 April was a Friday: the tenth working day after it, without 清明, is 19 April at the latest."""
    with clock.pinned(date(2027, 4, 12)):
        assert "第五十四条" in lacks(application)


def test_the_court_is_not_asked_while_a_remedy_runs(application, case_officer):
    """Served on 2 November 2026, the decision can be sued until 2 May 2027."""
    assert "第五十三条" in lacks(
        changed(application, case_officer, decision_on="2026-11-01", decision_served_on="2026-11-02")
    )


def test_an_application_that_comes_late_is_pointed_out(application):
    assert not any("三个月内" in doubt for doubt in application.doubts())
    with clock.pinned(date(2027, 7, 1)):
        assert any("三个月内" in doubt for doubt in application.doubts())


def test_an_outsider_sees_none_of_the_drafts(deferral, application, outsider, log_in):
    for notice in (deferral, application):
        assert log_in(outsider).get(notice.get_absolute_url()).status_code == 404
