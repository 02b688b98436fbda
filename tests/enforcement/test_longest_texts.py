"""The longest opinion that the form takes is kept whole, on both databases."""

import pytest

from casework.forms import ReasonForm
from core import clock
from enforcement.rectification import services as cases
from enforcement.rectification.forms import OpinionForm
from tests.plugins.matters import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LONGEST = "审" * OpinionForm.base_fields["reason"].max_length


@pytest.mark.parametrize("step", ["agree", "return_from_review"])
def test_the_longest_opinion_of_the_legal_review_is_kept_whole(submitted, legal_reviewer, log_in, step):
    browser = log_in(legal_reviewer)
    url = f"/cases/{submitted.pk}/step/{step}/"
    seen = browser.get(url).context["seen"]
    assert browser.post(url, {"reason": LONGEST, "seen": seen}).status_code == 302
    assert submitted.reviews.get().opinion == LONGEST
    assert submitted.order.approvals.get().remark == LONGEST


def test_the_longest_reason_of_the_approval_is_kept_whole(submitted, legal_reviewer, head, log_in):
    with clock.pinned(DAY):
        cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    browser = log_in(head)
    url = f"/cases/{submitted.pk}/step/return_from_approval/"
    longest = "退" * ReasonForm.base_fields["reason"].max_length
    assert browser.post(url, {"reason": longest}).status_code == 302
    assert submitted.order.approvals.get(decision="returned").remark == longest
