"""A form acts once, whatever becomes of the process that handles it: its key is marked in the transaction of the act."""

import json
import os
import signal
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.db import transaction

from casework import notes
from casework.models import Note
from core import clock
from core.errors import RuleBroken
from core.models import SubmittedForm

FORM = Path(__file__).with_name("killed_form.py")


def ran(stage: str, session: Path, **environment: str) -> tuple[int, dict]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, str(FORM), stage, str(session)],
        env={**kept, **environment}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.stdout, done.stderr[-4000:]
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def check_killed(tmp_path: Path, **environment: str) -> None:
    session = tmp_path / "session"
    ended, first = ran("die", session, **environment)
    assert (ended, first["notes"]) == (-signal.SIGKILL, 1)
    _ended, second = ran("again", session, **environment)
    assert (second["notes"], second["status"]) == (1, 409)
    assert "已经办理" in second["page"]


@pytest.mark.worker
def test_a_worker_killed_after_its_commit_does_not_make_the_form_act_twice_on_sqlite(tmp_path):
    check_killed(tmp_path, PORTAL_VAR=str(tmp_path))


@pytest.mark.worker
@pytest.mark.postgres
def test_a_worker_killed_after_its_commit_does_not_make_the_form_act_twice_on_postgresql(tmp_path, postgres_url):
    check_killed(tmp_path, PORTAL_VAR=str(tmp_path), DATABASE_URL=postgres_url)


def send(client, docket, key):
    return client.post(f"/dockets/{docket.pk}/notes/", {"text": "已电话核实", "_once": key})


@pytest.mark.django_db
def test_a_page_that_breaks_down_after_its_act_does_not_act_again(docket, case_officer, log_in):
    client, key = log_in(case_officer), str(uuid.uuid4())
    client.raise_request_exception = False
    with mock.patch.object(notes, "saved", side_effect=ZeroDivisionError):
        assert send(client, docket, key).status_code == 500
    assert send(client, docket, key).status_code == 409
    with clock.pinned(clock.now() + timedelta(minutes=3)):
        assert "已经办理" in send(client, docket, key).content.decode()
    assert Note.objects.count() == 1


@pytest.mark.django_db
def test_a_page_that_breaks_down_before_its_act_is_committed_may_be_sent_again(docket, case_officer, log_in):
    def undone(add=notes.add, **given):
        with transaction.atomic():
            add(**given)
            raise ZeroDivisionError

    client, key = log_in(case_officer), str(uuid.uuid4())
    client.raise_request_exception = False
    with mock.patch.object(notes, "add", undone):
        assert send(client, docket, key).status_code == 500
    assert not Note.objects.exists()
    assert send(client, docket, key).status_code == 302
    assert Note.objects.count() == 1


@pytest.mark.django_db
def test_a_form_cut_off_before_it_acted_may_be_sent_again(docket, case_officer, log_in):
    client, key = log_in(case_officer), str(uuid.uuid4())
    SubmittedForm.objects.create(key=key, path="/", at=clock.now() - timedelta(minutes=3))
    send(client, docket, key)
    assert Note.objects.count() == 1


@pytest.mark.django_db
def test_a_form_that_took_so_long_that_it_was_sent_again_acts_once(case, case_officer, log_in):
    client, key, before = log_in(case_officer), str(uuid.uuid4()), Note.objects.count()
    answers = []

    def slow(add=notes.add, **given):
        if not answers:
            answers.append(None)
            with clock.pinned(clock.now() + timedelta(minutes=3)):
                answers.append(send(client, case.docket, key))
        return add(**given)

    with mock.patch.object(notes, "add", slow):
        late = send(client, case.docket, key)
    assert answers[1].status_code == 302
    assert Note.objects.count() == before + 1
    assert "再次提交" in late.content.decode()
    kept = SubmittedForm.objects.get(pk=key)
    assert (kept.acted, kept.finished) == (True, True)
    assert send(client, case.docket, key).status_code == 302  # to the same place, with nothing done twice
    assert Note.objects.count() == before + 1


@pytest.mark.django_db
def test_a_form_that_acted_and_was_answered_by_a_refusal_does_not_act_again(case, case_officer, log_in):
    client, key, before = log_in(case_officer), str(uuid.uuid4()), Note.objects.count()
    with mock.patch.object(notes, "saved", side_effect=RuleBroken("refused")):
        assert send(client, case.docket, key).status_code == 422
    assert send(client, case.docket, key).status_code == 409
    assert Note.objects.count() == before + 1
