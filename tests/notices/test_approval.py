"""From draft to approval: complete before it is handed in, decided by somebody else, returned with a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken, Stale
from notices import content, registry, services
from notices.models import Decision, Frozen, NoticeState
from organisation import roles
from tests.factories import PASSWORD, make_officer
from tests.notices.words import WORDS
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


def test_a_draft_may_be_incomplete_but_is_not_handed_in_so(docket, case_officer):
    draft = services.draft(kind="notice", docket=docket, content={"subject": "报送台账"}, by=case_officer)
    with pytest.raises(RuleBroken) as refusal:
        services.submit(notice=draft, by=case_officer)
    assert "正文" in str(refusal.value)


def test_a_document_needs_an_addressee_with_an_address(draft, case_officer, enterprise):
    enterprise.address = ""
    enterprise.save()
    draft.refresh_from_db()
    with pytest.raises(RuleBroken) as refusal:
        services.submit(notice=draft, by=case_officer)
    assert enterprise.name in str(refusal.value)


def test_the_drafter_may_not_approve_his_own_words(docket, changzhou_epb, synced_roles):
    both = make_officer(roles.CASE_OFFICER, roles.DEPARTMENT_HEAD, department=changzhou_epb)
    notice = services.submit(notice=services.draft(kind="notice", docket=docket, content=WORDS, by=both), by=both)
    with pytest.raises(RuleBroken) as refusal:
        services.approve(notice=notice, by=both)
    assert "起草" in str(refusal.value)


def test_whoever_edited_last_may_not_approve_either(docket, case_officer, changzhou_epb):
    both = make_officer(roles.CASE_OFFICER, roles.DEPARTMENT_HEAD, department=changzhou_epb)
    draft = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    edited = services.edit(notice=draft, content={"contact": "联系人：测试"}, version=1, by=both)
    submitted = services.submit(notice=edited, by=case_officer)
    with pytest.raises(RuleBroken):
        services.approve(notice=submitted, by=both)


@pytest.mark.parametrize("role", ["case_officer", "inspector", "legal_reviewer", "supervisor"])
def test_only_the_head_approves(submitted, role, request):
    with pytest.raises(PermissionDenied):
        services.approve(notice=submitted, by=request.getfixturevalue(role))


def test_words_changed_while_the_page_was_open_are_not_approved_unseen(submitted, log_in, head, case_officer):
    client = log_in(head)
    seen = client.get(f"/documents/{submitted.pk}/decide/").context["form"].initial["seen"]
    services.recall(notice=submitted, by=case_officer)
    submitted.refresh_from_db()
    changed = submitted.content | {"subject": "另一事由"}
    services.edit(notice=submitted, content=changed, version=submitted.version, by=case_officer)
    services.submit(notice=submitted, by=case_officer)
    answer = client.post(f"/documents/{submitted.pk}/decide/", {"confirmed": "on", "password": PASSWORD, "seen": seen})
    assert answer.status_code in {409, 422}
    submitted.refresh_from_db()
    assert submitted.state == NoticeState.SUBMITTED
    with pytest.raises(Stale):
        services.approve(notice=submitted, by=head, seen=seen)


def test_an_approval_keeps_who_when_and_which_words(approved, head):
    row = approved.approvals.get()
    assert (row.decision, row.officer_name) == (Decision.APPROVED, head.name)
    assert row.content_sha256 == content.fingerprint(approved.kind, approved.content)
    with pytest.raises(Frozen):
        row.save()
    with pytest.raises(Frozen):
        row.delete()


def test_a_returned_draft_says_why_and_starts_over(submitted, head, case_officer):
    with pytest.raises(RuleBroken):
        services.return_to_drafter(notice=submitted, reason="  ", by=head)
    returned = services.return_to_drafter(notice=submitted, reason="期限写错", by=head)
    assert returned.state == NoticeState.DRAFT
    assert returned.approvals.get().remark == "期限写错"
    again = services.submit(notice=returned, by=case_officer)
    assert again.submissions == 2
    assert services.approve(notice=again, by=head).state == NoticeState.APPROVED


def test_an_approved_document_can_still_be_returned_before_issue(approved, head):
    assert services.return_to_drafter(notice=approved, reason="暂缓", by=head).state == NoticeState.DRAFT


def test_approved_words_cannot_be_edited(approved, case_officer):
    with pytest.raises(RuleBroken):
        services.edit(notice=approved, content={"subject": "别的"}, version=approved.version, by=case_officer)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(draft, case_officer, second_officer):
    services.edit(notice=draft, content={"subject": "甲"}, version=1, by=second_officer)
    with pytest.raises(Stale) as refusal:
        services.edit(notice=draft, content={"subject": "乙"}, version=1, by=case_officer)
    assert second_officer.name in str(refusal.value)
    draft.refresh_from_db()
    assert draft.content["subject"] == "甲"


def test_saving_without_a_change_changes_nothing(draft, case_officer):
    before = Event.objects.count()
    assert services.edit(notice=draft, content=dict(draft.content), version=1, by=case_officer).version == 1
    assert Event.objects.count() == before


class Reviewed(type(registry.get("notice"))):
    code = "reviewed_notice"
    needs_legal_review = True


@pytest.fixture
def reviewed_type(monkeypatch):
    monkeypatch.setattr(registry, "_types", dict(registry._types))
    registry.register(Reviewed())


@story
def to_review(reviewed_type, docket, case_officer):
    draft = services.draft(kind="reviewed_notice", docket=docket, content=WORDS, by=case_officer)
    return services.submit(notice=draft, by=case_officer)


def test_where_the_type_asks_for_it_the_legal_review_comes_first(to_review, head, legal_reviewer):
    with pytest.raises(RuleBroken) as refusal:
        services.approve(notice=to_review, by=head)
    assert "法制审核" in str(refusal.value)
    services.review(notice=to_review, by=legal_reviewer, remark="同意")
    assert services.approve(notice=to_review, by=head).state == NoticeState.APPROVED


def test_under_legal_review_it_is_not_said_to_await_approval(to_review, legal_reviewer, case_officer, log_in):
    client = log_in(case_officer)
    assert "待法制审核" in client.get(to_review.get_absolute_url()).text
    services.review(notice=to_review, by=legal_reviewer)
    assert "待法制审核" not in client.get(to_review.get_absolute_url()).text


def test_the_legal_reviewer_may_return_it(to_review, legal_reviewer):
    assert services.return_to_drafter(notice=to_review, reason="依据不足", by=legal_reviewer).state == NoticeState.DRAFT


def test_a_review_counts_for_the_words_reviewed_only(to_review, head, legal_reviewer, case_officer):
    services.review(notice=to_review, by=legal_reviewer)
    back = services.return_to_drafter(notice=to_review, reason="改", by=head)
    again = services.submit(notice=back, by=case_officer)
    with pytest.raises(RuleBroken):
        services.approve(notice=again, by=head)


def test_a_plain_notice_needs_no_legal_review(submitted, legal_reviewer):
    with pytest.raises(RuleBroken):
        services.review(notice=submitted, by=legal_reviewer)


def test_a_submitted_draft_can_be_taken_back(submitted, case_officer):
    assert services.recall(notice=submitted, by=case_officer).state == NoticeState.DRAFT


def test_a_draft_is_withdrawn_with_a_reason_and_stays_on_file_without_number(draft, case_officer):
    with pytest.raises(RuleBroken):
        services.withdraw(notice=draft, reason="", by=case_officer)
    gone = services.withdraw(notice=draft, reason="重复", by=case_officer)
    assert (gone.state, gone.number) == (NoticeState.WITHDRAWN, None)


def test_nothing_is_drafted_on_a_closed_docket(docket, case_officer):
    docket.closed_on = docket.opened_on
    docket.save()
    with pytest.raises(RuleBroken):
        services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)


def test_every_step_is_on_the_trail_of_the_docket(issued, docket):
    verbs = list(Event.objects.filter(docket_id=docket.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["notices.draft", "notices.submit", "notices.approve", "notices.issue"]
