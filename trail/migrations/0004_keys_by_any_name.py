"""No event is displaced on SQLite by whatever name its key bears (core.triggers)."""

from django.db import migrations

from trail import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_no_row_in_the_place_of_another")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
