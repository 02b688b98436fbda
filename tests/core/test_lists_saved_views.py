"""Saved views: a list under a name, for oneself or the department."""

import uuid

import pytest

from casework.models import SavedView

pytestmark = pytest.mark.django_db
VIEWS = "/cases/views/"


def post(client, **data):
    return client.post(VIEWS, {"_once": str(uuid.uuid4()), **data})


def names(response) -> list[str]:
    return [view["label"] for view in response.context["views"]()]


def test_a_view_is_saved_with_filters_order_columns_and_density_and_opens_the_same_rows(docket, case_officer, log_in):
    client = log_in(case_officer)
    query = "tab=all&state=open&sort=-opened&columns=title&columns=officer&density=compact"
    response = post(client, name="我的开放案件", query=query)
    assert response.status_code == 302
    before, after = client.get(f"/cases/?{query}"), client.get(response["Location"])
    assert [row["id"] for row in before.context["table"]["rows"]] == [
        row["id"] for row in after.context["table"]["rows"]
    ]
    assert [c["key"] for c in after.context["table"]["columns"]] == ["number", "title", "officer"]
    assert "我的开放案件" in names(after)
    assert [view["label"] for view in after.context["views"]() if view["active"]] == ["我的开放案件"]


def test_place_in_the_list_and_unknown_parameters_are_not_saved(case_officer, log_in):
    post(log_in(case_officer), name="甲", query="tab=all&at=abc&evil=1&officer=")
    assert SavedView.objects.get().query == "tab=all"


def test_colleagues_see_a_shared_view_but_cannot_change_it_and_outsiders_do_not_see_it(
    case_officer, second_officer, outsider, log_in
):
    post(log_in(case_officer), name="科室视图", query="tab=all&state=open", shared="1")
    post(log_in(case_officer), name="私人视图", query="tab=all&state=closed")
    colleague = log_in(second_officer)
    assert "科室视图" in names(colleague.get("/cases/?tab=all"))
    assert "私人视图" not in names(colleague.get("/cases/?tab=all"))
    assert "科室视图" not in names(log_in(outsider).get("/cases/?tab=all"))
    shared = SavedView.objects.get(name="科室视图")
    for act in ("change", "delete", "default", "up"):
        assert post(colleague, act=act, pk=shared.pk, name="改").status_code == 409
    shared.refresh_from_db()
    assert shared.name == "科室视图"


def test_the_same_name_again_replaces_the_view(case_officer, log_in):
    client = log_in(case_officer)
    post(client, name="甲", query="tab=all")
    post(client, name="甲", query="tab=mine")
    assert [view.query for view in SavedView.objects.all()] == ["tab=mine"]


def test_only_one_view_is_shown_first(case_officer, log_in):
    client = log_in(case_officer)
    for name in ("甲", "乙"):
        post(client, name=name, query=f"tab=all&q={name}{name}")
    first, second = SavedView.objects.order_by("pk")
    post(client, act="default", pk=first.pk)
    post(client, act="default", pk=second.pk)
    assert list(SavedView.objects.filter(is_default=True)) == [second]
    post(client, act="no_default", pk=second.pk)
    assert not SavedView.objects.filter(is_default=True).exists()


def test_views_are_ordered_renamed_and_deleted(case_officer, log_in):
    client = log_in(case_officer)
    for name in ("甲", "乙", "丙"):
        post(client, name=name, query="tab=all")
    third = SavedView.objects.get(name="丙")
    post(client, act="up", pk=third.pk)
    assert list(SavedView.objects.order_by("order").values_list("name", flat=True)) == ["甲", "丙", "乙"]
    post(client, act="change", pk=third.pk, name="丁")
    post(client, act="delete", pk=SavedView.objects.get(name="甲").pk)
    assert list(SavedView.objects.order_by("order").values_list("name", flat=True)) == ["丁", "乙"]
    assert client.get(VIEWS).status_code == 200


@pytest.mark.parametrize(
    "data",
    [{"name": " "}, {"name": "长" * 41}, {"act": "explode", "name": "x"}, {"act": "delete"}, {"act": "delete", "pk": "x"},
     {"name": "x", "query": "y" * 5000}],
)  # fmt: skip
def test_wrong_input_saves_nothing_and_says_why(case_officer, log_in, data):
    client = log_in(case_officer)
    response = post(client, **data)
    assert response.status_code in {302, 409}
    if response.status_code == 302:
        assert list(client.get(response["Location"]).context["messages"])
    assert not SavedView.objects.exists()
