"""Service by public notice: the last way, which counts after its days by itself."""

from datetime import date, timedelta

import pytest

from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from notices import service_rules, services
from notices.models import Failure, Method, Notice, Outcome, Service
from tests.notices.conftest import drawn

pytestmark = pytest.mark.django_db


def published(notice, by, **fields):
    return services.record_service(notice=notice, method=Method.PUBLIC, by=by, **{"published_in": "某日报", **fields})


def test_the_end_of_a_public_notice_locks_the_notice_before_its_service(printed, case_officer, heard, d30, locks):
    service = published(printed, case_officer, no_other_way="当事人下落不明")
    job = Job.objects.get(kind="notices.deem_served")
    locks.clear()
    with clock.pinned(clock.now() + timedelta(days=31)):
        jobs.run(job.pk)
    assert locks.index(Notice) < locks.index(Service)
    service.refresh_from_db()
    assert service.outcome == Outcome.SERVED


def test_a_public_notice_looked_at_too_early_waits_for_its_day(printed, case_officer, heard, d30):
    service = published(printed, case_officer, no_other_way="当事人下落不明")
    job = Job.objects.get(kind="notices.deem_served")
    Job.objects.filter(pk=job.pk).update(not_before=clock.now())
    jobs.run(job.pk)
    job.refresh_from_db()
    assert clock.local(job.not_before).date() == service.effective_on


def test_public_notice_is_the_last_way(printed, case_officer, d30):
    with pytest.raises(RuleBroken) as refusal:
        published(printed, case_officer)
    assert refusal.value.field == "no_other_way"
    services.record_attempt(notice=printed, method=Method.DIRECT, failure=Failure.MOVED, by=case_officer)
    assert published(printed, case_officer).outcome == Outcome.PENDING


def test_a_public_notice_counts_after_thirty_days_by_itself(printed, case_officer, heard, d30):
    begun = clock.today()
    service = published(printed, case_officer, no_other_way="当事人下落不明")
    assert service.effective_on == begun + timedelta(days=30)
    job = Job.objects.get(kind="notices.deem_served")
    assert jobs.run(job.pk) is None, "nothing runs before the day"
    with clock.pinned(begun + timedelta(days=30)):
        assert job.pk in jobs.lost(), "the sweep finds it on the day"
        jobs.run(job.pk)
        jobs.run(job.pk)
    service.refresh_from_db()
    assert (service.outcome, service.served_on) == (Outcome.SERVED, begun + timedelta(days=30))
    assert heard == [("served", begun + timedelta(days=30))]


def test_before_2022_a_public_notice_ran_sixty_days(approved, case_officer, d30):
    with clock.pinned(date(2021, 11, 1)):
        printed = drawn(services.issue(notice=approved, by=case_officer))
        service = published(printed, case_officer, no_other_way="当事人下落不明")
    assert service.effective_on == date(2021, 12, 31)
    assert service.basis == service_rules.BEFORE_2022


def test_a_public_notice_that_has_run_its_days_counts_at_once(approved, case_officer, heard, d30):
    begun = clock.now() - timedelta(days=40)
    with clock.pinned(begun):
        printed = drawn(services.issue(notice=approved, by=case_officer))
    service = published(printed, case_officer, at=begun, no_other_way="当事人下落不明")
    assert service.served_on == clock.local(begun).date() + timedelta(days=30)
    assert len(heard) == 1


def test_a_public_notice_is_not_completed_by_hand(printed, case_officer, d30):
    service = published(printed, case_officer, no_other_way="当事人下落不明")
    with pytest.raises(RuleBroken):
        services.complete_service(service=service, served_on=clock.today(), by=case_officer)


def test_without_the_period_in_the_statute_book_it_is_said(printed, case_officer):
    from casework.models import PeriodRule

    PeriodRule.objects.filter(code="D30").delete()
    with pytest.raises(RuleBroken) as refusal:
        published(printed, case_officer, no_other_way="当事人下落不明")
    assert "D30" in str(refusal.value)
