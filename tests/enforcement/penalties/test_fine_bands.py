"""Between which amounts a provision lets the authority fine, and what is said of an amount outside."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from casework import reference
from core.errors import RuleBroken
from enforcement.penalties import bands
from enforcement.penalties.band_table import BY_GAINS, Base, Condition, rows_of, table
from enforcement.penalties.bands import Band, Facts, Kind, band_of, check

FOLDER = settings.ROOT / "reference"
TODAY = date(2026, 11, 20)
VIOLATIONS = {row.code: row for row in reference.read_violations(FOLDER)}
D = Decimal


def at(*circumstances, **facts) -> Facts:
    return Facts(circumstances=frozenset(circumstances), **{name: D(value) for name, value in facts.items()})


def ends(code, facts=None, on=TODAY) -> tuple[Decimal | None, Decimal | None]:
    band = band_of(code, facts or Facts(), on)
    assert band.is_found, band.explanation
    return band.low, band.high


# --- the file --------------------------------------------------------------------------------------------------------


def test_every_violation_on_file_has_its_rows_and_no_other():
    assert {row.violation for row in table()} == set(VIOLATIONS)


@pytest.mark.parametrize("code", VIOLATIONS)
def test_a_row_cites_the_provision_of_its_violation_and_is_in_force_as_long(code):
    violation = VIOLATIONS[code]
    for row in rows_of(code):
        assert row.legal_basis == violation.legal_basis
        assert (row.valid_from, row.valid_to) == (violation.valid_from, violation.valid_to)
        assert not row.is_certain or violation.is_verified


@pytest.mark.parametrize("code", [code for code, row in VIOLATIONS.items() if row.fine_max_cny])
def test_the_fixed_amounts_of_the_violation_are_a_band(code):
    violation = VIOLATIONS[code]
    held = {(row.low or None, row.high) for row in rows_of(code) if row.base == Base.FIXED}
    assert (violation.fine_min_cny, violation.fine_max_cny) in held


def test_what_depends_on_gains_names_the_amount_and_nothing_else_does():
    for row in table():
        assert (row.threshold is not None) == (row.condition in BY_GAINS), row


def test_a_row_with_figures_has_a_highest_fine_above_the_lowest():
    for row in table():
        has_figures = row.base not in {Base.ELSEWHERE, Base.BY_DAY, Base.NONE}
        assert has_figures == (row.high is not None), row
        assert not has_figures or (row.low or 0) < row.high


# --- which band ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gains", "low", "high"),
    [
        ("500000", "2500000", "5000000"),
        ("600000.50", "3000002.50", "6000005.00"),
        ("499999.99", "1000000", "5000000"),
        ("0", "1000000", "5000000"),
    ],
)
def test_over_the_plan_the_fine_follows_the_gains_from_half_a_million_on(gains, low, high):
    assert ends("RE21", at(gains=gains)) == (D(low), D(high))


def test_gains_that_nobody_has_established_give_no_band():
    band = band_of("RE21", Facts(), TODAY)
    assert (band.kind, band.low, band.high) == (Kind.UNKNOWN_FACT, None, None)
    assert "违法所得" in band.explanation


def test_who_refuses_to_rectify_falls_into_the_second_band():
    assert ends("RE25") == (D(50000), D(200000))
    assert ends("RE25", at(Condition.REFUSED)) == (D(200000), D(1000000))


def test_persons_responsible_have_a_band_of_their_own_only_where_rectification_was_refused():
    persons = Facts(is_person=True, circumstances=frozenset({Condition.REFUSED}))
    assert ends("RE25", persons) == (D(20000), D(50000))
    assert band_of("RE25", Facts(is_person=True), TODAY).kind == Kind.NO_FINE


def test_a_fine_on_persons_that_is_not_on_file_is_to_be_looked_up():
    band = band_of("EC1107", Facts(is_person=True), TODAY)
    assert (band.kind, band.is_certain) == (Kind.LOOK_UP, False)


def test_a_share_of_the_investment_lies_inside_to_the_fen():
    low, high = ends("OLD-EIA31", at(investment="1234567.89"), date(2020, 1, 1))
    assert (low, high) == (D("12345.68"), D("61728.39"))
    assert D("1234567.89") * D("0.01") <= low < high <= D("1234567.89") * D("0.05")


@pytest.mark.parametrize(
    ("code", "facts", "on", "low", "high"),
    [
        ("EC1222", at(goods="80000"), TODAY, 80000, 400000),
        ("OLD-W74", at(discharge_fee="30000"), date(2013, 5, 1), 60000, 150000),
        ("EC1095A", at(Condition.GRAVE), TODAY, 1000000, 10000000),
        ("EC1104", at(Condition.MALFUNCTION), TODAY, 50000, 200000),
        ("EC1104", at(Condition.MALFUNCTION, Condition.REMOVED), TODAY, 100000, 1000000),
        ("OLD-XM28", Facts(), date(2015, 1, 1), 0, 100000),
    ],
)
def test_other_bases_and_circumstances(code, facts, on, low, high):
    assert ends(code, facts, on) == (D(low), D(high))


def test_a_multiple_of_what_is_not_known_or_nothing_is_no_band():
    for facts in (Facts(), at(goods="0")):
        assert band_of("EC1222", facts, TODAY).kind == Kind.UNKNOWN_FACT


@pytest.mark.parametrize("code", ["RE20", "RE24", "Q71"])
def test_a_provision_that_points_to_other_law_says_that_the_band_must_be_looked_up(code):
    band = band_of(code, Facts(), TODAY)
    assert (band.kind, band.low, band.is_certain) == (Kind.LOOK_UP, None, False)
    assert check(D(100), band, decided_on=TODAY).refusals == ()
    assert band.explanation in check(D(100), band, decided_on=TODAY).notes[0]


def test_a_provision_nobody_has_entered_and_one_not_in_force_are_looked_up_too():
    assert band_of("NEW1", Facts(), TODAY).kind == Kind.LOOK_UP
    assert band_of("RE21", at(gains="0"), date(2024, 9, 30)).kind == Kind.LOOK_UP
    assert ends("RE21", at(gains="0"), date(2024, 10, 1)) == (D(1000000), D(5000000))


def test_the_penalty_by_the_day_has_no_band_of_its_own():
    assert band_of("EC1060", Facts(), TODAY).kind == Kind.BY_DAY


def test_a_fact_that_is_no_amount_or_no_circumstance_is_refused():
    for wrong in (1.5, D("-1"), D("0.001")):
        with pytest.raises(ValueError):
            Facts(gains=wrong)
    with pytest.raises(ValueError, match="always"):
        Facts(circumstances=frozenset({Condition.ALWAYS}))


# --- an amount against the band --------------------------------------------------------------------------------------


def said(amount, code="RE25", facts=None, on=TODAY, **more):
    return check(D(amount), band_of(code, facts or Facts(), on), decided_on=on, **more)


@pytest.mark.parametrize("amount", ["50000", "200000", "123456.78"])
def test_a_fine_inside_the_band_both_ends_included_is_not_objected_to(amount):
    assert said(amount) == bands.Checked()


def test_a_fine_above_the_band_is_refused_in_words_with_both_articles():
    (words,) = said("200000.01").refusals
    assert all(
        part in words for part in ("200,000.01", "200,000.00", "稀土管理条例第二十五条", "行政处罚法第五条第二款")
    )


def test_a_fine_below_the_band_needs_a_reason_for_mitigating_it():
    (words,) = said("49999.99").refusals
    assert "行政处罚法第三十二条" in words
    mitigated = said("49999.99", is_mitigated=True)
    assert mitigated.refusals == ()
    assert "行政处罚法第三十二条" in mitigated.notes[0]


def test_a_reason_for_mitigating_does_not_let_the_fine_rise_above_the_band():
    assert said("200000.01", is_mitigated=True).refusals


def test_a_decision_under_the_former_law_is_told_its_articles():
    (words,) = said("60000", "OLD-R49", on=date(2015, 6, 1)).refusals
    assert "行政处罚法（1996/2009）第四条第二款" in words


def test_an_unverified_band_informs_and_never_refuses():
    on = date(2010, 5, 1)
    result = (
        said("150000", "OLD-EIA02", at(Condition.REFUSED), on),
        said("900000", "OLD-EIA02", at(Condition.REFUSED), on),
    )
    for one in result:
        assert one.refusals == ()
        assert any("待核实" in note for note in one.notes)


def test_where_the_provision_founds_no_fine_every_fine_is_refused():
    (words,) = said("1", "PLAN12", on=date(2013, 1, 1)).refusals
    assert "行政处罚法（1996/2009）第三条第二款" in words
    assert said("60000", "EC1221").refusals
    assert said("60000", "EC1221", at(Condition.REFUSED)).refusals == ()


def test_a_fine_of_nothing_and_what_is_no_amount_are_refused():
    assert said("0").refusals
    for wrong in ("-1", "0.001"):
        with pytest.raises(RuleBroken) as refused:
            said(wrong)
        assert refused.value.field == "amount"


# --- one act, one fine -----------------------------------------------------------------------------------------------


def test_of_several_provisions_on_one_act_the_highest_fine_applies_and_the_answer_says_why():
    found = bands.highest([band_of("EC1086", Facts(), TODAY), band_of("EC1107", Facts(), TODAY)], decided_on=TODAY)
    assert (found.band.violation, found.is_certain) == ("EC1107", True)
    assert "行政处罚法第二十九条" in found.explanation
    assert "1,000,000.00" in found.explanation


def test_among_equal_highest_fines_the_higher_lowest_one_decides():
    found = bands.highest([band_of("EC1107", Facts(), TODAY), band_of("EC1102", Facts(), TODAY)], decided_on=TODAY)
    assert found.band.violation == "EC1102"


def test_a_provision_without_figures_makes_the_comparison_uncertain():
    found = bands.highest([band_of("RE21", Facts(), TODAY), band_of("RE25", Facts(), TODAY)], decided_on=TODAY)
    assert (found.band.violation, found.is_certain) == ("RE25", False)
    assert "稀土管理条例第二十一条" in found.explanation


def test_before_2021_07_15_the_choice_is_only_proposed():
    on = date(2015, 3, 1)
    found = bands.highest([band_of("OLD-R49", Facts(), on), band_of("OLD-R54", Facts(), on)], decided_on=on)
    assert (found.band.violation, found.is_certain) == ("OLD-R54", False)
    assert "第二十四条" in found.explanation


def test_nothing_to_compare_is_no_answer():
    with pytest.raises(ValueError):
        bands.highest([], decided_on=TODAY)
    none = Band("X", Kind.LOOK_UP, None, None, "某法第一条", False, "")
    assert bands.highest([none], decided_on=TODAY).band is None
