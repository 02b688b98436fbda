"""How authorities speak of themselves, and who reconsiders their acts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_form_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="calls_itself",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="department",
            name="reconsideration_by",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="department",
            name="reconsideration_confidence",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="department",
            name="reconsideration_source",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
