"""The signed page of a note comes later, once: the database keeps it like the PDF."""

import django.db.models.deletion
from django.db import migrations, models

from notices import protection


def install(apps, schema_editor):
    protection.install_records(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove_records(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_named_for_the_step"), ("notices", "0005_site_records")]

    operations = [
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="siterecord",
            name="signed_scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.evidence",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
