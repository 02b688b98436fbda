"""The list of dockets in the browser: what it shows, to whom, how it pages, and how it answers wrong addresses."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import list_filters, search, services
from casework.models import Confidentiality, Docket, SavedView
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db
CASES = "/cases/"
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _today():
    with clock.pinned(TODAY):
        yield


def shown(response) -> list[str]:
    return [row["label"] for row in response.context["table"]["rows"]]


def make(officer, number, days=None, **fields) -> Docket:
    due = TODAY + timedelta(days=days) if days is not None else None
    if officer is not None:
        fields.setdefault("department", officer.department)
    docket = factories.make_docket(officer=officer, number=number, next_due_on=due, **fields)
    search.index(docket)
    return docket


def test_officer_sees_his_open_matters_first_the_most_urgent_on_top(case_officer, log_in):
    make(case_officer, "甲1号", 9)
    make(case_officer, "乙2号", -3)
    make(case_officer, "丙3号", 1)
    make(case_officer, "丁4号", closed_on=TODAY)
    response = log_in(case_officer).get(CASES)
    assert shown(response) == ["乙2号", "丙3号", "甲1号"]
    assert response.context["count"] == "3"


def test_outsider_sees_nothing_of_it(docket, outsider, log_in):
    client = log_in(outsider)
    for tab in ("mine", "close", "department", "all"):
        assert shown(client.get(CASES, {"tab": tab})) == []


def test_confidential_docket_is_listed_for_its_officer_and_for_nobody_else_of_the_department(
    case_officer, second_officer, log_in
):
    make(case_officer, "密1号", confidentiality=Confidentiality.RESTRICTED)
    assert shown(log_in(case_officer).get(CASES, {"tab": "all"})) == ["密1号"]
    assert shown(log_in(second_officer).get(CASES, {"tab": "all"})) == []


def test_shared_docket_is_listed_until_the_sharing_ends(docket, case_officer, outsider, log_in):
    share = services.share(docket=docket, officer=outsider, reason="协助调查", by=case_officer)
    assert shown(log_in(outsider).get(CASES, {"tab": "all"})) == [docket.number]
    services.end_share(share=share, by=case_officer)
    assert shown(log_in(outsider).get(CASES, {"tab": "all"})) == []


def test_supervisor_of_the_province_sees_every_department(docket, outsider, supervisor, log_in):
    make(outsider, "徐1号")
    assert set(shown(log_in(supervisor).get(CASES, {"tab": "all"}))) == {docket.number, "徐1号"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"due": "overdue"}, {"迟号"}),
        ({"due": "3"}, {"近号"}),
        ({"due": "paused"}, {"停号"}),
        ({"due": "none"}, {"无号"}),
        ({"officer": "none"}, {"缺号"}),
        ({"state": "closed"}, {"结号"}),
        ({"city": "3203"}, {"徐号"}),
        ({"stage": "rectification.approval"}, {"批号"}),
        ({"confidentiality": "restricted"}, {"密号"}),
        ({"opened_to": "2026-01-31"}, {"旧号"}),
        ({"opened_from": "2026-01-01", "opened_to": "2026-01-31"}, {"旧号"}),
        ({"kind": "lead"}, {"线号"}),
        ({"q": "镨钕"}, {"镨号"}),
    ],
)
def test_d20_each_filter_leaves_the_right_rows(case_officer, xuzhou_epb, log_in, asked, expected):
    """The filter "unassigned" among them."""
    base = {"stage": "investigating"}
    make(case_officer, "迟号", -1, **base)
    make(case_officer, "近号", 1, **base)
    make(case_officer, "远号", 90, **base)
    make(case_officer, "停号", is_paused=True, **base)
    make(case_officer, "无号", **base)
    make(None, "缺号", 30, department=case_officer.department)
    make(case_officer, "结号", closed_on=TODAY)
    make(case_officer, "徐号", 40, region=xuzhou_epb.region)
    make(case_officer, "批号", 40, stage="approval")
    make(case_officer, "密号", 40, confidentiality=Confidentiality.RESTRICTED)
    make(case_officer, "旧号", 40, opened_on=date(2026, 1, 15))
    make(case_officer, "线号", 40, kind="lead", stage="registered")
    make(case_officer, "镨号", 40, title="隐匿镨钕氧化物去向")
    assert set(shown(log_in(case_officer).get(CASES, {"tab": "all", **asked}))) == expected


def test_filters_by_officer_department_and_enterprise(case_officer, second_officer, enterprise, supervisor, log_in):
    make(case_officer, "甲号", enterprise=enterprise)
    make(second_officer, "乙号")
    client = log_in(case_officer)
    assert shown(client.get(CASES, {"tab": "all", "officer": "me"})) == ["甲号"]
    assert shown(client.get(CASES, {"tab": "all", "officer": second_officer.pk})) == ["乙号"]
    assert shown(client.get(CASES, {"tab": "all", "enterprise": enterprise.pk})) == ["甲号"]
    department = case_officer.department_id
    assert set(shown(client.get(CASES, {"tab": "all", "department": department}))) == {"甲号", "乙号"}
    assert set(shown(log_in(supervisor).get(CASES, {"tab": "all", "department": department}))) == {"甲号", "乙号"}


def test_tabs_count_their_rows_and_review_waits_for_those_who_may(case_officer, legal_reviewer, log_in):
    make(case_officer, "审号", 3, stage="legal_review")
    make(case_officer, "查号", 90)
    response = log_in(legal_reviewer).get(CASES, {"tab": "review"})
    assert shown(response) == ["审号"]
    counts = {view["label"]: view["count"] for view in response.context["views"]()}
    assert "1" in counts.values()
    tabs = [view["url"] for view in log_in(case_officer).get(CASES).context["views"]()]
    assert not any("tab=review" in url for url in tabs)


def test_pages_go_forth_and_back_and_say_where_they_are(case_officer, log_in):
    for n in range(60):
        make(case_officer, f"{n:03}号", n)
    client = log_in(case_officer)
    first = client.get(CASES, {"size": 25})
    assert shown(first)[0] == "000号"
    assert first.context["pager"]["prev_url"] is None
    second = client.get(first.context["pager"]["next_url"])
    assert shown(second) == [f"{n:03}号" for n in range(25, 50)]
    assert "26" in second.context["pager"]["label"]
    assert "60" in second.context["pager"]["label"]
    third = client.get(second.context["pager"]["next_url"])
    assert len(shown(third)) == 10
    assert third.context["pager"]["next_url"] is None
    back = client.get(third.context["pager"]["prev_url"])
    assert shown(back) == shown(second)
    assert back.context["pager"]["label"] == second.context["pager"]["label"]
    assert shown(client.get(back.context["pager"]["prev_url"])) == shown(first)


@pytest.mark.parametrize(
    "asked",
    [
        "at=forged",
        "at=WzEsMiwwLDBd:1abc:forged",
        "sort=password",
        "sort=--due",
        "tab=secret",
        "size=100000",
        "size=x",
        "columns=nothing",
        "density=loose",
        "unknown=1",
    ],
)
def test_a_wrong_address_is_answered_with_the_list_never_with_an_error(docket, case_officer, log_in, asked):
    response = log_in(case_officer).get(f"{CASES}?{asked}")
    assert response.status_code == 200
    assert shown(response) == [docket.number]


def test_a_forged_cursor_is_said_in_words(docket, case_officer, log_in):
    response = log_in(case_officer).get(f"{CASES}?at=forged")
    assert response.context["warnings"]


def test_a_cursor_of_another_order_is_not_followed(case_officer, log_in):
    for n in range(30):
        make(case_officer, f"{n:03}号", n)
    client = log_in(case_officer)
    onward = client.get(CASES, {"size": 25}).context["pager"]["next_url"]
    response = client.get(f"{onward}&sort=-opened")
    assert response.context["warnings"]
    assert len(shown(response)) == 25


@pytest.mark.parametrize(
    "asked",
    ["due=yesterday", "stage=x", "stage=rectification.nowhere", "city=9999", "officer=999999", "officer=x", "department=x",
     "enterprise=-1", "opened_from=2026-13-45", "opened_from=2026-02-01&opened_to=2026-01-01", "kind=x", "q=稀", "confidentiality=x"],
)  # fmt: skip
def test_a_wrong_filter_value_shows_its_error_and_no_rows(docket, case_officer, log_in, asked):
    response = log_in(case_officer).get(f"{CASES}?tab=all&{asked}")
    assert response.status_code == 200
    assert shown(response) == []
    assert response.context["form"].errors


def test_filter_by_another_regions_department_is_no_way_round_the_scope(docket, outsider, log_in):
    response = log_in(outsider).get(CASES, {"tab": "all", "department": docket.department_id})
    assert shown(response) == []
    assert shown(log_in(outsider).get(CASES, {"tab": "all", "enterprise": docket.enterprise_id})) == []


def test_chips_take_one_condition_away_each(docket, case_officer, log_in):
    response = log_in(case_officer).get(CASES, {"tab": "all", "state": "open", "officer": "me"})
    chips = response.context["chips"]
    assert len(chips) == 2
    assert "state=" not in chips[0]["remove_url"]
    assert "officer=me" in chips[0]["remove_url"]
    assert response.context["clear_url"] == "/cases/?tab=all"


def test_columns_and_density_stand_in_the_address(docket, case_officer, log_in):
    response = log_in(case_officer).get(f"{CASES}?columns=title&columns=opened&density=compact")
    assert [column["key"] for column in response.context["table"]["columns"]] == ["number", "title", "opened"]
    assert response.context["table"]["density"] == "compact"


def test_htmx_gets_the_results_alone_with_the_count_out_of_band(docket, case_officer, log_in):
    response = log_in(case_officer).get(f"{CASES}?tab=all", headers={"HX-Request": "true", "HX-Target": "results"})
    content = response.content.decode()
    assert "<html" not in content
    assert 'id="results"' in content
    assert "hx-swap-oob" in content
    assert response["HX-Push-Url"] == "/cases/?tab=all"
    whole = log_in(case_officer).get(
        f"{CASES}?tab=all", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<html" in whole.content.decode()


def test_d20_the_page_asks_the_same_number_of_questions_for_one_row_and_for_fifty(case_officer, enterprise, log_in):
    make(case_officer, "一号", 1, enterprise=enterprise)
    client = log_in(case_officer)
    client.get(f"{CASES}?tab=all")
    with CaptureQueriesContext(connection) as one:
        client.get(f"{CASES}?tab=all")
    for n in range(60):
        make(case_officer, f"{n}号", n, enterprise=enterprise)
    with CaptureQueriesContext(connection) as many:
        response = client.get(f"{CASES}?tab=all")
    assert len(shown(response)) == 50
    assert len(many) <= len(one) + 1  # the total is counted only when there is more than a page
    assert len(many) <= 17


@pytest.mark.parametrize(
    "asked", ["officer=none", "due=overdue", "q=稀土", "stage=rectification.approval", "sort=-opened"]
)
def test_every_single_filter_stays_within_sixteen_questions(docket, case_officer, log_in, asked):
    client = log_in(case_officer)
    client.get(CASES)
    with CaptureQueriesContext(connection) as asked_of_it:
        client.get(f"{CASES}?tab=all&{asked}")
    assert len(asked_of_it) <= 16


def test_preview_opens_for_those_who_see_the_row_only(docket, case_officer, outsider, log_in):
    docket.stage = "investigating"
    assert log_in(outsider).get(f"{CASES}{docket.pk}/preview/").status_code == 404


def test_anonymous_is_sent_to_log_in(client, db):
    response = client.get(CASES)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_officer_without_a_case_role_finds_the_list_empty(docket, sysadmin, auditor, log_in):
    for officer in (sysadmin, auditor):
        assert shown(log_in(officer).get(CASES, {"tab": "all"})) == []


def test_the_default_saved_view_opens_first(docket, case_officer, log_in):
    SavedView.objects.create(
        page="cases", name="结案", owner=case_officer, query="tab=all&state=closed", is_default=True
    )
    client = log_in(case_officer)
    assert client.get(CASES)["Location"] == "/cases/?tab=all&state=closed"
    assert client.get(f"{CASES}?tab=mine").status_code == 200


@pytest.mark.parametrize("name", ["officer", "department", "enterprise"])
@pytest.mark.parametrize("text", ["²", "٣", "9" * 30])
def test_a_filter_that_is_no_id_is_no_error(docket, case_officer, log_in, name, text):
    assert log_in(case_officer).get(CASES, {"tab": "all", name: text}).status_code == 200


@pytest.mark.parametrize("text", ["²", "9" * 30])
def test_an_inspection_is_begun_even_when_the_address_names_no_enterprise(inspector, log_in, text):
    assert log_in(inspector).get("/inspections/new/", {"enterprise": text}).status_code == 200


def test_the_filters_name_no_officer_to_whom_the_directory_is_closed(changzhou_epb, case_officer, outsider):
    nobody = factories.make_officer(department=changzhou_epb, name="新来者")
    for department, officer in ((str(outsider.department_id), ""), ("", str(outsider.pk)), ("", str(case_officer.pk))):
        _cities, _departments, officers = list_filters.choices(nobody, department, officer)
        assert {name for _pk, name in officers} <= {nobody.name}
    assert outsider.name in {name for _pk, name in list_filters.choices(case_officer, "", str(outsider.pk))[2]}
