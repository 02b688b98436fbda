"""Nothing issued is given another key, or displaced on SQLite by whatever name the key bears (core.triggers)."""

from django.db import migrations

from notices import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)
    protection.install_records(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_no_row_in_the_place_of_another")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
