"""What waits for an officer because of a notice: decided by others, finished by those who handle the matter."""

import pytest

from casework import selectors
from enforcement.rectification import services as cases
from notices import lists, registry, services, work
from notices.models import Failure, Method, Notice
from tests.notices.conftest import drawn

pytestmark = pytest.mark.django_db


def listed(officer) -> list[Notice]:
    """What the list of documents opens with for him."""
    tab = next(tab for tab in lists.DOCUMENTS.tabs if tab.key == "mine")
    return list(tab.narrow(lists.rows_of(officer), officer))


def labels(officer) -> list[str]:
    """What my work tells him; the tab of the list of documents tells him all of it."""
    waiting = work.waiting(officer)
    assert {item.key for item in waiting} <= {f"notice {notice.pk}" for notice in listed(officer)}
    return [item.label for item in waiting]


def test_a_submitted_draft_waits_for_the_head_not_for_its_author(submitted, head, case_officer, second_officer):
    assert labels(head) == [f"审批文书：{submitted.label}"]
    assert labels(case_officer) == []
    assert labels(second_officer) == []


def test_a_plain_notice_that_needs_no_review_waits_for_no_reviewer(submitted, legal_reviewer, log_in):
    assert labels(legal_reviewer) == []
    assert submitted.label not in log_in(legal_reviewer).get("/documents/?tab=mine").content.decode()


def test_an_order_that_its_case_leads_waits_as_the_case(submitted, head):
    Notice.objects.filter(pk=submitted.pk).update(kind="rectification_order")
    assert labels(head) == []


def test_what_was_returned_approved_or_issued_waits_for_who_handles_it(submitted, head, case_officer, second_officer):
    returned = services.return_to_drafter(notice=submitted, reason="改", by=head)
    assert labels(case_officer) == [f"修改退回的文书：{submitted.label}"]
    approved = services.approve(notice=services.submit(notice=returned, by=case_officer), by=head)
    assert labels(case_officer) == [f"制发文书：{submitted.label}"]
    assert labels(head) == []
    printed = drawn(services.issue(notice=approved, by=case_officer))
    assert labels(case_officer) == [f"送达文书：{submitted.label}"]
    services.record_attempt(notice=printed, method=Method.DIRECT, failure=Failure.NOBODY, by=case_officer)
    assert labels(case_officer) == [f"送达文书：{submitted.label}"]
    services.record_service(
        notice=printed, method=Method.DIRECT, recipient="某", relation="legal_representative", by=case_officer
    )
    assert labels(case_officer) == labels(second_officer) == []


def test_a_fresh_draft_waits_for_nobody(draft, case_officer, head):
    assert labels(case_officer) == labels(head) == []


def test_an_outsider_and_an_administrator_are_told_nothing(submitted, outsider, auditor, sysadmin):
    assert [labels(officer) for officer in (outsider, auditor, sysadmin)] == [[], [], []]


def test_a_legal_review_waits_for_the_reviewer_until_it_is_recorded(docket, case_officer, legal_reviewer, monkeypatch):
    from tests.notices.words import WORDS

    monkeypatch.setattr(type(registry.get("notice")), "needs_legal_review", True)
    draft = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    submitted = services.submit(notice=draft, by=case_officer)
    assert len(labels(legal_reviewer)) == 1
    services.review(notice=submitted, by=legal_reviewer)
    assert labels(legal_reviewer) == []


def test_it_costs_one_statement_however_many_there_are(submitted, head, django_assert_max_num_queries):
    head.get_all_permissions()
    labels(head)
    with django_assert_max_num_queries(1):
        work.waiting(head)


def test_it_is_part_of_my_work(submitted, head):
    assert f"审批文书：{submitted.label}" in [item.label for item in selectors.my_work(head).mine]


def test_on_the_list_of_documents_ones_own_draft_is_ones_to_do_and_nobody_elses(
    draft, case_officer, head, outsider, log_in
):
    assert listed(case_officer) == [draft]
    assert listed(head) == listed(outsider) == []
    page = log_in(case_officer).get("/documents/?tab=drafts").content.decode()
    assert draft.label in page
    assert "草稿" in page


def test_an_order_is_on_the_list_of_each_in_turn(signed, case_officer, legal_reviewer, head):
    def turns() -> list[bool]:
        return [listed(officer) == [signed.order] for officer in (case_officer, legal_reviewer, head)]

    assert turns() == [True, False, False]
    case = cases.submit(case=signed, by=case_officer)
    assert turns() == [False, True, False]
    case = cases.agree(case=case, opinion="同意", by=legal_reviewer)
    assert turns() == [False, False, True]
    case = cases.approve(case=case, by=head)
    assert turns() == [True, False, False]


def test_where_nothing_is_to_do_the_list_opens_on_all(issued, legal_reviewer, log_in):
    assert issued.label in log_in(legal_reviewer).get("/documents/").content.decode()
