"""The pages of a period: why this date, stopping, extending; who may, what is refused."""

import pytest
from django.urls import reverse

from casework import deadlines
from casework.models import Pause
from core import clock
from organisation import roles
from tests import factories
from tests.casework.pages.forms import D, once

pytestmark = pytest.mark.django_db
PAUSE = {"reason_code": "hearing", "reason": "举行听证", "document": "常环听通〔2026〕3号", "from_on": "2026-11-10"}


def test_why_this_date_tells_rule_article_start_and_calendar(deadline, case_officer, log_in):
    page = log_in(case_officer).get(reverse("casework:why", args=[deadline.pk])).content.decode()
    for part in (
        "2026-11-30",
        "2026-09-01",
        "生态环境行政处罚办法（2023）第五十七条",
        "国务院办公厅关于2026年部分节假日安排的通知",
    ):
        assert part in page
    doc = log_in(case_officer).get(reverse("casework:why", args=[deadline.pk]) + "?format=json").json()
    assert doc["due_on"] == "2026-11-30"


def test_the_day_of_a_period_that_has_ended_is_not_provisional_any_more(docket, case_officer, log_in):
    with clock.pinned(D("2026-11-20")):
        running = deadlines.start(
            docket=docket, kind="test.handling", on=D("2026-11-10"), by=case_officer, reason_event="立案"
        )
        url = reverse("casework:why", args=[running.pk])
        page = log_in(case_officer).get(url).content.decode()
        assert "暂定日期" in page
        assert "2027年工作日历尚未录入，该年日期暂按" in page
        deadlines.meet(deadline=running, on=D("2026-11-19"), by=case_officer)
        page = log_in(case_officer).get(url).content.decode()
    assert "2027-02-08" in page
    assert "推算时2027年工作日历尚未录入" in page  # it may have been loaded since
    assert "暂定日期" not in page  # what was written when it began stays in its history


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


def test_a_period_set_by_a_document_names_its_basis_once(docket, case_officer, log_in):
    with clock.pinned(D("2026-09-01")):
        running = deadlines.start(
            docket=docket,
            kind="rectification.period",
            on=D("2026-09-01"),
            by=case_officer,
            length=30,
            reason_event="送达",
        )
        page = log_in(case_officer).get(reverse("casework:why", args=[running.pk]))
    assert page.context["why"]["rule"] == ""
    assert page.context["why"]["article"] == "责令改正违法行为决定书；行政处罚法第二十八条"
    assert "<dt>期限规则</dt>" not in page.content.decode()
