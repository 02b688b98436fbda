"""Two officers, one moment: what only a real database with real locks can show."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connections

from core import clock
from core.errors import RuleBroken
from organisation import roles
from organisation.models import Delegation, Department, DepartmentBrand, RecoveryCode
from organisation.services import appointments, delegations, departments, second_factor
from tests.factories import make_department, make_officer

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _roles(transactional_db) -> None:
    roles.sync_roles()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of them in threads of their own, started together; the answers, or the refusals."""
    gate = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def do(place: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            answers[place] = act()
        except RuleBroken as refusal:
            answers[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_two_deputies_named_at_once_for_the_same_days_one_is_refused():
    department = make_department()
    head = make_officer(roles.DEPARTMENT_HEAD, department=department)
    officer, one, other = (make_officer(roles.CASE_OFFICER, department=department) for _number in range(3))
    day = clock.today()

    def name(deputy: Any, by: Any) -> Callable[[], Any]:
        return lambda: delegations.give(
            principal=officer, deputy=deputy, starts_on=day, ends_on=day, reason="年休假", by=by
        )

    answers = at_once(name(one, officer), name(other, head))
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 1
    assert Delegation.objects.count() == 1


def test_a_recovery_code_entered_twice_at_once_opens_one_door():
    officer = make_officer(roles.CASE_OFFICER)
    RecoveryCode.objects.create(officer=officer, digest=second_factor._digest(officer, "ABCDE23456"))
    answers = at_once(*[lambda: second_factor._use_recovery_code(officer, "ABCDE23456")] * 4)
    assert sorted(answers) == [False, False, False, True]


def test_of_the_last_two_system_administrators_one_stays():
    department = make_department()
    one, other = (make_officer(roles.SYSTEM_ADMINISTRATOR, department=department) for _number in range(2))
    by = make_officer(roles.SECURITY_ADMINISTRATOR, department=department)

    def revoke(officer: Any) -> Callable[[], Any]:
        return lambda: appointments.revoke(officer=officer, role=roles.SYSTEM_ADMINISTRATOR, reason="调整", by=by)

    answers = at_once(revoke(one), revoke(other))
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 1
    assert len([o for o in (one, other) if o.groups.filter(name="system_administrator").exists()]) == 1


def test_of_two_authorities_that_take_the_same_characters_at_once_one_is_refused(monkeypatch):
    """Each has looked before the other writes, unless one waits for the other."""
    one, other = (make_department(f"32{n}-EPD", f"{n}市生态环境局", brand="") for n in ("04", "05"))
    keepers = [make_officer(roles.SYSTEM_ADMINISTRATOR, department=make_department()) for _number in range(2)]
    looked, check = threading.Barrier(2), departments._check_free

    def look(*given: Any) -> None:
        check(*given)
        with suppress(threading.BrokenBarrierError):
            looked.wait(timeout=1)

    monkeypatch.setattr(departments, "_check_free", look)

    def rename(department: Any, keeper: Any) -> Callable[[], Any]:
        day, name = clock.today(), f"新{department.name}"
        return lambda: departments.rename_department(
            department=department, name=name, short_name=name, valid_from=day, basis="常编发〔2026〕9号", by=keeper,
            brand="苏试", brand_from=day,
        )  # fmt: skip

    answers = at_once(rename(one, keepers[0]), rename(other, keepers[1]))
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 1
    assert Department.objects.filter(brand="苏试").count() == DepartmentBrand.objects.filter(brand="苏试").count() == 1
