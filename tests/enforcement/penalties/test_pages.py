"""The pages of a penalty as officers use them: each form asks, refuses at its field, and acts once."""

from datetime import date
from decimal import Decimal

import pytest

from core import clock
from enforcement.penalties import services
from enforcement.penalties.models import Penalty
from tests.enforcement.penalties import acts
from tests.factories import PASSWORD

D = date.fromisoformat
pytestmark = pytest.mark.django_db


def again(penalty) -> Penalty:
    return Penalty.objects.get(pk=penalty.pk)


def url(penalty, what: str) -> str:
    return f"/penalties/{penalty.pk}/{what}/"


def text(answer) -> str:
    return answer.content.decode()


PROPOSAL = {
    "conclusion": "penalty", "grounds": "违法事实清楚", "gains": "0", "sanctions-fine": "40,000.00",
    "sanctions-revoke": "1", "sanctions-revoke-detail": "排污许可证",
}  # fmt: skip


def proposal(penalty, **given) -> dict:
    return {"violation": penalty.violation_id, "version": penalty.version, **PROPOSAL, **given}


def test_a_penalty_is_pursued_and_proposed_on_pages(written, case_officer, client, on_the_day):
    client.force_login(case_officer)
    assert client.get(f"/cases/{written.pk}/penalty/").status_code == 200
    assert client.post(f"/cases/{written.pk}/penalty/", {"sent": "1"}).status_code == 302
    penalty = Penalty.objects.get()
    assert client.get(url(penalty, "proposal")).status_code == 200
    assert client.post(url(penalty, "proposal"), proposal(penalty)).status_code == 302
    now = again(penalty)
    assert now.fine == Decimal("40000.00")
    assert [row.detail for row in now.sanctions.filter(kind="revoke")] == ["排污许可证"]
    page = text(client.get(now.docket.get_absolute_url()))
    assert "吊销许可证件" in page
    assert "案件体检" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"sanctions-fine": "四万"}, "罚款"),
        ({"sanctions-fine": "-1"}, "罚款"),
        ({"sanctions-fine": "1.005"}, "罚款"),
        ({"sanctions-revoke": ""}, "吊销许可证件"),
        ({"sanctions-revoke-detail": ""}, "吊销许可证件"),
        ({"sanctions-fine": "", "sanctions-revoke": "", "sanctions-revoke-detail": ""}, "第九条"),
        ({"conclusion": ""}, "has-error"),
        ({"version": "x"}, "重新打开"),
    ],
)
def test_a_wrong_proposal_is_refused_at_its_field_and_kept_on_the_page(
    penalty, case_officer, client, on_the_day, typed, says
):
    client.force_login(case_officer)
    answer = client.post(url(penalty, "proposal"), proposal(penalty, **typed))
    assert answer.status_code == 422
    assert says in text(answer)
    assert "违法事实清楚" in text(answer)  # what was typed stays
    assert again(penalty).version == 1


def test_hostile_text_is_shown_as_text(penalty, case_officer, client, on_the_day):
    client.force_login(case_officer)
    hostile = "<script>alert(1)</script>"
    client.post(url(penalty, "proposal"), proposal(penalty, grounds=hostile))
    page = text(client.get(penalty.docket.get_absolute_url()))
    assert hostile not in page
    assert "&lt;script&gt;" in page


def test_the_same_proposal_sent_twice_is_written_once(penalty, case_officer, client, on_the_day):
    client.force_login(case_officer)
    sent = proposal(penalty, _once="11111111-1111-4111-8111-111111111111")
    assert client.post(url(penalty, "proposal"), sent).status_code == 302
    client.post(url(penalty, "proposal"), sent)
    assert again(penalty).version == 2


def test_two_officers_at_once_the_second_keeps_his_words(penalty, case_officer, second_officer, client, on_the_day):
    client.force_login(case_officer)
    stale = proposal(penalty)
    acts.write(penalty, case_officer)
    answer = client.post(url(penalty, "proposal"), {**stale, "grounds": "另一种说法"})
    assert answer.status_code == 422
    assert "另一种说法" in text(answer)


STAGES = [
    ("drafted", "case_officer", ["proposal", "sign", "step/propose"]),
    ("drafted", "head", ["step/drop"]),
    ("proposed", "legal_reviewer", ["step/agree", "step/return_from_review"]),
    ("approved", "case_officer", ["step/issue_notice"]),
    ("approved", "head", ["step/return_from_approval"]),
    ("notified", "case_officer", ["statement", "hearing", "step/close_statement"]),
    ("heard", "case_officer", ["proposal", "document", "sign", "step/submit_decision", "step/notify_anew"]),
    ("decided", "case_officer", ["step/issue_decision"]),
    ("served", "case_officer", ["carried-out", "publication", "step/perform", "step/apply_to_court"]),
    ("served", "head", ["step/annul", "step/end_enforcement"]),
]


@pytest.mark.parametrize(("stage", "who", "pages"), STAGES, ids=[f"{stage}-{who}" for stage, who, _pages in STAGES])
def test_every_page_of_a_stage_opens_and_an_empty_form_breaks_nothing(request, client, stage, who, pages):
    penalty = request.getfixturevalue(stage)
    client.force_login(request.getfixturevalue(who))
    with clock.pinned(D("2026-09-18")):
        assert client.get(penalty.docket.get_absolute_url()).status_code == 200
        for page in pages:
            assert client.get(url(penalty, page)).status_code == 200, page
            if page.startswith("step/") and "reason" not in text(client.get(url(penalty, page))):
                continue
            assert client.post(url(penalty, page), {}).status_code in {302, 422}, page


def test_the_head_decides_with_his_password(heard, case_officer, second_officer, legal_reviewer, head, client):
    with clock.pinned(D("2026-09-17")):
        acts.draft(heard, case_officer)
        acts.sign(heard, case_officer, second_officer)
        submitted = services.submit_decision(penalty=again(heard), by=case_officer)
        agreed = services.agree_decision(penalty=submitted, opinion="同意", by=legal_reviewer)
        client.force_login(head)
        given = {"seen": agreed.seen_as(), "statement": "on", "password": PASSWORD}
        assert client.post(url(agreed, "step/decide"), {**given, "password": "wrong"}).status_code == 422
        assert client.post(url(agreed, "step/decide"), given).status_code == 302
    assert again(heard).stage == "issuing"


def test_what_waits_stands_on_the_desks_of_those_who_act(proposed, legal_reviewer, case_officer, outsider, client):
    for officer, is_there in ((legal_reviewer, True), (case_officer, False), (outsider, False)):
        client.force_login(officer)
        assert ("审核处罚建议" in text(client.get("/"))) is is_there


def test_a_forged_statement_of_another_case_does_not_exist(notified, case_officer, client):
    client.force_login(case_officer)
    assert client.get(url(notified, "statement/999999")).status_code == 404
    assert client.get(url(notified, "step/no_such_step")).status_code == 404
    assert client.get("/penalties/999999/proposal/").status_code == 404
