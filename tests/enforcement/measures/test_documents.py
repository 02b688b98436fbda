"""When a document of measures is offered, what it must hold, and what the law refuses; each in words."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.models import Docket
from core import clock
from core.errors import RuleBroken
from enforcement.measures import documents
from notices import completeness, composing, registry
from organisation.models import Department
from tests.enforcement.measures.words import DAY, draft_of, issue, officers_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
KINDS = [document.code for document in documents.ALL]
NOW = ("evidence_registration", "seizure_order", "production_limit", "production_stop", "case_transfer",
       "criminal_referral", "detention_referral")  # fmt: skip


def offered(docket: Docket) -> set[str]:
    return {kind.code for kind in registry.offered_on(docket)} & set(KINDS)


def refused(notice) -> str:
    return " ".join([*completeness.of(notice), *notice.type.guards(notice)])


def in_another_line(case) -> Docket:
    """The case of an authority of another line."""
    Department.objects.filter(pk=case.docket.department_id).update(kind="MIIT")
    return Docket.objects.get(pk=case.docket_id)


class TestOffered:
    def test_at_the_investigation_what_secures_evidence_stops_harm_and_hands_over(self, case):
        assert offered(case.docket) == set(NOW)

    def test_what_ends_a_measure_is_offered_once_there_is_one(self, case, issued_as):
        issued_as("evidence_registration")
        issued_as("seizure_order")
        assert offered(case.docket) == {*NOW, "evidence_release", "seizure_extension", "seizure_release"}

    def test_more_time_only_while_the_party_rectifies(self, served):
        assert "rectification_extension" in offered(served.docket)

    def test_an_authority_of_another_line_limits_no_production_by_the_environmental_rules(self, case):
        assert offered(in_another_line(case)) == {
            "evidence_registration", "seizure_order", "case_transfer", "criminal_referral",
        }  # fmt: skip

    def test_nothing_on_a_lead(self, lead):
        assert offered(lead.docket) == set()

    def test_an_outsider_begins_none(self, case, outsider, log_in):
        url = reverse("notices:new", args=[case.docket_id, "seizure_order"])
        assert log_in(outsider).get(url).status_code == 404

    def test_the_officer_of_the_case_opens_the_form_of_each(self, case, case_officer, log_in):
        client = log_in(case_officer)
        for kind in NOW:
            assert client.get(reverse("notices:new", args=[case.docket_id, kind])).status_code == 200, kind


@pytest.mark.parametrize("kind", NOW)
def test_complete_words_are_taken_and_drawn(kind, case, case_officer, second_officer):
    notice = draft_of(kind, case.docket, **words(kind, case_officer, second_officer))
    assert refused(notice) == ""
    assert "（待填写）" not in composing.draft_html(notice)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_draft_shows_its_gaps_and_lacks_its_contents(kind, case):
    notice = draft_of(kind, case.docket)
    notice.content = {}
    assert composing.draft_html(notice)
    assert completeness.of(notice)


class TestOnTheSpot:
    @pytest.mark.parametrize("kind", ["evidence_registration", "seizure_order"])
    def test_one_officer_alone_is_refused(self, kind, case, case_officer):
        article = {"evidence_registration": "行政处罚法第四十二条", "seizure_order": "行政强制法第十八条"}[kind]
        assert article in refused(draft_of(kind, case.docket, **words(kind, case_officer)))

    def test_a_certificate_that_has_run_out_does_not_count(self, case, case_officer, second_officer):
        second_officer.certificate_expires_on = DAY - timedelta(days=1)
        second_officer.save()
        notice = draft_of("seizure_order", case.docket, **words("seizure_order", case_officer, second_officer))
        assert second_officer.certificate_number in refused(notice)

    def test_a_certificate_in_the_name_of_another_does_not_count(self, case, case_officer, second_officer):
        wrong = [*officers_of(case_officer), {"name": "某某", "certificate": second_officer.certificate_number}]
        typed = words("seizure_order", case_officer, second_officer) | {"officers": wrong}
        assert "某某" in refused(draft_of("seizure_order", case.docket, **typed))


class TestSeizure:
    @pytest.fixture
    def typed(self, case_officer, second_officer):
        return words("seizure_order", case_officer, second_officer)

    def test_thirty_one_days_are_refused(self, case, typed):
        assert "30" in refused(draft_of("seizure_order", case.docket, **typed | {"days": 31}))

    @pytest.mark.parametrize("instrument", ["中华人民共和国行政强制法", "国务院关于促进稀土行业持续健康发展的若干意见"])
    def test_neither_the_law_on_coercion_nor_a_policy_document_empowers(self, case, typed, instrument):
        basis = [{"instrument": instrument, "article": "第二十二条"}]
        assert "第二十二条" in refused(draft_of("seizure_order", case.docket, **typed | {"basis": basis}))

    def test_it_names_the_act_in_its_title(self, case, typed):
        notice = draft_of("seizure_order", case.docket, **typed | {"act": "扣押"})
        assert notice.type.title_of(notice.content) == "扣押决定书"
        assert "扣押清单" in composing.draft_html(notice)

    def test_a_seizure_before_approval_more_than_a_day_ago_is_doubted_not_refused(self, case, typed):
        at = clock.now() - timedelta(hours=25)
        notice = draft_of(
            "seizure_order", case.docket, **typed | {"carried_out_at": clock.local(at).replace(tzinfo=None)}
        )
        assert refused(notice) == ""
        assert any("第十九条" in words for words in notice.type.warnings(notice))

    def test_it_is_extended_once_and_before_it_ends(self, case, issued_as):
        order = issued_as("seizure_order")
        assert issued_as("seizure_extension", on=date(2026, 9, 20)).content["order"] == order.number
        with clock.pinned(date(2026, 9, 25)):
            again = draft_of("seizure_extension", case.docket, **words("seizure_extension"))
            assert "第二十五条" in refused(again)

    def test_an_extension_after_the_end_is_refused(self, case, issued_as):
        issued_as("seizure_order")
        with clock.pinned(date(2026, 10, 2)):
            late = draft_of("seizure_extension", case.docket, **words("seizure_extension"))
            assert "2026-10-01" in refused(late)

    def test_a_release_names_an_order_of_this_case(self, case, issued_as):
        issued_as("seizure_order")
        wrong = draft_of("seizure_release", case.docket, **words("seizure_release"), order="常环查扣〔2026〕99号")
        assert "第二十四条" in refused(wrong)
        right = draft_of("seizure_release", case.docket, **words("seizure_release"))
        assert refused(right) == ""
        assert "解除查封决定书" in composing.draft_html(right)


class TestStopping:
    def test_without_a_hearing_offered_production_is_not_stopped(self, case):
        typed = words("production_stop") | {"hearing_offered": False}
        assert completeness.of(draft_of("production_stop", case.docket, **typed))

    def test_while_the_party_may_still_ask_for_a_hearing_it_is_refused(self, case):
        typed = words("production_stop") | {"heard": "在规定期限内未提出陈述、申辩意见，也未要求举行听证"}
        assert "2026-09-08" in refused(draft_of("production_stop", case.docket, **typed))
        with clock.pinned(date(2026, 9, 9)):
            assert refused(draft_of("production_stop", case.docket, **typed)) == ""

    def test_whoever_argued_is_answered(self, case):
        typed = words("production_limit") | {"review": ""}
        assert "第四十五条" in refused(draft_of("production_limit", case.docket, **typed))

    def test_four_months_are_refused(self, case):
        typed = words("production_limit") | {"months": 4}
        assert completeness.of(draft_of("production_limit", case.docket, **typed))

    def test_another_authority_is_refused_in_words(self, case):
        notice = draft_of("production_stop", in_another_line(case), **words("production_stop"))
        assert "30号令第二条" in refused(notice)

    def test_rules_that_may_have_ended_with_their_law_are_marked_to_be_verified(self, case):
        notice = draft_of("production_stop", case.docket, **words("production_stop"))
        assert any("待核实" in said for said in notice.type.warnings(notice))


class TestTreatment:
    def test_in_2012_pollution_is_ordered_to_be_treated_within_a_year(self, case):
        with clock.pinned(date(2012, 6, 4)):
            assert refused(draft_of("treatment_order", case.docket, **words("treatment_order"))) == ""
            late = words("treatment_order") | {"until": date(2013, 6, 5)}
            assert "第七十四条" in refused(draft_of("treatment_order", case.docket, **late))

    def test_a_decision_since_2015_is_refused_in_words(self, case):
        later = words("treatment_order") | {"until": date(2027, 5, 31)}
        assert "30号令" in refused(draft_of("treatment_order", case.docket, **later))

    def test_it_is_offered_on_acts_before_2015_only(self, case):
        assert "treatment_order" not in offered(case.docket)
        case.lead.acted_from = date(2014, 3, 1)
        case.lead.save()
        assert "treatment_order" in offered(Docket.objects.get(pk=case.docket_id))


class TestReferrals:
    def test_a_referral_is_addressed_to_who_receives_it(self, case, issued_as):
        notice = issued_as("criminal_referral")
        assert notice.addressee_name == "常州市公安局"
        assert notice.docket.enterprise.name in notice.html
        assert "常州市公安局：" in notice.html

    @pytest.mark.parametrize(
        ("changed", "article"),
        [
            ({"cc": []}, "第十四条"),
            ({"materials": [{"name": "涉案物品清单", "quantity": "1份", "note": ""}]}, "第六条"),
            ({"officers": [{"name": "王测试", "certificate": "苏D1"}]}, "第五条"),
        ],
    )
    def test_a_suspected_crime_is_not_handed_over_without(self, case, case_officer, second_officer, changed, article):
        typed = words("criminal_referral", case_officer, second_officer) | changed
        assert article in refused(draft_of("criminal_referral", case.docket, **typed))

    def test_a_head_who_took_longer_than_three_days_is_doubted_not_refused(self, case, case_officer, second_officer):
        typed = words("criminal_referral", case_officer, second_officer) | {"reported_on": DAY - timedelta(days=4)}
        notice = draft_of("criminal_referral", case.docket, **typed)
        assert refused(notice) == ""
        assert any("第五条" in said for said in notice.type.warnings(notice))

    def test_detention_follows_a_penalty(self, case):
        typed = words("detention_referral") | {"decided_on": DAY, "approved_on": DAY - timedelta(days=1)}
        assert "第二条" in refused(draft_of("detention_referral", case.docket, **typed))

    def test_a_violation_without_detention_is_marked_to_be_verified(self, case):
        notice = draft_of("detention_referral", case.docket, **words("detention_referral"))
        assert any("待核实" in said for said in notice.type.warnings(notice))

    def test_a_matter_is_not_referred_to_the_authority_that_handles_it(self, case):
        typed = words("case_transfer") | {"receiver": case.docket.department.name_on(DAY)}
        assert refused(draft_of("case_transfer", case.docket, **typed))


class TestMoreTime:
    def test_it_names_the_new_last_day(self, served):
        with clock.pinned(date(2026, 9, 20)):
            notice = draft_of("rectification_extension", served.docket, **words("rectification_extension"))
            assert refused(notice) == ""
            assert "延长20日，至2026年10月28日止" in composing.draft_html(notice)

    def test_after_the_period_it_is_refused(self, served):
        with clock.pinned(date(2026, 11, 2)):
            assert "2026-10-08" in refused(
                draft_of("rectification_extension", served.docket, **words("rectification_extension"))
            )


def test_a_closed_case_takes_no_measure(case, case_officer, second_officer):
    Docket.objects.filter(pk=case.docket_id).update(closed_on=DAY)
    with pytest.raises(RuleBroken):
        issue(
            "evidence_registration",
            Docket.objects.get(pk=case.docket_id),
            by=case_officer,
            reviewer=None,
            head=None,
            **words("evidence_registration", case_officer, second_officer),
        )
