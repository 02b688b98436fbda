"""Before which penalties a hearing must be offered, and how certain that is."""

from datetime import date
from decimal import Decimal

import pytest

from enforcement.penalties.thresholds import Activity, Answer, Measure, Proposed, hearing, law_on

IN_2012, IN_2022, IN_2025, TODAY = date(2012, 6, 1), date(2022, 6, 1), date(2025, 6, 1), date(2026, 11, 20)


def asked(*proposed, on=IN_2025, environmental=True, person=False, activity=None) -> Answer:
    return hearing(proposed, on=on, is_environmental=environmental, is_person=person, activity=activity)


def fine(amount) -> Proposed:
    return Proposed(Measure.FINE, Decimal(amount))


def said(answer) -> tuple[bool, bool]:
    return answer.must_offer, answer.is_certain


@pytest.mark.parametrize("on", [IN_2012, IN_2025, TODAY])
@pytest.mark.parametrize("measure", [Measure.REVOKE_LICENCE, Measure.STOP_PRODUCTION])
@pytest.mark.parametrize("environmental", [True, False])
def test_revocation_and_stop_of_production_always_need_one(on, measure, environmental):
    answer = asked(fine(1), Proposed(measure), on=on, environmental=environmental)
    assert said(answer) == (True, True)
    assert ("第四十二条" if on == IN_2012 else "第六十三条") in answer.basis


@pytest.mark.parametrize("measure", [Measure.LOWER_GRADE, Measure.CLOSE, Measure.RESTRICT_TRADE])
def test_what_the_law_of_2021_added_was_in_doubt_before(measure):
    assert said(asked(Proposed(measure))) == (True, True)
    assert said(asked(Proposed(measure), on=IN_2012)) == (True, False)


@pytest.mark.parametrize("measure", [Measure.SUSPEND_LICENCE, Measure.LIMIT_PRODUCTION, Measure.OTHER])
def test_other_heavier_penalties_are_in_doubt_and_so_it_is_offered(measure):
    answer = asked(Proposed(measure))
    assert said(answer) == (True, False)
    assert "待核实" in answer.why


@pytest.mark.parametrize("measure", [Measure.WARNING, Measure.CRITICISM])
def test_a_warning_needs_none(measure):
    assert said(asked(Proposed(measure))) == (False, True)


@pytest.mark.parametrize(
    ("amount", "on", "person", "answer"),
    [
        ("50000", IN_2012, False, (True, True)),  # “以上” includes the amount itself
        ("49999.99", IN_2012, False, (True, False)),  # the rules of the province may say less
        ("19999.99", IN_2012, False, (False, True)),
        ("5000", IN_2012, True, (True, True)),
        ("200000.01", IN_2025, False, (True, True)),
        ("200000", IN_2025, False, (True, False)),  # whether it is included nobody has verified
        ("199999.99", IN_2025, False, (False, True)),
        ("100", IN_2025, True, (True, False)),  # what is verified of natural persons is nothing
        ("199999.99", TODAY, False, (True, False)),  # whether the rules go on under the Code is to be verified
        ("300000", TODAY, False, (True, False)),
    ],
)
def test_an_environmental_authority_goes_by_its_own_amounts_of_the_time(amount, on, person, answer):
    found = asked(fine(amount), on=on, person=person, activity=Activity.BUSINESS)
    assert said(found) == answer
    assert f"{Decimal(amount):,.2f}" in found.why
    assert ("待核实" in found.why) is not answer[1]


def test_in_2022_too_fifty_thousand_was_the_amount():
    assert said(asked(fine(50000), on=IN_2022, activity=Activity.BUSINESS)) == (True, True)


@pytest.mark.parametrize("amount", ["100", "20000", "1000000"])
def test_for_other_authorities_the_amount_is_not_verified_and_so_it_is_offered(amount):
    answer = asked(fine(amount), environmental=False, activity=Activity.BUSINESS)
    assert said(answer) == (True, False)
    assert "待核实" in answer.why or "未经核实" in answer.why


def test_an_act_whose_nature_is_not_established_is_measured_by_the_lower_amount_too():
    small = fine(2000)
    assert asked(small, on=IN_2012).must_offer
    assert not asked(small, on=IN_2012, activity=Activity.BUSINESS).must_offer


def test_a_larger_confiscation_needs_one():
    assert said(asked(Proposed(Measure.CONFISCATION, Decimal(60000)), on=IN_2022)) == (True, True)
    assert said(asked(Proposed(Measure.CONFISCATION, Decimal(100)), on=IN_2025)) == (True, False)


def test_a_value_nobody_knows_yet_is_no_reason_to_offer_none():
    assert said(asked(Proposed(Measure.CONFISCATION))) == (True, False)


def test_of_several_penalties_the_one_that_certainly_needs_it_answers():
    answer = asked(Proposed(Measure.OTHER), fine(500000), Proposed(Measure.WARNING))
    assert said(answer) == (True, True)
    assert "500,000.00" in answer.why


def test_where_none_needs_it_every_reason_is_given():
    answer = asked(fine(1000), Proposed(Measure.WARNING))
    assert not answer.must_offer
    assert "1,000.00" in answer.why
    assert "警告" in answer.why


def test_no_penalty_and_a_day_before_the_law_are_no_questions():
    with pytest.raises(ValueError):
        asked()
    with pytest.raises(ValueError):
        law_on(date(1996, 9, 30))
