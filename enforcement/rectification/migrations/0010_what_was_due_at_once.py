"""What was to be done at once and a look found not done, in the words of the order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0009_named_in_one_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="reinspection",
            name="open_at_once",
            field=models.JSONField(blank=True, null=True, verbose_name="Not done of what was to be done at once"),
        ),
    ]
