"""The ledger lists an officer's own reminders by number: the index follows, and is smaller."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0019_no_permission_to_settle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="reminder",
            name="casework_reminder_of_officer",
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["recipient", "id"], name="casework_reminder_of_officer"),
        ),
    ]
