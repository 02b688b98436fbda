"""What every list page of the portal must do: new pages are found by themselves."""

import pytest
from django.urls import get_resolver

from core.lists import all_pages
from tests.plugins.stories import story

get_resolver().url_patterns  # noqa: B018 - reads every urls.py, and so declares every page
PAGES = {page.name: page for page in all_pages()}
pytestmark = pytest.mark.django_db


@story
def staff(case_officer, head, supervisor, coordinator, auditor, sysadmin, secadmin):
    return [case_officer, head, supervisor, coordinator, auditor, sysadmin, secadmin]


@pytest.fixture
def reader(staff, log_in):
    """For a page, a client of somebody who may open it."""

    def find(page):
        for officer in staff:
            client = log_in(officer)
            if client.get(page.url()).status_code in {200, 302}:
                return client
        raise AssertionError(f"nobody may open {page.name}")

    return find


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_sent_to_log_in(name, client):
    response = client.get(PAGES[name].url())
    assert response.status_code == 302
    assert "login" in response["Location"]


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_sorts_by_every_column_and_shows_every_column(name, reader):
    page = PAGES[name]
    client = reader(page)
    assert client.get(page.url(), {"size": "25"}).status_code == 200
    for column in page.columns:
        if column.sorting is not None:
            for sort in (column.key, f"-{column.key}"):
                response = client.get(page.url(), {"sort": sort})
                assert response.status_code == 200, sort
                assert not response.context["warnings"], sort
    everything = client.get(page.url(), {"columns": [column.key for column in page.columns]})
    assert len(everything.context["table"]["columns"]) == len(page.columns)


@pytest.mark.parametrize("name", PAGES)
def test_wrong_parameters_are_answered_in_words(name, reader):
    page = PAGES[name]
    client = reader(page)
    for asked in ("at=x", "sort=x", "size=x", "columns=x", "tab=x"):
        response = client.get(f"{page.url()}?{asked}")
        assert response.status_code == 200, asked
    filters = page.filters.base_filters if page.filters else {}
    for one in filters:
        assert client.get(page.url(), {one: "\x00'\"<%_�"}).status_code == 200, one


@pytest.mark.parametrize("name", PAGES)
def test_every_tab_opens(name, reader):
    page = PAGES[name]
    client = reader(page)
    for tab in page.tabs:
        assert client.get(page.url(), {"tab": tab.key}).status_code == 200, tab.key


@pytest.mark.parametrize("name", PAGES)
def test_every_list_can_be_exported(name, reader):
    page = PAGES[name]
    response = reader(page).post(page.url("export"))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
