"""Opinions, statements and remarks are texts: no database cuts them or refuses them.

PostgreSQL alters no column that a trigger looks at, and SQLite makes the tables anew and loses their triggers: they are taken
away first and installed again at the end.
"""

from django.db import migrations, models

from notices import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_frozen")]
    operations = [
        migrations.RunPython(remove, install),
        migrations.AlterField(
            "noticeapproval",
            "remark",
            models.TextField(blank=True, verbose_name="Remark"),
        ),
        migrations.AlterField("noticeapproval", "statement", models.TextField(blank=True)),
        migrations.AlterField("service", "remark", models.TextField(blank=True, verbose_name="Remark")),
        migrations.RunPython(install, remove),
    ]
