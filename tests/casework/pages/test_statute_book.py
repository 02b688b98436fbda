"""The pages of the statute book: who opens them, what a rule answers for a date."""

import pytest
from django.urls import reverse

from casework.models import Instrument
from tests.casework.pages.forms import D

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["periods", "statute_book", "calendar", "inbox", "jobs", "reminders"])
def test_every_page_opens_for_an_officer_and_asks_others_to_log_in(name, case_officer, log_in, client):
    assert log_in(case_officer).get(reverse(f"casework:{name}")).status_code == 200
    assert client.get(reverse(f"casework:{name}")).status_code == 302


def test_a_date_is_tried_on_a_rule(case_officer, log_in):
    client, url = log_in(case_officer), reverse("casework:rule", args=["D31"])
    page = client.get(url, {"start": "2025-09-22"}).content.decode()
    assert "2025-10-09" in page
    page = client.get(url, {"start": "2026-12-20"}).content.decode()
    assert "2027-01-04" in page
    page = client.get(
        url, {"start": "2026-03-02", "pause_from": "2026-03-05", "pause_to": "2026-03-14", "extension": "10"}
    )
    assert "2026-04-07" in page.content.decode()  # 17 March, ten days not counted, ten more: 6 April is Qingming


def test_a_rule_that_gives_no_date_says_why(case_officer, log_in):
    client = log_in(case_officer)
    page = client.get(reverse("casework:rule", args=["D01"]), {"start": "2025-01-06"}).content.decode()
    assert "D02" in page
    page = client.get(reverse("casework:rule", args=["D09"]), {"start": "2025-01-06"}).content.decode()
    assert "24" in page
    assert client.get(reverse("casework:rule", args=["D31"]), {"start": "2025-02-31"}).status_code == 200
    assert client.get(reverse("casework:rule", args=["D999"])).status_code == 404


def test_the_statute_book_tells_versions_apart_by_the_day(case_officer, log_in):
    old = Instrument.objects.get(title="行政处罚法(1996/2009/2017)")
    new = Instrument.objects.get(title="行政处罚法(2021修订)")
    url = reverse("casework:instrument", args=[old.pk])
    for on, in_force in (("2012-01-29", old), ("2026-11-20", new)):
        answer = log_in(case_officer).get(url, {"on": on})
        assert [v["row"] for v in answer.context["versions"] if v["in_force"]] == [in_force]


def test_policy_is_marked_as_no_basis_and_doubt_is_shown(case_officer, log_in):
    policy = Instrument.objects.get(document_number="苏政发〔2012〕6号")
    assert not policy.founds_penalties
    assert policy.needs_check  # 是否失效须核对
    answer = log_in(case_officer).get(reverse("casework:instrument", args=[policy.pk]))
    assert len(answer.context["provisions"]) >= 6
    suspended = Instrument.objects.get(suspended_from__isnull=False)
    assert not suspended.is_in_force(D("2026-01-01"))
    assert suspended.is_in_force(D("2026-11-20"))
