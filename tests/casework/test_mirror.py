"""The docket's mirror (docs/decisions/0003): next due date, stopped clock and stage are what their sources say, after any history."""

import itertools
import random
from datetime import date, timedelta

import pytest

from casework import deadlines
from casework.deadlines import kinds, limits, reckoning
from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline, Docket, Pause
from core import clock
from core.errors import RuleBroken
from enforcement.leads import services as leads
from enforcement.leads.models import Lead
from tests import factories

D = date.fromisoformat
pytestmark = pytest.mark.django_db
KINDS = ("test.own", "test.party")
STEPS = 60


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    for code, side in zip(KINDS, ("agency", "party"), strict=True):
        kinds.register(DeadlineKind(code=code, label="期限", basis="试验", side=side))


def check(docket: Docket) -> None:
    """Said anew from the rows, not with the words of `mirror`."""
    stored = Docket.objects.get(pk=docket.pk)
    running, stopped = [], 0
    for row in Deadline.objects.filter(docket=docket):
        if row.met_on or row.cancelled_on:
            continue
        if Pause.objects.filter(deadline=row, to_on=None, taken_back_at=None).exists():
            stopped += 1
        else:
            running.append(row.due_on)
    assert stored.next_due_on == (min(running) if running else None)
    assert stored.is_paused == (stopped > 0 and not running)


class History:
    """Random verbs on one docket. Each answers whether it was taken; what the rules refuse is part of a history too."""

    def __init__(self, docket, officer, head, seed):
        self.docket, self.officer, self.head = docket, officer, head
        self.documents = itertools.count(1)
        self.chance = random.Random(seed)

    def one(self) -> Deadline | None:
        rows = Deadline.objects.filter(docket=self.docket).order_by("pk")  # rows due on one day come in any order
        return self.chance.choice(list(rows) or [None])

    def day(self) -> date:
        return clock.today() - timedelta(self.chance.randrange(4))

    def take(self, verb: str) -> bool:
        row = self.one()
        if row is None and verb != "start":
            return False
        try:
            return bool(getattr(self, verb)(row))
        except RuleBroken:
            return False

    def start(self, _row):
        kind, length = self.chance.choice(KINDS), self.chance.randrange(5, 60)
        return deadlines.start(
            docket=self.docket, kind=kind, on=self.day(), by=self.officer, length=length, unit="calendar_day"
        )

    def pause(self, row):
        known = limits.reasons_of(reckoning.ruling(row), row.actor_side)
        facts = {"reason_code": "hearing" if "hearing" in known else "suspension", "reason": "听证", "document": "1号"}
        return deadlines.pause(deadline=row, from_on=self.day(), by=self.head, **facts)

    def resume(self, row):
        return deadlines.resume(deadline=row, to_on=self.day(), reason="中止原因消除", by=self.head)

    def extend(self, row):
        length = self.chance.randrange(1, 20)
        return deadlines.extend(
            deadline=row, length=length, reason="复杂", document=f"{next(self.documents)}号", by=self.head
        )

    def meet(self, row):
        return deadlines.meet(deadline=row, on=self.day(), by=self.officer)

    def cancel(self, row):
        return deadlines.cancel(deadline=row, reason="录错", by=self.head)

    def reopen(self, row):
        return deadlines.reopen(deadline=row, reason="录错", by=self.head)

    def take_back_pause(self, row):
        pause = row.pauses.standing().last()
        return pause and deadlines.take_back_pause(pause=pause, reason="录错", by=self.head)

    def correct_pause(self, row):
        pause, to_on = row.pauses.standing().last(), self.chance.choice([None, self.day()])
        facts = {"from_on": self.day(), "to_on": to_on, "document": "2号", "reason": "录错"}
        return pause and deadlines.correct_pause(pause=pause, by=self.head, **facts)

    def take_back_extension(self, row):
        extension = row.extensions.standing().first()
        return extension and deadlines.take_back_extension(extension=extension, reason="误批", by=self.head)

    def restart(self, row):
        return deadlines.restart(deadline=row, on=self.day(), reason="起算日录错", by=self.head)


VERBS = (
    "start", "pause", "resume", "extend", "meet", "cancel", "reopen", "take_back_pause", "correct_pause",
    "take_back_extension", "restart",
)  # fmt: skip
WEIGHTS = (3, 4, 2, 2, 1, 1, 2, 1, 4, 1, 1)


def test_the_mirror_says_what_the_periods_say_over_random_histories(case_officer, head):
    taken = set()
    for seed in range(4):
        docket = factories.make_docket(department=case_officer.department, officer=case_officer)
        history = History(docket, case_officer, head, seed)
        day = D("2026-08-03")
        for _step in range(STEPS):
            day += timedelta(history.chance.randrange(3))
            [verb] = history.chance.choices(VERBS, WEIGHTS)
            with clock.pinned(day):
                if history.take(verb):
                    taken.add(verb)
            check(docket)
    assert taken == set(VERBS)  # no verb stayed outside the histories


def test_the_stage_on_the_docket_is_that_of_its_matter_over_random_histories(lead, case_officer, head):
    chance = random.Random(7)
    day, seen = D("2026-09-02"), set()
    for _step in range(12):
        day += timedelta(chance.randrange(2))
        verb = chance.choice([leads.dismiss, leads.reconsider])
        with clock.pinned(day):
            try:
                verb(lead=Lead.objects.get(pk=lead.pk), reason="试验", by=head)
            except RuleBroken:
                continue
            finally:
                check(lead.docket)
        stored = Lead.objects.select_related("docket").get(pk=lead.pk)
        seen.add(stored.stage)
        assert stored.docket.stage == stored.stage
    assert seen == {"registered", "dismissed"}
