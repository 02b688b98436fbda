"""No event is replaced by INSERT OR REPLACE (SQLite); the triggers bear the same names on both databases (core.triggers)."""

from django.db import migrations

from trail import protection


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in ("trail_event", "trail_seal"):
            for name in ("append_only", "never_emptied"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
    protection.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_append_only")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
