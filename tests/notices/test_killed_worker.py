"""A real worker is killed with kill -9 in the middle of a PDF: the sweep finds the job, and there is one PDF, one hash."""

import hashlib
import json

import pytest

from tests.plugins.processes import Portal

pytestmark = [pytest.mark.worker, pytest.mark.pdf]

# Long enough that a worker draws for seconds.
ISSUE = """
import json
from core.models import Job
from notices import services
from organisation import roles
from tests import factories
roles.sync_roles()
department = factories.make_department()
author = factories.make_officer(roles.CASE_OFFICER, department=department)
head = factories.make_officer(roles.DEPARTMENT_HEAD, department=department)
docket = factories.make_docket(department=department, officer=author, enterprise=factories.make_enterprise())
words = {"subject": "报送台账", "paragraphs": ["镧铈镨钕钐铕钆铽镝钬铒铥镱镥钪钇按月如实记录" * 34] * 30}
draft = services.draft(kind="notice", docket=docket, content=words, by=author)
approved = services.approve(notice=services.submit(notice=draft, by=author), by=head)
notice = services.issue(notice=approved, by=author)
print(json.dumps([notice.pk, Job.objects.get(unique_key=f"notices.render:{notice.pk}").pk]))
"""
DRAW = "from notices import printing; from notices.models import Notice; print(printing.draw(Notice.objects.get(pk={pk}).html).sha256)"


def survives_a_kill(portal: Portal, *worker: str) -> None:
    def job(column: str):
        return portal.sql(f"SELECT {column} FROM core_job WHERE id = ?", [job_id])[0][0]

    def notice(column: str):
        return portal.sql(f"SELECT {column} FROM notices_notice WHERE id = ?", [pk])[0][0]

    pk, job_id = json.loads(portal.manage("shell", "-v", "0", "-c", ISSUE).splitlines()[-1])
    portal.wait_until(lambda: job("state") == "running", "a worker to take the job")
    portal.kill(*worker)
    assert notice("pdf_sha256") == "", "the worker was quicker than the kill: make the document longer"
    # Nobody waits five minutes in a test: the dead worker's lease ends now.
    portal.sql("UPDATE core_job SET lease_until = '2001-01-01 00:00:00+00:00' WHERE id = ?", [job_id])
    portal.wait_until(lambda: job("state") == "done", "the sweep and another worker", 180)
    assert job("attempts") == 2
    files = [path for path in (portal.var / "media" / "notices").rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".pdf"]
    content = files[0].read_bytes()
    assert hashlib.sha256(content).hexdigest() == notice("pdf_sha256") == files[0].stem
    again = portal.manage("shell", "-v", "0", "-c", DRAW.format(pk=pk)).splitlines()[-1]
    assert again == notice("pdf_sha256"), "another process draws the same bytes"


def test_a_worker_killed_in_the_middle_of_a_pdf_embedded(embedded_portal):
    survives_a_kill(embedded_portal, "portal-worker")


@pytest.mark.postgres
@pytest.mark.redis
def test_a_worker_killed_in_the_middle_of_a_pdf_larger_set_up(portal_processes):
    survives_a_kill(portal_processes(), "worker1@")
