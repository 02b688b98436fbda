"""Titles as documents cite them, and the articles that are violated where they are known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_why_the_clock_runs_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="instrument",
            name="full_title",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="violation",
            name="duty_article",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="violation",
            name="duty_source",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
