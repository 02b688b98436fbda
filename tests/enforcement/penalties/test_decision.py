"""The decision: never heavier than the party was told, decided once, by somebody who neither investigated nor reviewed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import RuleBroken, Stale
from enforcement.penalties import guards, services, weighing
from enforcement.penalties.models import Penalty
from tests.enforcement.penalties import acts
from tests.factories import PASSWORD

D = date.fromisoformat
pytestmark = pytest.mark.django_db


def again(penalty) -> Penalty:
    return Penalty.objects.get(pk=penalty.pk)


def fine(amount: str) -> list[dict]:
    return [{"kind": "fine", "amount": Decimal(amount), "detail": ""}]


def told(kind="fine", amount="", detail=""):
    return {"kind": kind, "amount": amount, "detail": detail}


@pytest.mark.parametrize(
    ("before", "after", "is_heavier"),
    [
        ([told(amount="40000.00")], [told(amount="40000")], False),
        ([told(amount="40000.00")], [told(amount="20000.00")], False),
        ([told(amount="40000.00")], [told(amount="40000.01")], True),
        ([told(amount="40000.00")], [told(amount="40000.00"), told("stop")], True),
        ([told(amount="40000.00"), told("stop")], [told(amount="40000.00")], False),
        ([told("revoke", detail="排污许可证")], [told("revoke", detail="稀土生产许可证")], True),
        ([], [told("warning")], True),
    ],
)
def test_what_is_heavier(before, after, is_heavier):
    assert bool(weighing.heavier(before, after)) is is_heavier


def test_a_fine_above_what_the_party_was_told_is_refused(heard, case_officer, second_officer):
    with clock.pinned(D("2026-09-17")):
        acts.write(heard, case_officer, sanctions=fine("45000"))
        acts.draft(again(heard), case_officer)
        acts.sign(heard, case_officer, second_officer)
        with pytest.raises(RuleBroken, match="第四十五条"):
            services.submit_decision(penalty=again(heard), by=case_officer)


def test_a_fine_reduced_after_the_statement_goes_through(heard, case_officer, second_officer):
    with clock.pinned(D("2026-09-17")):
        acts.write(heard, case_officer, sanctions=fine("30000"))
        acts.draft(again(heard), case_officer)
        acts.sign(heard, case_officer, second_officer)
        submitted = services.submit_decision(penalty=again(heard), by=case_officer)
    assert submitted.decision.content["fine"] == "30000.00"


def test_a_heavier_penalty_is_proposed_and_notified_anew(heard, case_officer):
    with clock.pinned(D("2026-09-17")):
        anew = services.notify_anew(penalty=heard, reason="发现新的违法事实", by=case_officer)
    assert (anew.stage, anew.round, anew.notified) == ("proposing", 2, [])


@pytest.fixture
def before_the_head(heard, case_officer, second_officer, legal_reviewer):
    with clock.pinned(D("2026-09-17")):
        acts.draft(heard, case_officer)
        acts.sign(heard, case_officer, second_officer)
        submitted = services.submit_decision(penalty=again(heard), by=case_officer)
        return services.agree_decision(penalty=submitted, opinion="同意", by=legal_reviewer)


def test_two_heads_decide_at_once_and_the_second_is_told(before_the_head, head):
    with clock.pinned(D("2026-09-17")):
        services.decide(penalty=before_the_head, by=head)
        with pytest.raises(RuleBroken):
            services.decide(penalty=before_the_head, by=head)  # his page still showed the former stage
    assert before_the_head.decision.approvals.filter(decision="approved").count() == 1


def test_who_reviewed_does_not_decide(before_the_head, legal_reviewer):
    assert guards.did_not_review(before_the_head, legal_reviewer)
    with pytest.raises(PermissionDenied):
        services.decide(penalty=before_the_head, by=legal_reviewer)


def test_who_signed_does_not_decide(before_the_head, case_officer):
    assert "第五十七条" in guards.no_hand_in_the_case(before_the_head, case_officer)


def test_a_reviewer_without_the_qualification_is_refused(proposed, legal_reviewer):
    type(legal_reviewer).objects.filter(pk=legal_reviewer.pk).update(legally_qualified=False)
    legal_reviewer.refresh_from_db()
    with clock.pinned(D("2026-09-01")), pytest.raises(RuleBroken, match="第五十八条"):
        services.agree(penalty=proposed, opinion="同意", by=legal_reviewer)


def test_a_decision_returned_is_signed_anew(before_the_head, head, case_officer, second_officer):
    with clock.pinned(D("2026-09-17")):
        back = services.refuse_decision(penalty=before_the_head, reason="裁量理由不充分", by=head)
        acts.write(back, case_officer, sanctions=fine("35000"))
        assert "第四十二条" in guards.two_certified_officers_signed(again(back))


def test_no_decision_without_a_prior_notice_in_force(heard):
    Penalty.objects.filter(pk=heard.pk).update(notified_on=None)
    assert "第六十二条" in guards.was_notified(again(heard))


# --- in the browser's requests ---------------------------------------------------------------------------------------
def page(penalty, name: str) -> str:
    return f"/penalties/{penalty.pk}/step/{name}/"


def test_a_stale_page_decides_nothing(before_the_head, head, client):
    """The words were changed after he opened the page: what he saw is not what he would decide on."""
    client.force_login(head)
    with clock.pinned(D("2026-09-17")):
        shown = client.get(page(before_the_head, "decide"))
        assert shown.status_code == 200
        Penalty.objects.filter(pk=before_the_head.pk).update(version=99)
        answer = client.post(
            page(before_the_head, "decide"),
            {"seen": before_the_head.seen_as(), "statement": "on", "password": PASSWORD},
        )
    assert answer.status_code == 422
    assert "重新" in answer.content.decode()  # it was changed meanwhile: read it again
    assert again(before_the_head).stage == "decision"


def test_an_outsider_finds_no_page(before_the_head, outsider, client):
    client.force_login(outsider)
    assert client.get(page(before_the_head, "decide")).status_code == 404


def test_a_stale_proposal_is_refused_with_its_words(penalty, case_officer, on_the_day):
    acts.write(penalty, case_officer)
    with pytest.raises(Stale):
        services.edit(
            penalty=penalty, expected_version=1, violation=penalty.violation, conclusion="minor", grounds="轻微",
            by=case_officer,
        )  # fmt: skip
