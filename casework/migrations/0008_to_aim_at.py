"""Reminders ahead are reckoned from the target: the sweep is answered by an index of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_entries_taken_back")]

    operations = [
        migrations.AddIndex(
            "deadline",
            models.Index(
                condition=models.Q(("cancelled_on", None), ("met_on", None), ("paused_since", None)),
                fields=["kind", "target_on", "id", "docket", "started_on", "counts_back", "due_on"],
                name="casework_deadline_to_aim_at",
            ),
        ),
    ]
