"""What is stored is in Chinese, whatever the language of the screen of the officer who acted."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

import trail
from casework.models import Deadline
from core.labels import stored
from organisation import roles
from organisation.services import appointments
from trail.models import Event

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(autouse=True)
def english_screen():
    with translation.override("en"):
        yield


def test_words_to_be_kept_are_chinese_with_their_facts():
    assert not ENGLISH.search(stored(gettext_lazy("The case was opened")))
    assert "某公司" in stored(gettext_lazy("Inspection of %(enterprise)s"), enterprise="某公司")


def test_an_english_using_inspector_opens_an_inspection_with_a_chinese_title(inspection):
    assert inspection.enterprise.name in inspection.docket.title
    assert not ENGLISH.search(inspection.docket.title)


def test_periods_that_an_english_using_officer_starts_are_named_in_chinese(case):
    rows = Deadline.objects.values_list("label", "started_by")
    assert len(rows) >= 2
    assert not [words for row in rows for words in row if ENGLISH.search(words)]


def test_the_trail_keeps_translated_words_in_chinese(docket, case_officer):
    event = trail.record(
        "casework.share", docket, by=case_officer, docket=docket, reason=gettext_lazy("The case was opened"),
        fact=gettext_lazy("The case was withdrawn"),
    )  # fmt: skip
    kept = Event.objects.get(pk=event.pk).facts
    assert not ENGLISH.search(kept["reason"] + kept["fact"])


def test_the_name_of_a_role_granted_is_kept_in_chinese(secadmin, case_officer):
    appointments.grant(officer=case_officer, role=roles.INSPECTOR, reason="轮岗", by=secadmin)
    assert not ENGLISH.search(Event.objects.filter(verb="organisation.role_grant").last().facts["role_name"])
