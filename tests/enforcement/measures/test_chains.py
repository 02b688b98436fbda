"""The child measures of a case: laid out in one act, sent, taken on, answered, accepted; by whom, by when, and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.models import Docket, DocketShare, InboxMessage
from casework.selectors import my_work
from core import clock
from core.errors import RuleBroken, Stale
from enforcement.measures import services
from enforcement.measures.chain_workflow import Stage
from enforcement.measures.models import ChildMeasure, Feedback, Result
from organisation import roles
from tests import factories
from tests.enforcement.measures.words import DAY
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
LATER = DAY + timedelta(days=5)


@story
def market(synced_roles, changzhou_epb):
    """The authority that registers companies, in the same city."""
    return factories.make_department(
        "3204-AIC", "常州市市场监管局", changzhou_epb.region, None, brand="常市监", kind="AIC"
    )


@story
def industry(synced_roles, changzhou_epb):
    return factories.make_department(
        "3204-MIIT", "常州市工业和信息化局", changzhou_epb.region, None, brand="常工信", kind="MIIT"
    )


@story
def registrar(market):
    return factories.make_officer(roles.CASE_OFFICER, department=market, name="许测试", username="dengji")


@story
def second_registrar(market):
    return factories.make_officer(roles.CASE_OFFICER, department=market, name="吕测试", username="dengji2")


@pytest.fixture
def laid_out(case, market, industry, case_officer):
    found = services.lay_out(docket=case.docket, chain="plan", triggers=[], by=case_officer)
    return {one.code: one for one in found}


@pytest.fixture
def registration(laid_out):
    return laid_out["plan_registration"]


def sent(measure, by, *officers, letter=""):
    measure.refresh_from_db()
    return services.send(measure=measure, officers=officers, letter=letter, expected_version=measure.version, by=by)


def answered(measure, by, **changed):
    facts = {"result": Result.DONE, "text": "已吊销营业执照。", "document": "常市监罚〔2026〕3号", "on": DAY}
    return services.feed_back(measure=measure, by=by, **facts | changed)


class TestLayingOut:
    def test_one_act_makes_five_measures_each_with_its_department_and_day(self, laid_out, market, industry, case):
        assert list(laid_out) == ["plan_stop", "plan_trace", "plan_buyers", "plan_permit", "plan_registration"]
        assert laid_out["plan_stop"].department == industry
        assert laid_out["plan_registration"].department == market
        assert laid_out["plan_stop"].due_on == DAY + timedelta(days=15)
        assert {one.stage for one in laid_out.values()} == {Stage.PLANNED}
        assert Event.objects.filter(verb="child_measures.lay_out", docket_id=case.docket_id).count() == 1

    def test_each_keeps_policy_source_and_legal_basis_apart(self, registration):
        assert "国发〔2011〕12号" in registration.policy_source
        assert registration.legal_basis == "稀土管理条例第二十二条、第二十三条"

    def test_a_chain_is_laid_out_once(self, laid_out, case, case_officer):
        with pytest.raises(RuleBroken) as refused:
            services.lay_out(docket=case.docket, chain="plan", triggers=[], by=case_officer)
        assert refused.value.field == "chain"
        assert ChildMeasure.objects.count() == 5

    def test_two_officers_at_once_leave_one_chain(self, laid_out, case):
        """The database refuses what a race would let through."""
        former = laid_out["plan_stop"]
        with pytest.raises(IntegrityError), transaction.atomic():
            ChildMeasure.objects.create(
                docket=former.docket, chain="plan", code="plan_stop", position=1, task="x", policy_source="x",
                confidence="high",
            )  # fmt: skip

    def test_what_was_called_off_is_laid_out_again(self, laid_out, case, case_officer):
        services.call_off(measure=laid_out["plan_trace"], reason="来源已查明", by=case_officer)
        again = services.lay_out(docket=case.docket, chain="plan", triggers=[], by=case_officer)
        assert [one.code for one in again] == ["plan_trace"]

    def test_of_the_environment_the_triggers_decide_what_follows(self, case, case_officer):
        found = services.lay_out(docket=case.docket, chain="environment", triggers=["no_eia"], by=case_officer)
        assert [one.code for one in found] == [
            "env_construction", "env_pollution_permit", "env_production_permit", "env_registration",
        ]  # fmt: skip
        assert found[0].triggers == ["no_eia"]
        assert found[0].department == case.docket.department

    @pytest.mark.parametrize(("chain", "triggers"), [("environment", []), ("plan", ["no_eia"]), ("environment", ["x"])])
    def test_triggers_that_do_not_fit_are_refused_at_their_field(self, case, case_officer, chain, triggers):
        with pytest.raises(RuleBroken) as refused:
            services.lay_out(docket=case.docket, chain=chain, triggers=triggers, by=case_officer)
        assert refused.value.field == "triggers"

    def test_an_outsider_lays_nothing_out(self, case, outsider, log_in):
        assert log_in(outsider).get(reverse("measures:lay_out", args=[case.docket_id])).status_code == 404
        with pytest.raises(PermissionDenied):
            services.lay_out(docket=case.docket, chain="plan", triggers=[], by=outsider)

    def test_the_page_lays_it_out_and_a_second_press_does_no_more(self, case, market, industry, case_officer, log_in):
        client, url = log_in(case_officer), reverse("measures:lay_out", args=[case.docket_id])
        pressed = {"chain": "plan", "_once": "6f9b2a51-6c55-4d70-9b0b-0c5d5c9f1a12"}
        assert [client.post(url, pressed).status_code for _press in range(2)] == [302, 302]
        assert ChildMeasure.objects.count() == 5
        page = client.get(case.get_absolute_url()).content.decode()
        assert page.count("/measures/child/") == 5
        assert "常州市市场监管局" in page


class TestEditing:
    def test_department_day_and_basis_are_changed_before_it_is_sent(self, registration, industry, case_officer):
        changed = services.edit(
            measure=registration, department=industry, task="办理", due_on=LATER, legal_basis="稀土管理条例第二十三条",
            expected_version=1, by=case_officer,
        )  # fmt: skip
        assert (changed.department, changed.due_on, changed.version) == (industry, LATER, 2)

    def test_a_page_that_is_out_of_date_changes_nothing(self, registration, market, case_officer, second_officer):
        given = {"department": market, "task": "办理", "due_on": LATER, "legal_basis": "x", "expected_version": 1}
        services.edit(measure=registration, by=second_officer, **given)
        with pytest.raises(Stale):
            services.edit(measure=registration, by=case_officer, **given | {"task": "别的"})
        registration.refresh_from_db()
        assert registration.task == "办理"

    def test_a_day_that_is_past_is_refused_at_its_field(self, registration, market, case_officer):
        with pytest.raises(RuleBroken) as refused:
            services.edit(
                measure=registration, department=market, task="办理", due_on=DAY, legal_basis="x", expected_version=1,
                by=case_officer,
            )  # fmt: skip
        assert refused.value.field == "due_on"

    def test_the_form_saves_and_shows_what_is_wrong(self, registration, market, case_officer, log_in):
        client, url = log_in(case_officer), reverse("measures:edit_child", args=[registration.pk])
        typed = {
            "department": market.pk,
            "task": "办理注销",
            "due_on": LATER.isoformat(),
            "legal_basis": "稀土管理条例第二十三条",
        }
        assert client.post(url, typed | {"version": 1}).status_code == 302
        assert client.post(url, typed | {"version": 1}).status_code == 422
        registration.refresh_from_db()
        assert registration.task == "办理注销"


class TestSending:
    def test_the_case_is_shared_with_who_receives_it_and_its_day_runs(
        self, registration, registrar, case_officer, log_in
    ):
        assert log_in(registrar).get(registration.get_absolute_url()).status_code == 404
        moved = sent(registration, case_officer, registrar)
        assert moved.stage == Stage.SENT
        assert log_in(registrar).get(registration.get_absolute_url()).status_code == 200
        period = moved.docket.deadlines.get(kind="measures.feedback.plan_registration")
        assert (period.started_on, period.statutory_due_on) == (DAY, registration.due_on)
        assert InboxMessage.objects.filter(recipient=registrar, docket=moved.docket).exists()
        assert any(item.url == registration.get_absolute_url() for item in my_work(registrar).mine)

    def test_several_are_sent_on_one_day_each_with_its_own_period(self, laid_out, registrar, industry, case_officer):
        planner = factories.make_officer(roles.CASE_OFFICER, department=industry, name="施测试", username="chanye")
        sent(laid_out["plan_registration"], case_officer, registrar)
        sent(laid_out["plan_stop"], case_officer, planner)
        running = laid_out["plan_stop"].docket.deadlines.open().filter(kind__startswith="measures.feedback.")
        assert running.count() == 2

    def test_a_revocation_that_rests_on_policy_alone_is_not_sent(self, laid_out, industry, case_officer):
        planner = factories.make_officer(roles.CASE_OFFICER, department=industry, username="chanye")
        measure = laid_out["plan_permit"]
        with pytest.raises(RuleBroken, match="第十六条"):
            sent(measure, case_officer, planner)
        for basis, works in (("国发〔2011〕12号", False), ("行政许可法第六十九条", True)):
            measure.refresh_from_db()
            services.edit(
                measure=measure, department=industry, task=measure.task, due_on=LATER, legal_basis=basis,
                expected_version=measure.version, by=case_officer,
            )  # fmt: skip
            if works:
                assert sent(measure, case_officer, planner).stage == Stage.SENT
            else:
                with pytest.raises(RuleBroken, match="第十六条"):
                    sent(measure, case_officer, planner)

    def test_permits_are_revoked_only_when_the_party_let_its_time_pass(self, case, market, registrar, case_officer):
        found = services.lay_out(docket=case.docket, chain="environment", triggers=["no_facility"], by=case_officer)
        revoke = next(one for one in found if one.code == "env_registration")
        services.edit(
            measure=revoke, department=market, task=revoke.task, due_on=LATER, legal_basis="某条例第一条",
            expected_version=1, by=case_officer,
        )  # fmt: skip
        with pytest.raises(RuleBroken, match="国发〔2011〕12号"):
            sent(revoke, case_officer, registrar)

    def test_nobody_of_another_department_receives_it(self, registration, outsider, case_officer):
        with pytest.raises(RuleBroken) as refused:
            sent(registration, case_officer, outsider)
        assert refused.value.field == "officers"
        assert not DocketShare.objects.exists()

    def test_somebody_must_receive_it(self, registration, case_officer):
        with pytest.raises(RuleBroken) as refused:
            sent(registration, case_officer)
        assert refused.value.field == "officers"

    def test_a_second_press_and_a_stale_page_send_it_once(self, registration, registrar, case_officer, log_in):
        client, url = log_in(case_officer), reverse("measures:send_child", args=[registration.pk])
        typed = {"officers": [registrar.pk], "version": 1}
        assert client.post(url, typed).status_code == 302
        assert client.post(url, typed).status_code == 422
        assert Event.objects.filter(verb="child_measures.send").count() == 1
        assert DocketShare.objects.count() == 1

    def test_a_department_without_the_portal_is_asked_by_an_issued_letter(
        self, laid_out, case, case_officer, issued_as, changzhou_epb
    ):
        police = factories.make_department(
            "3204-POL", "常州市公安局", changzhou_epb.region, None, kind="POLICE", uses_portal=False, brand=""
        )
        trace = laid_out["plan_trace"]
        services.edit(
            measure=trace, department=police, task=trace.task, due_on=LATER, legal_basis="", expected_version=1,
            by=case_officer,
        )  # fmt: skip
        for letter in ("", "常环移〔2026〕99号"):
            with pytest.raises(RuleBroken) as refused:
                sent(trace, case_officer, letter=letter)
            assert refused.value.field == "letter"
        letter = issued_as("case_transfer")
        assert sent(trace, case_officer, letter=letter.number).letter == letter.number
        services.acknowledge(measure=trace, by=case_officer)
        assert answered(trace, case_officer).stage == Stage.ANSWERED


class TestAnswering:
    @pytest.fixture
    def in_hand(self, registration, registrar, second_registrar, case_officer):
        sent(registration, case_officer, registrar, second_registrar)
        return services.acknowledge(measure=registration, by=registrar)

    def test_only_the_department_answers_for_itself(self, registration, registrar, case_officer, outsider):
        sent(registration, case_officer, registrar)
        with pytest.raises(RuleBroken):
            services.acknowledge(measure=registration, by=case_officer)
        with pytest.raises(PermissionDenied):
            services.acknowledge(measure=registration, by=outsider)

    def test_who_receives_it_has_no_other_power_over_the_case(
        self, registration, registrar, case_officer, case, log_in
    ):
        sent(registration, case_officer, registrar)
        with pytest.raises(PermissionDenied):
            services.call_off(measure=registration, reason="x", by=registrar)
        with pytest.raises(PermissionDenied):
            services.lay_out(docket=case.docket, chain="export", triggers=[], by=registrar)
        url = reverse("rectification:edit", args=[case.pk])
        assert log_in(registrar).get(url).status_code == 403

    def test_a_measure_of_another_department_is_not_answered_with_it(
        self, laid_out, in_hand, registrar, industry, case_officer
    ):
        planner = factories.make_officer(roles.CASE_OFFICER, department=industry, username="chanye")
        sent(laid_out["plan_stop"], case_officer, planner)
        with pytest.raises(RuleBroken):
            services.acknowledge(measure=laid_out["plan_stop"], by=registrar)

    def test_it_is_declined_with_a_reason_and_goes_back(self, registration, registrar, case_officer):
        sent(registration, case_officer, registrar)
        with pytest.raises(RuleBroken):
            services.decline(measure=registration, reason=" ", by=registrar)
        moved = services.decline(measure=registration, reason="登记机关为省局", by=registrar)
        assert moved.stage == Stage.PLANNED
        assert not moved.docket.deadlines.open().filter(kind=moved.deadline_kind).exists()
        assert not DocketShare.objects.live().exists()
        assert sent(registration, case_officer, registrar).stage == Stage.SENT

    def test_the_result_meets_the_day_and_is_accepted_by_the_case(self, in_hand, registrar, case_officer, case):
        with clock.pinned(LATER):
            moved = answered(in_hand, registrar, on=LATER)
            assert moved.docket.deadlines.get(kind=moved.deadline_kind).met_on == LATER
            assert InboxMessage.objects.filter(recipient=case_officer, kind="turn.child_measure").exists()
            ended = services.accept(measure=in_hand, by=case_officer)
        assert ended.stage == Stage.ENDED
        assert not DocketShare.objects.live().exists()
        assert Feedback.objects.get().result == Result.DONE

    def test_a_result_that_does_not_do_is_returned_and_answered_anew(self, in_hand, registrar, case_officer):
        answered(in_hand, registrar, result=Result.PARTLY)
        moved = services.send_back(measure=in_hand, reason="请附吊销决定书", by=case_officer)
        assert moved.stage == Stage.ACCEPTED
        assert moved.docket.deadlines.get(kind=moved.deadline_kind).is_open
        answered(in_hand, registrar)
        assert in_hand.feedbacks.count() == 2

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"result": "x"}, "result"),
            ({"text": " "}, "text"),
            ({"document": ""}, "document"),
            ({"on": DAY + timedelta(days=1)}, "on"),
            ({"on": DAY - timedelta(days=1)}, "on"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, in_hand, registrar, changed, field):
        with pytest.raises(RuleBroken) as refused:
            answered(in_hand, registrar, **changed)
        assert refused.value.field == field
        assert not Feedback.objects.exists()

    def test_two_who_answer_at_once_leave_one_answer(self, in_hand, registrar, second_registrar):
        answered(in_hand, registrar)
        with pytest.raises(RuleBroken):
            answered(in_hand, second_registrar)
        assert Feedback.objects.count() == 1

    def test_who_decides_reads_the_answer_he_decides_on(self, in_hand, registrar, case_officer, log_in):
        answered(in_hand, registrar)
        client, url = log_in(case_officer), reverse("measures:child_step", args=[in_hand.pk, "accept"])
        assert "已吊销营业执照。" in client.get(url).content.decode()
        assert client.post(url, {"seen": "answered.0"}).status_code == 422
        in_hand.refresh_from_db()
        assert client.post(url, {"seen": in_hand.seen_as()}).status_code == 302

    def test_the_whole_way_goes_through_the_pages(self, registration, registrar, case_officer, log_in):
        case_side, other_side = log_in(case_officer), log_in(registrar)
        case_side.post(
            reverse("measures:send_child", args=[registration.pk]), {"officers": [registrar.pk], "version": 1}
        )

        def step(client, name, **typed):
            url = reverse("measures:child_step", args=[registration.pk, name])
            assert client.get(url).status_code == 200
            registration.refresh_from_db()
            return client.post(url, {"seen": registration.seen_as(), **typed}).status_code

        assert step(other_side, "acknowledge") == 302
        assert step(other_side, "feed_back", result="done", text="已吊销", document="决定书", on=DAY.isoformat()) == 302
        assert step(case_side, "accept") == 302
        page = case_side.get(registration.get_absolute_url()).content.decode()
        assert "已吊销" in page
        assert "决定书" in page


class TestOverdue:
    def test_what_is_late_is_said_in_words_on_the_case_and_on_its_page(
        self, registration, registrar, case_officer, case, log_in
    ):
        sent(registration, case_officer, registrar)
        with clock.pinned(registration.due_on + timedelta(days=1)):
            registration.refresh_from_db()
            assert registration.is_late
            client = log_in(case_officer)
            for url in (case.get_absolute_url(), registration.get_absolute_url()):
                assert f"已于{registration.due_on}到期，逾期未反馈" in client.get(url).content.decode()

    def test_an_open_child_measure_stands_in_the_way_of_closing(self, laid_out, case, case_officer):
        assert len(services.open_measures(case.docket)) == 5
        for measure in laid_out.values():
            services.call_off(measure=measure, reason="案件移送", by=case_officer)
        assert services.open_measures(Docket.objects.get(pk=case.docket_id)) == []

    def test_a_closed_case_sends_nothing(self, registration, registrar, case_officer):
        Docket.objects.filter(pk=registration.docket_id).update(closed_on=DAY)
        with pytest.raises(RuleBroken):
            sent(registration, case_officer, registrar)
