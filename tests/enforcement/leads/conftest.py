"""What the public reported."""

import pytest

from core import clock
from enforcement.leads import informants, intake
from tests.plugins.matters import DAY
from tests.plugins.stories import story

FACTS = "夜间废水处理设施停运，废水经雨水沟外排。"
GIVEN = informants.Given("欧阳举测", "138-0000-4321；jubao@example.test", "该企业夜班操作工")
SECRETS = ("欧阳举测", "138-0000-4321", "13800004321", "jubao@example.test", "夜班操作工")


def as_typed(enterprise, violation, **changed):
    return {
        "enterprise": enterprise.pk, "origin": "report", "violation": violation.pk, "facts": FACTS, "received_on": "2026-09-01",
        "acted_from": "", "acted_to": "", "source_name": "", "source_number": "", "informant_name": "",
        "informant_contact": "", "informant_traits": "",
    } | changed  # fmt: skip


def take_in(enterprise, violation, by, **changed):
    fields = {"origin": "report", "facts": FACTS, "received_on": DAY} | changed
    return intake.take_in(enterprise=enterprise, violation=violation, by=by, **fields)


@pytest.fixture
def on_the_day():
    with clock.pinned(DAY):
        yield


@story
def reported(enterprise, violation, case_officer):
    """A report with an informant, taken in by the case officer."""
    with clock.pinned(DAY):
        return take_in(enterprise, violation, case_officer, informant=GIVEN)
