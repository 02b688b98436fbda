"""线索登记表, 不予立案审批表, 撤销立案审批表: made out when the step is taken, and as they were for ever."""

from datetime import date

import pytest

from core import clock
from core.labels import in_print
from enforcement.leads import file_forms as of_leads
from enforcement.leads import services as leads
from enforcement.leads.models import Origin
from enforcement.rectification import file_forms as of_cases
from enforcement.rectification import services as cases
from notices import casefile, casefile_forms
from notices.rendering.samples import SAMPLES
from organisation.models import Officer
from registry.models import Enterprise
from tests.notices.rendered_pages import text_of
from tests.plugins.matters import DAY
from tests.plugins.stories import story
from trail.models import Event

pytestmark = pytest.mark.django_db


@story
def reported(violation, enterprise, case_officer):
    """A lead that somebody reported."""
    with clock.pinned(DAY):
        return leads.register(
            enterprise=enterprise, origin=Origin.REPORT, violation=violation, facts="夜间排放废水。", received_on=DAY,
            acted_from=date(2026, 8, 30), acted_to=date(2026, 8, 31), by=case_officer,
        )  # fmt: skip


def forms(docket) -> dict[str, casefile_forms.Form]:
    return {form.title: form for form in casefile_forms.of(docket)}


def printed(docket, title: str) -> str:
    return "".join(text_of(casefile_forms.draw(docket, forms(docket)[title])).split())


def dismissed(lead, by, **more):
    with clock.pinned(DAY):
        return leads.dismiss(lead=lead, reason="经核实，废水来自邻厂。", by=by, **more)


@pytest.mark.pdf
def test_a_registered_lead_has_its_form(reported, case_officer):
    text = printed(reported.docket, of_leads.REGISTRATION)
    for words in (
        "线索登记表", str(reported.docket.number), "2026年9月1日", reported.enterprise.name, reported.enterprise.credit_code,
        "夜间排放废水。", "2026年8月30日至2026年8月31日", in_print(reported.violation.legal_basis), case_officer.name,
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.pdf
def test_who_informed_is_not_named_on_it(reported, lead):
    assert "依法保密" in printed(reported.docket, of_leads.REGISTRATION)
    assert "依法保密" not in printed(lead.docket, of_leads.REGISTRATION)


@pytest.mark.pdf
def test_a_dismissed_lead_has_the_form_with_its_reason(reported, case_officer):
    assert of_leads.NO_CASE not in forms(reported.docket)
    dismissed(reported, case_officer)
    text = printed(reported.docket, of_leads.NO_CASE)
    for words in ("不予立案审批表", "经核实，废水来自邻厂。", "不移送", "建议不予立案。", case_officer.name):
        assert words in text, words
    officer, by_hand = forms(reported.docket)[of_leads.NO_CASE].context["opinions"]
    assert (officer["role"], by_hand) == ("承办人意见", {"role": "机关负责人意见"})


def test_a_lead_that_the_head_dismissed_has_his_opinion(reported, head):
    dismissed(reported, head)
    (opinion,) = forms(reported.docket)[of_leads.NO_CASE].context["opinions"]
    assert (opinion["role"], opinion["text"], opinion["by"]) == ("机关负责人意见", "决定不予立案。", [head.name])


def test_a_lead_that_went_to_another_authority_names_it(reported, case_officer):
    dismissed(reported, case_officer, transferred_to="某市水利局")
    assert forms(reported.docket)[of_leads.NO_CASE].context["transferred_to"] == "某市水利局"


def test_a_lead_taken_up_again_has_no_form_of_its_dismissal(reported, case_officer, head):
    dismissed(reported, case_officer)
    leads.reconsider(lead=reported, reason="有新证据", by=head)
    assert list(forms(reported.docket)) == [of_leads.REGISTRATION]


@pytest.mark.pdf
def test_a_withdrawn_case_has_the_form_with_its_reason_and_the_heads_opinion(case, head):
    assert of_cases.WITHDRAWAL not in forms(case.docket)
    with clock.pinned(DAY):
        cases.withdraw(case=case, reason="违法主体有误。", by=head)
    text = printed(case.docket, of_cases.WITHDRAWAL)
    for words in (
        "撤销立案审批表",
        str(case.docket.number),
        "废水处理设施未运行。",
        "违法主体有误。",
        "同意撤销立案。",
        head.name,
    ):
        assert words in text, words
    cases.reopen_withdrawn(case=case, reason="误撤销", by=head)
    assert of_cases.WITHDRAWAL not in forms(case.docket)


@pytest.mark.pdf
def test_d17_the_forms_keep_their_words_whatever_becomes_of_officer_and_party(reported, case_officer):
    dismissed(reported, case_officer)
    before = {title: casefile_forms.draw(reported.docket, form) for title, form in forms(reported.docket).items()}
    assert set(before) == {of_leads.REGISTRATION, of_leads.NO_CASE}
    Officer.objects.filter(pk=case_officer.pk).update(name="改名者")
    Enterprise.objects.filter(pk=reported.enterprise_id).update(name="新名称", legal_representative="新任")
    assert {t: casefile_forms.draw(reported.docket, form) for t, form in forms(reported.docket).items()} == before


def test_a_lead_from_before_forms_were_frozen_has_them_made_and_says_so(reported, case_officer, monkeypatch):
    dismissed(reported, case_officer)
    monkeypatch.setattr(casefile_forms, "frozen", lambda docket: {})
    made = forms(reported.docket)
    assert set(made) == {of_leads.REGISTRATION, of_leads.NO_CASE}
    assert all("补制" in form.context["remark"] for form in made.values())


def test_the_file_of_a_case_holds_the_form_of_its_lead(case):
    titles = [paper.title for paper in casefile.papers(case.docket)]
    assert {of_leads.REGISTRATION, of_cases.FILING} <= set(titles)


def test_what_the_forms_say_is_part_of_the_chain_of_the_lead(reported, case_officer):
    dismissed(reported, case_officer)
    kept = Event.objects.filter(docket_id=reported.docket_id, verb=casefile_forms.VERB).order_by("position")
    assert [event.facts["title"] for event in kept] == [of_leads.REGISTRATION, of_leads.NO_CASE]


@pytest.mark.parametrize("code", ["lead_registration", "no_case_approval", "withdrawal_approval"])
def test_each_form_has_a_sample(code):
    assert SAMPLES[code].template.endswith(f"{code}.html")
