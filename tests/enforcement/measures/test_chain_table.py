"""The chains of the two policy documents as data: complete, in words, on law that was in force."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import translation

from enforcement.measures import chains
from enforcement.measures.chain_workflow import CHILD, POLICY_MARKS
from organisation import roles
from trail import sentences

TODAY = date(2026, 9, 1)
DAYS = [date(2012, 9, 1), date(2016, 12, 1), date(2023, 5, 1), TODAY]


def test_a_plan_violation_has_five_child_measures():
    assert [row.code for row in chains.of_chain("plan", TODAY)] == [
        "plan_stop", "plan_trace", "plan_buyers", "plan_permit", "plan_registration",
    ]  # fmt: skip


def test_the_environment_has_six_triggers_of_stopped_production_and_two_of_stopped_construction():
    asked = [one.measure for one in chains.triggers()]
    assert asked.count("env_stop") == 6
    assert asked.count("env_construction") == 2


def test_what_jiangsu_added_is_cited_as_its_own():
    own = {one.code for one in chains.triggers() if "国发" not in one.policy_source}
    assert own == {"radioactive_slag", "no_access", "no_acceptance"}


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("chain", list(chains.Chain.values))
def test_on_every_day_each_measure_stands_in_one_version(chain, on):
    found = chains.of_chain(chain, on)
    assert found
    assert len({row.code for row in found}) == len(found)
    assert [row.position for row in found] == sorted({row.position for row in found})


def test_versions_of_a_measure_follow_on_each_other_without_a_gap_or_an_overlap():
    for code in chains.codes():
        held = sorted((row for row in chains.table() if row.code == code), key=lambda row: str(row.valid_from))
        for earlier, later in pairwise(held):
            assert earlier.valid_to is not None
            assert earlier.valid_to + timedelta(days=1) == later.valid_from, code


def test_resale_of_quotas_ends_with_the_quotas():
    assert "export_quota" in {row.code for row in chains.of_chain("export", date(2014, 12, 31))}
    assert "export_quota" not in {row.code for row in chains.of_chain("export", date(2015, 1, 1))}


def test_what_revokes_or_stops_production_always_offers_a_hearing():
    without = {row.code for row in chains.table() if not row.needs_hearing}
    assert without == {"plan_trace"}


def test_a_row_that_cites_no_law_is_never_certain():
    assert [row.code for row in chains.table() if not row.legal_basis and row.is_verified] == []


def test_no_certain_legal_basis_is_a_policy_document():
    wrong = [row.code for row in chains.table() if row.is_verified and any(m in row.legal_basis for m in POLICY_MARKS)]
    assert wrong == []


def test_the_environmental_code_is_cited_from_its_first_day_only():
    for row in chains.table():
        if "生态环境法典" in row.legal_basis:
            assert row.valid_from == date(2026, 8, 15)
        if "环境保护法" in row.legal_basis or "环评法" in row.legal_basis:
            assert row.valid_to is not None
            assert row.valid_to < date(2026, 8, 15)


def test_every_measure_and_trigger_has_its_official_name_in_chinese_and_a_name_in_english():
    assert set(chains.LABELS) == set(chains.codes())
    assert set(chains.TRIGGERS) == {one.code for one in chains.triggers()}
    with translation.override("zh-hans"):
        assert {code: str(label) for code, label in chains.LABELS.items()} == {
            code: chains.official_name(code) for code in chains.codes()
        }
        assert {one.code: str(chains.TRIGGERS[one.code]) for one in chains.triggers()} == {
            one.code: one.name for one in chains.triggers()
        }


class TestTheTableOfSteps:
    def test_every_stage_is_reached_and_left_or_final(self):
        reached = {step.target for step in CHILD.steps.values()} | {CHILD.initial}
        left = {source for step in CHILD.steps.values() for source in step.sources}
        assert reached == set(CHILD.stages.values)
        assert left | CHILD.final == set(CHILD.stages.values)

    def test_every_step_is_granted_cited_and_told(self):
        for step in CHILD.steps.values():
            assert roles.holders(step.permission), step.name
            assert step.basis, step.name
            assert f"child_measures.{step.name}" in sentences.known(), step.name
