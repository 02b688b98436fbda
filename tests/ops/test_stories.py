"""A story is walked once; every test begins with what it made all the same, and changes a copy of its own."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from core import clock
from organisation.models import Region
from tests import factories
from tests.plugins import stories
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
WALKED: list[str] = []
DAYS = [date(2026, 3, 2), date(2026, 3, 3)]
AGAIN = pytest.mark.parametrize("turn", [1, 2, 3])


@story
def town(jiangsu):
    WALKED.append("town")
    default_storage.save("town.txt", ContentFile(b"walls"))
    return factories.make_region("320499", "试验市", parent=jiangsu)


@story
def townsfolk(town, docket, case_officer):
    case_officer.name = "改名测试"
    case_officer.save()
    return [docket, case_officer]


@pytest.fixture
def day(request):
    with clock.pinned(request.param):
        yield request.param


@story
def told_today():
    return clock.today()


@pytest.fixture
def name(request):
    return request.param


@story
def named(name):
    return factories.make_region("320498", name)


@AGAIN
def test_it_is_walked_once_and_what_one_test_changes_is_as_it_was_for_the_next(town, turn):
    assert WALKED == ["town"]
    assert (town.name, Region.objects.get(code="320499")) == ("试验市", town)
    with default_storage.open("town.txt") as file:
        assert file.read() == b"walls"
    town.name = "另一市"
    town.save()
    default_storage.delete("town.txt")


@AGAIN
def test_an_officer_who_stands_in_two_answers_is_one_object_as_the_last_story_left_him(
    case_officer, docket, townsfolk, turn
):
    assert townsfolk[0] is docket
    assert townsfolk[1] is case_officer is docket.officer
    assert case_officer.name == type(case_officer).objects.get(pk=case_officer.pk).name == "改名测试"


@AGAIN
@pytest.mark.parametrize("day", DAYS, indirect=True)
def test_another_day_is_another_story(day, told_today, turn):
    assert told_today == day


@AGAIN
@pytest.mark.parametrize("name", ["一市", "二市"], indirect=True)
def test_what_depends_on_a_parameter_is_walked_each_time(name, named, turn):
    assert named.name == name


def test_a_fixture_that_writes_among_stories_without_being_one_is_named():
    teller = stories.Teller(
        SimpleNamespace(fixturenames=[], nodeid="here", _fixtureinfo=SimpleNamespace(name2fixturedefs={}))
    )
    with connection.execute_wrapper(teller._noted):
        assert not Region.objects.filter(code="320499").exists()
        with pytest.raises(RuntimeError, match=r"of here: INSERT INTO"):
            factories.make_region("320499", "试验市")
