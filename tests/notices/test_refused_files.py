"""A form that is refused leaves no file behind; what a killed process left goes in the end, and nothing else does."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder

from casework import evidence
from casework.models import Evidence
from core import clock, tasks, whole_files
from core.errors import RuleBroken
from core.models import Heartbeat
from notices import services
from notices.models import Method
from tests.factories import make_docket
from tests.notices.serving import PDF, direct, scan

pytestmark = pytest.mark.django_db


def stored(settings, folder="evidence"):
    return sorted(path for path in (Path(settings.MEDIA_ROOT) / folder).rglob("*") if path.is_file())


def add(docket, by, content=PDF):
    return evidence.add(
        docket=docket, upload=SimpleUploadedFile("台账.pdf", content), kind="document", title="台账", proves="数量",
        made_by="王测试", made_at=clock.now(), place="常州市", by=by,
    )  # fmt: skip


def test_a_refused_service_attempt_or_receipt_leaves_no_file(printed, case_officer, head, settings):
    with pytest.raises(RuleBroken):
        direct(printed, case_officer, recipient="", receipt_file=scan())
    with pytest.raises(RuleBroken):
        services.record_attempt(
            notice=printed, method=Method.DIRECT, failure="nobody", by=case_officer, record_file=scan(),
            at=clock.now() + timedelta(days=1),
        )  # fmt: skip
    with pytest.raises(RuleBroken):
        services.record_attempt(
            notice=printed, method=Method.DIRECT, failure="no such reason", by=case_officer, record_file=scan()
        )
    letter = services.record_service(notice=printed, method=Method.POST, by=case_officer, tracking_number="XA1")
    with pytest.raises(RuleBroken):
        services.complete_service(
            service=letter,
            served_on=clock.today() + timedelta(days=1),
            by=case_officer,
            recipient="钱",
            receipt_file=scan(),
        )
    assert stored(settings) == []
    served = services.complete_service(
        service=letter, served_on=clock.today(), by=case_officer, recipient="钱", receipt_file=scan()
    )
    assert len(stored(settings)) == 1
    with pytest.raises(RuleBroken):
        services.correct_service(
            service=served, reason="错", by=head, served_on=clock.today() + timedelta(days=2),
            receipt_file=scan(content=PDF + b"2"),
        )  # fmt: skip
    assert len(stored(settings)) == 1


def test_evidence_is_on_the_disk_before_its_row_is(docket, case_officer, settings, monkeypatch):
    flushed = []
    plain = os.fsync

    def flush(handle):
        flushed.append(Evidence.objects.count())
        plain(handle)

    monkeypatch.setattr(os, "fsync", flush)
    kept = add(docket, case_officer)
    assert flushed == [0, 0]  # the file, and the folder that names it
    [path] = stored(settings)
    assert path.read_bytes() == PDF
    assert kept.file.path == str(path)
    assert stored(settings, whole_files.WORKSHOP) == []


def test_the_same_file_on_two_dockets_is_two_files(docket, case_officer, settings):
    other_docket = make_docket(department=docket.department, officer=case_officer)
    assert add(docket, case_officer).file.name != add(other_docket, case_officer).file.name
    assert len(stored(settings)) == 2


def left_by_a_killed_process(docket, by):
    """Written, and its row taken back."""
    with transaction.atomic():
        add(docket, by, PDF + b"x")
        transaction.set_rollback(True)


def test_a_file_that_no_row_names_goes_after_a_week_and_one_that_a_row_names_stays(docket, case_officer, settings):
    kept = add(docket, case_officer)
    left_by_a_killed_process(docket, case_officer)
    withdrawn = add(docket, case_officer, PDF + b"y")
    Evidence.objects.filter(pk=withdrawn.pk).update(withdrawn_at=clock.now(), withdrawn_reason="错")
    assert len(stored(settings)) == 3
    with clock.pinned(clock.now() + whole_files.UNNAMED_FOR - timedelta(hours=1)):
        tasks.tidy()
    assert len(stored(settings)) == 3
    with clock.pinned(clock.now() + whole_files.UNNAMED_FOR + timedelta(hours=1)):
        tasks.tidy()
    assert {str(path) for path in stored(settings)} == {kept.file.path, withdrawn.file.path}
    assert Heartbeat.objects.get(pk="core.tidy").summary["unnamed_forgotten"] == 1


def test_a_row_that_comes_while_the_files_are_listed_keeps_its_file(docket, case_officer, settings, monkeypatch):
    """As a row does that commits late: its file is old by then."""
    kept = add(docket, case_officer)
    name, seen = kept.file.name, Path.is_file

    def listed(path):
        Evidence.objects.filter(pk=kept.pk).update(file=name)
        return seen(path)

    Evidence.objects.filter(pk=kept.pk).update(file="elsewhere")
    monkeypatch.setattr(Path, "is_file", listed)
    with clock.pinned(clock.now() + timedelta(days=30)):
        assert whole_files.forget_unnamed() == 0
    monkeypatch.undo()
    assert len(stored(settings)) == 1


def test_a_file_that_goes_while_the_files_are_listed_ends_nothing(docket, case_officer, settings, monkeypatch):
    """As when another worker tidies, too, or finishes its draft."""
    left_by_a_killed_process(docket, case_officer)
    [path] = stored(settings)
    left_by_a_killed_process(docket, case_officer)
    seen = Path.is_file

    def going(of):
        there = seen(of)
        if of == path:
            path.unlink(missing_ok=True)
        return there

    monkeypatch.setattr(Path, "is_file", going)
    with clock.pinned(clock.now() + timedelta(days=30)):
        assert whole_files.forget_unnamed() == 1


def test_a_draft_that_is_finished_while_drafts_are_listed_ends_nothing(settings, monkeypatch):
    workshop = Path(settings.MEDIA_ROOT) / whole_files.WORKSHOP
    workshop.mkdir(parents=True)
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([folder / "finished.part"]))
    assert whole_files.forget_abandoned() == 0


def test_files_of_another_database_are_left_alone(docket, case_officer, settings):
    """As after a restore that was begun by hand: the files are there, the database is new."""
    left_by_a_killed_process(docket, case_officer)
    MigrationRecorder.Migration.objects.update(applied=clock.now() + timedelta(minutes=1))
    with clock.pinned(clock.now() + timedelta(days=30)):
        assert whole_files.forget_unnamed() == 0
    assert len(stored(settings)) == 1
