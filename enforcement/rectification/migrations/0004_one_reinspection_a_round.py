"""One record of the re-inspection in a round, unless it corrects another and says why."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("rectification", "0003_reinspections_are_corrected")]
    operations = [
        migrations.AddConstraint(
            "reinspection",
            models.UniqueConstraint(
                condition=Q(corrects=None), fields=["case", "for_round"], name="rectification_reinspected_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            "reinspection",
            models.CheckConstraint(
                condition=Q(corrects=None, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="rectification_correction_says_why",
            ),
        ),
    ]
