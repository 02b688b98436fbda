"""A machine without the libraries that draw PDFs: the invented province is made all the same, and its pages open."""

import sys
from types import ModuleType

import pytest
from django.core.management import call_command
from django.urls import reverse

from casework import pages
from casework.models import Docket, DocketOfficer, Part
from core import jobs
from core.errors import RuleBroken
from core.models import Job, JobState
from enforcement.rectification import services as cases
from enforcement.rectification.models import RectificationCase, Stage
from notices import printing
from notices.models import Notice, SiteRecord
from notices.rendering import status
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db


class _Unloadable(ModuleType):
    """What loading the engine comes to where Pango is not there."""

    def __getattr__(self, name: str) -> object:
        raise OSError("cannot load library 'libpango-1.0-0'")


def take_pango_away(patch) -> None:
    patch.setattr(status, "_is_there", lambda library: False)
    patch.setitem(sys.modules, "notices.rendering.engine", _Unloadable("engine"))


@pytest.fixture(autouse=True)
def without_pango(monkeypatch):
    take_pango_away(monkeypatch)


@story
def province(db):
    with pytest.MonkeyPatch.context() as patch:
        take_pango_away(patch)
        call_command("load_reference", verbosity=0)
        call_command("load_demo", "--stories", "16")


def run(kind):
    for job in Job.objects.filter(kind=kind, state=JobState.QUEUED):
        Job.objects.filter(pk=job.pk).update(max_attempts=1)
        jobs.run(job.pk)


def broken_pages(docket, browser):
    """Of a matter: its page with all tabs, its documents, its records, the export of its file."""
    addresses = [docket.get_absolute_url(), reverse("notices:export_case_file", args=[docket.pk])]
    addresses += [reverse("casework:docket_tab", args=[docket.pk, tab]) for tab in pages.tab_labels()]
    for notice in Notice.objects.filter(docket=docket):
        addresses += [reverse(f"notices:{name}", args=[notice.pk]) for name in ("notice", "file", "printing")]
        addresses += [reverse("notices:preview", args=[notice.pk]), reverse("notices:page", args=[notice.pk, 1])]
    for record in SiteRecord.objects.filter(docket=docket):
        names = ("record", "record_file", "record_printing", "record_signing")
        addresses += [reverse(f"notices:{name}", args=[record.pk]) for name in names]
        addresses.append(reverse("notices:record_page", args=[record.pk, 1]))
    answers = {address: browser.get(address, follow=True).status_code for address in addresses}
    assert answers[docket.get_absolute_url()] == 200
    return {address: code for address, code in answers.items() if code >= 500}


def officer_of(docket):
    return DocketOfficer.objects.filter(docket=docket, part=Part.LEAD)[0].officer


def test_matters_go_as_far_as_they_can_without_a_pdf(province):
    assert RectificationCase.objects.filter(stage=Stage.ISSUING).count() >= 3
    assert not Notice.objects.exclude(number=None).exists()
    records = SiteRecord.objects.count()
    assert records >= 10
    assert Job.objects.filter(kind=printing.RECORD_JOB, state=JobState.QUEUED).count() == records


def test_every_page_of_a_matter_opens_before_and_after_its_papers_failed(province, log_in):
    for failed in (False, True):
        if failed:
            run(printing.RECORD_JOB)
            assert "libpango" in Job.objects.filter(kind=printing.RECORD_JOB, state=JobState.FAILED)[0].error
        for kind in ("inspection", "rectification"):
            docket = Docket.objects.filter(kind=kind).last()
            assert broken_pages(docket, log_in(officer_of(docket))) == {}


def test_an_order_issued_before_the_libraries_went_stays_unprinted_and_its_pages_open(province, log_in, monkeypatch):
    case = RectificationCase.objects.filter(stage=Stage.ISSUING).last()
    officer = officer_of(case.docket)
    with pytest.raises(RuleBroken, match="libpango"):
        cases.issue_order(case=case, by=officer)
    with monkeypatch.context() as patch:
        patch.setattr(status, "_is_there", lambda library: True)
        notice = cases.issue_order(case=case, by=officer)
    run(printing.NOTICE_JOB)
    notice.refresh_from_db()
    assert not notice.is_printed
    assert broken_pages(case.docket, log_in(officer)) == {}
    browser = log_in(officer)
    answer = browser.post(reverse("notices:export_case_file", args=[case.docket_id]), follow=True)
    assert answer.status_code == 409
    assert "PDF" in answer.content.decode()
