"""加处罚款: three per cent a day, and every figure says where it comes from."""

import random
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

import pytest
from django.conf import settings

from casework import reference
from core.labels import in_print
from enforcement.penalties.surcharge import Instalment, Payment, Reason, Suspension, rules, surcharge

D = Decimal
DAY = timedelta(days=1)
DUE = date(2026, 1, 16)


def charged(until, *, fine="100000", due=DUE, payments=(), suspensions=(), instalments=None):
    made = [Payment(on, D(amount)) for on, amount in payments]
    plan = instalments or [Instalment(due, D(fine))]
    return surcharge(instalments=plan, payments=made, suspensions=suspensions, until=until)


# --- the rule --------------------------------------------------------------------------------------------------------


def test_the_rules_follow_each_other_and_agree_with_the_periods_on_file():
    found = rules()
    assert all(a.last + DAY == b.first for a, b in pairwise(found))
    assert found[-1].last == date.max
    filed = {row.valid_from: row for row in reference.read_rules(settings.ROOT / "reference") if row.unit == "per_day"}
    for row in found:
        if row.first in filed:
            assert f"{row.percent}%" == filed[row.first].period
            assert "行政强制法第四十五条" in in_print(filed[row.first].legal_basis)
    assert len(filed) == 2


def test_nothing_arises_on_the_last_day_for_paying_and_three_per_cent_on_the_day_after():
    assert charged(DUE).total == 0
    assert charged(DUE + DAY).total == D(3000)
    assert charged(DUE + 10 * DAY).total == D(30000)


def test_a_payment_in_time_leaves_nothing_to_charge():
    state = charged(DUE + 30 * DAY, payments=[(DUE, "100000")])
    assert (state.total, state.open, state.stretches) == (0, 0, ())


def test_the_day_of_a_late_payment_still_counts():
    assert charged(DUE + 30 * DAY, payments=[(DUE + DAY, "100000")]).total == D(3000)


def test_a_part_payment_takes_off_the_principal_from_the_next_day_on():
    state = charged(DUE + 10 * DAY, payments=[(DUE + 4 * DAY, "60000")])
    assert [(one.days, one.unpaid, one.amount) for one in state.stretches] == [
        (4, D(100000), D(12000)),
        (6, D(40000), D(7200)),
    ]
    assert (state.principal_open, state.surcharge_open) == (D(40000), D(19200))


def test_what_is_paid_beyond_the_principal_goes_to_the_surcharge():
    state = charged(DUE + 20 * DAY, payments=[(DUE + 10 * DAY, "120000")])
    assert (state.total, state.principal_open, state.surcharge_open, state.overpaid) == (D(30000), 0, D(10000), 0)
    paid = charged(DUE + 20 * DAY, payments=[(DUE + 10 * DAY, "131000")])
    assert (paid.open, paid.overpaid) == (0, D(1000))


def test_it_never_exceeds_the_fine():
    state = charged(DUE + 60 * DAY)
    assert state.total == D(100000)
    assert [(one.days, one.amount) for one in state.stretches] == [(34, D(100000)), (26, D(0))]
    assert "行政强制法第四十五条" in state.stretches[1].words
    assert charged(DUE + 33 * DAY).total == D(99000)


def test_before_2012_there_was_no_cap_and_what_had_arisen_stays():
    state = charged(date(2012, 1, 31), due=date(2011, 10, 31))
    assert state.total == D(3000) * 61
    assert [one.amount for one in state.stretches] == [D(183000), D(0)]


def test_each_instalment_has_its_own_last_day():
    plan = [Instalment(DUE, D(40000)), Instalment(DUE + 10 * DAY, D(60000))]
    assert charged(DUE + 10 * DAY, instalments=plan, payments=[(DUE, "40000")]).total == 0
    late = charged(DUE + 12 * DAY, instalments=plan, payments=[(DUE, "10000")])
    assert [(one.days, one.unpaid, one.amount) for one in late.stretches] == [
        (10, D(30000), D(9000)),
        (2, D(90000), D(5400)),
    ]


def test_a_deferred_day_moves_the_beginning():
    assert charged(DUE + 10 * DAY, due=DUE + 10 * DAY).total == 0


@pytest.mark.parametrize("reason", Reason)
def test_it_stands_still_during_reconsideration_and_litigation_and_says_why(reason):
    pause = Suspension(DUE + 4 * DAY, DUE + 8 * DAY, reason, "苏政复〔2026〕3号")
    state = charged(DUE + 10 * DAY, suspensions=[pause])
    assert state.total == D(3000) * 5
    assert [(one.first, one.last, one.amount) for one in state.stretches] == [
        (DUE + DAY, DUE + 3 * DAY, D(9000)),
        (DUE + 4 * DAY, DUE + 8 * DAY, D(0)),
        (DUE + 9 * DAY, DUE + 10 * DAY, D(6000)),
    ]
    assert "苏政复〔2026〕3号" in state.stretches[1].words
    assert "行政处罚法第七十三条第三款" in state.stretches[1].words
    assert state.is_certain


def test_overlapping_suspensions_are_counted_once_and_an_open_one_goes_on():
    first = Suspension(DUE + 2 * DAY, DUE + 6 * DAY, Reason.RECONSIDERATION)
    second = Suspension(DUE + 5 * DAY, None, Reason.LITIGATION)
    assert charged(DUE + 100 * DAY, suspensions=[first, second]).total == D(3000)


def test_before_2021_07_15_it_ran_on_and_the_doubt_is_said():
    pause = Suspension(date(2021, 7, 10), date(2021, 7, 20), Reason.LITIGATION)
    state = charged(date(2021, 7, 20), due=date(2021, 7, 9), suspensions=[pause])
    assert state.total == D(3000) * 5
    assert not state.is_certain
    assert "待核实" in state.stretches[0].words
    assert state.stretches[1].amount == 0


def test_a_fraction_of_a_fen_is_cut_off_in_favour_of_the_party_and_the_stretches_add_up():
    state = charged(DUE + 7 * DAY, fine="100.33", payments=[(DUE + 3 * DAY, "0.50")])
    exact = D("100.33") * 3 * D("0.03") + D("99.83") * 4 * D("0.03")
    assert state.total == exact.quantize(D("0.01"), ROUND_FLOOR)
    assert sum(one.amount for one in state.stretches) == state.total


def test_every_stretch_explains_itself():
    (one,) = charged(DUE + 10 * DAY).stretches
    for part in ("2026-01-17", "2026-01-26", "100,000.00", "3%", "30,000.00", "行政处罚法（2021）第七十二、七十三条"):
        assert part in one.words.replace("第七十二条、第七十三条", "第七十二、七十三条")


def test_input_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError):
        surcharge(instalments=[], until=DUE)
    with pytest.raises(ValueError):
        charged(DUE, payments=[(DUE, "0")])
    with pytest.raises(ValueError):
        charged(DUE, suspensions=[Suspension(DUE, DUE - DAY, Reason.LITIGATION)])


# --- against a computation day by day ---------------------------------------------------------------------------------


def naive(plan, payments, suspensions, until) -> Decimal:
    principal, total = sum(one.amount for one in plan), D(0)
    day = min(one.due_on for one in plan)
    while day < until:
        day += DAY
        due = sum(one.amount for one in plan if one.due_on < day)
        unpaid = max(D(0), due - sum(one.amount for one in payments if one.on < day))
        in_review = any(one.first <= day <= (one.last or date.max) for one in suspensions)
        if in_review and day >= date(2021, 7, 15):
            continue
        more = unpaid * D("0.03")
        if day >= date(2012, 1, 1):
            more = max(D(0), min(more, principal - total))
        total += more
    return total.quantize(D("0.01"), ROUND_FLOOR)


def money(rng, most) -> Decimal:
    return D(rng.randrange(1, most)) / 100


def some_days(rng, start, count):
    return sorted(start + rng.randrange(0, 90) * DAY for _n in range(count))


@pytest.mark.parametrize("start", [date(2011, 11, 1), date(2021, 6, 1), date(2026, 1, 1)])
@pytest.mark.parametrize("seed", range(40))
def test_it_agrees_with_counting_every_day_by_hand(start, seed):
    rng = random.Random(f"{start} {seed}")
    plan = [Instalment(on, money(rng, 9_000_000)) for on in some_days(rng, start, rng.randrange(1, 4))]
    payments = [Payment(on, money(rng, 6_000_000)) for on in some_days(rng, start, rng.randrange(0, 5))]
    suspensions = []
    for first in some_days(rng, start, rng.randrange(0, 3)):
        last = None if rng.random() < 0.2 else first + rng.randrange(0, 30) * DAY
        suspensions.append(Suspension(first, last, rng.choice(list(Reason))))
    until = start + rng.randrange(0, 160) * DAY
    state = surcharge(instalments=plan, payments=payments, suspensions=suspensions, until=until)
    assert state.total == naive(plan, payments, suspensions, until)
    assert sum(one.amount for one in state.stretches) == state.total
    assert all(a.last < b.first for a, b in pairwise(state.stretches))
    assert state.paid + state.open - state.overpaid == state.principal + state.total
