"""What the making and the signing of a record rest on: the article on records, none on compulsory measures."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from core import clock
from enforcement.inspections.workflow import INSPECTION
from enforcement.rectification import services as cases
from tests.plugins.matters import DAY, VISIT, reinspect
from trail.models import Event

# A seizure is a compulsory measure: its order and its inventory rest on that article.
OF_SEIZURE = {"seizure.py", "inventory.py", "seizure_order.html", "seizure_inventory.html"}
CODE = ("casework", "enforcement", "notices", "templates", "locale")


def test_a_record_rests_on_the_article_on_records_and_two_officers_on_theirs(db):
    assert str(INSPECTION.steps["complete_record"].basis).startswith("行政处罚法第五十五条")


@pytest.mark.django_db
@pytest.mark.pdf
def test_the_party_s_answer_rests_on_no_article_on_compulsory_measures(served, inspector, case_officer):
    reinspect(served, inspector, case_officer, done=False)
    event = Event.objects.get(verb="notices.party_refused")
    assert event.facts["basis"] == "行政处罚法第四十七条、第五十五条"


@pytest.mark.django_db
@pytest.mark.pdf
def test_the_page_on_which_the_party_s_answer_is_recorded_names_the_same(
    served, inspector, case_officer, outsider, log_in
):
    with clock.pinned(DAY.replace(day=28)):
        case = cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=inspector)
        cases.record_reinspection(
            case=case, inspected_on=clock.today(), inspectors=[inspector, case_officer], visit=VISIT, is_done=False,
            findings="未改正", by=inspector,
        )  # fmt: skip
    record = case.docket.site_records.get(kind="reinspection_record")
    url = reverse("notices:record_signing", args=[record.pk])
    assert "行政处罚法第四十七条、第五十五条" in log_in(inspector).get(url).content.decode()
    assert log_in(outsider).get(url).status_code == 404


def test_no_record_cites_the_article_on_compulsory_measures():
    """Where it stands in a comment it says that it does not apply. The Chinese texts are read too."""
    citing = re.compile(r"[\"'(（][^\"'\n]*行政强制法第十八条")
    found = [
        path
        for folder in CODE
        for path in Path(settings.ROOT, folder).rglob("*")
        if path.suffix in {".py", ".html", ".po"}
        and path.name not in OF_SEIZURE
        and citing.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
