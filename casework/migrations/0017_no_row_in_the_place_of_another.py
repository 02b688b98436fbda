"""No docket, deadline or officer is replaced by INSERT OR REPLACE (SQLite) or lost by TRUNCATE (PostgreSQL; core.triggers)."""

from django.db import migrations

from casework import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_team_of_docket")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
