"""A lead dismissed and taken up again."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import translation

import trail
from casework import course
from core import clock
from core.errors import RuleBroken
from enforcement.leads import services as leads
from enforcement.leads.workflow import Stage
from tests.organisation.test_scope import fresh, lend
from trail.models import Event
from trail.recording import SYSTEM

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)  # on which the lead was registered


def periods(lead):
    return list(lead.docket.deadlines.order_by("pk").values_list("started_on", "met_on", "cancelled_on"))


def test_a_lead_is_taken_up_again_on_the_very_day_its_period_began(lead, head):
    with clock.pinned(DAY):
        for _time in range(2):
            leads.dismiss(lead=lead, reason="证据不足", by=head)
            again = leads.reconsider(lead=lead, reason="补充了证据", by=head)
    assert again.stage == Stage.REGISTERED
    assert periods(lead) == [(DAY, None, None)]
    lead.docket.refresh_from_db()
    assert lead.docket.closed_on is None
    assert lead.docket.next_due_on == lead.docket.deadlines.get().due_on


def test_on_a_later_day_a_new_period_to_decide_begins(lead, head):
    with clock.pinned(DAY):
        leads.dismiss(lead=lead, reason="证据不足", by=head)
    with clock.pinned(DAY + timedelta(3)):
        leads.reconsider(lead=lead, reason="补充了证据", by=head)
    assert periods(lead) == [(DAY, DAY, None), (DAY + timedelta(3), None, None)]


def test_a_head_of_another_city_takes_nothing_up(lead, head, outsider):
    from django.core.exceptions import PermissionDenied

    from organisation import roles
    from tests import factories

    stranger = factories.make_officer(roles.DEPARTMENT_HEAD, department=outsider.department)
    with clock.pinned(DAY):
        leads.dismiss(lead=lead, reason="证据不足", by=head)
        with pytest.raises((PermissionDenied, RuleBroken)):
            leads.reconsider(lead=lead, reason="补充了证据", by=stranger)
    lead.refresh_from_db()
    assert lead.stage == Stage.DISMISSED


class TestTheDayOfReceipt:
    @pytest.fixture
    def reported(self, enterprise, violation, case_officer):
        with clock.pinned(DAY):
            return leads.register(
                enterprise=enterprise, origin="report", violation=violation, facts="废水外排",
                received_on=DAY - timedelta(2), by=case_officer,
            )  # fmt: skip

    def test_is_corrected_in_the_browser_and_the_period_runs_from_the_right_day(
        self, reported, case_officer, outsider, log_in
    ):
        url = f"/leads/{reported.pk}/received/"
        with clock.pinned(DAY):
            client = log_in(case_officer)
            assert url in client.get(reported.docket.get_absolute_url()).content.decode()
            assert client.post(url, {"received_on": "2026-09-02", "reason": "录错"}).status_code == 422  # in the future
            assert client.post(url, {"received_on": "2026-08-28", "reason": ""}).status_code == 422
            old = client.post(url, {"received_on": "1990-01-01", "reason": "录错"})  # no rule reaches back so far
            (said,) = old.context["form"].errors["received_on"]
            assert "请核对起算日期" in said
            assert "立案" in said
            assert client.post(url, {"received_on": "2026-08-28", "reason": "录错"}).status_code == 302
            assert log_in(outsider).post(url, {"received_on": "2026-08-27", "reason": "录错"}).status_code == 404
        reported.refresh_from_db()
        assert reported.received_on == date(2026, 8, 28)
        assert [row[0] for row in periods(reported) if row[2] is None] == [date(2026, 8, 28)]

    def test_of_a_finding_is_the_day_of_the_visit(self, lead, case_officer):
        with clock.pinned(DAY), pytest.raises(RuleBroken):
            leads.correct_receipt(lead=lead, received_on=DAY - timedelta(1), reason="录错", by=case_officer)


class TestALeadThatAnotherAuthorityMustActOn:
    def test_is_dismissed_with_the_name_of_that_authority_kept_in_the_reason(
        self, lead, case_officer, outsider, log_in
    ):
        url = f"/leads/{lead.pk}/step/dismiss/"
        sent = {"ground": "transfer", "transferred_to": "常州市自然资源和规划局", "reason": "矿产资源管理事项"}
        with clock.pinned(DAY):
            client = log_in(case_officer)
            assert "移送有管辖权机关" in client.get(url).content.decode()
            assert log_in(outsider).post(url, sent).status_code == 404
            assert client.post(url, sent).status_code == 302
            kept = Event.objects.get(verb="leads.dismiss").facts["reason"]
            assert kept == "移送有管辖权机关（常州市自然资源和规划局）：矿产资源管理事项"
            assert kept in client.get(lead.docket.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("ground", "authority", "at"),
        [("transfer", "", "transferred_to"), ("other", "常州市应急管理局", "transferred_to"), ("", "", "ground")],
    )
    def test_is_not_dismissed_without_saying_whether_and_to_whom_it_goes(
        self, lead, case_officer, log_in, ground, authority, at
    ):
        sent = {"ground": ground, "transferred_to": authority, "reason": "不属于本机关管辖"}
        with clock.pinned(DAY):
            page = log_in(case_officer).post(f"/leads/{lead.pk}/step/dismiss/", sent)
        assert page.status_code == 422
        assert list(page.context["form"].errors) == [at]
        lead.refresh_from_db()
        assert lead.stage == Stage.REGISTERED

    @pytest.fixture
    def handed_on(self, lead, case_officer):
        with clock.pinned(DAY):
            leads.dismiss(
                lead=lead, reason="矿产资源管理事项", transferred_to="常州市自然资源和规划局", by=case_officer
            )
        lead.refresh_from_db()
        return lead

    def test_tells_among_its_facts_where_it_went_and_why_and_who_decided(self, handed_on, case_officer, log_in):
        with clock.pinned(DAY):
            page = log_in(case_officer).get(handed_on.docket.get_absolute_url())
        told = {row["label"]: row.get("value") for row in page.context["facts"]}
        assert told["移送至"] == "常州市自然资源和规划局"
        assert told["不予立案的理由"] == "移送有管辖权机关（常州市自然资源和规划局）：矿产资源管理事项"
        head = {row["label"]: row.get("value") for row in page.context["head"]["facts"]}
        assert head["决定人"] == case_officer.name
        assert "尚未分配" not in head.values()

    def test_names_for_whom_a_deputy_decided(self, lead, case_officer, inspector, head, log_in):
        with clock.pinned(DAY):
            lend(head, inspector)
            leads.dismiss(lead=lead, reason="证据不足", by=fresh(inspector))
            page = log_in(case_officer).get(lead.docket.get_absolute_url())
        told = {row["label"]: row.get("value") for row in page.context["head"]["facts"]}
        assert told["决定人"] == f"{inspector.name}（代{head.name}）"

    def test_names_the_portal_in_the_reader_s_language_where_it_took_the_last_step(self, handed_on):
        with transaction.atomic():
            trail.record("leads.dismiss", handed_on, by=SYSTEM, docket=handed_on.docket)
        said = []
        for language in ("en", "zh-hans"):
            with translation.override(language):
                said.append(course.ended_by(handed_on.docket))
        assert said == ["The portal", "系统"]

    def test_rests_on_the_article_on_handing_over_which_nobody_has_verified(self, handed_on):
        assert Event.objects.get(verb="leads.dismiss").facts["basis"] == "生态环境行政处罚办法第十六条（待核实）"

    def test_is_handed_on_no_longer_once_it_is_taken_up_again(self, handed_on, case_officer, head):
        with clock.pinned(DAY):
            leads.reconsider(lead=handed_on, reason="对方退回", by=head)
            leads.dismiss(lead=handed_on, reason="证据不足", by=case_officer)
        handed_on.refresh_from_db()
        assert handed_on.transferred_to == ""
        last = Event.objects.filter(verb="leads.dismiss").latest("pk")
        assert last.facts["basis"] == "生态环境行政处罚办法第十八条（待核实）"
