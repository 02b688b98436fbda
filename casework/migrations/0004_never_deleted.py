"""Dockets, deadlines and officers are never deleted: the database refuses it.

SQLite: a later migration that makes one of these tables anew loses its trigger and must end by installing it again.
"""

from django.db import migrations

from casework import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_ledger_without_foreign_keys")]
    operations = [migrations.RunPython(install, remove)]
