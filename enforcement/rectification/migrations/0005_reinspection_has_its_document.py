"""A re-inspection names its document."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0005_site_records"),
        ("rectification", "0004_one_reinspection_a_round"),
    ]

    operations = [
        migrations.AddField(
            model_name="reinspection",
            name="record",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="notices.siterecord",
            ),
        ),
    ]
