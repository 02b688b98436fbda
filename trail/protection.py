"""The database itself refuses to change or delete the trail."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("trail_event", "trail_seal")


def names(vendor: str) -> set[str]:
    """Names of the triggers that must exist."""
    ends = ("append_only", "never_emptied") if vendor == "postgresql" else ("no_update", "no_delete")
    return {f"{table}_{end}" for table in TABLES for end in ends}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers on SQLite or PostgreSQL."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$"
            )
            for table in TABLES:
                cursor.execute(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
                )
                cursor.execute(
                    f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()"
                )
            return
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
                )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers (reverse migration; emptying a test database)."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_never_emptied ON {table}")
            else:
                for act in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
