"""A period is extended as often, as long and in the unit that its rule says."""

import pytest
from django.urls import reverse

from casework import deadlines
from casework.deadlines import limits, showing
from casework.models import PeriodRule
from core import clock
from core.errors import RuleBroken
from tests.casework.deadlines.acts import FINE, D, events, extend, pause, start
from trail.models import Event

pytestmark = pytest.mark.django_db


def test_an_extension_moves_the_date_and_names_its_document(docket, case_officer, head):
    deadline = start(docket, case_officer)
    extend(deadline, head)
    assert deadline.due_on == D("2026-12-30")
    [told] = deadline.reasons["extensions"]
    assert (told["length"], told["document"], told["end_on"]) == (30, "常环延〔2026〕1号", "2026-12-30")


def test_a_rule_is_extended_as_often_and_as_long_as_it_says(docket, case_officer, head):
    deadline = start(docket, case_officer)  # 负责人批准+30日;…再≤30日
    with pytest.raises(RuleBroken):
        extend(deadline, head, length=31)
    extend(deadline, head)
    extend(deadline, head, length=20, document="常环延〔2026〕2号")
    with pytest.raises(RuleBroken, match="再≤30日"):
        extend(deadline, head, length=5, document="常环延〔2026〕3号")
    old = start(docket, case_officer, kind="test.filing", on="2026-11-16")
    extend(old, head, length=15)
    with pytest.raises(RuleBroken):
        extend(old, head, length=1, document="常环延〔2026〕4号")


@pytest.mark.parametrize(("length", "unit"), [(30, "working_day"), (1, "month"), (1, "year")])
def test_a_rule_is_extended_in_its_own_unit_and_in_no_other(docket, case_officer, head, length, unit):
    deadline = start(docket, case_officer)  # 30 days, not 30 working days
    with pytest.raises(RuleBroken) as refusal:
        extend(deadline, head, length=length, unit=unit)
    assert refusal.value.field == "unit"
    assert deadline.due_on == D("2026-11-30")


@pytest.mark.parametrize(
    ("unit", "extension", "expected"),
    [
        ("calendar_day", "负责人批准+30日", "calendar_day"),
        ("working_day", "负责人批准+10日", "working_day"),
        ("calendar_day", "可延长10个工作日", "working_day"),
        ("month", "+≤3个月", "month"),
        ("month", "最长12个月", "month"),
        ("calendar_day", "延期须书面申请", "calendar_day"),
    ],
)
def test_days_of_an_extension_are_days_as_the_rule_counts_them(unit, extension, expected):
    assert limits.unit_of_extension(PeriodRule(unit=unit, extension=extension), 0) == expected


def test_a_rule_without_a_word_on_more_time_is_not_extended(docket, case_officer, head):
    with clock.pinned(D("2012-04-01")):
        old = start(docket, case_officer, on="2012-03-15")
        with pytest.raises(RuleBroken):
            extend(old, head, length=1, unit="month")


def test_more_time_is_offered_only_where_the_rule_allows_it(docket, case_officer, head, log_in):
    fine = start(docket, case_officer, kind="test.fine", on="2026-11-16")
    PeriodRule.objects.filter(pk=fine.rule_id).update(extension="")
    handling = start(docket, case_officer)
    page, form = (reverse(f"casework:{name}", args=[fine.pk]) for name in ("why", "extend"))
    client = log_in(head)
    assert form not in client.get(page).text
    refused = client.get(form)
    assert refused.status_code == 409
    assert "未规定可以延长" in refused.text
    assert "D31 " not in refused.text
    assert ";" not in limits.no_more_time(handling.rule, 9)
    open_form = reverse("casework:extend", args=[handling.pk])
    assert open_form in client.get(reverse("casework:why", args=[handling.pk])).text
    extend(handling, head)
    extend(handling, head, length=30, document="常环延〔2026〕2号")
    assert open_form not in client.get(reverse("casework:why", args=[handling.pk])).text


def test_nobody_grants_more_than_a_year_at_once(docket, case_officer, head):
    deadline = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    with pytest.raises(RuleBroken, match=r"365日.*并非法定") as refusal:
        extend(deadline, head, length=366)
    assert refusal.value.field == "length"
    with pytest.raises(RuleBroken, match="12个月"):
        extend(deadline, head, length=13, unit="month")
    extend(deadline, head, length=365)


def test_an_extension_after_the_end_comes_too_late(docket, case_officer, head):
    deadline = start(docket, case_officer, on="2026-08-03")
    with pytest.raises(RuleBroken):
        extend(deadline, head)


def test_what_a_document_set_may_be_extended_by_document(docket, case_officer, head):
    deadline = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    extend(deadline, head, length=20)
    assert deadline.due_on == D("2026-12-22")


def test_however_many_documents_together_they_give_a_year_at_most(docket, case_officer, head):
    """What a document set knows no number of extensions: the sum has a limit."""
    deadline = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    extend(deadline, head, length=300, document="一号")
    with pytest.raises(RuleBroken, match=r"合计不超过一年.*并非法定") as refused:
        extend(deadline, head, length=66, document="二号")
    assert refused.value.field == "length"
    extend(deadline, head, length=65, document="二号")
    with pytest.raises(RuleBroken, match="合计不超过一年"):
        extend(deadline, head, length=1, unit="month", document="三号")


def test_the_portal_s_own_limit_on_the_sum_does_not_bind_where_a_rule_allows_more_time(docket, case_officer, head):
    """延期、分期缴纳罚款: the rule names no number and no end, so each document decides; only one slip of the pen is caught."""
    fine = start(docket, case_officer, kind=FINE.code, on="2026-11-16")
    extend(fine, head, length=300, document="一号")
    extend(fine, head, length=300, document="二号")
    with pytest.raises(RuleBroken, match="并非法定"):
        extend(fine, head, length=366, document="三号")


def test_pause_and_extension_together_as_the_trail_tells_it(docket, case_officer, head):
    deadline = start(docket, case_officer)
    pause(deadline, head)
    deadlines.resume(deadline=deadline, to_on=D("2026-09-19"), reason="中止原因消除", by=head)
    extend(deadline, head)
    assert deadline.due_on == D("2027-01-09")
    assert deadline.is_provisional
    verbs = list(Event.objects.filter(docket_id=docket.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["deadline.start", "deadline.pause", "deadline.resume", "deadline.extend"]
    [event] = events(docket, "deadline.extend")
    assert event.facts["before"]["due_on"], event.facts["after"]["due_on"] == ("2026-12-10", "2027-01-09")
    assert event.facts["basis"] == deadline.basis


def test_the_same_document_extends_a_period_once(docket, case_officer, head):
    """Defect D14: going back and sending the old form again grants nothing."""
    deadline = start(docket, case_officer, kind="test.ordered", on="2026-11-02", length=30, unit="calendar_day")
    extend(deadline, head, length=5)
    with pytest.raises(RuleBroken, match="常环延") as refused:
        extend(deadline, head, length=5)
    assert refused.value.field == "document"
    assert deadline.extensions.count() == 1


def test_what_the_rule_does_not_extend_is_not_offered_and_refused_without_our_codes(docket, case_officer, head):
    with clock.pinned(D("2012-04-01")):
        old = start(docket, case_officer, on="2012-03-15")
        assert all("extend" not in action["url"] for action in showing.actions(old, head))
        with pytest.raises(RuleBroken) as refused:
            extend(old, head, length=1, unit="month")
    words = str(refused.value)
    assert old.rule.code not in words
    assert ";" not in words
    assert old.rule.action in words
    fresh = start(docket, case_officer)
    assert any("extend" in action["url"] for action in showing.actions(fresh, head))
