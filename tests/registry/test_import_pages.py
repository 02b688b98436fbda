"""The Excel import in the browser."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisation.models import Officer
from registry.models import Enterprise, ImportRun, ImportState
from registry.services import imports as verbs
from tests.registry.conftest import row_of, upload, workbook


@pytest.fixture(autouse=True)
def _english_pages(db, case_officer, second_officer, outsider, sysadmin, head, supervisor, auditor):
    Officer.objects.update(language="en")


class TestImportPages:
    def send(self, client, content: bytes, name: str = "企业.xlsx", **more):
        return client.post(reverse("registry:imports"), {"file": SimpleUploadedFile(name, content), **more})

    def test_upload_look_decide(self, log_in, case_officer):
        client = log_in(case_officer)
        response = self.send(client, workbook([row_of(1), row_of(2, 企业类型="种植")]))
        run = ImportRun.objects.get()
        assert response.url == run.get_absolute_url()
        page = client.get(response.url).content.decode()
        assert "种植" in page
        assert "One of: 冶炼分离" in page
        refused = client.post(reverse("registry:confirm_import", args=[run.pk]), {"mode": "all"})
        assert refused.status_code == 422
        assert "1 rows have errors" in refused.content.decode()
        assert not Enterprise.objects.exists()
        assert client.post(reverse("registry:confirm_import", args=[run.pk]), {"mode": "good"}).status_code == 302
        assert Enterprise.objects.count() == 1

    def test_a_disguised_file_comes_back_to_the_form_with_the_reason(self, log_in, case_officer):
        response = self.send(log_in(case_officer), b"MZ\x90\x00" + b"\0" * 200)
        assert response.status_code == 422
        assert "not an Excel workbook" in response.content.decode()
        assert not ImportRun.objects.exists()

    def test_a_form_without_a_file_comes_back(self, log_in, case_officer):
        assert log_in(case_officer).post(reverse("registry:imports"), {}).status_code == 422

    def test_a_file_larger_than_the_portal_takes_is_said_in_words(self, log_in, case_officer, settings):
        settings.UPLOAD_MAX_BYTES = 2000
        response = self.send(log_in(case_officer), b"0" * 500_000)
        assert response.status_code == 422
        assert "too large" in response.content.decode()

    def test_a_name_with_a_path_is_only_a_name(self, log_in, case_officer):
        self.send(log_in(case_officer), workbook([row_of(1)]), "..\\..\\etc\\企业.xlsx")
        run = ImportRun.objects.get()
        assert run.filename == "企业.xlsx"
        assert ".." not in run.file.name

    def test_d14_the_same_upload_twice_is_one_import(self, log_in, case_officer):
        client = log_in(case_officer)
        key, content = str(uuid.uuid4()), workbook([row_of(1)])
        first = self.send(client, content, _once=key)
        second = self.send(client, content, _once=key)
        assert first.url == second.url
        assert ImportRun.objects.count() == 1

    def test_the_import_of_another_is_not_found(self, log_in, case_officer, second_officer, head):
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1), row_of(2, 企业名称=None)])))
        for other in (second_officer, head):
            client = log_in(other)
            for name in ("import", "import_errors", "import_progress"):
                assert client.get(reverse(f"registry:{name}", args=[run.pk])).status_code == 404
            for name in ("confirm_import", "discard_import", "check_again"):
                assert client.post(reverse(f"registry:{name}", args=[run.pk]), {"mode": "good"}).status_code == 404
        assert not Enterprise.objects.exists()

    def test_an_act_is_never_a_get(self, log_in, case_officer):
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1)])))
        client = log_in(case_officer)
        for name in ("confirm_import", "discard_import", "check_again"):
            assert client.get(reverse(f"registry:{name}", args=[run.pk])).status_code == 405

    def test_the_file_with_errors_is_offered_under_its_own_name(self, log_in, case_officer):
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1, 企业名称=None)])))
        response = log_in(case_officer).get(reverse("registry:import_errors", args=[run.pk]))
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_a_long_check_shows_its_progress_and_then_reloads_the_page(self, log_in, case_officer, monkeypatch):
        monkeypatch.setattr(verbs, "AT_ONCE", 1)
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1), row_of(2)])))
        client = log_in(case_officer)
        assert "Checking the file" in client.get(run.get_absolute_url()).content.decode()
        progress = reverse("registry:import_progress", args=[run.pk])
        assert client.get(progress).status_code == 200
        from core import jobs

        jobs.run(run.job_id)
        assert client.get(progress)["HX-Refresh"] == "true"

    def test_an_import_that_was_done_before_is_said(self, log_in, case_officer):
        content = workbook([row_of(1)])
        done = verbs.start_import(by=case_officer, upload=upload(content))
        verbs.confirm_import(run=done, by=case_officer, mode="all")
        again = verbs.start_import(by=case_officer, upload=upload(content))
        page = log_in(case_officer).get(again.get_absolute_url()).content.decode()
        assert "already imported" in page
        assert "Nothing to import" in page
        assert again.state == ImportState.CHECKED

    def test_officers_without_the_right_do_not_find_the_pages(self, log_in, supervisor, auditor):
        for officer in (supervisor, auditor):
            client = log_in(officer)
            for name in ("imports", "import_template"):
                assert client.get(reverse(f"registry:{name}")).status_code == 403
