"""Work in the background as its officer sees it: tried again, stopped, never by a link."""

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Reminder
from core.models import Job, JobState
from tests.casework.pages.forms import once

pytestmark = pytest.mark.django_db


def test_an_officer_sees_his_own_jobs_the_keeper_all(failed_job, case_officer, second_officer, keeper, log_in):
    url = reverse("casework:job", args=[failed_job.pk])
    assert log_in(second_officer).get(url).status_code == 404
    assert "Traceback" not in log_in(case_officer).get(url).content.decode()
    assert "Traceback" in log_in(keeper).get(url).content.decode()
    assert "试验任务" not in log_in(second_officer).get(reverse("casework:jobs")).content.decode()
    assert "试验任务" in log_in(keeper).get(reverse("casework:jobs")).content.decode()


def test_a_failed_job_is_tried_again_and_a_waiting_one_stopped(failed_job, case_officer, second_officer, log_in):
    retry, cancel = (reverse(f"casework:job_{verb}", args=[failed_job.pk]) for verb in ("retry", "cancel"))
    assert log_in(second_officer).post(retry, once()).status_code == 404
    client = log_in(case_officer)
    client.post(retry, once())
    failed_job.refresh_from_db()
    assert failed_job.state == JobState.QUEUED
    client.post(cancel, once())
    failed_job.refresh_from_db()
    assert failed_job.state == JobState.CANCELLED
    client.post(cancel, once())  # over already: said, nothing done
    assert client.get(reverse("casework:job_progress", args=[failed_job.pk])).status_code == 200


def test_a_job_that_must_run_offers_no_button_and_says_so_to_whoever_posts(case_officer, log_in):
    job = Job.objects.create(
        kind="notices.deem_served", requested_by_id=case_officer.pk, not_before=timezone.now(),
        created_at=timezone.now(),
    )  # fmt: skip
    client, cancel = log_in(case_officer), reverse("casework:job_cancel", args=[job.pk])
    assert cancel not in client.get(reverse("casework:job", args=[job.pk])).content.decode()
    page = client.post(cancel, once(), follow=True).content.decode()
    assert "不能停止" in page
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_a_stopped_job_offers_another_try(failed_job, case_officer, log_in):
    Job.objects.filter(pk=failed_job.pk).update(state=JobState.CANCELLED)
    page = log_in(case_officer).get(reverse("casework:job", args=[failed_job.pk])).content.decode()
    assert reverse("casework:job_retry", args=[failed_job.pk]) in page


def test_nobody_changes_anything_by_a_link(deadline, failed_job, case_officer, log_in):
    client = log_in(case_officer)
    for name, args in (("job_retry", [failed_job.pk]), ("job_cancel", [failed_job.pk]), ("inbox_read", [])):
        assert client.get(reverse(f"casework:{name}", args=args)).status_code == 405
    assert not Reminder.objects.exists()
