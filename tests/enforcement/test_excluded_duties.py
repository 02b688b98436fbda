"""Whoever handles a case does not review it: who names a deputy with both duties is told so first."""

from datetime import date

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from organisation import roles
from organisation.models import Delegation, Officer
from organisation.services import delegations
from tests.factories import make_officer
from trail.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 2)


def entered(principal, deputy, **more):
    day = TODAY.isoformat()
    given = {"principal": principal.pk, "deputy": deputy.pk, "starts_on": day, "ends_on": day, "reason": "年休假"}
    return given | more


def sent(client, *people, **more):
    with clock.pinned(TODAY):
        return client.post("/delegations/new/", entered(*people, **more))


def test_the_reviewer_of_ones_own_cases_becomes_deputy_only_after_a_warning_that_names_them(
    submitted, case_officer, legal_reviewer, log_in
):
    with clock.pinned(TODAY):
        client = log_in(case_officer)
    page = sent(client, case_officer, legal_reviewer)
    assert page.status_code == 200
    assert not Delegation.objects.exists()
    (said,) = page.context["form"].exclusions
    assert str(submitted) in said
    assert "不得再审核、审批" in said
    text = page.content.decode()
    # What he is to know stands above the box to tick, once; the list of what to correct leads there in one line.
    assert text.count(str(submitted)) == 1
    assert text.index(str(submitted)) < text.index('type="checkbox" name="knows_exclusions"')
    (line,) = page.context["form"].errors["knows_exclusions"]
    assert line == "请阅知职责分离的说明并勾选，或者改选其他受托人。"
    assert f'<li><a href="#id_knows_exclusions">{line}</a></li>' in text  # as if nothing were acknowledged yet
    assert sent(client, case_officer, legal_reviewer, knows_exclusions="on").status_code == 302
    assert Delegation.objects.get().deputy == legal_reviewer
    assert Event.objects.get(verb="organisation.delegate").facts["excluding"] == [str(submitted)]


def test_the_same_the_other_way_round(submitted, case_officer, legal_reviewer, log_in):
    with clock.pinned(TODAY):
        client = log_in(legal_reviewer)
    (said,) = sent(client, legal_reviewer, case_officer).context["form"].exclusions
    assert str(submitted) in said
    assert "不得受托对该案件行使职权" in said


def test_a_deputy_who_only_recorded_the_inspection_of_the_case_is_named_with_the_warning(
    submitted, inspector, legal_reviewer, log_in
):
    assert not submitted.docket.team.filter(officer=inspector).exists()
    with clock.pinned(TODAY):
        client = log_in(legal_reviewer)
    (said,) = sent(client, legal_reviewer, inspector).context["form"].exclusions
    assert str(submitted) in said
    assert "案件所由来的事项" in said


def test_what_the_warning_says_of_the_guards_is_so(submitted, case_officer, second_officer, legal_reviewer):
    """The second officer has signed: as deputy of the reviewer he does not review."""
    with clock.pinned(TODAY):
        delegations.give(
            principal=legal_reviewer, deputy=second_officer, starts_on=TODAY, ends_on=TODAY, reason="年休假",
            knows_exclusions=True, by=legal_reviewer,
        )  # fmt: skip
        with pytest.raises(RuleBroken, match="不得审核"):
            cases.agree(case=submitted, opinion="同意", by=Officer.objects.get(pk=second_officer.pk))


def test_where_nothing_is_excluded_nothing_is_asked(submitted, case_officer, second_officer, log_in):
    with clock.pinned(TODAY):
        client = log_in(case_officer)
        assert 'type="checkbox" name="knows_exclusions"' not in client.get("/delegations/new/").content.decode()
    assert sent(client, case_officer, second_officer).status_code == 302
    assert "excluding" not in Event.objects.get(verb="organisation.delegate").facts


def test_a_case_that_the_one_who_names_may_not_see_is_not_named(submitted, case_officer, legal_reviewer):
    from enforcement.rectification import duties

    stranger = make_officer(roles.CASE_OFFICER, department=legal_reviewer.department)
    submitted.docket.confidentiality = "restricted"
    submitted.docket.save()
    assert duties.excluded(case_officer, legal_reviewer, stranger) == []
    assert duties.excluded(case_officer, legal_reviewer, case_officer)
