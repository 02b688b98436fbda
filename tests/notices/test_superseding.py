"""A mistake is answered by a new notice: the wrong one stays on file, marked, when the new one is issued."""

import pytest

from core.errors import RuleBroken
from notices import registry, services
from notices.models import Effect, Failure, Method, Notice, NoticeState
from tests.notices.conftest import drawn
from trail.models import Event

pytestmark = pytest.mark.django_db


def issued_answer(answer, case_officer, head):
    submitted = services.submit(notice=answer, by=case_officer)
    return services.issue(notice=services.approve(notice=submitted, by=head), by=case_officer)


def test_the_correction_starts_with_the_words_of_the_wrong_one(issued, case_officer):
    answer = services.supersede(notice=issued, reason="日期写错", by=case_officer)
    assert answer.content == issued.content
    assert (answer.supersedes, answer.kind, answer.state) == (issued, issued.kind, NoticeState.DRAFT)
    assert Notice.objects.get(pk=issued.pk).state == NoticeState.ISSUED, (
        "the old one counts until the new one is issued"
    )


def test_when_the_correction_is_issued_the_old_one_is_marked_and_keeps_its_number(issued, case_officer, head):
    number = issued.number
    answer = issued_answer(services.supersede(notice=issued, reason="日期写错", by=case_officer), case_officer, head)
    issued.refresh_from_db()
    assert (issued.state, issued.number) == (NoticeState.SUPERSEDED, number)
    assert answer.number != number
    assert Event.objects.filter(verb="notices.supersede", facts__by_notice=answer.number).exists()


def test_a_revocation_is_a_notice_that_names_what_it_revokes(issued, case_officer, head):
    answer = services.supersede(notice=issued, reason="作出机关无权管辖", effect=Effect.REVOKES, by=case_officer)
    assert answer.kind == "notice"
    assert issued.number in answer.content["paragraphs"][0]
    issued_answer(answer, case_officer, head)
    assert Notice.objects.get(pk=issued.pk).state == NoticeState.SUPERSEDED


def test_superseding_says_why(issued, case_officer):
    with pytest.raises(RuleBroken) as refusal:
        services.supersede(notice=issued, reason="  ", by=case_officer)
    assert refusal.value.field == "reason"


def test_one_notice_answers_it_not_two(issued, case_officer):
    first = services.supersede(notice=issued, reason="错", by=case_officer)
    with pytest.raises(RuleBroken):
        services.supersede(notice=issued, reason="错", by=case_officer)
    services.withdraw(notice=first, reason="不必", by=case_officer)
    assert services.supersede(notice=issued, reason="错", by=case_officer)


def test_a_draft_is_not_superseded(draft, case_officer):
    with pytest.raises(RuleBroken):
        services.supersede(notice=draft, reason="错", by=case_officer)


def test_a_superseded_notice_is_neither_served_nor_superseded_again(issued, case_officer, head):
    printed = drawn(issued)
    issued_answer(services.supersede(notice=printed, reason="错", by=case_officer), case_officer, head)
    with pytest.raises(RuleBroken):
        services.record_service(
            notice=printed, method=Method.DIRECT, by=case_officer, recipient="某", relation="legal_representative"
        )
    with pytest.raises(RuleBroken):
        services.supersede(notice=printed, reason="错", by=case_officer)


def test_while_a_letter_is_under_way_it_is_not_superseded(printed, case_officer, head):
    letter = services.record_service(notice=printed, method=Method.POST, tracking_number="1", by=case_officer)
    answer = services.supersede(notice=printed, reason="错", by=case_officer)
    approved = services.approve(notice=services.submit(notice=answer, by=case_officer), by=head)
    with pytest.raises(RuleBroken):
        services.issue(notice=approved, by=case_officer)
    assert Notice.objects.get(pk=approved.pk).number is None, "the number was given back"
    services.fail_service(service=letter, failure=Failure.RETURNED, by=case_officer)
    assert services.issue(notice=approved, by=case_officer).number


def test_a_served_notice_can_be_superseded_and_its_type_is_told(printed, case_officer, head, monkeypatch):
    told = []
    kind = type(registry.get("notice"))
    monkeypatch.setattr(
        kind, "on_superseded", lambda self, notice, by_notice: told.append((notice.number, by_notice.number))
    )
    services.record_service(
        notice=printed, method=Method.DIRECT, by=case_officer, recipient="某", relation="legal_representative"
    )
    answer = issued_answer(services.supersede(notice=printed, reason="错", by=case_officer), case_officer, head)
    assert told == [(printed.number, answer.number)]
