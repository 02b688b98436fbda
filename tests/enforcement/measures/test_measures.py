"""What a document of measures begins: the measure itself and the periods of the law, each ended by what the law names."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.deadlines import services as deadline_services
from casework.models import Docket
from core import clock
from core.errors import RuleBroken
from enforcement.measures import effects, happenings, services
from enforcement.measures.happenings import Ending, Kind
from enforcement.measures.models import Measure
from enforcement.rectification.deadlines import PERIOD
from notices import services as notices
from notices.models import Effect, Method, Relation
from tests.enforcement.measures.words import DAY, issue, words
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def period(docket, kind):
    return docket.deadlines.filter(kind=kind, cancelled_on=None).order_by("-pk").first()


def handed_over(notice, by, on):
    with clock.pinned(on):
        notices.record_service(
            notice=notice, method=Method.DIRECT, by=by, place="厂区", recipient="钱测试",
            relation=Relation.LEGAL_REPRESENTATIVE,
        )  # fmt: skip
    return type(notice).objects.get(pk=notice.pk)


class TestEvidence:
    def test_it_is_kept_for_seven_working_days_by_the_law_on_penalties(self, case, issued_as):
        issued_as("evidence_registration")
        kept = period(case.docket, happenings.KEPT)
        assert (kept.started_on, kept.due_on, kept.basis) == (DAY, date(2026, 9, 10), "行政处罚法(2021)第56、85条")
        assert Measure.objects.get().objects_listed[0]["name"] == "旁通管阀门"

    def test_the_release_ends_measure_and_period(self, case, issued_as):
        issued_as("evidence_registration")
        issued_as("evidence_release", on=date(2026, 9, 8))
        measure = Measure.objects.get(kind=Kind.EVIDENCE)
        assert (measure.ending, measure.ended_on) == (Ending.RELEASED, date(2026, 9, 8))
        assert period(case.docket, happenings.KEPT).met_on == date(2026, 9, 8)

    def test_under_the_rules_of_2010_it_lapses_by_itself(self, case, case_officer, issued_as):
        """Their article said so; whether it is so today is to be verified, so today nothing lapses by itself."""
        issued_as("evidence_registration")
        kept = period(case.docket, happenings.KEPT)
        with clock.pinned(date(2026, 9, 11)):
            deadline_services.note_missed(deadline_id=kept.pk)
            assert Measure.objects.get().is_open
            kept.rule.on_breach = "2010办法:逾期自动解除"
            kept.rule.save()
            effects.evidence_lapsed(type(kept).objects.get(pk=kept.pk))
        measure = Measure.objects.get()
        assert (measure.ending, measure.ended_on) == (Ending.LAPSED, date(2026, 9, 10))
        assert not case.docket.deadlines.open().filter(kind=happenings.KEPT).exists()


class TestSeizure:
    def test_thirty_days_run_from_the_seizure(self, case, issued_as):
        issued_as("seizure_order")
        held = period(case.docket, happenings.SEIZED)
        assert (held.started_on, held.statutory_due_on, held.basis) == (DAY, date(2026, 10, 1), "行政强制法第25条")
        assert Measure.objects.get().until == date(2026, 10, 1)

    def test_fewer_days_are_those_of_the_order(self, case, issued_as):
        issued_as("seizure_order", days=10)
        assert period(case.docket, happenings.SEIZED).statutory_due_on == DAY + timedelta(days=10)

    def test_the_extension_moves_the_end_by_what_it_says(self, case, issued_as):
        issued_as("seizure_order")
        given = issued_as("seizure_extension", on=date(2026, 9, 20))
        held = period(case.docket, happenings.SEIZED)
        assert held.statutory_due_on == Measure.objects.get().until == date(2026, 10, 31)
        assert held.extensions.get().document == given.number
        assert "至2026年10月31日止" in given.html

    def test_an_extension_that_is_revoked_gives_nothing(self, case, case_officer, head, issued_as):
        issued_as("seizure_order")
        given = issued_as("seizure_extension", on=date(2026, 9, 20))
        with clock.pinned(date(2026, 9, 21)):
            answer = notices.supersede(notice=given, reason="理由不成立", effect=Effect.REVOKES, by=case_officer)
            notices.issue(
                notice=notices.approve(notice=notices.submit(notice=answer, by=case_officer), by=head), by=case_officer
            )
        assert period(case.docket, happenings.SEIZED).statutory_due_on == date(2026, 10, 1)
        assert Measure.objects.get().until == date(2026, 10, 1)

    def test_what_was_carried_out_on_the_spot_is_approved_within_a_day_and_a_night(self, case, issued_as):
        at = clock.local(clock.now()).replace(tzinfo=None) - timedelta(days=1)
        issued_as("seizure_order", carried_out_at=at)
        approval = period(case.docket, happenings.ON_THE_SPOT)
        assert (approval.met_on, approval.basis) == (DAY, "行政强制法第19条")
        assert approval.statutory_due_on == DAY

    def test_a_request_for_release_is_decided_in_five_working_days_and_the_release_served_in_three(
        self, case, case_officer, issued_as
    ):
        issued_as("seizure_order")
        with clock.pinned(date(2026, 9, 3)):
            services.record(
                measure=Measure.objects.get(), what="release_asked", on=date(2026, 9, 3), note="申请书", by=case_officer
            )
        asked = period(case.docket, happenings.RELEASE_ASKED)
        assert asked.due_on == date(2026, 9, 10)
        released = issued_as("seizure_release", on=date(2026, 9, 9))
        asked.refresh_from_db()
        assert asked.met_on == period(case.docket, happenings.SEIZED).met_on == date(2026, 9, 9)
        assert period(case.docket, happenings.RELEASE_SERVED).due_on == date(2026, 9, 14)
        handed_over(released, case_officer, date(2026, 9, 10))
        assert period(case.docket, happenings.RELEASE_SERVED).met_on == date(2026, 9, 10)

    def test_releasing_a_part_ends_nothing(self, case, issued_as):
        issued_as("seizure_order")
        issued_as("seizure_release", on=date(2026, 9, 9), scope="部分")
        assert Measure.objects.get().is_open
        assert period(case.docket, happenings.SEIZED).is_open

    def test_an_order_that_is_revoked_takes_measure_and_period_with_it(self, case, case_officer, head, issued_as):
        order = issued_as("seizure_order")
        answer = notices.supersede(notice=order, reason="超出涉案范围", effect=Effect.REVOKES, by=case_officer)
        notices.issue(
            notice=notices.approve(notice=notices.submit(notice=answer, by=case_officer), by=head), by=case_officer
        )
        assert Measure.objects.get().ending == Ending.REVOKED
        assert not case.docket.deadlines.open().filter(kind=happenings.SEIZED).exists()


class TestStopping:
    @pytest.fixture
    def limited(self, issued_as, case_officer):
        return handed_over(issued_as("production_limit"), case_officer, date(2026, 9, 3))

    def test_it_is_served_in_seven_working_days_then_the_plan_is_due_in_fifteen_and_months_run(self, case, limited):
        served = period(case.docket, happenings.STOP_SERVED)
        assert (served.due_on, served.met_on) == (date(2026, 9, 10), date(2026, 9, 3))
        plan = period(case.docket, happenings.PLAN)
        assert (plan.started_on, plan.actor_side, plan.unit) == (date(2026, 9, 3), "party", "working_day")
        assert period(case.docket, happenings.LIMITED).statutory_due_on == date(2026, 12, 3)

    def test_limits_are_lifted_when_the_result_is_filed_and_followed_up_in_thirty_days(
        self, case, limited, case_officer
    ):
        measure = Measure.objects.get()

        def record(what, on):
            with clock.pinned(on):
                services.record(measure=measure, what=what, on=on, note="报送材料", by=case_officer)

        record("plan_filed", date(2026, 9, 10))
        assert period(case.docket, happenings.PLAN).met_on == date(2026, 9, 10)
        record("completed", date(2026, 10, 9))
        assert period(case.docket, happenings.COMPLETION).unit == "working_day"
        record("completion_filed", date(2026, 10, 15))
        measure.refresh_from_db()
        assert (measure.ending, measure.ended_on) == (Ending.LIFTED, date(2026, 10, 15))
        assert period(case.docket, happenings.LIMITED).met_on == date(2026, 10, 15)
        assert period(case.docket, happenings.FOLLOW_UP).statutory_due_on == date(2026, 11, 14)
        record("followed_up", date(2026, 11, 2))
        assert period(case.docket, happenings.FOLLOW_UP).met_on == date(2026, 11, 2)
        assert measure.possible() == []

    def test_production_stays_stopped_without_an_end(self, case, case_officer, issued_as):
        handed_over(issued_as("production_stop"), case_officer, date(2026, 9, 3))
        assert Measure.objects.get().until is None
        assert period(case.docket, happenings.LIMITED) is None
        assert period(case.docket, happenings.PLAN) is not None

    def test_a_day_of_service_that_was_wrong_moves_what_ran_from_it(self, case, limited, head):
        with clock.pinned(date(2026, 9, 8)):
            notices.correct_service(
                service=limited.services.get(), at=clock.now() - timedelta(days=4), reason="录入有误", by=head
            )
        assert period(case.docket, happenings.PLAN).started_on == date(2026, 9, 4)


class TestReferrals:
    def test_a_crime_is_decided_on_in_three_days_handed_over_in_one_and_answered_in_three(
        self, case, case_officer, issued_as
    ):
        notice = issued_as("criminal_referral")
        assert period(case.docket, happenings.CRIME_DECISION).met_on == DAY
        assert period(case.docket, happenings.CRIME_HANDOVER).statutory_due_on == date(2026, 9, 2)
        handed_over(notice, case_officer, date(2026, 9, 2))
        assert period(case.docket, happenings.CRIME_HANDOVER).met_on == date(2026, 9, 2)
        police = period(case.docket, happenings.POLICE)
        assert (police.statutory_due_on, police.actor_side) == (date(2026, 9, 5), "other")

    def test_a_refusal_of_the_police_is_reviewed_within_three_working_days_or_stands(
        self, case, case_officer, issued_as
    ):
        handed_over(issued_as("criminal_referral"), case_officer, date(2026, 9, 2))
        measure = Measure.objects.get()
        with clock.pinned(date(2026, 9, 4)):
            with pytest.raises(RuleBroken):
                services.record(
                    measure=measure, what="review_asked", on=date(2026, 9, 4), note="复议申请", by=case_officer
                )
            services.record(
                measure=measure, what="police_refused", on=date(2026, 9, 4), note="不予立案通知书", by=case_officer
            )
        assert period(case.docket, happenings.REVIEW).due_on == date(2026, 9, 9)
        with clock.pinned(date(2026, 9, 7)):
            services.record(
                measure=measure, what="refusal_stands", on=date(2026, 9, 7), note="依法给予行政处罚", by=case_officer
            )
        measure.refresh_from_db()
        assert measure.ending == Ending.ANSWERED
        assert period(case.docket, happenings.REVIEW).met_on == date(2026, 9, 7)

    def test_a_case_for_detention_is_handed_over_in_three_working_days(self, case, issued_as):
        """暂行办法第十九条: its periods are working days."""
        issued_as("detention_referral", on=date(2026, 9, 4), decided_on=date(2026, 9, 3), approved_on=date(2026, 9, 4))
        assert period(case.docket, happenings.DETENTION_HANDOVER).due_on == date(2026, 9, 9)


class TestMoreTime:
    def test_the_period_for_rectification_ends_on_the_day_the_notice_names(
        self, served, case_officer, second_officer, legal_reviewer, head
    ):
        given = issue(
            "rectification_extension", served.docket, by=case_officer, reviewer=legal_reviewer, head=head,
            on=date(2026, 9, 20), **words("rectification_extension"),
        )  # fmt: skip
        assert period(served.docket, PERIOD).due_on == date(2026, 10, 28)
        assert "至2026年10月28日止" in given.html
        with clock.pinned(date(2026, 9, 22)):
            answer = notices.supersede(notice=given, reason="申请材料不实", effect=Effect.REVOKES, by=case_officer)
            notices.issue(
                notice=notices.approve(notice=notices.submit(notice=answer, by=case_officer), by=head), by=case_officer
            )
        assert period(served.docket, PERIOD).due_on == date(2026, 10, 8)


class TestRecording:
    @pytest.fixture
    def measure(self, issued_as):
        issued_as("seizure_order")
        return Measure.objects.get()

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"what": "plan_filed"}, "what"),
            ({"what": "nonsense"}, "what"),
            ({"on": DAY + timedelta(days=1)}, "on"),
            ({"on": DAY - timedelta(days=1)}, "on"),
            ({"note": "  "}, "note"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, measure, case_officer, changed, field):
        with pytest.raises(RuleBroken) as refused:
            services.record(
                measure=measure, by=case_officer, **{"what": "release_asked", "on": DAY, "note": "申请书"} | changed
            )
        assert refused.value.field == field
        assert not measure.happened.exists()

    def test_an_outsider_neither_sees_nor_records(self, measure, outsider, log_in):
        assert log_in(outsider).get(reverse("measures:record", args=[measure.pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            services.record(measure=measure, what="release_asked", on=DAY, note="申请书", by=outsider)

    def test_the_form_records_it_and_leads_back_to_the_case(self, measure, case, case_officer, log_in):
        client = log_in(case_officer)
        url = reverse("measures:record", args=[measure.pk])
        assert "当事人申请解除" in client.get(url).content.decode()
        answer = client.post(url, {"what": "release_asked", "on": DAY.isoformat(), "note": "解除查封申请书"})
        assert answer.status_code == 302
        page = client.get(case.get_absolute_url()).content.decode()
        assert "解除查封申请书" in page
        told = Event.objects.get(verb="measures.record", docket_id=case.docket_id)
        assert told.facts["basis"] == "环保部令29号第十八条"

    def test_the_same_press_twice_records_once(self, measure, case_officer, log_in):
        client = log_in(case_officer)
        sent = {
            "what": "release_asked",
            "on": DAY.isoformat(),
            "note": "申请书",
            "_once": "6f9b2a51-6c55-4d70-9b0b-0c5d5c9f1a11",
        }
        for _press in range(2):
            client.post(reverse("measures:record", args=[measure.pk]), sent)
        assert measure.happened.count() == 1

    def test_a_measure_in_force_stands_in_the_way_of_closing(self, measure, case, issued_as):
        assert any(measure.notice.number in said for said in services.open_measures(case.docket))
        issued_as("seizure_release", on=date(2026, 9, 9))
        assert services.open_measures(Docket.objects.get(pk=case.docket_id)) == []


def test_an_authority_without_such_a_rule_has_no_such_period(case, issued_as):
    """环保部令29号 binds environmental authorities: another seizes under the law on coercion alone."""
    type(case.docket.department).objects.filter(pk=case.docket.department_id).update(kind="MIIT")
    docket = Docket.objects.get(pk=case.docket_id)
    effects.begin(docket, happenings.RELEASE_ASKED, on=DAY, event="申请")
    assert not docket.deadlines.filter(kind=happenings.RELEASE_ASKED).exists()
