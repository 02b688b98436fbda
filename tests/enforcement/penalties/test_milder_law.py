"""从旧兼从轻: the bands of all versions are shown, the milder one is proposed, and a legal reviewer decides."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from casework.models import Violation
from enforcement.leads import versions as successions
from enforcement.penalties import versions
from enforcement.penalties.bands import Facts
from enforcement.penalties.versions import Role, candidates, milder

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 8, 14), date(2026, 8, 15)
TODAY = date(2026, 11, 20)


def found(code, acted_to, facts=None, decided_on=TODAY):
    rows = successions.candidates(Violation.objects.get(code=code), since=acted_to, until=decided_on)
    return candidates(rows, facts or Facts(), acted_to=acted_to, decided_on=decided_on)


def roles(answer) -> dict[str, Role]:
    return {one.version.code: one.role for one in answer}


def test_an_act_under_the_old_law_shows_its_band_and_that_of_today(statute_book):
    answer = found("OLD-R54", BEFORE)
    assert roles(answer) == {"OLD-R54": Role.OF_THE_ACT, "EC1201": Role.OF_TODAY}
    proposal = milder(answer, decided_on=TODAY)
    assert proposal.candidate.version.code == "OLD-R54"
    assert "行政处罚法第三十七条" in proposal.explanation


def test_the_law_of_today_is_proposed_where_it_is_milder(statute_book):
    old, new = found("OLD-R54", BEFORE)
    swapped = [
        versions.Candidate(old.version, Role.OF_THE_ACT, new.band),
        versions.Candidate(new.version, Role.OF_TODAY, old.band),
    ]
    assert milder(swapped, decided_on=TODAY).candidate is swapped[1]


def test_equal_bands_leave_the_law_of_the_act(statute_book):
    old, new = found("OLD-R54", BEFORE)
    equal = [old, versions.Candidate(new.version, Role.OF_TODAY, old.band)]
    assert milder(equal, decided_on=TODAY).candidate is old


def test_a_provision_still_in_force_needs_no_comparison(statute_book):
    answer = found("EC1201", AFTER + timedelta(days=3))
    assert roles(answer) == {"EC1201": Role.BOTH}
    assert milder(answer, decided_on=TODAY).candidate is None


def test_several_successors_are_left_to_the_reviewer(statute_book):
    answer = found("OLD-W83", BEFORE)
    assert list(roles(answer).values()).count(Role.OF_TODAY) > 1
    proposal = milder(answer, decided_on=TODAY)
    assert proposal.candidate is None
    assert "行政处罚法第三十七条" in proposal.explanation


def test_no_fine_at_all_is_milder_than_any(statute_book):
    answer = found("RE21", date(2024, 9, 1), Facts(gains=Decimal(0)))
    assert roles(answer)["PLAN12"] == Role.OF_THE_ACT
    pair = [one for one in answer if one.version.code in {"PLAN12", "RE21"}]
    assert milder(pair, decided_on=TODAY).candidate.version.code == "PLAN12"


def test_a_band_in_doubt_is_never_proposed(statute_book):
    answer = found("OLD-EIA02", date(2016, 8, 31), Facts(investment=Decimal(1000000)), date(2017, 1, 1))
    assert milder(answer, decided_on=date(2022, 1, 1)).candidate is None


def test_a_version_between_the_act_and_today_is_shown_as_such(statute_book):
    answer = found("OLD-XM28", date(2017, 9, 30))
    assert roles(answer) == {"OLD-XM28": Role.OF_THE_ACT, "OLD-XM23": Role.BETWEEN, "EC1100": Role.OF_TODAY}
