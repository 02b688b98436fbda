"""What was sent and why not; which task of the schedule ran."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from casework.reminders import schedule, sending, sweep
from core import clock
from core.models import Heartbeat
from tests.casework.pages.forms import D

pytestmark = pytest.mark.django_db


def test_the_ledger_shows_what_was_sent_and_why_not(deadline, case_officer, outsider, log_in):
    with clock.pinned(D("2026-11-29")):
        sweep.plan()
        sending.send_all()
    page = log_in(case_officer).get(reverse("casework:reminders")).content.decode()
    assert page.count(deadline.docket.number) >= 4  # one sent, three overtaken
    assert deadline.docket.number not in log_in(outsider).get(reverse("casework:reminders")).content.decode()
    page = log_in(case_officer).get(reverse("casework:reminders"), {"state": "sent"}).content.decode()
    assert page.count(f'href="{reverse("casework:why", args=[deadline.pk])}"') == 1


def test_d13_the_heartbeat_page_is_red_where_a_task_did_not_run(keeper, case_officer, log_in, monkeypatch):
    url = reverse("casework:heartbeats")
    monkeypatch.setattr(schedule, "set_up_at", lambda: clock.now() - timedelta(days=3))
    assert log_in(case_officer).get(url).status_code == 403
    Heartbeat.objects.create(name="casework.sweep_reminders", started_at=clock.now(), finished_at=clock.now(), runs=1)
    with clock.pinned(D("2026-11-17")):
        Heartbeat.objects.create(
            name="casework.send_reminders", started_at=clock.now(), finished_at=clock.now(), runs=9
        )
    Heartbeat.objects.create(
        name="core.sweep_jobs", started_at=clock.now(), finished_at=clock.now(), runs=9, error="KeyError: 1"
    )
    beats = {beat["name"]: beat["tag"]["tone"] for beat in log_in(keeper).get(url).context["beats"]}
    assert beats["casework.sweep_reminders"] == "green"
    assert beats["casework.send_reminders"] == "red"  # three days ago
    assert beats["core.sweep_jobs"] == "red"  # failed
    assert beats["casework.send_digests"] == "red"  # never ran


def test_a_task_whose_first_time_has_not_come_yet_is_not_called_ill(keeper, log_in, monkeypatch):
    began = datetime(2026, 11, 20, 9, 0, tzinfo=clock.SHANGHAI)
    monkeypatch.setattr(schedule, "set_up_at", lambda: began)

    def seen(after):
        with clock.pinned(began + after):
            context = log_in(keeper).get(reverse("casework:heartbeats")).context
        return {beat["name"]: beat["tag"]["tone"] for beat in context["beats"]}, context["stats"][0]["value"]

    tones, ill = seen(timedelta(seconds=20))
    assert (set(tones.values()), ill) == ({"grey"}, 0)
    tones, _ill = seen(timedelta(hours=2))
    assert (tones["core.sweep_jobs"], tones["trail.seal"], tones["core.tidy"]) == ("red", "red", "grey")
    tones, ill = seen(timedelta(days=1))
    assert (set(tones.values()), ill) == ({"red"}, len(tones))


def test_every_entry_of_the_schedule_has_words_and_a_next_time(keeper, log_in):
    from casework.reminders import pages
    from rareearth.celery import BEAT

    assert set(pages.task_words()) == set(BEAT)
    for entry in BEAT.values():
        assert schedule.next_after(entry["schedule"], clock.now()) > clock.now()
        assert schedule.rhythm(entry["schedule"])
