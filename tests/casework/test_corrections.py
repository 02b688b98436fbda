"""Defect D11: wrong entries on a period are put right in the browser, with a reason, and nothing is rewritten."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from casework import deadlines, services
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline, Extension, Pause
from core import clock
from core.errors import RuleBroken
from organisation import roles
from tests import factories
from tests.plugins.stories import story
from trail.models import Event

D = date.fromisoformat
pytestmark = pytest.mark.django_db
RULE = "test.handling"


@pytest.fixture(autouse=True)
def prepared(monkeypatch, statute_book, synced_roles):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(DeadlineKind(code=RULE, label="办案期限", rules=("D06",)))
    with clock.pinned(D("2026-11-20")):
        yield


@story
def deadline(docket, case_officer) -> Deadline:
    """Ninety days from 1 September: due on 30 November 2026."""
    return deadlines.start(docket=docket, kind=RULE, on=D("2026-09-01"), by=case_officer)


@story
def pause(deadline, head) -> Pause:
    """Ten days that should have been five: until 19 instead of 14 September."""
    made = deadlines.pause(
        deadline=deadline, reason_code="hearing", reason="举行听证", document="常环听通〔2026〕3号",
        from_on=D("2026-09-10"), by=head,
    )  # fmt: skip
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    made.refresh_from_db()
    return made


@story
def extension(deadline, head) -> Extension:
    return deadlines.extend(deadline=deadline, length=30, reason="案情复杂", document="常环延〔2026〕1号", by=head)


def once(**fields):
    return {"_once": str(uuid.uuid4()), **fields}


def due(deadline) -> date:
    return Deadline.objects.get(pk=deadline.pk).due_on


def why(client, deadline) -> str:
    return client.get(reverse("casework:why", args=[deadline.pk])).content.decode()


def reasons_in_the_trail(deadline, verb) -> list[str]:
    events = Event.objects.filter(verb=verb, subject_type="casework.deadline", subject_id=str(deadline.pk))
    return [event.facts["reason"] for event in events]


# --- met or cancelled wrongly --------------------------------------------------------------------------------------


def test_a_wrong_met_is_taken_back_in_the_browser(deadline, case_officer, head, log_in):
    deadlines.meet(deadline=deadline, on=D("2026-11-19"), by=case_officer)
    url, client = reverse("casework:reopen_deadline", args=[deadline.pk]), log_in(head)
    assert url in why(client, deadline)
    assert client.post(url, once(reason=" ")).status_code == 422
    assert client.post(url, once(reason="尚未办结")).status_code == 302
    deadline.refresh_from_db()
    assert (deadline.met_on, deadline.docket.next_due_on) == (None, D("2026-11-30"))
    assert reasons_in_the_trail(deadline, "deadline.reopen") == ["尚未办结"]
    assert url not in why(client, deadline)
    answer = client.post(url, once(reason="再来一次"))
    assert answer.status_code == 422


def test_a_period_is_cancelled_and_the_cancelling_taken_back(deadline, head, log_in):
    client = log_in(head)
    cancel, reopen = (reverse(f"casework:{verb}_deadline", args=[deadline.pk]) for verb in ("cancel", "reopen"))
    assert cancel in why(client, deadline)
    client.post(cancel, once(reason="误启动"))
    deadline.refresh_from_db()
    assert (deadline.cancelled_on, deadline.cancel_reason) == (D("2026-11-20"), "误启动")
    client.post(reopen, once(reason="撤销有误"))
    deadline.refresh_from_db()
    assert deadline.is_open
    assert reasons_in_the_trail(deadline, "deadline.cancel") == ["误启动"]


def test_why_a_period_was_cancelled_is_kept_whole_or_refused(deadline, head):
    with pytest.raises(RuleBroken, match="300") as refused:
        deadlines.cancel(deadline=deadline, reason="误" * 301, by=head)
    assert refused.value.field == "reason"
    deadlines.cancel(deadline=deadline, reason="误" * 300, by=head)
    deadline.refresh_from_db()
    assert deadline.cancel_reason == "误" * 300


def test_what_was_cancelled_does_not_run_again_beside_the_one_that_took_its_place(deadline, case_officer, head):
    deadlines.cancel(deadline=deadline, reason="误启动", by=head)
    deadlines.start(docket=deadline.docket, kind=RULE, on=D("2026-09-01"), by=case_officer)
    with pytest.raises(RuleBroken, match="已"):
        deadlines.reopen(deadline=deadline, reason="撤销有误", by=head)


# --- pauses --------------------------------------------------------------------------------------------------------


def test_a_pause_of_wrong_days_is_corrected_by_a_new_entry(deadline, pause, head, log_in):
    client, url = log_in(head), reverse("casework:correct_pause", args=[pause.pk])
    assert due(deadline) == D("2026-12-10")
    assert url in why(client, deadline)
    form = {"from_on": "2026-09-10", "to_on": "2026-09-14", "document": pause.document, "reason": "截止日录错"}
    assert client.post(url, once(**form)).status_code == 302
    assert due(deadline) == D("2026-12-05")
    wrong, right = Pause.objects.order_by("pk")
    assert (wrong.from_on, wrong.to_on) == (pause.from_on, pause.to_on)
    assert (wrong.taken_back_by, wrong.taken_back_reason) == (head, "截止日录错")
    assert (right.to_on, right.reason_code, right.stands) == (D("2026-09-14"), "hearing", True)
    page = why(client, deadline)
    assert "已撤回" in page
    assert "截止日录错" in page
    assert reasons_in_the_trail(deadline, "deadline.correct_pause") == ["截止日录错"]
    assert client.post(url, once(**form)).status_code == 422  # already taken back


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"document": ""},
        {"to_on": "2026-09-09"},
        {"to_on": "2026-11-21"},
        {"from_on": "2026-08-31"},
        {"from_on": "2026-11-21", "to_on": ""},
        {"from_on": "2026-09-10", "to_on": "2026-09-19"},  # what is on file
    ],
)
def test_a_wrong_correction_changes_nothing_and_comes_back_with_its_reason(deadline, pause, head, log_in, fields):
    form = {"from_on": "2026-09-10", "to_on": "2026-09-14", "document": pause.document, "reason": "截止日录错"}
    url = reverse("casework:correct_pause", args=[pause.pk])
    assert log_in(head).post(url, once(**{**form, **fields})).status_code == 422
    assert Pause.objects.get().stands
    assert due(deadline) == D("2026-12-10")


def test_a_pause_that_was_ended_too_soon_stands_open_again(deadline, pause, case_officer, head):
    facts = {"from_on": pause.from_on, "to_on": None, "document": pause.document, "reason": "尚未恢复"}
    deadlines.correct_pause(pause=pause, by=head, **facts)
    deadline.refresh_from_db()
    assert deadline.paused_since == D("2026-09-10")
    deadlines.resume(deadline=deadline, to_on=D("2026-09-30"), reason="中止原因消除", by=head)
    assert due(deadline) == D("2026-12-21")


def test_a_pause_taken_back_counts_no_more_and_the_clock_runs(deadline, case_officer, head, log_in):
    pause = deadlines.pause(
        deadline=deadline,
        reason_code="hearing",
        reason="听证",
        document="3号",
        from_on=D("2026-11-10"),
        by=head,
    )
    client, url = log_in(head), reverse("casework:take_back_pause", args=[pause.pk])
    assert client.post(url, once(reason="未举行听证")).status_code == 302
    deadline.refresh_from_db()
    assert (deadline.paused_since, deadline.due_on) == (None, D("2026-11-30"))
    assert deadline.docket.is_paused is False
    assert "未举行听证" in why(client, deadline)
    again = deadlines.pause(
        deadline=deadline,
        reason_code="hearing",
        reason="听证",
        document="4号",
        from_on=D("2026-11-19"),
        by=head,
    )
    assert again.stands


def test_a_period_already_met_is_judged_by_the_corrected_days(deadline, pause, case_officer, head):
    deadlines.meet(deadline=deadline, on=D("2026-11-20"), by=case_officer)
    deadlines.take_back_pause(pause=pause, reason="误录", by=head)
    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.met_on) == (D("2026-11-30"), D("2026-11-20"))


# --- extensions ----------------------------------------------------------------------------------------------------


def test_an_extension_granted_by_mistake_is_taken_back_and_may_be_granted_anew(deadline, extension, head, log_in):
    assert due(deadline) == D("2026-12-30")
    client, url = log_in(head), reverse("casework:take_back_extension", args=[extension.pk])
    assert client.post(url, once(reason="误批")).status_code == 302
    assert due(deadline) == D("2026-11-30")
    extension.refresh_from_db()
    assert (extension.length, extension.taken_back_reason) == (30, "误批")
    assert "误批" in why(client, deadline)
    assert reasons_in_the_trail(deadline, "deadline.take_back_extension") == ["误批"]
    fields = {"length": 15, "unit": "calendar_day", "reason": "案情复杂", "document": "常环延〔2026〕2号"}
    assert client.post(reverse("casework:extend", args=[deadline.pk]), once(**fields)).status_code == 302
    assert due(deadline) == D("2026-12-15")


# --- who may -------------------------------------------------------------------------------------------------------


@story
def urls(deadline, pause, extension) -> list[str]:
    rows = {
        "cancel_deadline": deadline, "reopen_deadline": deadline, "correct_pause": pause, "take_back_pause": pause,
        "take_back_extension": extension,
    }  # fmt: skip
    return [reverse(f"casework:{name}", args=[row.pk]) for name, row in rows.items()]


def test_an_outsider_finds_none_of_it_even_as_a_head(urls, deadline, outsider, log_in):
    stranger = factories.make_officer(roles.DEPARTMENT_HEAD, department=outsider.department)
    form = {"reason": "试", "from_on": "2026-09-10", "to_on": "2026-09-14", "document": "1号"}
    for url in urls:
        for officer in (outsider, stranger):
            assert log_in(officer).get(url).status_code == 404
            assert log_in(officer).post(url, once(**form)).status_code == 404
    assert due(deadline) == D("2027-01-09")
    assert not Event.objects.filter(verb__in=["deadline.cancel", "deadline.correct_pause"]).exists()


def test_who_handles_the_case_sees_the_entries_but_corrects_none(
    urls, deadline, pause, extension, case_officer, log_in
):
    client = log_in(case_officer)
    form = {"reason": "试", "from_on": "2026-09-10", "to_on": "2026-09-14", "document": "1号"}
    page = why(client, deadline)
    assert "常环听通〔2026〕3号" in page
    for url in urls:
        assert url not in page
        assert client.post(url, once(**form)).status_code == 403
    assert due(deadline) == D("2027-01-09")
    assert Pause.objects.get().stands
    assert Extension.objects.get().stands


def test_d14_the_same_correction_sent_twice_makes_one_new_entry(pause, head, log_in):
    client, url = log_in(head), reverse("casework:correct_pause", args=[pause.pk])
    form = once(from_on="2026-09-10", to_on="2026-09-14", document="1号", reason="截止日录错")
    for _press in range(2):
        client.post(url, form)
    assert Pause.objects.count() == 2


def test_a_closed_docket_keeps_its_periods_as_they_are(deadline, pause, case_officer, head):
    deadlines.meet(deadline=deadline, on=D("2026-11-20"), by=case_officer)
    services.close_docket(deadline.docket, by=head)
    with pytest.raises(RuleBroken):
        deadlines.take_back_pause(pause=pause, reason="误录", by=head)


# --- the event lies on another day ---------------------------------------------------------------------------------


def test_a_period_runs_from_the_right_day_with_its_pauses_and_extensions(deadline, pause, extension, head):
    again = deadlines.restart(deadline=deadline, on=D("2026-09-03"), reason="起算日录错", by=head)
    deadline.refresh_from_db()
    assert deadline.cancel_reason == "起算日录错"
    assert again.due_on == D("2027-01-11")  # two days later than from 1 September
    assert [again.pauses.standing().count(), again.extensions.standing().count()] == [1, 1]
    assert [deadline.pauses.count(), deadline.extensions.count()] == [1, 1]
    assert reasons_in_the_trail(again, "deadline.restart") == ["起算日录错"]


def test_a_period_met_stays_met_from_the_right_day_and_is_refused_a_day_after_that(deadline, case_officer, head):
    deadlines.meet(deadline=deadline, on=D("2026-09-10"), by=case_officer)
    with pytest.raises(RuleBroken, match="2026-09-10"):
        deadlines.restart(deadline=deadline, on=D("2026-09-11"), reason="起算日录错", by=head)
    again = deadlines.restart(deadline=deadline, on=D("2026-09-02"), reason="起算日录错", by=head)
    again.refresh_from_db()
    assert (again.met_on, again.due_on) == (D("2026-09-10"), D("2026-12-01"))
