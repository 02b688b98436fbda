"""An internal office (内设机构) never acts in its own name; an authority nobody has verified is marked and refused nothing."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from casework import services
from casework.models import Violation
from core import clock
from enforcement.leads import competence
from notices import composing, registry
from notices import services as notices
from organisation import reference
from organisation.models import Department
from organisation.selectors import doubt_of
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(changzhou_epb, province_epb):
    """The officers' own department as an internal office of the one above it."""
    Department.objects.filter(pk=province_epb.pk).update(name="江苏省生态环境厅", calls_itself="我厅")
    Department.objects.filter(pk=changzhou_epb.pk).update(is_internal=True, calls_itself="我办", name="常州稀土办")
    return Department.objects.get(pk=changzhou_epb.pk)


def test_the_data_name_the_internal_office_and_where_that_is_written(db):
    reference.load(settings.ROOT / "reference")
    office = Department.objects.get(code="JS-REO")
    assert "苏政发〔2012〕6号" in office.internal_source
    assert office.acts_as.code == "JS-MIIT"
    assert list(Department.objects.filter(is_internal=True)) == [office]


def test_an_internal_office_belongs_to_an_authority(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.filter(pk=office.pk).update(parent=None)


def test_its_order_is_that_of_the_authority_it_belongs_to(office, written, case_officer):
    with clock.pinned(DAY):
        notice = notices.draft(kind="rectification_order", docket=written.docket, by=case_officer)
        html = composing.draft_html(notice)
    assert registry.get("rectification_order").agency(notice).code == "JS-EPD"
    assert all(words in html for words in ("江苏省生态环境厅", "苏环", "我厅"))
    assert not any(words in html for words in ("常州稀土办", "常环", "我办"))
    assert notice.content["reconsideration_body"] == "江苏省人民政府"


def test_its_cases_bear_the_characters_of_the_authority(office):
    assert services.docket_number(office, "立", DAY) == "苏环立〔2026〕1号"


def test_whoever_handles_its_case_reads_in_whose_name(office, statute_book):
    discharge = Violation.objects.get(code="EC1107")
    assert "以省生态环境厅的名义" in competence.note(discharge, office)
    assert competence.refusal(discharge, office) is None


def test_an_unverified_authority_is_marked_on_case_and_preview_and_refused_nothing(written, case_officer, log_in):
    ours = written.docket.department
    Department.objects.filter(pk=ours.pk).update(confidence="high(policy)/low")
    ours.refresh_from_db()
    words = doubt_of(ours)
    assert words.startswith("待核实")
    assert words in competence.note(written.violation, ours)
    assert competence.refusal(written.violation, ours) is None
    client = log_in(case_officer)
    with clock.pinned(DAY):
        assert words in client.get(written.get_absolute_url()).content.decode()
        notice = notices.draft(kind="notice", docket=written.docket, by=case_officer)
        assert words in notice.type.warnings(notice)


def test_a_verified_authority_is_told_nothing(written, case_officer):
    assert doubt_of(written.docket.department) == ""
    notice = notices.draft(kind="notice", docket=written.docket, by=case_officer)
    assert notice.type.warnings(notice) == []
