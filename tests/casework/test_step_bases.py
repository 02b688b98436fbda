"""What a step of a procedure cites stands in reference/step_bases.csv with its confidence; what is not certain is marked in print."""

import re

import pytest
from django.conf import settings

from casework import kinds, reference, steps, strands
from enforcement.campaigns import subjects
from enforcement.campaigns.services import supervising
from enforcement.measures.chain_workflow import CHILD
from notices import casefile_steps
from notices.workflow import NOTICE
from organisation.models.places import is_certain

FOLDER = settings.ROOT / "reference"
ROWS = list(reference.rows(FOLDER, "step_bases.csv"))


def cited_by_the_tables():
    """Each single citation of every step of every procedure."""
    workflows = [
        NOTICE,
        *(kind.workflow for kind in kinds.all_kinds()),
        *(one.workflow for one in strands.all_strands()),
        CHILD,
    ]
    for step in (step for flow in workflows for step in flow.steps.values()):
        several = (
            (step.basis.environmental, step.basis.others)
            if isinstance(step.basis, steps.ByAuthority)
            else (step.basis,)
        )
        yield from (one for basis in several for one in basis.split("；") if one)
    for basis in (*subjects.ORDERED_BY.values(), supervising.BASIS):  # of campaigns, by what each is about
        yield from basis.split("；")


def test_the_file_names_what_the_tables_cite_and_nothing_else():
    assert {row["basis"] for row in ROWS} == set(cited_by_the_tables())


def test_what_is_called_certain_rests_on_an_instrument_beyond_doubt():
    citations = reference.read_citations(FOLDER)
    instruments = {row.title: row for row in reference.read_instruments(FOLDER)}
    certain = [row["basis"] for row in ROWS if is_certain(row["confidence"])]
    assert len(certain) > 8
    for basis in certain:
        assert not instruments[citations[re.split("第[一二三四五六七八九十]", basis)[0]].title].needs_check


def test_what_is_not_certain_says_what_is_to_be_verified():
    doubtful = [row for row in ROWS if not is_certain(row["confidence"])]
    assert {"生态环境行政处罚办法第十八条", "生态环境行政处罚办法"} < {row["basis"] for row in doubtful}
    assert all("待核实" in row["note"] for row in doubtful)
    assert all(steps.marked(row["basis"]) == f"{row['basis']}（待核实）" for row in doubtful)


def test_of_several_citations_only_the_doubtful_one_is_marked():
    both = "行政处罚法第五十五条；生态环境行政处罚办法第十八条"
    assert steps.marked(both) == "行政处罚法第五十五条；生态环境行政处罚办法第十八条（待核实）"
    with pytest.raises(KeyError):
        steps.marked("行政处罚法第九百条")


@pytest.mark.django_db
def test_the_printed_course_of_a_case_marks_what_nobody_has_verified(case):
    bases = [step["basis"] for step in casefile_steps.steps(case.lead.docket)]
    assert "生态环境行政处罚办法第十八条（待核实）" in bases
