"""A notice at each stage, for tests of notices."""

import pytest

from casework.models import Docket
from core import jobs
from core.models import Job
from notices import services
from notices.models import Notice
from organisation.models import Officer
from tests.notices.words import WORDS


def drawn(notice: Notice) -> Notice:
    """The notice after a worker has done its PDF."""
    jobs.run(Job.objects.get(unique_key=f"notices.render:{notice.pk}").pk)
    return Notice.objects.get(pk=notice.pk)


@pytest.fixture
def draft(docket: Docket, case_officer: Officer) -> Notice:
    return services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)


@pytest.fixture
def submitted(draft: Notice, case_officer: Officer) -> Notice:
    return services.submit(notice=draft, by=case_officer)


@pytest.fixture
def approved(submitted: Notice, head: Officer) -> Notice:
    return services.approve(notice=submitted, by=head)


@pytest.fixture
def issued(approved: Notice, case_officer: Officer) -> Notice:
    """Issued, its PDF not drawn yet."""
    return services.issue(notice=approved, by=case_officer)


@pytest.fixture
def printed(issued: Notice) -> Notice:
    """Issued and drawn: ready to be served."""
    return drawn(issued)
