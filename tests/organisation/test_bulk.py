"""Looking officers up together tells the same of each as asking him alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from organisation import bulk
from organisation.backends import own_permissions
from organisation.models import Delegation, Officer
from organisation.roles import roles_of
from organisation.selectors import delegations_held, principals_of
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


@story
def everybody(case_officer, inspector, head, auditor, secadmin, legal_reviewer, second_officer) -> list[Officer]:
    """Among them one who acts for a colleague, and one who may not although a row says so."""
    for deputy in (second_officer, auditor):
        Delegation.objects.create(
            principal=head,
            deputy=deputy,
            starts_on=DAY,
            ends_on=DAY,
            reason="出差",
            created_by=head,
            created_at=clock.now(),
        )
    inspector.groups.clear()
    return list(Officer.objects.order_by("pk"))


def test_it_is_the_same_as_asking_each(everybody, head):
    with clock.pinned(DAY):
        alone = {
            one.pk: (roles_of(one), own_permissions(one), principals_of(one)) for one in Officer.objects.order_by("pk")
        }
        bulk.look_up(everybody)
        together = {one.pk: (roles_of(one), own_permissions(one), principals_of(one)) for one in everybody}
    assert together == alone
    assert [held for _roles, _allowed, held in together.values() if held] == [[head]]


def test_afterwards_nobody_is_asked_again(everybody):
    with clock.pinned(DAY):
        bulk.look_up(everybody)
        with CaptureQueriesContext(connection) as asked:
            for one in everybody:
                roles_of(one)
                own_permissions(one)
                delegations_held(one)
    assert len(asked) == 0
