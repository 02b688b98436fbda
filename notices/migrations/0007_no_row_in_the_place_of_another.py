"""Nothing issued or recorded is replaced by INSERT OR REPLACE (SQLite) or lost by TRUNCATE (PostgreSQL; core.triggers)."""

from django.db import migrations

from notices import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)
    protection.install_records(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_signed_notes")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
