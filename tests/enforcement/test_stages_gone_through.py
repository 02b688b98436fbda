"""The step bar ticks what a matter went through, and nothing that it was spared."""

import re

import pytest

from casework import course
from core import clock
from enforcement.inspections import services as inspections
from enforcement.leads import services as leads
from enforcement.rectification import services as cases
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db


def bar(matter):
    matter.docket.refresh_from_db()
    return [(step["label"], step["state"]) for step in course.step_bar(matter.docket)]


def test_a_dismissed_lead_never_became_a_case(lead, head, log_in):
    with clock.pinned(DAY):
        leads.dismiss(lead=lead, reason="证据不足", by=head)
        page = log_in(head).get(lead.docket.get_absolute_url()).content.decode()
    assert bar(lead) == [("待审查", "done"), ("不予立案", "current")]
    assert re.search(r"第\s?2/2\s?步", page)


def test_a_lead_on_which_a_case_was_opened_went_all_the_way(case):
    assert bar(case.lead) == [("待审查", "done"), ("已立案", "done")]


def test_a_withdrawn_case_shows_what_was_done_before_and_nothing_after(case, head):
    with clock.pinned(DAY):
        cases.withdraw(case=case, reason="违法事实不能成立", by=head)
    assert bar(case) == [("调查取证", "done"), ("已撤案", "current")]


def test_a_case_that_was_sent_back_before_it_was_withdrawn_has_no_review_behind_it(submitted, legal_reviewer):
    """What was returned has to be gone through again."""
    with clock.pinned(DAY):
        cases.return_from_review(case=submitted, opinion="事实不清", by=legal_reviewer)
    assert course.gone_through(submitted.docket) == ["investigating"]


def test_a_voided_visit_was_neither_signed_nor_concluded(finding, head):
    with clock.pinned(DAY):
        inspections.void(inspection=finding.inspection, reason="选错企业", by=head)
    assert bar(finding.inspection) == [("现场记录", "done"), ("已作废", "current")]


def test_what_is_taken_up_again_has_its_way_before_it(lead, head):
    with clock.pinned(DAY):
        leads.dismiss(lead=lead, reason="证据不足", by=head)
        leads.reconsider(lead=lead, reason="补充了证据", by=head)
    assert bar(lead) == [("待审查", "current"), ("已立案", "todo")]
