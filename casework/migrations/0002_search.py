"""The full-text index of search: FTS5 on SQLite, kept by triggers; GIN on PostgreSQL.

SQLite: a later migration that rebuilds casework_searchentry drops these triggers and must make them again.
"""

from django.db import migrations

SQLITE = [
    # "ascii" takes every character beyond ASCII for part of a word, also rare ones that "unicode61" does not know.
    """CREATE VIRTUAL TABLE casework_search USING fts5(
        tokens, content='casework_searchentry', content_rowid='docket_id', tokenize='ascii')""",
    """CREATE TRIGGER casework_search_insert AFTER INSERT ON casework_searchentry BEGIN
        INSERT INTO casework_search(rowid, tokens) VALUES (new.docket_id, new.tokens);
    END""",
    """CREATE TRIGGER casework_search_delete AFTER DELETE ON casework_searchentry BEGIN
        INSERT INTO casework_search(casework_search, rowid, tokens) VALUES ('delete', old.docket_id, old.tokens);
    END""",
    """CREATE TRIGGER casework_search_update AFTER UPDATE OF tokens ON casework_searchentry BEGIN
        INSERT INTO casework_search(casework_search, rowid, tokens) VALUES ('delete', old.docket_id, old.tokens);
        INSERT INTO casework_search(rowid, tokens) VALUES (new.docket_id, new.tokens);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER casework_search_update",
    "DROP TRIGGER casework_search_delete",
    "DROP TRIGGER casework_search_insert",
    "DROP TABLE casework_search",
]
POSTGRESQL = [
    # Writes go straight into the index: a pending list would be read through by every search.
    """CREATE INDEX casework_search_tokens ON casework_searchentry
        USING gin (string_to_array(tokens, ' ')) WITH (fastupdate = off)""",
    # Frequencies of so many tokens are kept (times ten), for the short cut of frequent ones.
    "ALTER INDEX casework_search_tokens ALTER COLUMN 1 SET STATISTICS 1000",
]
POSTGRESQL_BACK = ["DROP INDEX casework_search_tokens"]


def forwards(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
