"""The reason of cancelling a period is kept whole.

SQLite makes the table anew and loses its trigger (core.triggers): it is taken away first and installed again at the end.
"""

from django.db import migrations, models

from casework import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_cause_of_matters"),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.AlterField(
            model_name="deadline",
            name="cancel_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.RunPython(install, remove),
    ]
