"""SQLite replaces a row without UPDATE or DELETE (INSERT OR REPLACE, UPDATE OR REPLACE): on a guarded table it refuses that too,
whoever the client is. PostgreSQL empties a table without DELETE (TRUNCATE): refused likewise."""

import sqlite3
from contextlib import closing
from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

import trail
from organisation.models import Officer
from tests.architecture.source import PACKAGES, ROOT
from trail.models import Event
from trail.recording import SYSTEM

TABLES = (
    "trail_event", "trail_seal", "casework_docket", "casework_deadline", "organisation_officer", "notices_notice",
    "notices_service", "notices_noticeapproval", "notices_siterecord", "notices_partysigning", "penalties_entry",
    "casework_custody",
)  # fmt: skip
# What makes a row count for the partial unique keys of its table.
COUNTING = {
    "casework_deadline": [{"cancelled_on": None}],
    "notices_service": [{"outcome": "served", "corrected_at": None}, {"outcome": "pending"}],
}
HIDDEN_NAMES = ("rowid", "_rowid_", "oid")  # by which SQLite knows the id as well
WORDS = "never|append-only|frozen"  # of the refusals


def elsewhere():
    """The guarded tables with their triggers in a database of another client, which sets no pragma and checks nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'trigger'")
        made = [sql for _type, table, sql in cursor.fetchall() if table in TABLES]
    other = sqlite3.connect(":memory:", isolation_level=None)
    for sql in made:
        other.execute(sql)
    other.execute("PRAGMA ignore_check_constraints = ON")
    return other


def put(client, table, number, **fields):
    """A row with values made up after its number."""
    columns = [(name, kind) for _i, name, kind, *_ in client.execute(f"PRAGMA table_info({table})")]
    row = {name: number if "int" in kind.lower() else f"{name}-{number}" for name, kind in columns} | fields
    return write(client, table, row)


def write(client, table, row, how="INSERT"):
    names = ", ".join(f'"{name}"' for name in row)
    client.execute(f"{how} INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    return row


def unique_keys(client, table):
    found = client.execute(f"SELECT name FROM pragma_index_list('{table}') WHERE \"unique\"").fetchall()
    keys = [[row[0] for row in client.execute(f"SELECT name FROM pragma_index_info('{name}')")] for (name,) in found]
    return [["id"], *keys]


def replace_in(client, table):
    """Try to put rows in the place of others by each of the table's unique keys."""
    number = 0
    for fields in COUNTING.get(table, [{}]):
        for key in unique_keys(client, table):
            kept = put(client, table, number + 1, **fields)
            other = put(client, table, number + 2, **fields)
            number += 2
            taking = {column: kept[column] for column in key}
            for how in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
                with pytest.raises(sqlite3.IntegrityError, match=WORDS):
                    write(client, table, other | {"id": number + 1000} | taking, how)
            sets = ", ".join(f'"{column}" = ?' for column in taking)
            with pytest.raises(sqlite3.IntegrityError, match=WORDS):
                client.execute(f"UPDATE OR REPLACE {table} SET {sets} WHERE id = ?", [*taking.values(), other["id"]])
            for name in HIDDEN_NAMES if key == ["id"] else ():
                with pytest.raises(sqlite3.IntegrityError, match=WORDS):
                    client.execute(f"UPDATE OR REPLACE {table} SET {name} = ? WHERE id = ?", [kept["id"], other["id"]])
    assert client.execute(f"SELECT count(*) FROM {table}").fetchone() == (number,)
    assert number >= 4  # the id, and a key beside it


def scans_of_its_guard(client, table):
    """Steps of the guard of INSERT that read the whole table instead of looking into an index."""
    (sql,) = client.execute("SELECT sql FROM sqlite_master WHERE name = ?", [f"{table}_not_replaced"]).fetchone()
    condition = sql.split(" WHEN ", 1)[1].split(" BEGIN ", 1)[0]
    new = ", ".join(f'NULL AS "{name}"' for _i, name, *_ in client.execute(f"PRAGMA table_info({table})"))
    steps = [row[3] for row in client.execute(f"EXPLAIN QUERY PLAN SELECT {condition} FROM (SELECT {new}) AS NEW")]
    assert any("kept USING" in step for step in steps)
    return [step for step in steps if step.startswith("SCAN kept")]


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_lost_without_a_delete_whoever_the_client_is(db, table):
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match=WORDS), transaction.atomic():
            connection.cursor().execute(f"TRUNCATE {table} CASCADE")
        return
    with closing(elsewhere()) as client:
        assert client.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        replace_in(client, table)
        assert scans_of_its_guard(client, table) == []


@pytest.mark.sqlite_only
def test_a_row_that_begins_to_count_for_a_key_takes_no_place_either(db):
    with closing(elsewhere()) as client:
        kept = put(client, "casework_deadline", 1, cancelled_on=None)
        same = {name: kept[name] for name in ("docket_id", "kind", "started_on")}
        put(client, "casework_deadline", 2, **same)
        with pytest.raises(sqlite3.IntegrityError, match=WORDS):
            client.execute("UPDATE OR REPLACE casework_deadline SET cancelled_on = NULL WHERE id = 2")


def test_every_guarded_table_is_looked_at_here():
    guarded = set()
    for package in PACKAGES:
        if (ROOT / package.replace(".", "/") / "protection.py").exists():
            names = import_module(f"{package}.protection").names("sqlite")
            guarded |= {name.removesuffix("_not_replaced") for name in names if name.endswith("_not_replaced")}
    assert guarded == set(TABLES)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_an_event_of_the_trail_is_not_rewritten_by_an_insert(docket, case_officer, recursive):
    with transaction.atomic():
        event = trail.record("casework.add_note", docket, by=case_officer, docket=docket)
    columns = ", ".join(f'"{field.column}"' for field in Event._meta.concrete_fields)
    changed = columns.replace('"actor_name"', "'别人'")
    rows = f"({columns}) SELECT {changed} FROM trail_event WHERE true"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"INSERT INTO trail_event {rows} ON CONFLICT (id) DO UPDATE SET actor_name = '别人'"
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(statement)
        else:
            assert cursor.execute("PRAGMA recursive_triggers").fetchone() == (1,)
            cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
            try:
                with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                    cursor.execute(f"INSERT OR REPLACE INTO trail_event {rows}")
            finally:
                cursor.execute("PRAGMA recursive_triggers = ON")
    assert Event.objects.get(pk=event.pk).actor_name == case_officer.name


def test_what_django_looks_for_before_it_makes_is_found_and_a_duplicate_is_an_integrity_error(case_officer):
    found, created = Officer.objects.get_or_create(username=case_officer.username, defaults={"name": "别人"})
    assert (found.pk, created) == (case_officer.pk, False)
    found, created = Officer.objects.update_or_create(username=case_officer.username, defaults={"phone": "1"})
    assert (found.pk, created) == (case_officer.pk, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.create(username=case_officer.username, name="别人", department=case_officer.department)


def test_the_portal_itself_goes_on_recording(docket):
    with transaction.atomic():
        before = Event.objects.count()
        trail.record("casework.add_note", docket, by=SYSTEM, docket=docket)
    assert Event.objects.count() == before + 1
