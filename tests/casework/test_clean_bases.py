"""A legal basis is a citation and nothing else: what still has to be checked stands in the note, marked 待核实."""

import csv
import re

import pytest
from django.conf import settings

from casework import deadlines, reference
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import PeriodRule
from core import clock
from tests.factories import make_docket
from trail.recording import SYSTEM

WORKING_WORDS = re.compile("核对|核实|未写|未规定|background|=|待|同[)）]|应当")
FILES = ("period_rules.csv", "penalty_bases.csv", "fine_bands.csv", "hearing_thresholds.csv", "surcharge_rules.csv")


@pytest.fixture(autouse=True)
def kind():
    kinds.register(DeadlineKind(code="test.filing", label="立案", rules=("D02", "D01")))


@pytest.mark.parametrize("name", FILES)
def test_no_legal_basis_carries_a_remark_of_whoever_wrote_the_files(name):
    with (settings.ROOT / "reference" / name).open(encoding="utf-8", newline="") as file:
        found = [row["legal_basis"] for row in csv.DictReader(file)]
    assert found
    assert [basis for basis in found if WORKING_WORDS.search(basis)] == []


@pytest.mark.django_db
def test_what_must_be_checked_is_marked_and_says_what(statute_book):
    for code in ("D02", "D06", "D21", "D25", "D54"):
        rule = PeriodRule.objects.get(code=code)
        assert "待核实" in rule.note
        assert not rule.is_verified


@pytest.mark.django_db
def test_a_running_period_loses_the_remark_when_the_files_are_loaded_again(statute_book):
    rule = PeriodRule.objects.get(code="D02")
    clean = rule.legal_basis
    rule.legal_basis = f"{clean}(条号须核对)"
    rule.save()
    row = deadlines.start(docket=make_docket(), kind="test.filing", on=clock.today(), by=SYSTEM)
    assert row.reasons["basis"] == row.basis == f"{clean}(条号须核对)"
    reference.load(settings.ROOT / "reference")
    row.refresh_from_db()
    assert row.reasons["basis"] == row.basis == clean


@pytest.mark.django_db
def test_the_law_itself_is_not_rewritten_under_a_running_period(statute_book):
    row = deadlines.start(docket=make_docket(), kind="test.filing", on=clock.today(), by=SYSTEM)
    rule = PeriodRule.objects.get(code="D02")
    row.basis, rule.legal_basis = "某办法第9条", "某办法第9条"
    row.save()
    rule.save()
    reference.load(settings.ROOT / "reference")
    row.refresh_from_db()
    assert row.basis == "某办法第9条"
