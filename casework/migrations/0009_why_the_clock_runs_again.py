"""A pause keeps why it ended, and the document that says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_to_aim_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="pause",
            name="ended_document",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="pause",
            name="ended_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
