"""Until when the authority looks again: its 30 days run from service, its own next look follows the party's time."""

from datetime import date, datetime

import pytest

from casework import deadlines
from casework.deadlines import showing
from casework.models import Violation
from core import clock
from core.errors import RuleBroken
from core.workdays import Calendar
from enforcement.rectification import looks
from enforcement.rectification import services as cases
from notices import services as notices
from notices.models import Method, Notice
from tests.plugins.matters import DAY, drafted_order, draw, reinspect, serve
from tests.plugins.stories import story
from trail.models import Event
from trail.recording import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LOOKED_ON = date(2026, 9, 28)  # the party's period ends on 8 October


@story
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
    assert period_of(goes_on).due_on == date(2026, 10, 23)
    assert look_of(goes_on).due_on == date(2026, 10, 26)
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


# --- a look that waits for the clock, and one that nobody waits for ----------------------------------------------------
@story
def records_of_emission(issued, case_officer, second_officer):
    """No discharge: no rule sets a day to look again, the authority sets its own from service on."""
    issued.violation = Violation.objects.get(code="EC1086")
    issued.save(update_fields=["violation"])
    return serve(issued, case_officer, second_officer)


def resume(case, head, on):
    with clock.pinned(on):
        deadlines.resume(deadline=period_of(case), to_on=on, reason="恢复供应", by=head)


def kinds_open(case):
    return sorted(case.docket.deadlines.open().values_list("kind", flat=True))


def test_a_look_put_off_is_set_also_where_the_day_of_service_was_corrected_meanwhile(records_of_emission, head):
    case = records_of_emission
    pause(case, head)
    service = case.order.services.get(corrected_at=None)
    at = datetime(2026, 9, 10, 10, tzinfo=clock.SHANGHAI)
    with clock.pinned(LOOKED_ON):
        notices.correct_service(service=service, at=at, reason="送达日期录错", by=head)
    assert kinds_open(case) == [cases.PERIOD]
    assert case.docket.deadlines.filter(kind=cases.NEXT_LOOK).count() == 1  # none began and ended on the way
    resume(case, head, date(2026, 10, 12))
    assert look_of(case).due_on > period_of(case).due_on
    assert look_of(case).started_by == "当事人改正期限恢复计时"


def test_a_look_cancelled_by_the_head_does_not_come_back(goes_on, head):
    with clock.pinned(LOOKED_ON):
        deadlines.cancel(deadline=look_of(goes_on), reason="不需要", by=head)
    extend(goes_on, head)
    pause(goes_on, head)
    resume(goes_on, head, date(2026, 10, 12))
    assert kinds_open(goes_on) == [cases.PERIOD]


def test_a_look_put_off_that_the_head_takes_up_by_hand_waits_no_more(goes_on, head):
    stopped = look_of(goes_on)
    pause(goes_on, head)
    with clock.pinned(LOOKED_ON):
        deadlines.reopen(deadline=stopped, reason="恢复", by=head)
    resume(goes_on, head, date(2026, 10, 12))
    assert look_of(goes_on).due_on == date(2026, 10, 20)
    with clock.pinned(date(2026, 10, 12)):
        deadlines.cancel(deadline=look_of(goes_on), reason="不需要", by=head)
        deadlines.extend(deadline=period_of(goes_on), length=5, reason="材料", document="3号", by=head)
    assert kinds_open(goes_on) == [cases.PERIOD]


def test_a_look_put_off_and_then_made_does_not_come_back(goes_on, inspector, case_officer, head):
    pause(goes_on, head)
    case = reinspect(goes_on, inspector, case_officer, done=False, on=LOOKED_ON)
    resume(case, head, LOOKED_ON)
    assert kinds_open(case) == [cases.PERIOD]


def test_a_second_order_served_on_the_day_of_the_look_has_the_statutory_look_alone(
    served, inspector, case_officer, second_officer, head, legal_reviewer
):
    on = date(2026, 10, 9)
    case = reinspect(served, inspector, case_officer, done=False, on=on)
    with clock.pinned(on):
        case = cases.order_again(case=case, reason="未改正", by=case_officer)
        drafted_order(case, case_officer)
        for officer in (case_officer, second_officer):
            cases.sign(case=case, by=officer)
        case = cases.submit(case=type(case).objects.get(pk=case.pk), by=case_officer)
        case = cases.approve(case=cases.agree(case=case, opinion="同意", by=legal_reviewer), by=head)
        cases.issue_order(case=case, by=case_officer)
    case = type(case).objects.get(pk=case.pk)
    draw(case)
    with clock.pinned(on):
        notices.record_service(
            notice=Notice.objects.get(pk=case.order_id), method=Method.DIRECT, by=case_officer,
            co_server=second_officer, recipient="钱测试", relation="办公室负责人", place="萃取车间",
        )  # fmt: skip
    assert kinds_open(case) == [cases.PERIOD, cases.REINSPECTION]
    pause(case, head, on)
    resume(case, head, on)
    assert kinds_open(case) == [cases.PERIOD, cases.REINSPECTION]


def test_the_stored_reason_of_a_look_is_the_true_one(served, inspector, case_officer, head):
    """The period that runs on after a look that found it done does not set the next look by itself."""
    case = reinspect(served, inspector, case_officer, done=True, on=date(2026, 9, 25))
    with clock.pinned(date(2026, 9, 26)):
        case = cases.confirm_rectified(case=case, by=case_officer)
        case = cases.look_again(case=case, reason="再看", by=head)
    case = reinspect(case, inspector, case_officer, done=False, on=LOOKED_ON)
    with clock.pinned(LOOKED_ON):
        case = cases.continue_rectification(case=case, by=case_officer)
    assert look_of(case).started_by == "复查时改正期限未满"


# --- its day is the authority's own -------------------------------------------------------------------------------------
def test_a_day_the_authority_sets_itself_is_neither_extended_nor_stopped(goes_on, head, outsider, log_in):
    look = look_of(goes_on)
    with clock.pinned(LOOKED_ON):
        with pytest.raises(RuleBroken, match="本机关自行安排"):
            deadlines.extend(deadline=look, length=10, reason="人手不足", document="9号", by=head)
        with pytest.raises(RuleBroken, match="本机关自行安排"):
            deadlines.pause(
                deadline=look, reason_code="suspension", reason="停供", document="9号", from_on=LOOKED_ON, by=head
            )
        assert showing.actions(look, head) == []
        assert showing.corrections(look, head)  # it can be cancelled
        assert log_in(outsider).get(f"/deadlines/{look.pk}/extend/").status_code == 404
    extend(goes_on, head)
    assert look_of(goes_on).due_on == date(2026, 10, 26)


# --- how long, in words ---------------------------------------------------------------------------------------------------
def test_its_length_is_told_by_its_rule(goes_on, case_officer, log_in, outsider):
    look = look_of(goes_on)
    assert showing.summary(look) == "当事人改正期限（至2026-10-08）届满后的第一个工作日"
    page = log_in(case_officer).get(f"/deadlines/{look.pk}/").content.decode()
    assert "届满后的第一个工作日（共11日）" in page
    assert log_in(outsider).get(f"/deadlines/{look.pk}/").status_code == 404


def test_of_an_order_to_act_at_once_the_five_working_days_are_told(case, case_officer):
    with clock.pinned(DAY):
        look = deadlines.start(
            docket=case.docket, kind=cases.NEXT_LOOK, on=DAY, length=7, unit="calendar_day", reason_event="决定书送达",
            by=SYSTEM,
        )  # fmt: skip
    assert "5个工作日" in showing.summary(look)


def test_a_pause_on_the_day_of_service_says_why_nothing_is_taken_off(served, head):
    pause(served, head, on=served.served_on)
    with clock.pinned(served.served_on):
        why = showing.why_page(period_of(served), head)["why"]
    assert any("起算当日本就不计入" in step for step in why["steps"])
    assert "起算当日本就不计入" in why["pauses"][0]["reason"]


def test_two_periods_that_end_on_the_same_day_are_not_told_as_one_before_the_other(served, head):
    look = served.docket.deadlines.get(kind=cases.REINSPECTION)
    period = period_of(served)
    period.due_on = look.due_on
    period.save(update_fields=["due_on"])
    words = " ".join(looks.advice_on_statutory(look))
    assert "同日届满" in words
    assert "先于" not in words
