"""No docket, deadline or officer is given another key, or displaced on SQLite by whatever name the key bears (core.triggers)."""

from django.db import migrations

from casework import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_own_reminders_by_number")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
