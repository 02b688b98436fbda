"""The same matter is reported again: the officer is shown what is on record, says whether it is the same, and merges it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import origins
from casework import services as dockets
from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from enforcement.leads import duplicates, likeness_rules
from enforcement.leads import services as leads
from enforcement.leads.intake import Answer
from enforcement.leads.models import Lead
from enforcement.leads.workflow import Stage
from tests import factories
from tests.casework.test_evidence import add
from tests.enforcement.leads.conftest import FACTS, as_typed, take_in
from tests.plugins.matters import DAY
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def looked_up(enterprise, violation, viewer, **changed):
    fields = {"facts": FACTS, "received_on": DAY, "acted_from": None, "acted_to": None} | changed
    return duplicates.found(enterprise=enterprise, violation=violation, viewer=viewer, **fields)


class TestTheCheck:
    def test_shows_the_lead_on_record_with_the_reasons_and_a_link_before_anything_is_registered(
        self, reported, enterprise, violation, case_officer, log_in
    ):
        page = log_in(case_officer).post("/leads/new/", as_typed(enterprise, violation))
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"likeness", "likeness_reason"}
        text = page.content.decode()
        assert f'href="{reported.get_absolute_url()}"' in text
        assert "涉嫌违法行为相同。" in text
        assert "于同日收到。" in text
        assert "事实文字相同程度为100%。" in text
        assert Lead.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "is_like"),
        [
            ({"received_on": DAY + timedelta(90)}, True),
            ({"received_on": DAY + timedelta(91)}, False),
            ({"facts": "厂区堆放不明废渣，无防渗漏措施。"}, True),  # another text, the same provision and time
        ],
    )
    def test_needs_the_matter_and_the_time_to_agree(
        self, reported, enterprise, violation, case_officer, changed, is_like
    ):
        assert bool(looked_up(enterprise, violation, case_officer, **changed).seen) == is_like

    def test_finds_another_provision_by_facts_alike_and_not_by_others(self, reported, enterprise, case_officer):
        other = Violation.objects.get(code="EC1107")
        assert looked_up(enterprise, other, case_officer).seen
        assert not looked_up(enterprise, other, case_officer, facts="厂区堆放不明废渣，无防渗漏措施。").seen

    def test_finds_nothing_of_another_enterprise(self, reported, violation, case_officer):
        other = factories.make_enterprise(region=case_officer.department.region)
        assert looked_up(other, violation, case_officer) == duplicates.Found([], 0)

    def test_counts_acts_that_overlap_however_long_ago_they_were_received(self, enterprise, violation, case_officer):
        begun = DAY - timedelta(10)
        take_in(enterprise, violation, case_officer, acted_from=begun)  # it goes on
        later = {"received_on": DAY + timedelta(200)}
        assert not looked_up(enterprise, violation, case_officer, **later).seen
        (like,) = looked_up(enterprise, violation, case_officer, acted_from=DAY, **later).seen
        assert "行为发生时间有重合。" in like.reasons
        assert not looked_up(
            enterprise, violation, case_officer, acted_from=DAY - timedelta(30), acted_to=DAY - timedelta(20), **later
        ).seen

    def test_takes_a_version_of_the_provision_for_the_same(self):
        new = likeness_rules.Reported("B", {"A", "B"}, "", DAY, None, None)
        old = likeness_rules.Reported("A", (), "", DAY, None, None)
        assert likeness_rules.reasons(new, old)[0] == "涉嫌违法行为属同一条款的前后版本。"

    @pytest.mark.parametrize(
        ("one", "other", "percent"),
        [("", FACTS, 0), ("外排", FACTS, 0), (FACTS, FACTS, 100), ("废水经雨水沟外排", FACTS, 100)],
    )
    def test_compares_words_without_signs(self, one, other, percent):
        assert likeness_rules.agreement(one, other) == percent


class TestWhatTheOfficerMayNotSee:
    def test_of_his_own_department_is_told_as_a_number_only(
        self, reported, enterprise, violation, second_officer, head, log_in
    ):
        dockets.restrict(docket=reported.docket, reason="保密", by=head)
        take_in(enterprise, violation, head, facts="厂区异味", answer=Answer(None, "另一事项"))
        page = log_in(second_officer).post("/leads/new/", as_typed(enterprise, violation))
        text = page.content.decode()
        assert "另有1条您无权查看。" in text
        assert str(reported) not in text

    def test_alone_asks_him_nothing(self, reported, enterprise, violation, second_officer, head, log_in):
        dockets.restrict(docket=reported.docket, reason="保密", by=head)
        assert log_in(second_officer).post("/leads/new/", as_typed(enterprise, violation)).status_code == 302

    def test_of_another_department_is_not_even_counted(self, reported, enterprise, violation, outsider):
        assert looked_up(enterprise, violation, outsider) == duplicates.Found([], 0)


class TestAnOfficerSays:
    def test_that_it_is_not_the_same_and_why(self, reported, enterprise, violation, case_officer, log_in):
        typed = as_typed(enterprise, violation, likeness="distinct")
        client = log_in(case_officer)
        assert "likeness_reason" in client.post("/leads/new/", typed).context["form"].errors
        assert client.post("/leads/new/", typed | {"likeness_reason": "另一车间"}).status_code == 302
        new = Lead.objects.latest("pk")
        assert (new.stage, new.merged_into) == (Stage.REGISTERED, None)
        assert Event.objects.get(verb="leads.tell_distinct").facts["reason"] == "另一车间"

    def test_that_it_is_the_same_and_it_is_merged_at_once(self, reported, enterprise, violation, case_officer, log_in):
        typed = as_typed(enterprise, violation, likeness=str(reported.pk), likeness_reason="同一排口同一时间")
        client = log_in(case_officer)
        page = client.post("/leads/new/", typed, follow=True).content.decode()
        new = Lead.objects.latest("pk")
        assert (new.stage, new.merged_into) == (Stage.DISMISSED, reported)
        assert f"已并入线索{reported}" in page
        assert f'href="{new.get_absolute_url()}"' in client.get(reported.get_absolute_url()).content.decode()
        assert f'href="{reported.get_absolute_url()}"' in client.get(new.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("forged", ["999999", "rumour", ""])
    def test_nothing_that_was_not_offered(self, reported, enterprise, violation, case_officer, log_in, forged):
        typed = as_typed(enterprise, violation, likeness=forged, likeness_reason="x")
        page = log_in(case_officer).post("/leads/new/", typed)
        assert "likeness" in page.context["form"].errors
        assert Lead.objects.count() == 1

    def test_and_the_verb_has_the_last_word(self, reported, enterprise, violation, case_officer):
        with pytest.raises(RuleBroken) as refused:
            take_in(enterprise, violation, case_officer)
        assert refused.value.field == "likeness"
        assert Lead.objects.count() == 1


class TestMerging:
    @pytest.fixture
    def again(self, reported, enterprise, violation, case_officer):
        return take_in(enterprise, violation, case_officer, answer=Answer(None, "待核"))

    def test_is_told_on_both_sides_and_undone_by_taking_it_up_again(self, reported, again, case_officer, head, log_in):
        url = f"/leads/{again.pk}/merge/"
        client = log_in(case_officer)
        assert url in client.get(again.get_absolute_url()).content.decode()
        assert client.post(url, {"into": reported.pk, "reason": ""}).status_code == 422
        assert client.post(url, {"into": reported.pk, "reason": "同一排口"}).status_code == 302
        told = {
            event.verb: event for event in Event.objects.filter(docket_id__in=[again.docket_id, reported.docket_id])
        }
        assert told["leads.dismiss"].facts["reason"] == f"并入线索{reported}：同一排口"
        assert told["leads.take_up_merged"].docket_id == reported.docket_id
        leads.reconsider(lead=again, reason="非同一排口", by=head)
        again.refresh_from_db()
        assert (again.stage, again.merged_into) == (Stage.REGISTERED, None)
        assert Event.objects.get(verb="leads.unmerge").docket_id == reported.docket_id

    def test_leaves_evidence_where_it_is_and_shows_it_at_the_earlier_lead(self, reported, again, case_officer, log_in):
        kept = add(again.docket, case_officer)
        leads.merge(lead=again, into=reported, reason="同一排口", by=case_officer)
        kept.refresh_from_db()
        assert kept.docket == again.docket
        assert origins.evidence(reported.docket) == [kept]
        assert kept.title in log_in(case_officer).get(reported.get_absolute_url() + "evidence/").content.decode()

    def test_goes_from_the_later_to_the_earlier_only(self, reported, again, case_officer):
        with pytest.raises(RuleBroken) as refused:
            leads.merge(lead=reported, into=again, reason="同一排口", by=case_officer)
        assert refused.value.field == "into"

    def test_does_not_go_into_a_lead_that_was_dismissed(self, reported, again, case_officer):
        leads.dismiss(lead=reported, reason="查无实据", by=case_officer)
        with pytest.raises(RuleBroken) as refused:
            leads.merge(lead=again, into=reported, reason="同一排口", by=case_officer)
        assert refused.value.field == "into"

    def test_does_not_go_into_a_lead_of_another_enterprise(self, reported, violation, case_officer):
        other = factories.make_enterprise(region=case_officer.department.region)
        lead = take_in(other, violation, case_officer)
        with pytest.raises(RuleBroken) as refused:
            leads.merge(lead=lead, into=reported, reason="同一排口", by=case_officer)
        assert refused.value.field == "into"

    def test_is_done_once(self, reported, again, case_officer):
        leads.merge(lead=again, into=reported, reason="同一排口", by=case_officer)
        with pytest.raises(RuleBroken):
            leads.merge(lead=again, into=reported, reason="同一排口", by=case_officer)

    def test_an_outsider_merges_nothing(self, reported, again, outsider, log_in):
        assert (
            log_in(outsider).post(f"/leads/{again.pk}/merge/", {"into": reported.pk, "reason": "x"}).status_code == 404
        )
        with pytest.raises(PermissionDenied):
            leads.merge(lead=again, into=reported, reason="x", by=outsider)
        again.refresh_from_db()
        assert again.stage == Stage.REGISTERED


class TestWhereItCameFrom:
    def test_a_transfer_names_the_authority_and_its_number(self, enterprise, violation, case_officer, log_in):
        client = log_in(case_officer)
        typed = as_typed(enterprise, violation, origin="transfer")
        assert list(client.post("/leads/new/", typed).context["form"].errors) == ["source_name"]
        named = typed | {"source_name": "常州市自然资源和规划局", "source_number": "常自然资移〔2026〕3号"}
        page = client.post("/leads/new/", named, follow=True).content.decode()
        assert "常州市自然资源和规划局" in page
        assert "常自然资移〔2026〕3号" in page

    def test_a_complaint_keeps_its_platform_and_number(self, enterprise, violation, case_officer, log_in):
        typed = as_typed(enterprise, violation, origin="complaint", source_name="12345", source_number="TS20260901")
        assert log_in(case_officer).post("/leads/new/", typed).status_code == 302
        lead = Lead.objects.get()
        assert (lead.get_origin_display(), lead.source_number) == ("投诉", "TS20260901")
        assert lead.received_on <= clock.today()
