"""An order may demand rectification at once: no day of grace."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0005_reinspection_has_its_document"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="rectificationcase", name="rectification_period_between_a_day_and_a_year"
        ),
        migrations.AddConstraint(
            model_name="rectificationcase",
            constraint=models.CheckConstraint(
                condition=Q(rectification_days__gte=0, rectification_days__lte=365),
                name="rectification_period_at_most_a_year",
            ),
        ),
    ]
