"""What the two officers sign is what they have read: the case, and the words of its order."""

import pytest
from django.urls import reverse

from casework.models import Provision, Violation
from core import clock
from core.errors import RuleBroken
from enforcement.leads import services as leads
from enforcement.rectification import services as cases
from enforcement.rectification.forms import CaseForm
from enforcement.rectification.workflow import Stage
from notices import services as notices
from tests.factories import PASSWORD
from tests.plugins.matters import DAY, drafted_order
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


@story
def drafted(written, case_officer):
    with clock.pinned(DAY):
        cases.draft_order(case=written, by=case_officer)
    written.refresh_from_db()
    return written


def reworded(case, officer, **words):
    notices.edit(notice=case.order, content=case.order.content | words, version=case.order.version, by=officer)
    case.refresh_from_db()


def edited(case, officer, **changed):
    given = {
        "facts": case.facts, "requirements": case.requirements, "rectification_days": case.rectification_days,
        "policy_source": case.policy_source, "expected_version": case.version,
    }  # fmt: skip
    with clock.pinned(DAY):
        return cases.edit(case=case, by=officer, **given | changed)


def test_nobody_signs_before_there_is_an_order_to_read(written, case_officer, log_in):
    with pytest.raises(RuleBroken, match="起草"):
        cases.sign(case=written, by=case_officer)


def test_nobody_signs_what_was_changed_after_he_opened_the_page(drafted, case_officer, second_officer, log_in):
    client, url = log_in(second_officer), reverse("rectification:sign", args=[drafted.pk])
    seen = client.get(url).context["seen"]
    edited(drafted, case_officer, facts="完全不同的事实")
    answer = client.post(url, {"statement": "on", "password": PASSWORD, "seen": seen})
    assert answer.status_code in {409, 422}
    assert "重新审阅" in answer.content.decode()
    assert not drafted.signatures.exists()


def test_nobody_signs_words_of_the_order_changed_after_he_opened_the_page(
    drafted, case_officer, second_officer, log_in
):
    client, url = log_in(second_officer), reverse("rectification:sign", args=[drafted.pk])
    seen = client.get(url).context["seen"]
    reworded(drafted, case_officer, facts=["另一事实。"])
    client.post(url, {"statement": "on", "password": PASSWORD, "seen": seen})
    assert not drafted.signatures.exists()


def test_a_forged_form_that_says_nothing_of_what_was_seen_signs_nothing(drafted, second_officer, outsider, log_in):
    url = reverse("rectification:sign", args=[drafted.pk])
    data = {"statement": "on", "password": PASSWORD}
    assert log_in(second_officer).post(url, data).status_code == 422
    assert log_in(outsider).post(url, data).status_code == 404
    assert not drafted.signatures.exists()


def test_a_forged_form_that_says_nothing_of_what_was_seen_decides_nothing(submitted, legal_reviewer, log_in):
    url = reverse("rectification:take_step", args=[submitted.pk, "agree"])
    assert log_in(legal_reviewer).post(url, {"reason": "同意"}).status_code == 422
    submitted.refresh_from_db()
    assert submitted.stage == Stage.LEGAL_REVIEW


def test_who_signs_the_page_he_read_has_signed(drafted, second_officer, log_in):
    client, url = log_in(second_officer), reverse("rectification:sign", args=[drafted.pk])
    seen = client.get(url).context["seen"]
    assert client.post(url, {"statement": "on", "password": PASSWORD, "seen": seen}).status_code == 302
    assert [signature.officer for signature in drafted.current_signatures()] == [second_officer]


def test_words_of_the_order_changed_after_signing_ask_for_new_signatures(signed, case_officer, second_officer, log_in):
    before = signed.order.content
    reworded(signed, case_officer, facts=["另一事实。"])
    assert not signed.current_signatures()
    with clock.pinned(DAY), pytest.raises(RuleBroken, match="重新签字"):
        cases.submit(case=signed, by=case_officer)
    page = log_in(second_officer).get(signed.get_absolute_url()).content.decode()
    assert "重新签字" in page
    assert reverse("rectification:sign", args=[signed.pk]) in page
    reworded(signed, case_officer, facts=before["facts"])
    assert len(signed.current_signatures()) == 2  # the words they signed are back


def test_the_same_officer_signs_the_new_words_once(signed, case_officer):
    reworded(signed, case_officer, facts=["另一事实。"])
    cases.sign(case=signed, by=case_officer)
    with pytest.raises(RuleBroken):
        cases.sign(case=signed, by=case_officer)


def test_the_trail_keeps_all_that_was_written(written, case_officer):
    source = Provision.objects.filter(instrument__nature="policy").first()
    edited(written, case_officer, policy_source=source)
    facts = Event.objects.filter(verb="rectification.edit").last().facts
    assert (facts["before"], facts["after"]) == ({"policy_source": ""}, {"policy_source": str(source)})
    saved = edited(written, case_officer, policy_source=source, expected_version=written.version + 1)
    assert Event.objects.filter(verb="rectification.edit").count() == 2  # the same again is no edit
    assert saved.version == written.version + 1


def test_another_violation_asks_for_new_signatures_and_is_in_the_trail(signed, case_officer, log_in):
    other = Violation.objects.get(code="EC1107")
    case = edited(signed, case_officer, violation=other)
    case.refresh_from_db()
    assert (case.violation, case.docket.title) == (other, other.cause_of_matter)
    assert not case.current_signatures()
    facts = Event.objects.filter(verb="rectification.edit").last().facts
    assert ["一千一百零四条" in facts["before"]["violation"], "一千一百零七条" in facts["after"]["violation"]] == [
        True,
        True,
    ]


def test_a_violation_out_of_force_since_the_act_is_refused(written, case_officer):
    written.lead.acted_from = DAY
    written.lead.save()
    with pytest.raises(RuleBroken) as refused:
        edited(written, case_officer, violation=Violation.objects.get(code="OLD-W83"))
    assert refused.value.field == "violation"
    with clock.pinned(DAY):
        offered = CaseForm(since=written.law_since).fields["violation"].queryset.values_list("code", flat=True)
    assert "EC1107" in offered
    assert "OLD-W83" not in offered


def test_what_cannot_be_printed_is_said_when_the_order_is_handed_in(signed, case_officer, second_officer):
    """Otherwise the head would approve what nobody can issue."""
    reworded(signed, case_officer, facts=["当事人自称😀。"])
    with clock.pinned(DAY):
        for officer in (case_officer, second_officer):
            cases.sign(case=signed, by=officer)
        with pytest.raises(RuleBroken, match="1F600"):
            cases.submit(case=signed, by=case_officer)


def test_an_approved_order_found_wrong_before_its_issue_goes_back(approved, case_officer, head):
    with clock.pinned(DAY):
        case = cases.return_from_approval(case=approved, reason="当事人名称变更", by=head)
    case.order.refresh_from_db()
    assert (case.stage, case.order.state) == (Stage.INVESTIGATING, "draft")


def test_the_versions_of_the_law_since_the_act_are_before_the_legal_reviewer(
    enterprise, case_officer, second_officer, legal_reviewer, statute_book, log_in
):
    """从旧兼从轻: the act lies before the code of August 2026, the decision after it."""
    old = Violation.objects.get(code="OLD-XM23")
    with clock.pinned(DAY):
        lead = leads.register(
            enterprise=enterprise, origin="report", violation=old, facts="未验先投", received_on=DAY, by=case_officer,
            acted_from=DAY.replace(month=6),
        )  # fmt: skip
        case = cases.open_case(lead=lead, co_officer=second_officer, by=case_officer)
        case = edited(case, case_officer, facts="未验先投", requirements="停止生产")
        drafted_order(case, case_officer)
        for officer in (case_officer, second_officer):
            cases.sign(case=case, by=officer)
        cases.submit(case=case, by=case_officer)
        for page in (case.get_absolute_url(), f"/cases/{case.pk}/step/agree/", lead.get_absolute_url()):
            text = log_in(legal_reviewer).get(page).content.decode()
            assert "从旧兼从轻" in text, page
            assert "生态环境法典第一千一百条" in text, page
            assert "2017-10-01至2026-08-14" in text, page
