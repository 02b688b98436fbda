"""The money of a penalty in the browser: what is shown, what is entered, and to whom."""

import re
import uuid
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core import clock
from enforcement.penalties.models.money import Entry, Plan, Receivable, Review
from tests.enforcement.penalties.money import DUE, owed, pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def key() -> str:
    """Of one press of a button."""
    return str(uuid.uuid4())


def url(name, row) -> str:
    return reverse(f"penalties:{name}", args=[row.pk])


def text(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


PAYMENT = {"paid_on": "2026-11-05", "amount": "100000", "receipt_number": "苏罚0001", "channel": "bank", "_once": key()}


def test_the_docket_shows_the_sums_in_figures_and_capitals(claim, case_officer, log_in):
    page = text(log_in(case_officer).get(claim.docket.get_absolute_url()))
    for part in (
        "¥100,000.00（人民币壹拾万元整）",
        "¥75,000.00（人民币柒万伍仟元整）",
        "¥175,000.00",
        "常环罚〔2026〕1号",
    ):
        assert part in page


def test_the_page_of_the_claim_explains_the_surcharge_stretch_by_stretch(claim, case_officer, log_in):
    pay(claim, case_officer, "60000", on=date(2026, 11, 5))
    page = text(log_in(case_officer).get(claim.get_absolute_url()))
    assert "2026-10-27至2026-11-05：100,000.00元×3%×10日＝30,000.00元" in page
    assert "2026-11-06至2026-11-20：40,000.00元×3%×15日＝18,000.00元" in page
    assert "¥48,000.00" in page


def test_after_thirty_days_of_surcharge_the_page_says_what_may_follow(claim, case_officer, log_in):
    client = log_in(case_officer)
    assert "行政强制法第四十六条" not in text(client.get(claim.get_absolute_url()))
    with clock.pinned(date(2026, 11, 26)):
        assert "行政强制法第四十六条" in text(log_in(case_officer).get(claim.get_absolute_url()))


def test_an_outsider_finds_nothing(claim, case_officer, outsider, log_in):
    entry = pay(claim, case_officer)
    client = log_in(outsider)
    for name, row in (("receivable", claim), ("pay", claim), ("plan", claim), ("review", claim), ("reverse", entry)):
        assert client.get(url(name, row)).status_code == 404
    assert client.post(url("pay", claim), PAYMENT).status_code == 404
    assert Entry.objects.count() == 1


def test_whoever_may_only_look_is_offered_no_act(claim, head, log_in):
    client = log_in(head)
    assert url("pay", claim) not in text(client.get(claim.get_absolute_url()))
    assert client.get(url("pay", claim)).status_code == 403


def test_a_payment_is_entered_once_though_the_button_is_pressed_twice(claim, case_officer, log_in):
    client = log_in(case_officer)
    for _press in range(2):
        response = client.post(url("pay", claim), PAYMENT)
    assert response.status_code == 302
    assert Entry.objects.count() == 1


def test_two_officers_who_enter_the_same_receipt_leave_one_line(claim, case_officer, second_officer, log_in):
    assert log_in(case_officer).post(url("pay", claim), PAYMENT).status_code == 302
    answer = log_in(second_officer).post(url("pay", claim), PAYMENT | {"_once": key(), "is_more": "on"})
    assert answer.status_code == 422
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "很多"}, "amount"),
        ({"amount": "1e999999"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"paid_on": "2026-02-30"}, "paid_on"),
        ({"paid_on": "2027-01-01"}, "paid_on"),
        ({"channel": "../etc"}, "channel"),
        ({"receipt_number": ""}, "receipt_number"),
        ({"receipt_number": "9" * 41}, "receipt_number"),
        ({"amount": "500000"}, "is_more"),
    ],
)
def test_wrong_input_is_answered_at_its_field_and_nothing_is_written(claim, case_officer, log_in, wrong, field):
    answer = log_in(case_officer).post(url("pay", claim), PAYMENT | wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Entry.objects.exists()


def test_a_line_is_reversed_from_the_ledger_and_both_are_shown(claim, case_officer, log_in):
    entry = pay(claim, case_officer)
    client = log_in(case_officer)
    assert url("reverse", entry) in text(client.get(claim.get_absolute_url()))
    assert client.post(url("reverse", entry), {"reason": "票据录错", "_once": key()}).status_code == 302
    page = text(client.get(claim.get_absolute_url()))
    assert "票据录错" in page
    assert "-100,000.00" in page
    assert url("reverse", entry) not in page


def test_a_page_left_open_cannot_reverse_what_a_colleague_has_reversed(claim, case_officer, second_officer, log_in):
    entry = pay(claim, case_officer)
    for officer, status in ((case_officer, 302), (second_officer, 422)):
        answer = log_in(officer).post(url("reverse", entry), {"reason": "录错", "_once": key()})
        assert answer.status_code == status
    assert Entry.objects.count() == 2


ROWS = {"instalments-0-due_on": "2026-11-30", "instalments-0-amount": "40,000", "instalments-1-due_on": "2026-12-30", "instalments-1-amount": "60000.00"}  # fmt: skip
PLAN = {
    "applied_on": "2026-10-20",
    "agreed_on": "2026-10-23",
    "document": "常环分期〔2026〕1号",
    "_once": key(),
    **ROWS,
}


def test_instalments_are_entered_and_shown_and_taken_back(claim, case_officer, log_in):
    client = log_in(case_officer)
    assert client.post(url("plan", claim), PLAN).status_code == 302
    assert "2026-11-30 ¥40,000.00" in text(client.get(claim.get_absolute_url()))
    plan = Plan.objects.get()
    assert client.post(url("take_back_plan", plan), {"reason": "录错", "_once": key()}).status_code == 302
    assert Receivable.objects.get(pk=claim.pk).due_key == DUE


@pytest.mark.parametrize(
    "wrong", [{"instalments-0-due_on": "下月"}, {"instalments-1-amount": "六万"}, {"instalments-1-amount": "59999"}]
)
def test_rows_that_are_no_days_or_amounts_or_do_not_add_up_are_refused_in_words(claim, case_officer, log_in, wrong):
    answer = log_in(case_officer).post(url("plan", claim), PLAN | wrong)
    assert answer.status_code == 422
    assert "instalments" in answer.context["form"].errors
    assert not Plan.objects.exists()


def test_a_review_is_begun_ended_and_taken_back_on_the_page(claim, case_officer, log_in):
    client = log_in(case_officer)
    begin = {"kind": "reconsideration", "first_on": "2026-11-02", "document": "常政复受〔2026〕7号", "_once": key()}
    assert client.post(url("review", claim), begin).status_code == 302
    review = Review.objects.get()
    assert "行政处罚法第七十三条第三款" in text(client.get(claim.get_absolute_url()))
    end = {"last_on": "2026-11-12", "ended_document": "常政复决〔2026〕7号", "_once": key()}
    assert client.post(url("end_review", review), end).status_code == 302
    assert client.post(url("take_back_review", review), {"reason": "录错", "_once": key()}).status_code == 302
    assert Review.objects.get().taken_back_reason == "录错"


# --- the list --------------------------------------------------------------------------------------------------------


def test_arrears_are_listed_with_the_surcharge_of_today_and_for_those_who_see_the_docket(
    claim, case_officer, head, outsider, log_in
):
    address = reverse("penalties:arrears")
    for officer in (case_officer, head):
        page = text(log_in(officer).get(address))
        assert "试验稀土有限公司" in page
        assert "175,000.00" in page
        assert "逾期25日" in page
    assert "试验稀土有限公司" not in text(log_in(outsider).get(address))


def test_what_is_paid_leaves_the_arrears_and_stands_under_paid(claim, case_officer, log_in):
    pay(claim, case_officer)
    client = log_in(case_officer)
    assert "试验稀土有限公司" not in text(client.get(reverse("penalties:arrears")))
    assert "试验稀土有限公司" in text(client.get(reverse("penalties:arrears"), {"tab": "paid"}))


def test_before_the_last_day_for_paying_nothing_is_in_arrears(claim, case_officer, log_in):
    with clock.pinned(DUE):
        client = log_in(case_officer)
        assert "试验稀土有限公司" not in text(client.get(reverse("penalties:arrears")))
        assert "试验稀土有限公司" in text(client.get(reverse("penalties:arrears"), {"tab": "soon"}))


def test_ten_claims_cost_no_more_queries_than_one(claim, case_officer, log_in, django_assert_max_num_queries):
    from tests.enforcement.penalties.money import decision_of

    client, address = log_in(case_officer), reverse("penalties:arrears")
    pay(claim, case_officer, "10", receipt="票1")
    client.get(address)
    with django_assert_max_num_queries(80) as one:
        client.get(address)
    for number in range(2, 12):
        other = owed(
            claim.docket,
            case_officer,
            decision=decision_of(claim.docket, case_officer, number=f"常环罚〔2026〕{number}号"),
        )
        pay(other, case_officer, "10", receipt=f"票{number}")
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(address)
    assert Receivable.objects.count() == 11
    assert Receivable.objects.filter(principal_cny=Decimal("100000")).count() == 11


def test_the_exported_list_has_the_amounts_as_numbers(claim, case_officer, log_in):
    answer = log_in(case_officer).post(reverse("penalties:arrears_export"))
    assert answer.status_code == 200
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    )
    cells = [cell for row in sheet.get_sheet_by_index(0).to_python() for cell in row]
    assert {100000.0, 75000.0, 175000.0} <= set(cells)
    assert "试验稀土有限公司" in cells
