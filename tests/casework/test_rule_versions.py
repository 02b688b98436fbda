"""The next version of a statutory period: previewed, added in the browser, chosen by the day a period starts."""

import uuid
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework import deadlines, reference, rule_versions, statutes
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline, InboxMessage, PeriodRule
from casework.rule_versions import Wording
from core import clock
from core.errors import RuleBroken
from tests import factories
from trail.models import Event

D = date.fromisoformat
pytestmark = pytest.mark.django_db
HANDLING = DeadlineKind(code="test.handling", label="办案期限", rules=("D05",))
OWN_RULES, ONLY_THERE = "rectification.handling", "rectification.reinspection"


@pytest.fixture(autouse=True)
def _statutes(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(HANDLING)
    with clock.pinned(D("2026-11-20")):
        yield


@pytest.fixture
def rule() -> PeriodRule:
    """Ninety calendar days from the opening of the case."""
    return PeriodRule.objects.get(code="D05")


def wording(valid_from="2026-11-01", **fields) -> Wording:
    facts = {
        "length": 60, "unit": "calendar_day", "legal_basis": "行政处罚法(2026)第60条", "source": "公报2026年第9号",
        "confidence": "high", **fields,
    }  # fmt: skip
    return Wording(valid_from=D(valid_from), **facts)


def start(docket, by, on="2026-11-10", **fields) -> Deadline:
    return deadlines.start(docket=docket, kind=HANDLING.code, on=D(on), by=by, **fields)


def add(rule, by, after="D05", **fields):
    return rule_versions.add_version(rule=rule, wording=wording(**fields), after=after, by=by)


def moves(rule, **fields):
    return list(rule_versions.impact(rule_versions.draft(rule, wording(**fields))))


# --- which version applies ----------------------------------------------------------------------------------------


def test_the_version_in_force_on_the_day_a_period_starts_applies(rule, sysadmin, docket, case_officer):
    version, _moved = add(rule, sysadmin)
    assert version.code == "D05-2"
    assert statutes.rule_in_force(("D05",), D("2026-10-31")) == rule
    assert statutes.rule_in_force(("D05",), D("2026-11-01")) == version
    assert (start(docket, case_officer, "2026-10-20").due_on, start(docket, case_officer).due_on) == (
        D("2027-01-18"),
        D("2027-01-09"),
    )


def test_the_former_version_ends_on_the_day_before(rule, sysadmin):
    version, _moved = add(rule, sysadmin)
    rule.refresh_from_db()
    assert (rule.valid_to, version.valid_from, version.valid_to) == (D("2026-10-31"), D("2026-11-01"), None)
    assert (version.trigger, version.action, version.actor_side) == (rule.trigger, rule.action, rule.actor_side)


def test_a_former_version_that_was_to_end_hands_its_end_on(rule, sysadmin):
    PeriodRule.objects.filter(pk=rule.pk).update(valid_to=D("2027-06-30"))
    version, _moved = add(rule, sysadmin)
    assert version.valid_to == D("2027-06-30")


def test_versions_follow_one_another(rule, sysadmin):
    second, _moved = add(rule, sysadmin)
    third, _moved = add(second, sysadmin, after="D05-2", valid_from="2026-12-01", length=45)
    assert (third.code, third.version_of) == ("D05-3", rule)
    assert statutes.rule_in_force(("D05",), D("2026-11-30")) == second
    assert statutes.rule_in_force(("D05",), D("2026-12-01")) == third


def test_the_version_of_an_earlier_choice_comes_before_later_choices(rule, sysadmin):
    version, _moved = add(rule, sysadmin)
    assert statutes.rule_in_force(("D05", "D06"), D("2026-11-10")) == version


# --- which running periods it concerns ----------------------------------------------------------------------------


def test_what_started_before_keeps_its_version_and_its_date(rule, sysadmin, docket, case_officer):
    deadline = start(docket, case_officer, "2026-10-20")
    before = deadline.due_on
    assert moves(rule) == []
    assert rule_versions.keeping(rule_versions.draft(rule, wording())) == 1
    add(rule, sysadmin)
    deadline.refresh_from_db()
    assert (deadline.rule, deadline.due_on) == (rule, before)


def test_what_started_since_its_first_day_moves_as_the_preview_says(rule, sysadmin, docket, case_officer):
    deadline = start(docket, case_officer)
    [move] = moves(rule)
    assert (move.deadline, move.before, move.after) == (deadline, D("2027-02-08"), D("2027-01-09"))
    deadline.refresh_from_db()
    assert deadline.due_on == D("2027-02-08")  # a preview stores nothing
    version, moved = add(rule, sysadmin)
    deadline.refresh_from_db()
    docket.refresh_from_db()
    assert (moved, deadline.rule, deadline.length, deadline.due_on) == (1, version, 60, D("2027-01-09"))
    assert (deadline.basis, docket.next_due_on) == ("行政处罚法(2026)第60条", D("2027-01-09"))
    event = Event.objects.get(docket_id=docket.pk, verb="deadline.apply_rule")
    assert event.facts["before"]["due_on"] == "2027-02-08"
    assert "D05-2" in event.facts["reason"]
    assert InboxMessage.objects.filter(recipient=case_officer).exists()


def test_pauses_and_extensions_stay_with_a_period_that_moves(rule, sysadmin, docket, case_officer, head):
    PeriodRule.objects.filter(pk=rule.pk).update(extension="负责人批准+30日", excluded_time="听证")
    deadline = start(docket, case_officer)
    deadlines.extend(deadline=deadline, length=30, reason="案情复杂", document="常环延〔2026〕1号", by=head)
    [move] = moves(rule)
    add(rule, sysadmin)
    deadline.refresh_from_db()
    assert deadline.due_on == move.after == D("2027-02-08")


def test_a_length_that_a_document_set_stays_and_only_the_basis_changes(rule, sysadmin, docket, case_officer):
    deadline = start(docket, case_officer, length=15)
    [move] = moves(rule)
    assert not move.moves
    version, moved = add(rule, sysadmin)
    deadline.refresh_from_db()
    assert (moved, deadline.length, deadline.rule) == (0, 15, version)


def test_what_is_met_cancelled_or_closed_is_left_alone(rule, sysadmin, docket, case_officer, enterprise):
    met = start(docket, case_officer)
    deadlines.meet(deadline=met, on=D("2026-11-15"), by=case_officer)
    other = factories.make_docket(department=case_officer.department, officer=case_officer, enterprise=enterprise)
    closed = start(other, case_officer)
    type(other).objects.filter(pk=other.pk).update(closed_on=D("2026-11-16"))
    assert add(rule, sysadmin)[1] == 0
    assert {row.rule for row in Deadline.objects.filter(pk__in=[met.pk, closed.pk])} == {rule}


# --- authorities with rules of their own --------------------------------------------------------------------------


def own_rules(docket, by, kind=OWN_RULES) -> Deadline:
    return deadlines.start(docket=docket, kind=kind, on=D("2026-11-10"), by=by)


@pytest.fixture
def elsewhere(changzhou_epb, case_officer):
    """A docket of an authority that is not one of the environment."""
    other = factories.make_department("3204-NRD", "资规局", changzhou_epb.region, kind="NRD")
    return factories.make_docket(department=other, officer=case_officer)


def test_a_version_of_the_general_rule_leaves_an_authority_with_its_own_rule_alone(
    rule, sysadmin, docket, elsewhere, case_officer
):
    own, general = own_rules(docket, case_officer), own_rules(elsewhere, case_officer)
    assert (own.rule.code, general.rule.code) == ("D06", "D05")
    assert [move.deadline for move in moves(rule)] == [general]
    version, moved = add(rule, sysadmin)
    before = own.due_on
    own.refresh_from_db()
    general.refresh_from_db()
    assert (moved, own.rule.code, own.due_on, general.rule) == (1, "D06", before, version)


def test_a_version_of_the_rule_of_one_kind_of_authority_reaches_its_periods_alone(
    sysadmin, docket, elsewhere, case_officer
):
    own, general = own_rules(docket, case_officer), own_rules(elsewhere, case_officer)
    version, moved = add(PeriodRule.objects.get(code="D06"), sysadmin, after="D06")
    own.refresh_from_db()
    general.refresh_from_db()
    assert (moved, own.rule, own.due_on, general.rule.code) == (1, version, D("2027-01-09"), "D05")


def test_a_version_reaches_periods_of_a_kind_that_only_one_kind_of_authority_has(sysadmin, docket, case_officer):
    deadline = own_rules(docket, case_officer, kind=ONLY_THERE)
    version, _moved = add(PeriodRule.objects.get(code="D13"), sysadmin, after="D13-3")
    deadline.refresh_from_db()
    assert deadline.rule == version


# --- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"valid_from": "2021-07-15"}, "valid_from"),
        ({"length": 0}, "length"),
        ({"unit": "hour"}, "unit"),
        ({"legal_basis": " "}, "legal_basis"),
        ({"source": ""}, "source"),
    ],
)
def test_a_version_that_cannot_be_is_refused_at_its_field(rule, sysadmin, fields, field):
    with pytest.raises(RuleBroken) as refused:
        add(rule, sysadmin, **fields)
    assert refused.value.field == field
    assert not PeriodRule.objects.filter(version_of=rule).exists()


def test_a_version_that_says_the_same_is_refused(rule, sysadmin):
    with pytest.raises(RuleBroken):
        add(rule, sysadmin, length=90, legal_basis=rule.legal_basis)


def test_a_period_that_is_no_length_gets_no_version(sysadmin):
    hours = PeriodRule.objects.filter(length=None).first()
    with pytest.raises(RuleBroken):
        add(hours, sysadmin, after=hours.code)


def test_of_two_administrators_the_second_is_told_to_look_again(rule, sysadmin):
    add(rule, sysadmin)
    with pytest.raises(RuleBroken) as refused:
        add(rule, sysadmin, after="D05", valid_from="2026-12-01", length=45)
    assert "D05-2" in refused.value.reasons[0]


@pytest.mark.parametrize("role", ["case_officer", "head", "supervisor", "auditor", "secadmin", "outsider"])
def test_nobody_but_the_system_administrator_adds_one(request, rule, role):
    with pytest.raises(PermissionDenied):
        add(rule, request.getfixturevalue(role))
    assert not PeriodRule.objects.filter(version_of=rule).exists()


def test_loading_the_files_again_leaves_a_version_and_the_end_of_the_former_alone(rule, sysadmin):
    version, _moved = add(rule, sysadmin)
    reference.load(settings.ROOT / "reference")
    rule.refresh_from_db()
    kept = PeriodRule.objects.get(pk=version.pk)
    assert (rule.valid_to, kept.length, kept.source) == (D("2026-10-31"), 60, "公报2026年第9号")
    # What nobody has touched still follows the files.
    PeriodRule.objects.filter(code="D07").update(length=8)
    reference.load(settings.ROOT / "reference")
    assert PeriodRule.objects.get(code="D07").length == 7


# --- in the browser -----------------------------------------------------------------------------------------------


def _posted(**fields) -> dict:
    return {
        "valid_from": "2026-11-01", "length": "60", "unit": "calendar_day", "legal_basis": "行政处罚法(2026)第60条",
        "source": "公报2026年第9号", "confidence": "medium", "note": "", "_once": str(uuid.uuid4()), **fields,
    }  # fmt: skip


def test_the_page_shows_what_would_move_and_adds_it_when_confirmed(rule, sysadmin, docket, case_officer, log_in):
    deadline = start(docket, case_officer)
    client = log_in(sysadmin)
    url = reverse("casework:rule_version", args=["D05"])
    assert url in client.get(reverse("casework:rule", args=["D05"])).content.decode()
    shown = client.post(url, _posted())
    assert shown.status_code == 200
    assert docket.number in shown.content.decode()
    assert (shown.context["preview"]["moved_count"], PeriodRule.objects.filter(version_of=rule).count()) == (1, 0)
    answer = client.post(url, _posted(confirm="1", after="D05"))
    assert answer["Location"] == reverse("casework:rule", args=["D05-2"])
    deadline.refresh_from_db()
    assert deadline.due_on == D("2027-01-09")
    version = PeriodRule.objects.get(code="D05-2")
    assert not version.is_verified
    assert "D05-2" in client.get(reverse("casework:periods")).content.decode()


def test_d14_a_confirmation_sent_twice_adds_one_version(rule, sysadmin, log_in):
    client = log_in(sysadmin)
    url = reverse("casework:rule_version", args=["D05"])
    sent = _posted(confirm="1", after="D05")
    assert client.post(url, sent).status_code == client.post(url, sent).status_code == 302
    assert PeriodRule.objects.filter(version_of=rule).count() == 1


def test_a_refused_version_is_said_at_its_field(sysadmin, log_in):
    answer = log_in(sysadmin).post(reverse("casework:rule_version", args=["D05"]), _posted(valid_from="2020-01-01"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["valid_from"]


def test_an_officer_without_the_right_has_no_button(case_officer, log_in):
    client = log_in(case_officer)
    url = reverse("casework:rule_version", args=["D05"])
    assert url not in client.get(reverse("casework:rule", args=["D05"])).content.decode()
    assert client.get(url).status_code == 403
