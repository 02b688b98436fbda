"""The reminder ledger names deadlines and officers without a foreign key of the database (docs/decisions/0006)."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "docketofficer",
            "docket",
            models.ForeignKey(
                db_index=False, on_delete=models.deletion.CASCADE, related_name="team", to="casework.docket"
            ),
        ),
        migrations.AlterField(
            "reminder",
            "deadline",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=models.deletion.PROTECT,
                related_name="reminders",
                to="casework.deadline",
            ),
        ),
        migrations.AlterField(
            "reminder",
            "recipient",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=models.deletion.PROTECT,
                related_name="reminders",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveIndex("deadline", "casework_deadline_of_kind"),
        migrations.AddIndex(
            "deadline",
            models.Index(
                condition=models.Q(("cancelled_on", None), ("met_on", None), ("paused_since", None)),
                fields=["kind", "due_on", "id", "docket", "started_on", "counts_back"],
                name="casework_deadline_of_kind",
            ),
        ),
    ]
