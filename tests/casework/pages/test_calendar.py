"""A year of the calendar is loaded in the browser, in two steps."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework import deadlines
from casework.models import CalendarEdition, Deadline
from core import clock
from tests.casework.pages.forms import D, once
from tests.casework.test_calendar import YEAR_2027

pytestmark = pytest.mark.django_db


def test_the_calendar_is_loaded_in_two_steps_by_who_may(deadline, docket, case_officer, keeper, log_in):
    fine = deadlines.start(docket=docket, kind="test.fine", on=D("2026-11-19"), by=case_officer)
    Deadline.objects.filter(pk=fine.pk).update(due_on=D("2027-01-04"), started_on=D("2026-12-20"), is_provisional=True)
    url, form = (
        reverse("casework:calendar_load"),
        {"year": 2027, "source": "试验通知", "text": YEAR_2027 + "2027-01-04,休,元旦"},
    )
    assert log_in(case_officer).get(url).status_code == 403
    client = log_in(keeper)
    assert client.get(url).status_code == 200
    answer = client.post(url, once(**form))
    assert answer.status_code == 200
    assert [(m.before, m.after) for m in answer.context["preview"]["moves"]] == [(D("2027-01-04"), D("2027-01-05"))]
    assert not CalendarEdition.objects.filter(year=2027).exists()
    form |= {"text": answer.context["preview"]["text"], "seen": answer.context["preview"]["fingerprint"]}
    answer = client.post(url, once(confirm="1", **form))
    assert answer.url == reverse("casework:calendar_year", args=[2027])
    fine.refresh_from_db()
    assert fine.due_on == D("2027-01-05")
    assert client.get(answer.url).status_code == 200


def test_a_preview_that_other_periods_have_joined_since_is_not_confirmed_unseen(docket, case_officer, keeper, log_in):
    client, url = log_in(keeper), reverse("casework:calendar_load")
    form = {"year": 2027, "source": "试验通知", "text": YEAR_2027 + "2027-01-04,休,元旦"}
    shown = client.post(url, once(**form)).context["preview"]
    form |= {"text": shown["text"], "seen": shown["fingerprint"]}
    with clock.pinned(D("2026-12-21")):
        deadlines.start(docket=docket, kind="test.fine", on=D("2026-12-20"), by=case_officer)
    answer = client.post(url, once(confirm="1", **form))
    assert answer.status_code == 422
    assert "与此前预览的不一致" in answer.content.decode()
    assert [m.after for m in answer.context["preview"]["moves"]] == [D("2027-01-05")]
    assert not CalendarEdition.objects.filter(year=2027).exists()
    form["seen"] = answer.context["preview"]["fingerprint"]
    assert client.post(url, once(confirm="1", **form)).status_code == 302
    assert CalendarEdition.objects.filter(year=2027).exists()


def test_a_calendar_with_errors_is_not_loaded_even_when_confirmed(keeper, log_in):
    answer = log_in(keeper).post(
        reverse("casework:calendar_load"),
        once(confirm="1", year=2027, source="试验", text="2027-01-01,休,元旦\nunsinn"),
    )
    assert answer.status_code == 422
    assert any("unsinn" in error for error in answer.context["preview"]["errors"])
    assert not CalendarEdition.objects.filter(year=2027).exists()


def test_a_file_is_read_and_a_disguised_one_refused_in_words(keeper, log_in):
    client, url = log_in(keeper), reverse("casework:calendar_load")
    good = SimpleUploadedFile("2027.csv", YEAR_2027.encode("gb18030"))
    assert client.post(url, once(year=2027, source="试验", file=good)).context["preview"]["errors"] == []
    for bad in (
        SimpleUploadedFile("2027.xlsx", b"MZ\x90\x00"),
        SimpleUploadedFile("2027.csv", b"\xff\xfe\x00\x81\xff"),
    ):
        assert client.post(url, once(year=2027, source="试验", file=bad)).status_code == 422


def test_from_november_the_calendar_page_calls_for_the_next_year(case_officer, log_in):
    answer = log_in(case_officer).get(reverse("casework:calendar"))
    assert answer.context["missing"]["tone"] == "amber"
    with clock.pinned(D("2026-12-15")):
        assert log_in(case_officer).get(reverse("casework:calendar")).context["missing"]["tone"] == "red"
        # The page of that very year says it once, in its own notice.
        page = log_in(case_officer).get(reverse("casework:calendar_year", args=[2027]))
        assert (page.context["missing"], page.context["unpublished_tone"]) == (None, "red")
