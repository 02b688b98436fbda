"""Which documents of a penalty an officer starts by hand, and that he can fill in each of them."""

from datetime import date

import pytest

from core import clock
from notices import completeness, registry
from tests.enforcement.penalties.papers import drafted, text
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db
LED = {
    "prior_notice",
    "prior_notice_with_hearing",
    "penalty_decision",
    "no_penalty_decision",
}
BY_HAND = {
    "penalty_hearing_notice": "听通",
    "summary_penalty_decision": "当罚",
    "daily_penalty_decision": "日罚",
    "payment_deferral": "缓缴",
    "performance_demand": "催",
    "enforcement_application": "执申",
}


def test_what_the_procedure_leads_is_not_started_by_hand(written):
    offered = {kind.code for kind in registry.offered_on(written.docket)}
    assert BY_HAND.keys() <= offered
    assert not LED & offered


def test_a_penalty_by_the_day_is_offered_to_environmental_authorities_only_and_since_2015(written):
    def is_offered() -> bool:
        return "daily_penalty_decision" in {kind.code for kind in registry.offered_on(written.docket)}

    assert is_offered()
    with clock.pinned(date(2014, 12, 31)):
        assert not is_offered()
    written.docket.department.kind = "industry"
    assert not is_offered()


def test_on_other_matters_none_of_them_is_offered(finding):
    offered = {kind.code for kind in registry.offered_on(finding.inspection.docket)}
    assert not (LED | BY_HAND.keys()) & offered


@pytest.mark.parametrize(("code", "word"), BY_HAND.items())
def test_each_has_the_number_word_of_its_form(code, word):
    assert registry.get(code).number_word == word


@pytest.mark.parametrize("code", sorted(LED | BY_HAND.keys()))
def test_the_page_of_a_draft_asks_for_its_contents(written, case_officer, outsider, log_in, code):
    with clock.pinned(DAY):
        notice = drafted(code, written, case_officer)
        address = f"{notice.get_absolute_url()}edit/"
        page = log_in(case_officer).get(address)
        assert page.status_code == 200
        words = page.content.decode()
        labels = [str(field.label) for field in notice.type.content_form.base_fields.values()]
        assert [label for label in labels if label not in words] == []
        assert log_in(outsider).get(address).status_code == 404


@pytest.mark.parametrize("code", sorted(LED | BY_HAND.keys()))
def test_an_empty_draft_shows_its_gaps_and_is_not_complete(written, case_officer, code):
    with clock.pinned(DAY):
        notice = drafted(code, written, case_officer)
        blank = type(notice)(docket=notice.docket, kind=code, content={})
        assert completeness.of(blank)
        assert "（待填写）" in text(blank)
