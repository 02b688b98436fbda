"""A real worker is killed with kill -9 while it puts a case file together: nothing is half-written, and another worker does it whole."""

import json
import zipfile

import pytest

from notices import casefile_check
from tests.plugins.processes import Portal

pytestmark = [pytest.mark.worker, pytest.mark.pdf]

# Many photographs, so that a worker is busy with them for seconds.
EXPORT = """
import json
from notices import services
from organisation import roles
from tests import factories
from tests.factories import exhibits
roles.sync_roles()
department = factories.make_department()
officer = factories.make_officer(roles.CASE_OFFICER, department=department)
docket = factories.make_docket(department=department, officer=officer, enterprise=factories.make_enterprise())
exhibits.add(docket, officer, photographs=24, scans=1, pages=20)
job = services.export_case_file(docket=docket, by=officer)
print(json.dumps([docket.pk, job.pk]))
"""


def test_a_worker_killed_in_the_middle_of_a_case_file_leaves_nothing_half_written(embedded_portal: Portal):
    portal = embedded_portal

    def job(column: str):
        return portal.sql(f"SELECT {column} FROM core_job WHERE id = ?", [job_id])[0][0]

    docket_id, job_id = json.loads(portal.manage("shell", "-v", "0", "-c", EXPORT).splitlines()[-1])
    portal.wait_until(lambda: job("progress") > 20, "a worker to be at the photographs")
    portal.kill("portal-worker")
    assert job("state") == "running", "the worker was quicker than the kill: add photographs"
    folder = portal.var / "media" / "casefiles" / str(docket_id)
    assert not folder.exists() or not any(folder.iterdir())
    # Nobody waits five minutes in a test: the dead worker's lease ends now.
    portal.sql("UPDATE core_job SET lease_until = '2001-01-01 00:00:00+00:00' WHERE id = ?", [job_id])
    portal.wait_until(lambda: job("state") == "done", "the sweep and another worker", 240)
    assert job("attempts") == 2
    assert {path.name for path in folder.iterdir()} == {f"{job_id}.{which}" for which in ("pdf", "inner", "zip")}
    assert casefile_check.check(folder / f"{job_id}.zip").holds
    with zipfile.ZipFile(folder / f"{job_id}.zip") as archive:
        assert archive.read("正卷.pdf") == (folder / f"{job_id}.pdf").read_bytes()
