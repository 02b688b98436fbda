"""While the party's period runs the matter waits for the party; then, or shortly before the authority must look, for the officers."""

from datetime import date

import pytest

from casework import turns
from casework.kinds import Waking
from casework.models import Deadline, InboxMessage
from casework.selectors import my_work
from core import clock
from enforcement.rectification import services as cases
from enforcement.rectification.deadlines import HANDLING, PERIOD, REINSPECTION
from organisation.models import Officer
from tests.plugins.matters import DAY

TODAY = date(2026, 9, 10)
WAKING = Waking("rectification.reinspect", party=PERIOD, own=REINSPECTION)


def running(kind: str, due_on: date, paused_since: date | None = None) -> Deadline:
    return Deadline(kind=kind, due_on=due_on, target_on=due_on, paused_since=paused_since)


@pytest.mark.parametrize(
    ("periods", "awake"),
    [
        ([running(PERIOD, date(2026, 10, 3)), running(REINSPECTION, date(2026, 10, 3))], False),
        ([running(PERIOD, date(2026, 10, 3)), running(REINSPECTION, date(2026, 9, 25))], True),
        ([running(PERIOD, TODAY)], False),
        ([running(PERIOD, date(2026, 9, 9)), running(REINSPECTION, date(2026, 10, 3))], True),
        ([running(PERIOD, date(2026, 9, 1), paused_since=date(2026, 8, 30))], False),
        ([running(PERIOD, date(2026, 10, 3)), running(HANDLING, date(2026, 9, 11))], False),
        ([running(REINSPECTION, date(2026, 10, 3))], True),  # at once: the party has no time of its own
        ([], True),
    ],
)
def test_it_is_the_authoritys_turn_when_the_partys_time_is_over_or_its_own_is_near(periods, awake):
    assert turns.is_awake(WAKING, periods, TODAY) is awake


def desk(officer: Officer, on: date) -> tuple[list[int | None], list[int | None]]:
    with clock.pinned(on):
        work = my_work(Officer.objects.get(pk=officer.pk))
    return [item.docket_id for item in work.mine], [item.docket_id for item in work.waiting]


@pytest.mark.django_db
@pytest.mark.pdf
def test_a_served_case_is_on_the_desk_when_its_time_has_come(served, case_officer, second_officer, head, outsider):
    for officer in (case_officer, second_officer):
        mine, waiting = desk(officer, date(2026, 9, 4))
        assert served.docket_id not in mine
        assert served.docket_id in waiting
        for on in (date(2026, 9, 24), date(2026, 11, 27)):
            mine, waiting = desk(officer, on)
            assert served.docket_id in mine
            assert served.docket_id not in waiting
    for nobody in (head, outsider):
        assert served.docket_id not in desk(nobody, date(2026, 11, 27))[0]


@pytest.mark.django_db
def test_a_lead_that_nobody_handles_is_on_the_desk_of_those_who_may_take_it_up(
    lead, case_officer, second_officer, inspector, outsider
):
    for officer in (case_officer, second_officer):
        assert lead.docket_id in desk(officer, date(2027, 1, 20))[0]
    for nobody in (inspector, outsider):
        assert lead.docket_id not in desk(nobody, date(2027, 1, 20))[0]


@pytest.mark.django_db
def test_the_message_that_asked_for_it_is_not_new_once_it_is_done(lead, case_officer, second_officer):
    asked = InboxMessage.objects.filter(docket=lead.docket, kind=turns.MESSAGE, read_at=None)
    assert case_officer in {message.recipient for message in asked}
    with clock.pinned(DAY):
        cases.open_case(lead=lead, co_officer=second_officer, by=case_officer)
    assert not asked.all().exists()
    assert lead.docket_id not in desk(case_officer, DAY)[0]
