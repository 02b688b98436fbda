"""The self-check of an enterprise is recorded item by item, or as not received."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import RuleBroken, Stale
from enforcement.campaigns import services as campaigns
from enforcement.campaigns.results import CheckResult
from enforcement.campaigns.services.self_checks import seen_as
from tests.enforcement.campaigns.conftest import answers, record
from tests.plugins.matters import DAY
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def target(checking):
    return checking.targets.get()


def test_it_keeps_the_checklist_as_it_was_asked_with_its_sources(target, case_officer):
    done = record(target, case_officer)
    assert done.result == CheckResult.IN_ORDER
    assert done.answers[0] == {
        "code": "ZC-H01",
        "text": "建设项目环境影响评价文件是否依法经过审批",
        "source": "国发〔2011〕12号（十二）",
        "answer": "yes",
    }


def test_one_item_that_is_not_in_order_is_a_gap_and_asks_which(target, case_officer):
    with pytest.raises(RuleBroken) as refused:
        record(target, case_officer, ZC_H04="no")
    assert refused.value.field == "gaps"
    assert record(target, case_officer, gaps="二号设施停运。", ZC_H04="no").result == CheckResult.GAPS


def test_an_item_without_an_answer_is_asked_for_at_its_place(target, case_officer):
    with pytest.raises(RuleBroken) as refused:
        record(target, case_officer, ZC_H03="")
    assert refused.value.field == "ZC-H03"


def test_nothing_received_is_recorded_only_when_the_time_is_over(target, case_officer):
    silent = {"received_on": None, "answers": {}, "gaps": "", "by": case_officer}
    with pytest.raises(RuleBroken, match="期满后方可登记为未报送"):
        campaigns.record_self_check(target=target, seen=seen_as(target), **silent)
    with clock.pinned(target.due_on + timedelta(days=1)):
        done = campaigns.record_self_check(target=target, seen=seen_as(target), **silent)
    assert done.result == CheckResult.NOT_RECEIVED


@pytest.mark.parametrize("day", [DAY + timedelta(days=1), DAY - timedelta(days=1)])
def test_a_day_still_to_come_or_before_the_campaign_is_refused(target, case_officer, day):
    with pytest.raises(RuleBroken) as refused:
        record(target, case_officer, received_on=day)
    assert refused.value.field == "received_on"


def test_two_officers_who_record_at_once_do_not_overwrite_each_other(target, case_officer, second_officer):
    seen = seen_as(target)
    record(target, case_officer)
    with pytest.raises(Stale):
        campaigns.record_self_check(
            target=target, received_on=DAY, answers=answers(ZC_H04="no"), gaps="停运", seen=seen, by=second_officer
        )
    assert Event.objects.filter(verb="campaigns.record_self_check").count() == 1


def test_it_is_recorded_in_the_browser_by_its_own_city_only(target, case_officer, outsider, log_in):
    url = f"/campaign-enterprises/{target.pk}/self-check/"
    client = log_in(case_officer)
    page = client.get(url).content.decode()
    assert "污染防治设施是否齐全" in page
    words = {"received_on": "2026-09-01", "gaps": "", "seen": seen_as(target), **answers()}
    assert log_in(outsider).post(url, words).status_code == 404
    assert client.post(url, words | {"ZC-H01": "perhaps"}).status_code == 422
    assert client.post(url, words).status_code == 302
    target.refresh_from_db()
    assert target.result == CheckResult.IN_ORDER


def test_another_city_records_nothing(target, outsider):
    with pytest.raises(PermissionDenied):
        record(target, outsider)


def test_it_is_not_recorded_before_the_self_check_began(deployed, case_officer):
    with pytest.raises(RuleBroken, match="动员部署"):
        record(deployed.targets.get(), case_officer)
