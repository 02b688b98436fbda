"""An order is complete by the rules of today at every step that hands it on; what would be refused is not offered."""

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.workflow import CASE
from notices.models import Notice
from registry.models import Enterprise
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db


def spoil(case):
    """A rule changed since the order was drafted: here the register no longer names who represents the party."""
    Enterprise.objects.filter(pk=case.enterprise_id).update(legal_representative="")
    return type(case).objects.get(pk=case.pk)


def reasons(case, step, by) -> str:
    return " ".join(CASE.refusals(case, step, by))


def refused(act) -> None:
    with clock.pinned(DAY), pytest.raises(RuleBroken, match=r"不完整.*法定代表人"):
        act()


def test_an_order_that_is_not_complete_is_not_submitted_and_the_page_leads_to_what_is_missing(
    signed, case_officer, outsider, log_in
):
    case = spoil(signed)
    refused(lambda: cases.submit(case=case, by=case_officer))
    page = log_in(case_officer).get(case.get_absolute_url()).content.decode()
    assert f"/documents/{case.order_id}/edit/?check=1" in page
    assert log_in(outsider).get(case.get_absolute_url()).status_code == 404


def test_a_reviewer_does_not_agree_to_it(submitted, legal_reviewer, log_in):
    case = spoil(submitted)
    refused(lambda: cases.agree(case=case, opinion="同意", by=legal_reviewer))
    page = log_in(legal_reviewer).get(case.get_absolute_url()).content.decode()
    assert "查看内容不完整的决定书" in page
    with clock.pinned(DAY):
        returned = cases.return_from_review(case=case, opinion="补充法定代表人", by=legal_reviewer)
    assert returned.stage == "investigating"


def test_a_head_does_not_approve_it(submitted, legal_reviewer, head):
    with clock.pinned(DAY):
        agreed = cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
    case = spoil(agreed)
    refused(lambda: cases.approve(case=case, by=head))


def test_it_is_not_issued_and_takes_no_number(approved, case_officer):
    case = spoil(approved)
    assert "不完整" in reasons(case, "issue_order", case_officer)
    refused(lambda: cases.issue_order(case=case, by=case_officer))
    assert Notice.objects.get(pk=case.order_id).number is None


def test_a_complete_order_goes_on(submitted, legal_reviewer):
    assert reasons(type(submitted).objects.get(pk=submitted.pk), "agree", legal_reviewer) == ""
