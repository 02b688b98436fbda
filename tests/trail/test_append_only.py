"""The trail is never changed, and a change made behind its back is found (defect D4)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

import trail
from core import clock
from tests.plugins.stories import story
from trail import protection, recording
from trail.models import AppendOnly, ChainHead, Event, Seal
from trail.recording import SYSTEM


@story
def events(docket, case_officer):
    with transaction.atomic():
        return [
            trail.record("casework.add_note", docket, by=case_officer, docket=docket, n=number, reason="测试")
            for number in range(3)
        ]


@pytest.fixture
def unprotected(db):
    """A database whose triggers an intruder removed."""
    protection.remove(connection)
    yield
    protection.install(connection)


def test_an_event_names_who_what_and_when(events, docket, case_officer):
    event = events[0]
    assert (event.actor_name, event.subject_label) == (case_officer.name, docket.number)
    assert event.facts["reason"] == "测试"


def test_each_docket_has_a_chain_of_its_own(events):
    assert [e.position for e in events] == [events[0].position, events[0].position + 1, events[0].position + 2]
    assert events[1].previous_hash == events[0].hash


@pytest.mark.parametrize("act", ["save", "delete"])
def test_python_refuses_to_change_an_event(events, act):
    with pytest.raises(AppendOnly):
        getattr(events[0], act)()


def test_python_refuses_to_change_many_events(events):
    with pytest.raises(AppendOnly):
        Event.objects.update(verb="x")
    with pytest.raises(AppendOnly):
        Event.objects.all().delete()


@pytest.mark.parametrize("statement", ["UPDATE trail_event SET verb = 'x'", "DELETE FROM trail_event"])
def test_d4_the_database_refuses_to_change_an_event(events, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.filter(pk=events[0].pk).exists()


def test_an_act_outside_a_transaction_is_refused(transactional_db, monkeypatch):
    monkeypatch.setattr(type(connection), "in_atomic_block", False, raising=False)
    with pytest.raises(RuntimeError):
        trail.record("x.y", ChainHead(pk="x"), by=SYSTEM)


def test_an_untouched_trail_holds(events, capsys):
    call_command("verify_trail")
    assert "the trail holds" in capsys.readouterr().out


def test_a_changed_event_is_found(events, unprotected):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_event SET actor_name = '别人' WHERE id = %s", [events[1].pk])
    flaws = recording.verify().flaws
    assert [flaw.what for flaw in flaws] == ["内容被改动"]
    with pytest.raises(CommandError):
        call_command("verify_trail")


def test_a_removed_event_in_the_middle_is_found(events, unprotected):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_event WHERE id = %s", [events[1].pk])
    assert any("缺少" in flaw.what for flaw in recording.verify().flaws)


def test_a_removed_last_event_is_found(events, unprotected):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_event WHERE id = %s", [events[2].pk])
    assert any("链尾缺失" in flaw.what for flaw in recording.verify().flaws)


def test_an_event_put_on_behind_the_end_is_found(events, docket):
    """By SQL, with hashes that fit: the chain's own memory of its end does not know it."""
    forged = Event.objects.get(pk=events[-1].pk)
    forged.pk, forged.position, forged.previous_hash = None, forged.position + 1, forged.hash
    forged.hash = recording.fingerprint(forged)
    Event.objects.bulk_create([forged])
    assert [flaw.place for flaw in recording.verify().flaws] == [f"docket:{docket.pk}"]


def test_a_chain_that_vanished_whole_breaks_the_seal(events, docket, unprotected):
    with clock.pinned(clock.now() + timedelta(hours=1)):
        sealed = recording.seal()
    assert sealed is not None
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_event WHERE stream = %s", [f"docket:{docket.pk}"])
        cursor.execute("DELETE FROM trail_chainhead WHERE stream = %s", [f"docket:{docket.pk}"])
    assert any(flaw.place.startswith("seal") for flaw in recording.verify().flaws)


def test_the_last_minutes_are_not_sealed_yet(events):
    assert recording.seal() is None
    assert Seal.objects.count() == 0


def test_seals_follow_each_other(events, docket, case_officer):
    with clock.pinned(clock.now() + timedelta(hours=1)):
        first = recording.seal()
        with transaction.atomic():
            trail.record("casework.add_note", docket, by=case_officer, docket=docket)
    with clock.pinned(clock.now() + timedelta(hours=2)):
        second = recording.seal()
    assert second.previous_hash == first.hash
    assert recording.verify().flaws == []
