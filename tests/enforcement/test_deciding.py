"""Who signs, reviews, approves or issues has the facts and the words of the order before him."""

import pytest
from django.urls import reverse

from core.clock import pinned
from enforcement.rectification import services as cases
from tests.plugins.matters import DAY

pytestmark = pytest.mark.pdf


def opened(log_in, officer, case, name: str) -> str:
    with pinned(DAY):
        answer = log_in(officer).get(reverse("rectification:take_step", args=[case.pk, name]))
    assert answer.status_code == 200
    return answer.content.decode()


def shows_the_case_and_its_order(page: str) -> bool:
    return "恢复废水处理设施正常运行" in page and "data:image/png;base64," in page


@pytest.mark.parametrize("step", ["agree", "return_from_review"])
def test_the_legal_reviewer_reads_the_order_where_he_decides(step, submitted, legal_reviewer, log_in):
    assert shows_the_case_and_its_order(opened(log_in, legal_reviewer, submitted, step))


def test_the_head_reads_it_where_he_approves(submitted, legal_reviewer, head, log_in):
    with pinned(DAY):
        agreed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    for step in ("approve", "return_from_approval"):
        assert shows_the_case_and_its_order(opened(log_in, head, agreed, step))


def test_the_case_officer_reads_it_once_more_before_he_submits(signed, case_officer, log_in):
    assert shows_the_case_and_its_order(opened(log_in, case_officer, signed, "submit"))


def test_the_order_is_before_the_officer_who_issues_it(approved, case_officer, log_in):
    assert shows_the_case_and_its_order(opened(log_in, case_officer, approved, "issue_order"))


def test_who_signs_reads_facts_and_requirements(written, second_officer, log_in):
    page = log_in(second_officer).get(reverse("rectification:sign", args=[written.pk])).content.decode()
    assert "废水处理设施未运行" in page
    assert "恢复废水处理设施正常运行" in page


def test_an_outsider_is_shown_nothing_of_it(submitted, outsider, log_in):
    assert log_in(outsider).get(reverse("rectification:take_step", args=[submitted.pk, "agree"])).status_code == 404
