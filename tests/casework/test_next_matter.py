"""From matter to matter: a docket opened from a list leads on to the previous and the next one of that view."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import handover, search
from casework.models import Docket
from core import clock
from tests import factories
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _today():
    with clock.pinned(TODAY):
        yield


def make(violation, officer, number, days, **fields) -> Docket:
    due = TODAY + timedelta(days=days)
    docket = factories.make_lead(
        violation, officer=officer, department=officer.department, number=number, next_due_on=due, **fields
    )
    search.index(docket)
    return docket


@story
def three(case_officer, violation) -> list[Docket]:
    return [make(violation, case_officer, f"苏稀监立〔2026〕{n}号", n) for n in (1, 2, 3)]


def opened_from(client, view: str, number: str):
    """Follow the link of a row."""
    rows = client.get(view).context["table"]["rows"]
    row = next(row for row in rows if row["label"] == number)
    url = next(cell["url"] for cell in row["cells"] if isinstance(cell, dict) and "url" in cell)
    return client.get(url)


def numbers(client, response) -> list[str]:
    """The matters before and after; "" where there is none."""
    walk = response.context["walk"]
    return [client.get(url).context["docket"].number if url else "" for url in (walk.previous, walk.next)]


def test_a_matter_leads_to_those_before_and_after_it_in_the_view(case_officer, three, log_in):
    client = log_in(case_officer)
    first, second, third = (docket.number for docket in three)
    assert numbers(client, opened_from(client, "/cases/?tab=mine", second)) == [first, third]
    assert numbers(client, opened_from(client, "/cases/?tab=mine", first)) == ["", second]
    assert numbers(client, opened_from(client, "/cases/?tab=mine&sort=-due", second)) == [third, first]


def test_the_view_s_conditions_hold_for_the_neighbours_too(case_officer, violation, three, log_in):
    client = log_in(case_officer)
    make(violation, case_officer, "苏稀监立〔2026〕30号", 2, title="废水外排")
    make(violation, case_officer, "苏稀监立〔2026〕31号", 4, title="废水超标")
    opened = opened_from(client, "/cases/?tab=mine&q=废水", "苏稀监立〔2026〕30号")
    assert numbers(client, opened) == ["", "苏稀监立〔2026〕31号"]
    assert "q=" in opened.context["walk"].view


def test_who_did_not_come_from_a_list_is_led_nowhere(case_officer, three, log_in):
    client = log_in(case_officer)
    assert client.get(three[1].get_absolute_url()).context["walk"] is None
    opened_from(client, "/cases/?tab=mine", three[1].number)
    assert client.get(three[0].get_absolute_url()).context["walk"] is None


def test_the_walk_outlasts_the_other_pages_of_the_matter_and_acts_on_it(case_officer, three, log_in):
    client = log_in(case_officer)
    opened_from(client, "/cases/?tab=mine", three[1].number)
    history = client.get(f"{three[1].get_absolute_url()}history/")
    assert numbers(client, history) == [three[0].number, three[2].number]
    opened_from(client, "/cases/?tab=mine", three[1].number)
    noted = client.post(f"{three[1].get_absolute_url()}notes/", {"text": "已电话联系"}, follow=True)
    assert numbers(client, noted) == [three[0].number, three[2].number]


def test_an_act_that_moves_the_matter_does_not_move_the_officer(case_officer, three, log_in):
    """The first one's date is now the last: the next one is still the second."""
    client = log_in(case_officer)
    opened = opened_from(client, "/cases/?tab=mine", three[0].number)
    Docket.objects.filter(pk=three[0].pk).update(due_key=TODAY + timedelta(days=9))
    again = client.get(opened.request["PATH_INFO"])
    assert numbers(client, again) == ["", three[1].number]


def test_an_address_made_up_or_meant_for_another_matter_leads_nowhere(case_officer, three, log_in):
    client = log_in(case_officer)
    opened = opened_from(client, "/cases/?tab=mine", three[1].number)
    asked = opened.request["QUERY_STRING"]
    for made_up in (f"{asked}x", "from=tab%3Dmine%26at%3Dx", "from=%00", "from=due%3Dx", asked.replace("mine", "all")):
        assert client.get(f"{three[1].get_absolute_url()}?{made_up}").context["walk"] is None, made_up
    assert client.get(f"{three[0].get_absolute_url()}?{asked}").context["walk"] is None


def test_a_copied_address_leads_an_outsider_nowhere(case_officer, violation, three, outsider, second_officer, log_in):
    opened = opened_from(log_in(case_officer), "/cases/?tab=all", three[1].number)
    address = f"{opened.request['PATH_INFO']}?{opened.request['QUERY_STRING']}"
    assert log_in(outsider).get(address).status_code == 404
    foreign = make(violation, outsider, "徐稀监立〔2026〕1号", 2)
    colleague = log_in(second_officer)
    neighbours = numbers(colleague, colleague.get(address))
    assert neighbours == [three[0].number, three[2].number]
    assert foreign.number not in neighbours


def test_a_matter_handed_over_meanwhile_is_passed_by(case_officer, second_officer, head, three, log_in):
    client = log_in(case_officer)
    opened = opened_from(client, "/cases/?tab=mine", three[0].number)
    address = f"{opened.request['PATH_INFO']}?{opened.request['QUERY_STRING']}"
    handover.reassign(docket=three[1], to=second_officer, reason="分工调整", by=head)
    assert numbers(client, client.get(address)) == ["", three[2].number]


def test_the_neighbours_cost_the_same_however_long_the_list(case_officer, violation, three, log_in):
    client = log_in(case_officer)
    opened = opened_from(client, "/cases/?tab=mine", three[1].number)
    address = f"{opened.request['PATH_INFO']}?{opened.request['QUERY_STRING']}"

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    before = count()
    for n in range(60):
        make(violation, case_officer, f"苏稀监立〔2026〕{n + 100}号", n % 7)
    assert count() == before
