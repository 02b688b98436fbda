"""The history of a docket: whole, page by page, in words."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import trail
from casework import evidence, handover, history, notes, services
from casework.deadlines import services as deadlines
from core import clock
from tests.casework.test_evidence import add
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


@story
def long(written, case_officer):
    """Some hundreds of events on a case."""
    with transaction.atomic():
        for number in range(230):
            trail.record(
                "casework.share", written.docket, by=case_officer, docket=written.docket, officer=f"第{number}人"
            )
    return written.docket


def titles(response) -> list[str]:
    return [event["title"] for event in response.context["history"]["events"]]


def walk(client, first: str, direction: str) -> list:
    pages = [client.get(first)]
    while url := pages[-1].context["history"]["pager"].get(direction):
        pages.append(client.get(first.partition("?")[0] + url))
    return pages


def test_every_event_stands_on_one_page_and_on_one_only_and_back_leads_the_same_way(long, case_officer, log_in):
    client, address = log_in(case_officer), f"/dockets/{long.pk}/history/"
    every = Event.objects.filter(docket_id=long.pk).count()
    assert every > 230
    pages = walk(client, address, "next_url")
    assert [len(titles(page)) for page in pages] == [50, 50, 50, 50, every - 200]
    told = [found.group(1) for page in pages for title in titles(page) if (found := re.search(r"第(\d+)人", title))]
    assert told == [str(number) for number in range(229, -1, -1)]
    assert f"第 201–{every} 条，共 {every} 条" in pages[-1].content.decode()
    assert 'rel="prev">' in pages[-1].content.decode()  # the keys [ and ] lead from matter to matter here
    at = pages[-2].context["history"]["pager"]["next_url"]
    back = walk(client, address + at, "prev_url")
    assert [titles(page) for page in back] == [titles(page) for page in reversed(pages)]


def test_a_page_costs_the_same_however_long_the_history_is(long, case_officer, log_in):
    client, address = log_in(case_officer), f"/dockets/{long.pk}/history/"
    pages = walk(client, address, "next_url")

    def statements(url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    middle = [address + page.context["history"]["pager"]["next_url"] for page in pages[:3]]
    assert len({statements(url) for url in middle}) == 1


def test_new_events_meanwhile_move_nothing_on_the_next_page(long, case_officer, log_in):
    client, address = log_in(case_officer), f"/dockets/{long.pk}/history/"
    first = client.get(address)
    following = address + first.context["history"]["pager"]["next_url"]
    expected = titles(client.get(following))
    notes.add(docket=long, text="新的备注", by=case_officer)
    assert titles(client.get(following)) == expected


@pytest.mark.parametrize("at", ["x", "WzEsMSwwLDBd:forged", "%00", "9" * 400])
def test_a_damaged_address_shows_the_first_page_and_says_so(long, case_officer, log_in, at):
    page = log_in(case_officer).get(f"/dockets/{long.pk}/history/", {"at": at})
    assert page.status_code == 200
    assert page.context["history"]["damaged"]
    assert len(titles(page)) == 50


def test_the_place_in_one_history_opens_no_other(long, docket, case_officer):
    mark = history.page(long, "")["pager"]["next_url"].removeprefix("?at=")
    assert history.page(docket, mark)["damaged"]


def test_an_outsider_finds_no_page_of_it(long, outsider, log_in):
    mark = history.page(long, "")["pager"]["next_url"]
    assert log_in(outsider).get(f"/dockets/{long.pk}/history/{mark}").status_code == 404


def test_a_short_history_has_no_pager(docket, case_officer):
    notes.add(docket=docket, text="一", by=case_officer)
    assert history.page(docket, "")["pager"] == {}


def changed(docket, verb: str) -> dict[str, tuple[str, str]]:
    entry = next(e for e in _entries(docket) if e["verb"] == verb)
    return {change["field"]: (change["before"], change["after"]) for change in entry["changes"]}


def _entries(docket):
    events = list(Event.objects.filter(docket_id=docket.pk).order_by("-id"))
    return [{"verb": event.verb, **told} for event, told in zip(events, history.latest(docket, 500), strict=True)]


def test_a_handing_over_a_period_and_a_restriction_say_what_was_before_and_after(
    written, head, case_officer, inspector
):
    docket = written.docket
    handover.reassign(docket=docket, to=inspector, reason="休假", by=head)
    assert changed(docket, "casework.reassign") == {"承办人": (case_officer.name, inspector.name)}
    services.restrict(docket=docket, reason="涉密", by=head)
    assert changed(docket, "casework.restrict") == {"知悉范围": ("内部", "限制知悉")}
    deadline = docket.deadlines.get()
    before = deadline.due_on
    with clock.pinned(deadline.started_on):
        deadlines.extend(deadline=deadline, length=30, reason="案情复杂", document="延期审批表", by=head)
    deadline.refresh_from_db()
    assert changed(docket, "deadline.extend")["届满日期"] == (before.isoformat(), deadline.due_on.isoformat())


def test_evidence_is_told_with_its_kind_and_fingerprint(docket, case_officer):
    kept = add(docket, case_officer)
    evidence.withdraw(evidence=kept, reason="页码不全", by=case_officer)
    withdrawn, added = history.latest(docket, 2)
    assert [fact["value"] for fact in added["facts"]] == ["书证", kept.sha256]
    assert [fact["value"] for fact in withdrawn["facts"]] == [kept.sha256]
    assert withdrawn["reason"] == "页码不全"


def test_a_whole_case_is_told_without_a_word_of_the_machine(served, case_officer):
    """No name of a column or of a code stands in the history that case officers read."""
    words = [
        text
        for entry in history.latest(served.docket, 500)
        for row in [*entry["changes"], *entry["facts"]]
        for text in row.values()
    ]
    assert len(words) > 20
    assert [text for text in words if re.fullmatch(r"[a-z_ ]+", text)] == []
