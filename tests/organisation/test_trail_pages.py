"""The auditor reads and verifies the trail; nobody else does."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import translation

import trail
from core import clock, jobs
from core.models import Job
from organisation.services import auditing
from trail import protection, sentences
from trail.models import Event
from trail.recording import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(case_officer, docket, outsider):
    """Three events by two officers on two days."""
    with transaction.atomic():
        trail.record("organisation.log_in", case_officer, by=case_officer)
        trail.record("casework.share", docket, by=case_officer, docket=docket, reason="协查", officer="某人")
    with clock.pinned(clock.now() - timedelta(days=3)), transaction.atomic():
        trail.record("organisation.log_in", outsider, by=outsider)
    return Event.objects.all()


def listed(client, **query):
    page = client.get("/trail/", query)
    assert page.status_code == 200
    return page.content.decode()


def test_the_auditor_reads_the_trail(log_in, auditor, told, case_officer, outsider):
    page = listed(log_in(auditor))
    assert f"{case_officer.name}登录" in page
    assert f"{outsider.name}登录" in page


def test_it_is_filtered_by_actor_act_days_and_subject(log_in, auditor, told, case_officer, outsider, docket):
    client = log_in(auditor)
    assert f"{outsider.name}登录" not in listed(client, actor=case_officer.username)
    assert f"{outsider.name}登录" in listed(client, actor=outsider.name)
    assert "协查" not in listed(client, verb="organisation.log_in")
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert f"{outsider.name}登录" not in listed(client, since=yesterday)
    assert f"{case_officer.name}登录" not in listed(client, until=yesterday)
    assert "协查" in listed(client, subject=docket.number)
    assert "协查" in listed(client, docket=docket.pk)
    assert "协查" not in listed(client, docket=docket.pk + 1)


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "系统"), ("en", "The portal")])
def test_what_the_portal_did_by_itself_is_found_by_the_name_it_is_shown_under(
    log_in, auditor, told, docket, language, name
):
    with transaction.atomic():
        trail.record("casework.share", docket, by=SYSTEM, docket=docket, reason="自动协查", officer="某人")
    auditor.language = language
    auditor.save(update_fields=["language"])
    page = listed(log_in(auditor), actor=name)
    assert "自动协查" in page
    assert page.count("协查") == page.count("自动协查")


@pytest.mark.parametrize("query", [{"since": "yesterday"}, {"docket": "x"}, {"docket": 10**30}, {"verb": "no.such"}])
def test_a_filter_that_makes_no_sense_is_said_in_words(log_in, auditor, told, query):
    assert "条件" in listed(log_in(auditor), **query)


def test_one_event_is_shown_with_its_fingerprints_and_changes(log_in, auditor, case_officer):
    with transaction.atomic():
        event = trail.record(
            "organisation.account_change",
            case_officer,
            by=case_officer,
            before={"post": "科员"},
            after={"post": "处长"},
        )
    page = log_in(auditor).get(f"/trail/{event.pk}/").content.decode()
    assert event.hash in page
    assert event.previous_hash in page
    assert "处长" in page
    assert "职务" in page


def test_nobody_else_reads_it(log_in, told, case_officer, head, sysadmin, secadmin, supervisor, outsider):
    for officer in (case_officer, head, sysadmin, secadmin, supervisor, outsider):
        client = log_in(officer)
        for url in ("/trail/", f"/trail/{told[0].pk}/", "/trail/verify/"):
            assert client.get(url).status_code == 403
        assert client.post("/trail/verify/").status_code == 403
        assert client.post("/trail/export/").status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("pk", ["0", "99999999", "99999999999999999999"])
def test_forged_ids_lead_nowhere(log_in, auditor, pk):
    client = log_in(auditor)
    assert client.get(f"/trail/{pk}/").status_code == 404
    assert client.get(f"/trail/verify/{pk}/").status_code == 404


def test_the_trail_is_verified_by_a_worker_and_found_whole(log_in, auditor, told, django_capture_on_commit_callbacks):
    client = log_in(auditor)
    answer = client.post("/trail/verify/")
    job = Job.objects.get(kind=auditing.KIND)
    assert answer["Location"] == f"/trail/verify/{job.pk}/"
    assert "操作留痕校验" in client.get(answer["Location"]).content.decode()
    polled = client.get(answer["Location"], headers={"HX-Request": "true"})
    assert polled.status_code == 200
    jobs.run(job.pk)
    page = client.get(answer["Location"]).content.decode()
    assert "操作留痕完整" in page
    assert client.get(answer["Location"], headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert Event.objects.filter(verb="organisation.trail_verify", actor_id=auditor.pk).count() == 1


@pytest.mark.sqlite_only
def test_a_trail_that_was_tampered_with_is_found_out(log_in, auditor, told):
    victim = told.order_by("pk").first()
    protection.remove(connection)
    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE trail_event SET actor_name = %s WHERE id = %s", ["冒名者", victim.pk])
    finally:
        protection.install(connection)
    client = log_in(auditor)
    client.post("/trail/verify/")
    job = Job.objects.get(kind=auditing.KIND)
    jobs.run(job.pk)
    page = client.get(f"/trail/verify/{job.pk}/").content.decode()
    assert "存在异常" in page
    assert victim.stream in page


def test_a_job_of_another_kind_is_not_shown_as_a_verification(log_in, auditor):
    other = Job.objects.create(kind="lists.export", not_before=clock.now(), created_at=clock.now())
    assert log_in(auditor).get(f"/trail/verify/{other.pk}/").status_code == 404


def test_every_act_of_this_floor_has_a_sentence():
    """An event nobody can read is no record."""
    import re
    from pathlib import Path

    from trail import sentences

    used = set()
    for path in Path("organisation").rglob("*.py"):
        used |= set(re.findall(r'record\(\s*"(organisation\.[a-z_]+)"', path.read_text()))
    assert len(used) > 15
    assert used <= sentences.known()


def test_a_row_says_on_which_matter_and_party_it_was(log_in, auditor, told, docket, outsider):
    client = log_in(auditor)
    page = listed(client, verb="casework.share")
    assert docket.number in page
    assert docket.enterprise.name in page
    assert f'href="/trail/?docket={docket.pk}"' in page
    assert docket.enterprise.name not in listed(client, verb="organisation.log_in")
    assert log_in(outsider).get("/trail/").status_code == 403


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_kinds_of_act_to_choose_from_read_as_a_list_of_facts(language):
    with translation.override(language):
        named = {verb: sentences.kind_of_act(verb) for verb in sentences.known()}
    patterns = [words for words in named.values() if not words or any(mark in words for mark in "…—%“(（")]
    assert patterns == []
    assert [words for words in named.values() if words[0].islower()] == []
    assert len(set(named.values())) == len(named)  # each is told from the others
    assert named["calendar.load"] == {"zh-hans": "录入工作日历", "en": "Working calendar loaded"}[language]
