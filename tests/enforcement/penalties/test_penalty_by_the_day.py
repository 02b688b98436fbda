"""按日连续处罚: the former fine times the days of every round."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import RuleBroken
from enforcement.penalties.daily import Basis, Round, basis_on, penalty

BASIS = Basis("《中华人民共和国环境保护法》第五十九条第一款", True)
SERVED = date(2026, 3, 2)


def amount(*rounds, fine="100000"):
    return penalty(fine=Decimal(fine), rounds=rounds, basis=BASIS)


def test_days_run_from_the_day_after_service_to_the_day_of_the_re_inspection():
    found = amount(Round(SERVED, date(2026, 3, 12)))
    assert (found.days, found.amount) == (10, Decimal(1000000))


def test_found_on_the_day_after_service_is_one_day():
    assert amount(Round(SERVED, date(2026, 3, 3))).days == 1


def test_the_days_of_all_rounds_add_up_and_each_is_explained():
    found = amount(Round(SERVED, date(2026, 3, 12)), Round(date(2026, 3, 14), date(2026, 3, 20)), fine="12345.67")
    assert (found.days, found.amount) == (16, Decimal("197530.72"))
    first, second, product = found.lines
    assert "2026-03-02" in first
    assert "2026-03-20" in second
    assert all(part in product for part in ("12,345.67", "16", "197,530.72", BASIS.text))


def test_an_order_served_at_the_re_inspection_itself_counts_no_day_twice():
    day = date(2026, 3, 12)
    assert amount(Round(SERVED, day), Round(day, date(2026, 3, 20))).days == 18


@pytest.mark.parametrize(
    "rounds",
    [
        [],
        [Round(SERVED, SERVED)],
        [Round(SERVED, date(2026, 3, 1))],
        [Round(SERVED, date(2026, 3, 12)), Round(date(2026, 3, 11), date(2026, 3, 20))],
    ],
)
def test_rounds_that_contradict_each_other_are_refused_in_words(rounds):
    with pytest.raises(RuleBroken) as refused:
        amount(*rounds)
    assert refused.value.field == "rounds"


def test_without_a_former_fine_there_is_nothing_to_multiply():
    with pytest.raises(RuleBroken) as refused:
        amount(Round(SERVED, date(2026, 3, 12)), fine="0")
    assert refused.value.field == "fine"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "law", "certain"),
    [
        (date(2016, 5, 1), "《中华人民共和国环境保护法》第五十九条第一款", True),
        (date(2026, 11, 1), "《中华人民共和国生态环境法典》第一千零六十条", False),
    ],
)
def test_it_rests_on_the_law_of_the_day_and_says_what_is_to_be_verified(statute_book, day, law, certain):
    basis = basis_on(day)
    assert basis.text.startswith(f"{law}；环境保护主管部门实施按日连续处罚办法第十七")
    assert basis.is_certain is certain
    lines = penalty(fine=Decimal(10), rounds=[Round(day, date(2027, 1, 1))], basis=basis).lines
    assert ("待核实" in lines[-1]) is not certain


@pytest.mark.django_db
def test_before_2015_there_was_no_such_penalty(statute_book):
    with pytest.raises(RuleBroken):
        basis_on(date(2014, 12, 31))
