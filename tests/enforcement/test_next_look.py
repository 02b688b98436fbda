"""Until when the authority looks again: its 30 days run from service, its own next look follows the party's time."""

from datetime import date, datetime

import pytest

from casework import deadlines
from casework.deadlines import showing
from casework.models import Violation
from core import clock
from core.workdays import Calendar
from enforcement.rectification import looks
from enforcement.rectification import services as cases
from notices import services as notices
from tests.plugins.matters import reinspect, serve
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LOOKED_ON = date(2026, 9, 28)  # the party's period ends on 8 October


@pytest.fixture
def goes_on(served, inspector, case_officer):
    """Looked at before the period was over, and not rectified."""
    case = reinspect(served, inspector, case_officer, done=False, on=LOOKED_ON)
    with clock.pinned(LOOKED_ON):
        return cases.continue_rectification(case=case, by=case_officer)


def look_of(case):
    return case.docket.deadlines.open().get(kind=cases.NEXT_LOOK)


def period_of(case):
    return case.docket.deadlines.get(kind=cases.PERIOD, cancelled_on=None)


def extend(case, head, days=15):
    with clock.pinned(LOOKED_ON):
        return deadlines.extend(deadline=period_of(case), length=days, reason="定制材料", document="1号", by=head)


def pause(case, head, on=LOOKED_ON):
    with clock.pinned(on):
        deadlines.pause(
            deadline=period_of(case), reason_code="suspension", reason="停供", document="2号", from_on=on, by=head
        )


# --- the rule ---------------------------------------------------------------------------------------------------------
WEEK = Calendar({})


@pytest.mark.parametrize(
    ("ends", "stopped", "by"),
    [
        (date(2026, 11, 6), False, date(2026, 11, 9)),  # a Friday: the Monday after
        (date(2026, 11, 2), False, date(2026, 11, 3)),  # it ends today
        (date(2026, 10, 30), False, date(2026, 11, 9)),  # over: within five working days
        (None, False, date(2026, 11, 9)),  # at once
        (date(2026, 11, 6), True, None),
    ],
)
def test_the_next_look_is_the_working_day_after_the_party_s_time(ends, stopped, by):
    today = date(2026, 11, 2)  # a Monday
    assert looks.next_look_by(period_ends=ends, is_stopped=stopped, today=today, days=WEEK) == by


# --- the next look follows --------------------------------------------------------------------------------------------
def test_it_follows_an_extension_of_the_party_s_period_and_its_taking_back(goes_on, head):
    assert look_of(goes_on).due_on == date(2026, 10, 9)
    extension = extend(goes_on, head)
    assert period_of(goes_on).due_on == date(2026, 10, 19)
    assert look_of(goes_on).due_on == date(2026, 10, 20)
    assert Event.objects.get(verb="deadline.set_end").facts["before"]["due_on"] == "2026-10-09"
    with clock.pinned(LOOKED_ON):
        deadlines.take_back_extension(extension=extension, reason="误登记", by=head)
    assert look_of(goes_on).due_on == date(2026, 10, 9)


def test_it_waits_while_the_party_s_clock_is_stopped_and_is_set_again_when_it_runs(goes_on, head):
    pause(goes_on, head)
    assert not goes_on.docket.deadlines.open().filter(kind=cases.NEXT_LOOK).exists()
    with clock.pinned(date(2026, 10, 12)):
        deadlines.resume(deadline=period_of(goes_on), to_on=date(2026, 10, 12), reason="恢复供应", by=head)
    look, period = look_of(goes_on), period_of(goes_on)
    assert look.started_on == date(2026, 10, 12)
    assert (period.due_on, look.due_on) == (date(2026, 10, 19), date(2026, 10, 20))


def test_no_day_is_set_where_rectification_goes_on_while_the_clock_is_stopped(served, inspector, case_officer, head):
    case = reinspect(served, inspector, case_officer, done=False, on=LOOKED_ON)
    pause(case, head)
    with clock.pinned(LOOKED_ON):
        case = cases.continue_rectification(case=case, by=case_officer)
        assert not case.docket.deadlines.open().filter(kind=cases.NEXT_LOOK).exists()
        deadlines.resume(deadline=period_of(case), to_on=LOOKED_ON, reason="恢复供应", by=head)
    assert look_of(case).due_on > period_of(case).due_on


def test_it_follows_a_correction_of_the_day_of_service(goes_on, head):
    service = goes_on.order.services.get(corrected_at=None)
    at = datetime(2026, 9, 10, 10, tzinfo=clock.SHANGHAI)
    with clock.pinned(LOOKED_ON):
        notices.correct_service(service=service, at=at, reason="送达日期录错", by=head)
    assert period_of(goes_on).due_on == date(2026, 10, 10)  # a Saturday that is worked
    assert look_of(goes_on).due_on == date(2026, 10, 12)


def test_a_look_that_nobody_waits_for_is_not_set(served, head):
    extend(served, head)
    assert not served.docket.deadlines.filter(kind=cases.NEXT_LOOK).exists()


def test_where_no_rule_sets_a_day_the_authority_sets_its_own_from_service_on(
    issued, case_officer, second_officer, head
):
    issued.violation = Violation.objects.get(code="EC1086")
    issued.save(update_fields=["violation"])
    case = serve(issued, case_officer, second_officer)
    assert (look_of(case).due_on, look_of(case).started_by) == (date(2026, 10, 9), "责令改正决定书送达")
    pause(case, head)
    assert not case.docket.deadlines.open().filter(kind=cases.NEXT_LOOK).exists()
    with clock.pinned(date(2026, 10, 12)):
        deadlines.resume(deadline=period_of(case), to_on=date(2026, 10, 12), reason="恢复供应", by=head)
    assert look_of(case).due_on > period_of(case).due_on


def test_the_statutory_end_of_a_period_is_not_the_authority_s_to_set(served, head):
    with pytest.raises(ValueError, match="not the authority's"):
        deadlines.set_end(
            deadline=served.docket.deadlines.get(kind=cases.REINSPECTION), on=date(2026, 12, 1), reason="延后", by=head
        )


# --- the statutory 30 days --------------------------------------------------------------------------------------------
def test_the_thirty_days_of_the_authority_do_not_move_and_say_what_to_do(served, case_officer, head, log_in):
    extend(served, head)
    look = served.docket.deadlines.get(kind=cases.REINSPECTION)
    assert look.due_on == date(2026, 10, 3)
    with clock.pinned(LOOKED_ON):
        note = showing.why_page(look, case_officer)["why"]["note"]
        page = log_in(case_officer).get(served.get_absolute_url()).content.decode()
    assert "改正期限" in note
    assert "按日连续处罚办法第十条" in note
    assert note.split("。")[-3] in page


def test_they_say_nothing_of_it_where_the_party_s_time_ends_first(served, case_officer):
    look, period = served.docket.deadlines.get(kind=cases.REINSPECTION), period_of(served)
    period.due_on = date(2026, 9, 20)
    period.save(update_fields=["due_on"])
    assert "改正期限" not in showing.why_page(look, case_officer)["why"]["note"]


def test_the_next_look_says_that_no_statute_sets_it_and_what_it_follows(goes_on, case_officer, outsider, log_in):
    url = f"/deadlines/{look_of(goes_on).pk}/why/"
    note = showing.why_page(look_of(goes_on), case_officer)["why"]["note"]
    assert "2026-10-08" in note
    assert log_in(outsider).get(url).status_code == 404
