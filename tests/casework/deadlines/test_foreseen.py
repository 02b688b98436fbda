"""Before it is granted the page says what an extension or a pause would make of the date, and by what right it is granted."""

from datetime import date

import pytest
from django.urls import reverse

from casework import deadlines
from casework.deadlines import limits
from core import clock
from core.errors import RuleBroken
from enforcement.rectification.deadlines import PERIOD

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 10)
OWN_DECISION = "本机关决定（法律、法规未作规定）"


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.pinned(TODAY):
        yield


@pytest.fixture
def period(served):
    """Thirty days from 3 September: until the 8th of October, the first working day after the holidays."""
    return served.docket.deadlines.get(kind=PERIOD)


def page(client, name, period, **query):
    return client.get(reverse(f"casework:{name}", args=[period.pk]), query).content.decode()


def stop(period, head, **given):
    words = {"reason": "停电", "document": "常环中〔2026〕1号", "from_on": TODAY, "by": head}
    return deadlines.pause(deadline=period, **{"reason_code": "force_majeure", **words, **given})


def test_the_new_last_day_is_the_one_that_is_then_granted(period, head, log_in):
    said = page(log_in(head), "extend", period, foresee=1, length=5, unit="working_day")
    deadlines.extend(deadline=period, length=5, unit="working_day", reason="到货晚", document="延1号", by=head)
    assert "2026-10-08" in said
    assert period.due_on.isoformat() in said


def test_half_a_form_foresees_nothing(period, head, log_in):
    assert page(log_in(head), "extend", period, foresee=1, length="", unit="month").strip() == ""
    assert page(log_in(head), "pause", period, foresee=1, from_on="2027-01-01").strip() == ""


def test_the_effect_of_a_pause_is_said_before_it_begins_and_when_it_ends(period, head, log_in):
    client = log_in(head)
    assert "明天即恢复计时" in page(client, "pause", period, foresee=1, from_on="2026-09-08")
    stop(period, head)
    said = page(client, "resume", period, foresee=1, to_on=TODAY.isoformat())
    deadlines.resume(deadline=period, to_on=TODAY, reason="来电", by=head)
    assert period.due_on.isoformat() in said


def test_where_a_pause_moves_nothing_yet_that_is_said_and_why(period, head, log_in):
    with clock.pinned(period.started_on):
        said = page(log_in(head), "pause", period, foresee=1, from_on=period.started_on.isoformat())
    assert "届满日不变，仍为2026-10-08" in said
    assert "期限起算当日本就不计入期限" in said
    # 3 October, the plain end, lies in the holidays: three days more still end on the first working day after them.
    said = page(log_in(head), "pause", period, foresee=1, from_on="2026-09-08")
    assert "届满日不变，仍为2026-10-08" in said
    assert "起算当日" not in said


def test_looking_ahead_changes_nothing(period, head, log_in):
    page(log_in(head), "extend", period, foresee=1, length=5, unit="month")
    page(log_in(head), "pause", period, foresee=1, from_on=TODAY.isoformat())
    period.refresh_from_db()
    assert (period.due_on, period.paused_since) == (date(2026, 10, 8), None)
    assert not period.pauses.exists()
    assert not period.extensions.exists()


def test_while_the_clock_is_stopped_the_page_gives_no_last_day(period, head, log_in):
    stop(period, head)
    text = page(log_in(head), "extend", period)
    assert "自2026-09-10起中止计时" in text
    assert "2026-10-08届满" not in text


def test_no_statute_is_cited_for_what_the_authority_decides_itself(period, head, log_in):
    client = log_in(head)
    for name in ("extend", "pause"):
        text = page(client, name, period)
        assert OWN_DECISION in text
        assert "第二十八条" not in text
    assert stop(period, head).basis == OWN_DECISION
    head.language = "en"
    head.save(update_fields=["language"])
    english = log_in(head)
    for address in (period.docket.get_absolute_url(), reverse("casework:extend", args=[period.pk])):
        text = english.get(address).content.decode()
        assert "no statute or regulation provides for it" in text
        assert OWN_DECISION not in text


def test_only_reasons_of_the_party_s_side_stop_the_party_s_period(period, head, log_in):
    text = page(log_in(head), "pause", period)
    assert "不可抗力" in text
    assert "招标" not in text
    with pytest.raises(RuleBroken, match="不适用于此类期限"):
        stop(period, head, reason_code="tender")


def test_the_authority_s_own_period_keeps_the_reasons_of_its_rule(served, head, log_in):
    handling = served.docket.deadlines.filter(kind="rectification.handling").get()
    assert set(limits.reasons_of(handling.rule, "agency")) <= set(limits.OF_THE_AUTHORITY)
    assert limits.basis_of_more_time(handling.rule) == handling.rule.legal_basis
