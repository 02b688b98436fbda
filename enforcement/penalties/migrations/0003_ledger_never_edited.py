"""No line of the ledger is edited, deleted, or displaced by another."""

from django.db import migrations

from enforcement.penalties import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("penalties", "0002_money")]

    operations = [migrations.RunPython(install, remove)]
