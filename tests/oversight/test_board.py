"""The supervisor's board: every figure is the size of the list it opens, within what the viewer sees."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from casework.models import Confidentiality, Deadline, DocketOfficer, Part
from casework.reminders.inbox import label_of
from core import clock
from organisation import roles
from organisation.models import RegionLevel
from oversight import selectors
from tests import factories
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)  # a Wednesday
DAYS = (
    -40,
    -3,
    0,
    3,
    7,
    8,
    11,
    15,
    17,
    30,
    33,
    None,
)  # on, before and behind each limit; 11, 17 and 33 lie near days off
BOARD = "/oversight/"


@pytest.fixture(autouse=True)
def _today():
    with clock.pinned(TODAY):
        yield


def make(department, officer=None, days=None, **fields):
    due = TODAY + timedelta(days=days) if days is not None else None
    return factories.make_docket(department=department, officer=officer, next_due_on=due, **fields)


def period(docket, label: str, due_on: date, met_on: date | None = None) -> Deadline:
    return Deadline.objects.create(
        docket=docket, kind="rectification.handling", label=label, basis="某办法第一条", started_by="立案",
        started_on=due_on - timedelta(days=40), length=40, unit="calendar_day", due_on=due_on, statutory_due_on=due_on,
        target_on=due_on, met_on=met_on,
    )  # fmt: skip


@story
def matters(statute_book, changzhou_epb, xuzhou_epb, province_epb, case_officer, outsider, enterprise):
    """In three departments: at every distance from their day, stopped, without officer, closed, of other kinds and stages."""
    for code, name in (("320100", "南京市"), ("320300", "徐州市"), ("320400", "常州市")):
        factories.make_region(code, name, RegionLevel.CITY)
    for days in DAYS:
        make(changzhou_epb, case_officer, days, enterprise=enterprise)
    for days in (-5, 5):
        make(xuzhou_epb, outsider, days)
        make(province_epb, None, days, stage="rectifying")
    make(changzhou_epb, case_officer, is_paused=True, stage="serving")
    make(changzhou_epb, case_officer, -9, kind="lead", stage="registered")
    make(changzhou_epb, case_officer, closed_on=TODAY - timedelta(days=10), opened_on=TODAY - timedelta(days=40))
    make(changzhou_epb, case_officer, closed_on=TODAY, opened_on=TODAY - timedelta(days=20), stage="closed")
    make(changzhou_epb, case_officer, -2, confidentiality=Confidentiality.RESTRICTED)


def listed(browser, url: str) -> int:
    """How many rows the list behind a link has."""
    page = browser.get(url)
    assert page.status_code == 200
    return int(page.context["count"])


def links(page) -> list[tuple[str, str]]:
    """Every link of the board into the list of matters, with the words on it."""
    html = page.content.decode()
    found = re.findall(r'<a[^>]*href="(/cases/\?[^"]+)"[^>]*>(.*?)</a>', html, re.S)
    return [(unescape(url), " ".join(re.sub(r"<[^>]+>", " ", words).split())) for url, words in found]


def test_every_figure_of_the_board_is_the_size_of_the_list_it_opens(matters, supervisor, log_in):
    browser = log_in(supervisor)
    page = browser.get(BOARD)
    checked = 0
    for stat in page.context["stats"]:
        if "url" in stat:
            assert stat["value"] == listed(browser, stat["url"]), stat
            checked += stat["value"] > 0
    assert checked == 7
    for bar in page.context["stages"]:
        assert bar["value"] == listed(browser, bar["url"]), bar
    for city in page.context["cities"]:
        if "url" not in city:
            assert listed(browser, f"/cases/?tab=all&state=open&city={city['code'][:4]}") == 0, city
            continue
        in_hand = int(re.sub(r"\D", "", city["sub"]))
        assert listed(browser, city["url"]) == (city["value"] if city.get("tone") == "red" else in_hand), city
    # Colour and words say whether something is late; grey where nothing is in hand.
    assert {city.get("tone", "") for city in page.context["cities"]} <= {"red", "grey", ""}
    assert all(city.get("tone") == "grey" for city in page.context["cities"] if "url" not in city)
    for rows, name in ((page.context["officers"], "officer"), (page.context["departments"], "department")):
        assert rows
        for row in rows:
            chosen = f"/cases/?tab=all&{name}={row[f'{name}_id']}"
            assert row["open"] == listed(browser, f"{chosen}&state=open"), row
            assert row["late"] == listed(browser, f"{chosen}&due=overdue"), row


def test_the_figures_that_are_printed_are_those_that_were_counted(matters, supervisor, log_in):
    browser = log_in(supervisor)
    found = links(browser.get(BOARD))
    tables = [(url, int(words)) for url, words in found if words.isdigit()]
    assert len(tables) >= 8
    for url, figure in tables:
        assert figure == listed(browser, url), url


def test_the_parts_of_the_board_add_up(matters, supervisor):
    numbers = selectors.headline(supervisor, TODAY)
    departments = selectors.by_department(supervisor, TODAY)
    assert sum(row["open"] for row in departments) == numbers["in_hand"]
    assert sum(row["late"] for row in departments) == numbers["late"] == 5
    assert sum(row["open"] for row in selectors.by_city(supervisor, TODAY)) + 2 == numbers["in_hand"]  # of the province


def test_what_is_due_within_a_span_includes_the_days_off_that_follow_it(
    changzhou_epb, case_officer, supervisor, statute_book
):
    friday = date(2026, 12, 18)  # thirty days ahead
    make(changzhou_epb, case_officer, (friday - TODAY).days + 2)
    assert selectors.headline(supervisor, TODAY)["due_30"] == 1
    make(changzhou_epb, case_officer, (friday - TODAY).days + 3)
    assert selectors.headline(supervisor, TODAY)["due_30"] == 1


def test_a_matter_counts_once_for_an_officer_who_handles_it_and_is_named_for_its_step(
    changzhou_epb, case_officer, supervisor, log_in
):
    docket = make(changzhou_epb, case_officer, -3)
    DocketOfficer.objects.create(docket=docket, officer=case_officer, part=Part.TASK)
    (row,) = selectors.by_officer(supervisor, TODAY)
    assert (row["open"], row["late"]) == (1, 1)
    assert listed(log_in(supervisor), f"/cases/?tab=all&officer={case_officer.pk}&state=open") == 1


def test_the_mean_is_that_of_the_matters_closed_since(matters, supervisor, changzhou_epb, case_officer):
    make(changzhou_epb, case_officer, closed_on=TODAY - timedelta(days=400), opened_on=TODAY - timedelta(days=900))
    make(changzhou_epb, case_officer, closed_on=TODAY, opened_on=TODAY, kind="lead")
    since = TODAY - timedelta(days=365)
    assert selectors.average_days(supervisor, "rectification", since) == pytest.approx((30 + 20) / 2)
    assert selectors.average_days(supervisor, "inspection", since) is None


def test_a_late_matter_says_which_of_its_periods_is_over(changzhou_epb, case_officer, supervisor, log_in):
    docket = make(changzhou_epb, case_officer, -3)
    for label, due, met in (("办案期限", -3, None), ("改正期限", 5, None), ("复查期限", -4, TODAY)):
        period(docket, label, TODAY + timedelta(days=due), met)
    page = log_in(supervisor).get(BOARD)
    assert [over.label for over in page.context["late"][0].periods_over] == ["办案期限"]
    assert "办案期限" in page.content.decode()
    assert "超期的期限及依据" in page.content.decode()
    assert "超期原因" not in page.content.decode()  # nobody has said why


# --- who sees it --------------------------------------------------------------------------------------------------------
def test_a_supervisor_of_a_city_counts_his_city_alone(matters, changzhou_epb, log_in):
    local = factories.make_officer(roles.SUPERVISOR, department=changzhou_epb, name="市测试", username="shidu")
    seen = selectors.by_department(local, TODAY)
    assert {row["department_id"] for row in seen} == {changzhou_epb.pk}
    page = log_in(local).get(BOARD)
    assert page.context["stats"][0]["value"] == len(DAYS) + 2
    assert "外测试" not in page.content.decode()


def test_a_restricted_matter_is_counted_for_nobody_who_does_not_see_it(changzhou_epb, case_officer, supervisor):
    make(changzhou_epb, case_officer, -2, confidentiality=Confidentiality.RESTRICTED)
    assert selectors.headline(supervisor, TODAY)["in_hand"] == 0
    assert selectors.latest(supervisor, TODAY) == []


@pytest.mark.parametrize("role", ["outsider", "case_officer", "legal_reviewer", "auditor", "sysadmin", "secadmin"])
def test_who_does_not_supervise_has_no_board(matters, role, request, log_in):
    assert log_in(request.getfixturevalue(role)).get(BOARD).status_code == 403


def test_a_stranger_is_sent_to_the_log_in(client):
    assert client.get(BOARD).status_code == 302


def test_the_periods_of_the_board_are_named_in_the_reader_s_language_and_their_law_officially(
    changzhou_epb, case_officer, supervisor, log_in
):
    late = make(changzhou_epb, case_officer, -3)
    row = period(late, "办案期限", TODAY - timedelta(days=3))
    Deadline.objects.filter(pk=row.pk).update(basis="排污许可条例第38条;法典第1060条")
    supervisor.language = "en"
    supervisor.save(update_fields=["language"])
    page = log_in(supervisor).get(BOARD).content.decode()
    with translation.override("en"):
        assert label_of(row) in page
    assert "办案期限" not in page
    assert "排污许可管理条例第三十八条；生态环境法典第一千零六十条" in page


# --- what it costs ------------------------------------------------------------------------------------------------------
def test_the_board_costs_the_same_however_much_is_late(matters, supervisor, changzhou_epb, case_officer, log_in):
    browser = log_in(supervisor)
    browser.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        browser.get(BOARD)
    for number in range(30):
        late = make(changzhou_epb, case_officer, -number - 1, stage="serving")
        make(changzhou_epb, case_officer, closed_on=TODAY, stage="closed")
        period(late, "办案期限", late.next_due_on)
    with CaptureQueriesContext(connection) as many:
        browser.get(BOARD)
    statements = [query["sql"] for query in many.captured_queries]
    assert len(many) == len(few), "\n".join(statements)
    assert sum('FROM "casework_deadline"' in sql for sql in statements) == 1
    # Seven figures and tables, the badge of the menu, and the new messages (bar and menu), of dockets he may see only.
    assert sum('FROM "casework_docket"' in sql for sql in statements) == 10
    assert len(many) <= 18


def test_desk_list_and_board_agree_on_what_is_overdue(
    changzhou_epb, case_officer, second_officer, head, supervisor, outsider, log_in
):
    led = make(changzhou_epb, case_officer, -3)
    beside = make(changzhou_epb, second_officer, -5)
    DocketOfficer.objects.create(docket=beside, officer=case_officer, part=Part.CO)
    make(changzhou_epb, second_officer, -1)
    make(changzhou_epb, case_officer, 4)
    make(changzhou_epb, case_officer, None, is_paused=True)
    make(outsider.department, outsider, -2)
    expected = {case_officer: 2, head: 3, supervisor: 4, outsider: 1}
    for officer, late in expected.items():
        browser = log_in(officer)
        stat = next(one for one in browser.get("/").context["stats"] if "due=overdue" in one["url"])
        assert (stat["value"], listed(browser, stat["url"])) == (late, late), officer
    by_officer = {row["officer_id"]: row["late"] for row in selectors.by_officer(supervisor, TODAY)}
    assert by_officer == {case_officer.pk: 2, second_officer.pk: 2, outsider.pk: 1}
    for viewer in (head, supervisor):
        browser = log_in(viewer)
        page = browser.get(BOARD)
        figure = next(one for one in page.context["stats"] if "due=overdue" in one.get("url", ""))
        assert figure["value"] == listed(browser, figure["url"]) == expected[viewer]
        row = next(one for one in page.context["officers"] if one["officer_id"] == case_officer.pk)
        url = f"/cases/?tab=all&due=overdue&officer={case_officer.pk}"
        assert row["late"] == listed(browser, url) == expected[case_officer]
        shown = browser.get(url).content.decode()
        assert led.number in shown
        assert beside.number in shown


def test_the_board_leads_on_to_everything_that_is_late_and_shows_no_stage_of_what_has_ended(
    changzhou_epb, case_officer, supervisor, log_in
):
    for n in range(14):
        make(changzhou_epb, case_officer, -n - 1)
    make(changzhou_epb, case_officer, closed_on=TODAY, stage="closed")
    page = log_in(supervisor).get(BOARD)
    assert (len(page.context["late"]), page.context["late_total"]) == (12, 14)
    assert listed(log_in(supervisor), page.context["late_url"]) == 14
    assert "查看全部 14 件" in page.content.decode()
    assert "已结案" not in [str(bar["label"]) for bar in page.context["stages"]]
