"""A notice at each stage, for tests of notices."""

from datetime import date

import pytest
from django.db.models import QuerySet

from casework.models import Docket
from core import jobs
from core.models import Job
from notices import registry, services
from notices.models import Notice
from organisation.models import Officer
from tests.notices.words import WORDS
from tests.plugins.stories import story


def drawn(notice: Notice) -> Notice:
    """The notice after a worker has done its PDF."""
    jobs.run(Job.objects.get(unique_key=f"notices.render:{notice.pk}").pk)
    return Notice.objects.get(pk=notice.pk)


@story
def draft(docket: Docket, case_officer: Officer) -> Notice:
    return services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)


@story
def submitted(draft: Notice, case_officer: Officer) -> Notice:
    return services.submit(notice=draft, by=case_officer)


@story
def approved(submitted: Notice, head: Officer) -> Notice:
    return services.approve(notice=submitted, by=head)


@story
def issued(approved: Notice, case_officer: Officer) -> Notice:
    """Issued, its PDF not drawn yet."""
    return services.issue(notice=approved, by=case_officer)


@story
def printed(issued: Notice) -> Notice:
    """Issued and drawn: ready to be served."""
    return drawn(issued)


@pytest.fixture
def heard(monkeypatch):
    """What the type's callbacks were told."""
    told: list[tuple[str, object]] = []
    kind = type(registry.get("notice"))
    monkeypatch.setattr(kind, "on_served", lambda self, notice, service: told.append(("served", service.served_on)))
    monkeypatch.setattr(kind, "on_unserved", lambda self, notice, service: told.append(("unserved", service.failure)))
    return told


@story
def d30(db):
    """The period of a public notice since 2022, as the statute book holds it."""
    from casework.models import PeriodRule

    return PeriodRule.objects.get_or_create(
        code="D30",
        defaults={
            "stage": "送达", "trigger": "公告发出", "action": "视为送达", "actor": "执法机关", "actor_side": "agency",
            "period": "30", "length": 30, "unit": "calendar_day", "legal_basis": "民事诉讼法第95条",
            "valid_from": date(2022, 1, 1),
        },
    )[0]  # fmt: skip


@pytest.fixture
def locks(monkeypatch):
    """The models whose rows are locked, in order."""
    found: list[type] = []
    plain = QuerySet.select_for_update

    def noted(self, *args, **kwargs):
        found.append(self.model)
        return plain(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    return found
