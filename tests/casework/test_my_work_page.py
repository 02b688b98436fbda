"""My work: what waits for this officer, the most urgent first, without a click."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import selectors
from casework.models import Deadline, Docket, DocketOfficer, Follow, Part
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _today():
    with clock.pinned(TODAY):
        yield


def make(officer, number, stage="investigating", days=None, **fields) -> Docket:
    due = TODAY + timedelta(days=days) if days is not None else None
    fields.setdefault("department", officer.department if officer else None)
    return factories.make_docket(officer=officer, number=number, stage=stage, next_due_on=due, **fields)


def with_the_party(docket: Docket) -> None:
    """The period of the party runs until the day the docket shows."""
    ends = dict.fromkeys(("due_on", "statutory_due_on", "target_on"), docket.next_due_on)
    Deadline.objects.create(
        docket=docket, kind="rectification.period", label="改正期限", basis="责令改正违法行为决定书", actor_side="party",
        started_on=TODAY - timedelta(days=9), started_by="送达", length=10, unit="calendar_day", **ends,
    )  # fmt: skip


def titles(response) -> list[str]:
    return [item["hint"].split(" · ")[0] for item in response.context["items"]]


def test_first_line_after_log_in_is_the_most_urgent_task(case_officer, log_in):
    make(case_officer, "甲号", days=9)
    make(case_officer, "乙号", days=-3)
    make(case_officer, "丙号")
    assert titles(log_in(case_officer).get("/")) == ["乙号", "甲号", "丙号"]


def test_what_waits_for_others_stands_apart(case_officer, log_in):
    make(case_officer, "办号", days=3)
    make(case_officer, "审号", stage="legal_review", days=2)
    with_the_party(make(case_officer, "改号", stage="rectifying", days=1))
    make(case_officer, "停号", is_paused=True)
    client = log_in(case_officer)
    assert titles(client.get("/")) == ["办号"]
    assert titles(client.get("/?show=waiting")) == ["改号", "审号", "停号"]


def test_reviewer_finds_what_waits_for_his_review(case_officer, legal_reviewer, head, outsider, log_in):
    make(case_officer, "审号", stage="legal_review", days=2)
    make(case_officer, "批号", stage="approval", days=2)
    assert titles(log_in(legal_reviewer).get("/")) == ["审号"]
    assert titles(log_in(head).get("/")) == ["批号"]
    assert titles(log_in(outsider).get("/")) == []


def test_co_handling_officer_finds_the_matter_too(case_officer, second_officer, log_in):
    docket = make(case_officer, "甲号")
    DocketOfficer.objects.create(docket=docket, officer=second_officer, part=Part.CO)
    assert titles(log_in(second_officer).get("/")) == ["甲号"]


def test_lights_count_late_close_waiting_and_unassigned(case_officer, head, log_in):
    make(case_officer, "迟号", days=-1)
    make(case_officer, "近号", days=2)
    make(case_officer, "审号", stage="approval", days=40)
    make(None, "缺号", department=case_officer.department)
    values = {stat["label"]: stat["value"] for stat in log_in(case_officer).get("/").context["stats"]}
    assert sorted(values.values()) == [1, 1, 1]
    of_head = {stat["label"]: stat["value"] for stat in log_in(head).get("/").context["stats"]}
    assert len(of_head) == 6
    assert 1 in of_head.values()


def test_what_upper_floors_add_stands_in_the_same_order(case_officer, log_in, monkeypatch):
    make(case_officer, "甲号", days=9)
    item = selectors.WorkItem(label="审批", url="/notices/1/", title="文1号 · 甲公司", due_on=TODAY)
    monkeypatch.setattr(selectors, "_providers", [lambda viewer: [item] if viewer == case_officer else []])
    assert titles(log_in(case_officer).get("/")) == ["文1号", "甲号"]


def test_following_a_matter_and_leaving_off(docket, second_officer, outsider, log_in):
    client = log_in(second_officer)
    follow = f"/follow/{docket.pk}/"
    client.post(follow, {"_once": str(uuid.uuid4())})
    assert titles(client.get("/?show=followed")) == [docket.number]
    client.post(follow, {"stop": "1", "_once": str(uuid.uuid4())})
    assert titles(client.get("/?show=followed")) == []
    assert log_in(outsider).post(follow).status_code == 404
    assert not Follow.objects.exists()


def test_a_followed_matter_that_may_no_longer_be_seen_is_gone(docket, outsider, log_in):
    Follow.objects.create(docket=docket, officer=outsider, since=clock.now())
    assert titles(log_in(outsider).get("/?show=followed")) == []


def test_what_one_began_is_listed_until_it_is_closed(case_officer, second_officer, log_in):
    make(second_officer, "甲号", opened_by=case_officer)
    make(second_officer, "乙号", opened_by=case_officer, closed_on=TODAY)
    assert titles(log_in(case_officer).get("/?show=started")) == ["甲号"]


def test_deputy_finds_the_work_of_the_absent_colleague(case_officer, second_officer, log_in):
    from organisation.models import Delegation

    make(case_officer, "甲号")
    Delegation.objects.create(
        principal=case_officer, deputy=second_officer, starts_on=TODAY, ends_on=TODAY, reason="出差",
        created_by=case_officer, created_at=clock.now(),
    )  # fmt: skip
    assert titles(log_in(second_officer).get("/")) == ["甲号"]


def test_supervisor_is_led_to_the_board(supervisor, case_officer, log_in):
    assert log_in(supervisor).get("/").context["boards"]
    assert not log_in(case_officer).get("/").context["boards"]


@pytest.mark.parametrize("show", ["", "waiting", "close", "followed", "started", "nonsense"])
def test_every_part_opens_for_everybody(show, case_officer, head, supervisor, auditor, sysadmin, outsider, log_in):
    for officer in (case_officer, head, supervisor, auditor, sysadmin, outsider):
        assert log_in(officer).get("/", {"show": show}).status_code == 200


def test_the_page_asks_the_same_number_of_questions_for_one_matter_and_for_forty(case_officer, head, log_in):
    make(case_officer, "0号", days=1)
    clients = {officer.pk: log_in(officer) for officer in (case_officer, head)}
    counts = {}
    for round_ in range(2):
        for pk, client in clients.items():
            client.get("/")
            with CaptureQueriesContext(connection) as asked:
                client.get("/")
            counts[pk, round_] = len(asked)
        for n in range(40):
            make(case_officer, f"{round_}-{n}号", stage="approval" if n % 2 else "investigating", days=n)
    for pk in clients:
        assert counts[pk, 1] <= counts[pk, 0] + 2  # his matters and their periods, where he had none
        assert counts[pk, 1] <= 22  # with what nobody handles yet, records left unsigned, penalties, measures


def test_whoever_watches_over_the_region_sees_what_is_late_in_it(
    supervisor, coordinator, case_officer, outsider, log_in
):
    make(case_officer, "迟号", days=-3)
    make(outsider, "徐迟", days=-1)
    make(case_officer, "近号", days=2)
    make(None, "缺号", department=case_officer.department)
    for officer in (supervisor, coordinator):
        client = log_in(officer)
        page = client.get("/")
        assert titles(page) == ["迟号", "徐迟"]
        assert [stat["value"] for stat in page.context["stats"]] == [2, 1, 1]
        for stat in page.context["stats"]:
            listed = client.get(stat["url"])
            assert len(listed.context["table"]["rows"]) == stat["value"]
    assert "徐迟" not in log_in(case_officer).get("/", {"show": "region"}).content.decode()


def test_a_tab_counts_what_the_figure_of_the_same_name_counts(case_officer, log_in):
    for n, days in enumerate((-5, -1, 0, 2, 60)):
        make(case_officer, f"{n}号", days=days)
    page = log_in(case_officer).get("/")
    figures = {str(stat["label"]): stat["value"] for stat in page.context["stats"]}
    tabs = {str(tab["label"]): tab["count"] for tab in page.context["tabs"]}
    shared = figures.keys() & tabs.keys()
    assert len(shared) == 3
    assert {label: figures[label] for label in shared} == {label: tabs[label] for label in shared}
    assert sorted(figures.values()) == [0, 2, 2]
