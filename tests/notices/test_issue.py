"""Issue: everything is checked, then the number is taken, and what the document says of others is copied."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import Docket
from core import clock
from core.errors import RuleBroken
from core.models import Job, Sequence
from notices import codes, registry, services
from notices.models import Notice, NoticeState
from organisation.models import Department, DepartmentName
from organisation.services import departments
from tests.factories import make_docket
from tests.notices.conftest import drawn
from tests.notices.words import WORDS

pytestmark = pytest.mark.django_db


def prepared(docket, case_officer, head, kind="notice", **words) -> Notice:
    notice = services.draft(kind=kind, docket=docket, content=WORDS | words, by=case_officer)
    return services.approve(notice=services.submit(notice=notice, by=case_officer), by=head)


def test_an_issued_notice_has_the_number_of_its_authority_form_and_year(issued, case_officer):
    assert issued.number == f"常环通〔{clock.today().year}〕1号"
    assert (issued.state, issued.issued_by, issued.issued_on) == (NoticeState.ISSUED, case_officer, clock.today())
    assert len(issued.verification_code) == codes.LENGTH


def test_numbers_follow_each_other_and_restart_each_year(docket, case_officer, head):
    from datetime import date

    with clock.pinned(date(2026, 12, 31)):
        docket.refresh_from_db()
        numbers = [
            services.issue(notice=prepared(docket, case_officer, head), by=case_officer).number for _ in range(3)
        ]
    with clock.pinned(date(2027, 1, 1)):
        numbers.append(services.issue(notice=prepared(docket, case_officer, head), by=case_officer).number)
    assert numbers == ["常环通〔2026〕1号", "常环通〔2026〕2号", "常环通〔2026〕3号", "常环通〔2027〕1号"]


def test_each_authority_has_a_series_of_its_own(docket, case_officer, head, issued, xuzhou_epb, monkeypatch):
    kind = registry.get("notice")
    other = prepared(docket, case_officer, head)
    monkeypatch.setattr(type(kind), "agency", lambda self, notice: xuzhou_epb)
    assert services.issue(notice=other, by=case_officer).number.startswith("徐环通〔")


def test_new_characters_begin_a_series_of_their_own_and_leave_no_gap_in_the_old_one(
    docket, case_officer, head, issued, sysadmin
):
    departments.rename_department(
        department=issued.agency, name="常州市生态环境委员会", short_name="市生态环境委", valid_from=clock.today(),
        basis="常编发〔2026〕9号", brand="常环委", brand_from=clock.today(), by=sysadmin,
    )  # fmt: skip
    old, year = issued.number, issued.year
    docket = Docket.objects.get(pk=docket.pk)
    first, second = (services.issue(notice=prepared(docket, case_officer, head), by=case_officer) for _time in range(2))
    assert [first.number, second.number] == [f"常环委通〔{year}〕1号", f"常环委通〔{year}〕2号"]
    issued.refresh_from_db()
    assert (issued.number, issued.agency_brand) == (old, issued.series.removesuffix("通"))
    kept = Sequence.objects.filter(series__startswith="notice:", year=year).values_list("series", "last")
    assert dict(kept) == {f"notice:{issued.series}": 1, "notice:常环委通": 2}


def test_nothing_is_issued_before_approval(submitted, case_officer):
    with pytest.raises(RuleBroken):
        services.issue(notice=submitted, by=case_officer)


@pytest.mark.parametrize("role", ["head", "inspector", "legal_reviewer", "supervisor", "auditor", "sysadmin"])
def test_only_a_case_officer_issues(approved, role, request):
    with pytest.raises(PermissionDenied):
        services.issue(notice=approved, by=request.getfixturevalue(role))


def test_d14_issuing_twice_takes_one_number(approved, case_officer):
    services.issue(notice=approved, by=case_officer)
    with pytest.raises(RuleBroken):
        services.issue(notice=approved, by=case_officer)
    assert Sequence.objects.get(series="notice:常环通").last == 1


def test_a_refused_issue_gives_its_number_back(approved, case_officer, docket, head, monkeypatch):
    def refuse(self, notice):
        raise RuleBroken("不行")

    with monkeypatch.context() as patch:
        patch.setattr(type(registry.get("notice")), "on_issued", refuse)
        with pytest.raises(RuleBroken):
            services.issue(notice=approved, by=case_officer)
    assert Notice.objects.get(pk=approved.pk).number is None
    assert services.issue(notice=approved, by=case_officer).number.endswith("〕1号")


def test_d18_a_character_no_font_has_is_refused_before_a_number_is_taken(docket, case_officer, head):
    """It is said to who wrote it, when he hands it in; an issue would refuse it as well."""
    with pytest.raises(RuleBroken) as refusal:
        prepared(docket, case_officer, head, paragraphs=["请于\U0001f4c5前报送。"])
    assert "U+1F4C5" in str(refusal.value)
    assert "正文" in str(refusal.value), "the field is named as the form names it"
    assert not Sequence.objects.filter(series="notice:常环通").exists()
    assert not Job.objects.filter(kind="notices.render").exists()
    assert Notice.objects.get().state == NoticeState.DRAFT


def test_d18_also_when_the_character_is_in_the_name_of_the_party(approved, case_officer, enterprise):
    enterprise.name = "常州试验\U0001f4c5有限公司"
    enterprise.save()
    with pytest.raises(RuleBroken) as refusal:
        services.issue(notice=Notice.objects.get(pk=approved.pk), by=case_officer)
    assert "受送达人" in str(refusal.value)
    assert not Sequence.objects.filter(series="notice:常环通").exists()


def test_without_the_libraries_for_pdf_nothing_is_issued(approved, case_officer, monkeypatch):
    from notices import rendering

    missing = rendering.EngineStatus("missing", "缺少系统库", "apt-get install -y libpango-1.0-0")
    monkeypatch.setattr(rendering, "engine_status", lambda: missing)
    with pytest.raises(RuleBroken) as refusal:
        services.issue(notice=approved, by=case_officer)
    assert "缺少系统库" in str(refusal.value)


def test_a_type_may_refuse_for_reasons_of_the_docket(approved, case_officer, monkeypatch):
    monkeypatch.setattr(type(registry.get("notice")), "guards", lambda self, notice: ["听证期限未满。"])
    with pytest.raises(RuleBroken) as refusal:
        services.issue(notice=approved, by=case_officer)
    assert refusal.value.reasons == ["听证期限未满。"]


def test_an_authority_without_brand_characters_cannot_number(approved, case_officer, changzhou_epb):
    changzhou_epb.brand = ""
    changzhou_epb.save()
    with pytest.raises(RuleBroken):
        services.issue(notice=Notice.objects.get(pk=approved.pk), by=case_officer)


def test_d17_what_was_issued_keeps_the_names_of_that_day(issued, enterprise, changzhou_epb, head, case_officer):
    name, agency, approver = issued.addressee_name, issued.agency_name, head.name
    enterprise.name, enterprise.address, enterprise.legal_representative = "新名称有限公司", "新地址", "新代表"
    enterprise.save()
    changzhou_epb.name = "改名后的局"
    changzhou_epb.save()
    head.name = "改名"
    head.save()
    kept = drawn(issued)
    assert (kept.addressee_name, kept.agency_name, kept.approver_name) == (name, agency, approver)
    text = extracted(kept.pdf_bytes())
    assert name in text
    assert agency in text
    assert "新名称" not in text


def test_d17_drawing_later_gives_the_words_of_the_day_of_issue(issued, monkeypatch):
    """Even a template that changed between issue and printing changes nothing."""
    monkeypatch.setattr(type(issued.type), "template", "notices/rectification/rectification_order.html")
    assert "流向台账" in extracted(drawn(issued).pdf_bytes())


def test_the_document_bears_the_official_name_of_the_day(docket, case_officer, head, changzhou_epb):
    from datetime import date

    DepartmentName.objects.create(
        department=changzhou_epb, name="常州市环境保护局", valid_from=date(2010, 1, 1), valid_to=date(2018, 12, 31)
    )
    with clock.pinned(date(2015, 6, 1)):
        notice = services.issue(notice=prepared(docket, case_officer, head), by=case_officer)
    assert notice.agency_name == "常州市环境保护局"
    assert "常州市环境保护局" in notice.html


def test_the_callback_of_the_type_runs_with_the_issue(approved, case_officer, monkeypatch):
    seen = []
    monkeypatch.setattr(type(registry.get("notice")), "on_issued", lambda self, notice: seen.append(notice.number))
    issued = services.issue(notice=approved, by=case_officer)
    assert seen == [issued.number]


def test_outside_production_every_page_says_sample(issued, settings, docket, case_officer, head):
    assert "@page { background" in issued.html
    settings.DEMO = False
    other = services.issue(notice=prepared(docket, case_officer, head), by=case_officer)
    assert "@page { background" not in other.html


def test_a_docket_without_party_is_refused_for_documents_that_are_served(case_officer):
    docket = make_docket(department=case_officer.department, officer=case_officer, enterprise=None)
    draft = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    with pytest.raises(RuleBroken):
        services.submit(notice=draft, by=case_officer)


def extracted(pdf: bytes) -> str:
    import io

    from pypdf import PdfReader

    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def test_an_internal_office_issues_in_the_name_and_series_of_its_authority(approved, case_officer, province_epb):
    Department.objects.filter(pk=approved.docket.department_id).update(is_internal=True)
    issued = services.issue(notice=approved, by=case_officer)
    assert (issued.agency, issued.agency_name) == (province_epb, province_epb.name)
    assert issued.number.startswith(province_epb.brand)
