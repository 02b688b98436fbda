"""What the papers of a case call it and how they write a day."""

import re

import pytest

from casework import kinds
from core import clock
from enforcement.rectification import services as cases
from notices import casefile_pages, casefile_steps
from notices.models import SiteRecord
from tests.plugins.matters import DAY, reinspect

pytestmark = pytest.mark.django_db


def test_suspicion_ends_with_the_decision(approved, case_officer):
    docket = approved.docket
    assert casefile_pages._frame(docket, "卷宗")["cause"] == docket.title
    assert docket.title.startswith("涉嫌")
    with clock.pinned(DAY):
        cases.issue_order(case=approved, by=case_officer)
    docket.refresh_from_db()
    assert casefile_pages._frame(docket, "卷宗")["cause"] == docket.title.removeprefix("涉嫌")
    assert kinds.cause_of(approved.lead.docket) == approved.lead.docket.title


def test_the_receipt_of_the_order_names_no_suspicion(served):
    receipt = served.order.services.get()
    assert served.docket.title.removeprefix("涉嫌") in receipt.html
    assert "涉嫌" not in receipt.html


def test_the_course_of_the_case_writes_every_day_as_papers_do(served):
    told = " ".join(step["what"] for step in casefile_steps.steps(served.docket))
    assert "2026年9月3日" in told
    assert not re.search(r"\d{4}-\d{2}-\d{2}", told)


def test_the_record_of_a_re_inspection_says_who_entered_it_outside_its_conclusion(served, inspector, case_officer):
    reinspect(served, inspector, case_officer, done=True)
    html = SiteRecord.objects.get(docket=served.docket, kind="reinspection_record").html
    assert '<td colspan="3">责令改正的内容已全部改正。</td>' in html
    assert f"录入：{inspector.name}，" in html
