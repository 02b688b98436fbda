"""The pages on periods, calendar, reminders, messages and jobs: who may see them, what they say, what they refuse."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework import deadlines
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import CalendarEdition, Deadline, InboxMessage, Instrument, Pause, Reminder
from casework.reminders import schedule, sending, sweep
from core import clock, jobs
from core.models import Heartbeat, Job, JobState
from organisation import roles
from tests import factories
from tests.casework.test_calendar import YEAR_2027

D = date.fromisoformat
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prepared(monkeypatch, statute_book, synced_roles):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(DeadlineKind(code="test.handling", label="办案期限", rules=("D06",)))
    kinds.register(DeadlineKind(code="test.fine", label="缴纳罚款", rules=("D31",)))
    with clock.pinned(D("2026-11-20")):
        yield


@pytest.fixture
def deadline(docket, case_officer) -> Deadline:
    return deadlines.start(docket=docket, kind="test.handling", on=D("2026-09-01"), by=case_officer)


@pytest.fixture
def keeper(synced_roles, changzhou_epb):
    return factories.make_officer(roles.SYSTEM_ADMINISTRATOR, department=changzhou_epb)


def once(**fields):
    return {"_once": str(uuid.uuid4()), **fields}


# --- why this date -------------------------------------------------------------------------------------------------


def test_why_this_date_tells_rule_article_start_and_calendar(deadline, case_officer, log_in):
    page = log_in(case_officer).get(reverse("casework:why", args=[deadline.pk])).content.decode()
    for part in (
        "2026-11-30",
        "2026-09-01",
        "生态环境行政处罚办法(2023)第57条",
        "国务院办公厅关于2026年部分节假日安排的通知",
    ):
        assert part in page
    doc = log_in(case_officer).get(reverse("casework:why", args=[deadline.pk]) + "?format=json").json()
    assert doc["due_on"] == "2026-11-30"


def test_while_the_clock_is_stopped_the_reckoning_moves_with_the_day(deadline, case_officer, log_in, head):
    deadlines.pause(
        deadline=deadline,
        reason_code="hearing",
        reason="听证",
        document="3号",
        from_on=D("2026-11-11"),
        by=head,
    )
    url = reverse("casework:why", args=[deadline.pk])
    for today, due in (("2026-11-20", "2026-12-10"), ("2026-11-25", "2026-12-15")):
        with clock.pinned(D(today)):
            assert log_in(case_officer).get(url + "?format=json").json()["due_on"] == due
            assert due in log_in(case_officer).get(url).content.decode()


@pytest.mark.parametrize("name", ["why", "pause", "resume", "extend"])
def test_an_outsider_does_not_find_the_deadline(deadline, outsider, log_in, name):
    assert log_in(outsider).get(reverse(f"casework:{name}", args=[deadline.pk])).status_code in {403, 404}
    officer = factories.make_officer(roles.CASE_OFFICER, roles.DEPARTMENT_HEAD, department=outsider.department)
    assert log_in(officer).get(reverse(f"casework:{name}", args=[deadline.pk])).status_code == 404


def test_the_docket_shows_its_periods_with_what_may_be_done(deadline, case_officer, head, inspector, log_in):
    from casework.deadlines import showing

    def labels(viewer):
        [row] = showing.panel_all(deadline.docket, viewer)["rows"]
        return [action["url"] for action in row["actions"]]

    pause, extend = (reverse(f"casework:{name}", args=[deadline.pk]) for name in ("pause", "extend"))
    assert labels(case_officer) == []
    assert labels(head) == [pause, extend]
    assert labels(inspector) == []


# --- pause, resume, extend -----------------------------------------------------------------------------------------


PAUSE = {"reason_code": "hearing", "reason": "举行听证", "document": "常环听通〔2026〕3号", "from_on": "2026-11-10"}


def test_the_clock_is_stopped_and_started_again_in_the_browser(deadline, head, log_in):
    client = log_in(head)
    answer = client.post(reverse("casework:pause", args=[deadline.pk]), once(**PAUSE))
    assert answer.status_code == 302
    deadline.refresh_from_db()
    assert deadline.paused_since == D("2026-11-10")
    client.post(reverse("casework:resume", args=[deadline.pk]), once(to_on="2026-11-19", reason="听证结束"))
    deadline.refresh_from_db()
    assert (deadline.paused_since, deadline.due_on) == (None, D("2026-12-10"))


def test_d14_the_same_form_sent_twice_stops_the_clock_once(deadline, head, log_in):
    client, form = log_in(head), once(**PAUSE)
    for _press in range(2):
        client.post(reverse("casework:pause", args=[deadline.pk]), form)
    assert Pause.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"document": ""},
        {"from_on": "2026-11-21"},
        {"from_on": "gestern"},
        {"reason_code": "tender"},
        {"from_on": "2026-08-01"},
    ],
)
def test_a_wrong_pause_comes_back_with_its_reason_and_what_was_typed(deadline, head, log_in, fields):
    answer = log_in(head).post(reverse("casework:pause", args=[deadline.pk]), once(**{**PAUSE, **fields}))
    assert answer.status_code == 422
    assert not Pause.objects.exists()
    if "document" not in fields:
        assert "常环听通〔2026〕3号" in answer.content.decode()


def test_only_the_head_extends(deadline, case_officer, head, log_in):
    url = reverse("casework:extend", args=[deadline.pk])
    form = {"length": 30, "unit": "calendar_day", "reason": "案情复杂", "document": "常环延〔2026〕1号"}
    assert log_in(case_officer).post(url, once(**form)).status_code == 403
    assert log_in(head).post(url, once(**{**form, "length": 31})).status_code == 422
    assert log_in(head).post(url, once(**form)).status_code == 302
    deadline.refresh_from_db()
    assert deadline.due_on == D("2026-12-30")


def test_the_form_offers_only_the_unit_in_which_the_rule_is_extended(deadline, head, log_in):
    url = reverse("casework:extend", args=[deadline.pk])
    form = log_in(head).get(url).context["form"]
    assert [value for value, _label in form.fields["unit"].choices] == ["calendar_day"]
    fields = {"length": 30, "unit": "working_day", "reason": "案情复杂", "document": "常环延〔2026〕1号"}
    assert log_in(head).post(url, once(**fields)).status_code == 422


# --- statute book --------------------------------------------------------------------------------------------------


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


# --- calendar ------------------------------------------------------------------------------------------------------


def test_the_calendar_is_loaded_in_two_steps_by_who_may(deadline, docket, case_officer, keeper, log_in):
    fine = deadlines.start(docket=docket, kind="test.fine", on=D("2026-11-19"), by=case_officer)
    Deadline.objects.filter(pk=fine.pk).update(due_on=D("2027-01-04"), started_on=D("2026-12-20"), is_provisional=True)
    url, form = (
        reverse("casework:calendar_load"),
        {"year": 2027, "source": "试验通知", "text": YEAR_2027 + "2027-01-04,休,元旦"},
    )
    assert log_in(case_officer).get(url).status_code == 403
    client = log_in(keeper)
    assert client.get(url).status_code == 200
    answer = client.post(url, once(**form))
    assert answer.status_code == 200
    assert [(m.before, m.after) for m in answer.context["preview"]["moves"]] == [(D("2027-01-04"), D("2027-01-05"))]
    assert not CalendarEdition.objects.filter(year=2027).exists()
    form |= {"text": answer.context["preview"]["text"], "seen": answer.context["preview"]["fingerprint"]}
    answer = client.post(url, once(confirm="1", **form))
    assert answer.url == reverse("casework:calendar_year", args=[2027])
    fine.refresh_from_db()
    assert fine.due_on == D("2027-01-05")
    assert client.get(answer.url).status_code == 200


def test_a_preview_that_other_periods_have_joined_since_is_not_confirmed_unseen(docket, case_officer, keeper, log_in):
    client, url = log_in(keeper), reverse("casework:calendar_load")
    form = {"year": 2027, "source": "试验通知", "text": YEAR_2027 + "2027-01-04,休,元旦"}
    shown = client.post(url, once(**form)).context["preview"]
    form |= {"text": shown["text"], "seen": shown["fingerprint"]}
    with clock.pinned(D("2026-12-21")):
        deadlines.start(docket=docket, kind="test.fine", on=D("2026-12-20"), by=case_officer)
    answer = client.post(url, once(confirm="1", **form))
    assert answer.status_code == 422
    assert "与此前预览的不一致" in answer.content.decode()
    assert [m.after for m in answer.context["preview"]["moves"]] == [D("2027-01-05")]
    assert not CalendarEdition.objects.filter(year=2027).exists()
    form["seen"] = answer.context["preview"]["fingerprint"]
    assert client.post(url, once(confirm="1", **form)).status_code == 302
    assert CalendarEdition.objects.filter(year=2027).exists()


def test_a_calendar_with_errors_is_not_loaded_even_when_confirmed(keeper, log_in):
    answer = log_in(keeper).post(
        reverse("casework:calendar_load"),
        once(confirm="1", year=2027, source="试验", text="2027-01-01,休,元旦\nunsinn"),
    )
    assert answer.status_code == 422
    assert any("unsinn" in error for error in answer.context["preview"]["errors"])
    assert not CalendarEdition.objects.filter(year=2027).exists()


def test_a_file_is_read_and_a_disguised_one_refused_in_words(keeper, log_in):
    client, url = log_in(keeper), reverse("casework:calendar_load")
    good = SimpleUploadedFile("2027.csv", YEAR_2027.encode("gb18030"))
    assert client.post(url, once(year=2027, source="试验", file=good)).context["preview"]["errors"] == []
    for bad in (
        SimpleUploadedFile("2027.xlsx", b"MZ\x90\x00"),
        SimpleUploadedFile("2027.csv", b"\xff\xfe\x00\x81\xff"),
    ):
        assert client.post(url, once(year=2027, source="试验", file=bad)).status_code == 422


def test_from_november_the_calendar_page_calls_for_the_next_year(case_officer, log_in):
    answer = log_in(case_officer).get(reverse("casework:calendar"))
    assert answer.context["missing"]["tone"] == "amber"
    with clock.pinned(D("2026-12-15")):
        assert log_in(case_officer).get(reverse("casework:calendar")).context["missing"]["tone"] == "red"
        # The page of that very year says it once, in its own notice.
        page = log_in(case_officer).get(reverse("casework:calendar_year", args=[2027]))
        assert (page.context["missing"], page.context["unpublished_tone"]) == (None, "red")


# --- ledger, heartbeat, inbox, jobs --------------------------------------------------------------------------------


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


def test_a_message_is_opened_once_and_marked_read(case_officer, second_officer, docket, log_in):
    message = InboxMessage.objects.create(
        recipient=case_officer,
        docket=docket,
        kind="reminder",
        title="试验",
        url=docket.get_absolute_url(),
        at=clock.now(),
    )
    url = reverse("casework:message", args=[message.pk])
    assert log_in(second_officer).get(url).status_code == 404
    assert log_in(case_officer).get(url).url == docket.get_absolute_url()
    message.refresh_from_db()
    assert message.read_at is not None


def test_messages_are_marked_read_together_and_counted(case_officer, second_officer, log_in):
    for recipient in (case_officer, case_officer, second_officer):
        InboxMessage.objects.create(recipient=recipient, kind="reminder", title="试验", at=clock.now())
    client = log_in(case_officer)
    assert ">2<" in client.get(reverse("casework:inbox_unread")).content.decode()
    client.post(reverse("casework:inbox_read"), once())
    assert "bar-count" not in client.get(reverse("casework:inbox_unread")).content.decode()
    assert InboxMessage.objects.filter(read_at=None).get().recipient == second_officer


def test_a_message_never_leads_out_of_the_portal(case_officer, log_in):
    message = InboxMessage.objects.create(
        recipient=case_officer, kind="reminder", title="试验", url="https://elsewhere.example/", at=clock.now()
    )
    assert log_in(case_officer).get(reverse("casework:message", args=[message.pk])).status_code == 200


@pytest.fixture
def failed_job(case_officer):
    jobs.register("test.job", _nothing, label="试验任务")
    return Job.objects.create(
        kind="test.job", state=JobState.FAILED, error="KeyError: 'x'\nTraceback", requested_by_id=case_officer.pk,
        not_before=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip


def _nothing(job):
    return {}


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
