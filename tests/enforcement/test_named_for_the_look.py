"""Who is named for the re-inspection: inspectors of the department alone, for this step alone, and in one place only."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casework import handover, pages, powers, turns
from casework.models import Confidentiality, Docket, DocketOfficer, Part
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.workflow import HANDLE, INSPECT, Stage
from organisation.models import Officer
from tests.plugins.matters import reinspect
from tests.plugins.stories import story

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LOOKED_ON = date(2026, 9, 28)


def again(row):
    return type(row).objects.get(pk=row.pk)


def call(case, *inspectors):
    with clock.pinned(LOOKED_ON):
        return cases.call_reinspection(case=case, inspectors=inspectors, by=inspectors[0])


def named(case) -> set[Officer]:
    return set(turns.named_for_task(case.docket))


def sees(officer, case) -> bool:
    return Docket.objects.visible_to(again(officer)).filter(pk=case.docket_id).exists()


def parts(case, officer) -> set[str]:
    return set(case.docket.team.filter(officer=officer).values_list("part", flat=True))


def restrict(case) -> None:
    Docket.objects.filter(pk=case.docket_id).update(confidentiality=Confidentiality.RESTRICTED)


@story
def elsewhere(outsider) -> Officer:
    """He may re-inspect, and holds a certificate; but in another department."""
    outsider.certificate_number = "苏环执法900"
    outsider.save()
    return outsider


def test_an_inspector_of_another_department_is_not_named_whoever_asks(served, inspector, elsewhere):
    with pytest.raises(RuleBroken, match=elsewhere.name) as refused:
        call(served, inspector, elsewhere)
    assert refused.value.field == "inspectors"
    assert again(served).stage == Stage.RECTIFYING
    assert not sees(elsewhere, served)


def test_who_is_named_takes_the_step_and_nothing_else(served, inspector, second_officer, elsewhere):
    case = call(served, inspector, second_officer)
    DocketOfficer.objects.create(docket=case.docket, officer=elsewhere, part=Part.TASK)
    guest = again(elsewhere)
    assert guest.has_perm(HANDLE)
    assert powers.may(guest, INSPECT, case.docket)
    assert not powers.may(guest, HANDLE, case.docket)
    with pytest.raises(PermissionDenied):
        cases.confirm_rectified(case=case, by=guest)


def test_who_handles_it_has_his_powers_besides_the_step_he_is_named_for(served, inspector, case_officer):
    case = call(served, inspector, case_officer)
    assert parts(case, case_officer) == {Part.LEAD, Part.TASK}
    assert named(case) == {inspector, case_officer}
    assert powers.may(case_officer, HANDLE, case.docket)


def test_the_power_of_who_is_named_lasts_until_the_step_is_taken(served, inspector, case_officer, xuzhou_epb):
    """He has moved since, and is on the matter by his part alone."""
    case = reinspect(served, inspector, case_officer, done=False, on=LOOKED_ON)
    inspector.department = xuzhou_epb
    inspector.save()
    with clock.pinned(date(2026, 10, 9)):
        assert powers.may(again(inspector), INSPECT, case.docket)
        case = cases.look_after_period(case=case, by=again(inspector))
    assert named(case) == {case_officer}
    assert not powers.may(again(inspector), INSPECT, again(case.docket))


def test_an_inspector_who_has_moved_to_another_bureau_is_not_named_again(
    served, inspector, case_officer, head, xuzhou_epb
):
    case = reinspect(served, inspector, case_officer, done=True)
    with clock.pinned(LOOKED_ON):
        case = cases.confirm_rectified(case=case, by=case_officer)
        inspector.department = xuzhou_epb
        inspector.save()
        restrict(case)
        case = cases.return_from_closing(case=again(case), reason="记录有误", by=head)
    assert named(case) == {case_officer}
    assert not sees(inspector, case)
    assert not powers.may(again(inspector), INSPECT, again(case.docket))


def test_nor_is_one_whose_certificate_has_run_out(served, inspector, case_officer, head):
    case = reinspect(served, inspector, case_officer, done=True)
    with clock.pinned(LOOKED_ON):
        case = cases.confirm_rectified(case=case, by=case_officer)
        inspector.certificate_expires_on = date(2026, 9, 27)
        inspector.save()
        case = cases.look_again(case=again(case), reason="再看", by=head)
    assert named(case) == {case_officer}


def test_those_called_first_and_not_there_are_no_longer_named_for_the_look_after_the_period(
    served, inspector, case_officer, second_officer
):
    case = call(served, inspector, second_officer)
    case = reinspect(case, case_officer, second_officer, done=False, on=LOOKED_ON)
    with clock.pinned(date(2026, 10, 9)):
        case = cases.look_after_period(case=case, by=case_officer)
    assert case.stage == Stage.REINSPECTION
    assert named(case) == {case_officer, second_officer}


def test_handing_the_case_over_leaves_who_is_named_for_the_look(served, inspector, case_officer, head, second_officer):
    case = call(served, inspector, case_officer)
    with clock.pinned(LOOKED_ON):
        facts = handover.reassign(docket=case.docket, to=inspector, reason="均衡办案", by=head)
        assert named(case) == {inspector, case_officer}
        assert parts(case, inspector) == {Part.LEAD, Part.TASK}
        assert parts(case, case_officer) == {Part.TASK}
        handover.take_back(docket=case.docket, by=head, **facts)
    assert named(case) == {inspector, case_officer}
    assert parts(case, inspector) == {Part.TASK}
    assert parts(case, case_officer) == {Part.LEAD, Part.TASK}
    assert parts(case, second_officer) == {Part.CO}


def test_the_form_of_the_record_proposes_those_who_are_named(served, inspector, case_officer, log_in):
    call(served, inspector, case_officer)
    with clock.pinned(LOOKED_ON):
        page = log_in(inspector).get(f"/cases/{served.pk}/reinspection/")
    assert set(page.context["form"].initial["inspectors"]) == {inspector.pk, case_officer.pk}


def test_of_a_restricted_docket_the_lead_stands_first_and_who_is_only_named_is_no_handler(
    served, inspector, case_officer, second_officer
):
    case = call(served, inspector, second_officer)
    seen_by = pages.confidentiality_page(case.docket, restricts=True)["seen_by"]
    assert [one["officer"] for one in seen_by] == [case_officer, second_officer, inspector]
    assert [one["why"] for one in seen_by] == ["办案人员", "办案人员", "本环节指定人员"]


def test_the_docket_says_who_is_named_also_of_those_who_handle_it(served, inspector, case_officer, second_officer):
    case = call(served, inspector, case_officer)
    told = {row["label"]: row.get("value") for row in pages.facts(again(case.docket), case_officer)}
    assert told["承办"] == f"{case_officer.name}、{second_officer.name}"
    assert set(told["本环节指定人员"].split("、")) == {inspector.name, case_officer.name}


def test_when_the_look_is_over_nobody_named_for_it_hears_of_the_next_step(served, inspector, case_officer, outsider):
    case = reinspect(served, inspector, case_officer, done=True)
    with clock.pinned(LOOKED_ON):
        case = cases.confirm_rectified(case=case, by=case_officer)
    assert named(case) == set()
    assert inspector not in turns.who_acts(case.docket)
    assert not sees(outsider, case)
