"""What was typed into the form of a written record is kept with it, frozen like its words."""

from django.db import migrations, models

from notices import protection


def install(apps, schema_editor):
    protection.install_records(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove_records(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("notices", "0008_keys_by_any_name")]

    operations = [
        migrations.RunPython(remove, install),
        migrations.AddField("siterecord", "content", models.JSONField(blank=True, null=True)),
        migrations.RunPython(install, remove),
    ]
