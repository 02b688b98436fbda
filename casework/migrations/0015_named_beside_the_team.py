"""Who is named for a step has a row of his own, also where he handles the matter besides."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_whole_reason_of_cancelling")]

    operations = [
        migrations.RemoveConstraint(model_name="docketofficer", name="casework_officer_once_per_docket"),
        migrations.AddConstraint(
            model_name="docketofficer",
            constraint=models.UniqueConstraint(
                condition=~models.Q(part="task"),
                fields=["docket", "officer"],
                name="casework_officer_once_per_docket",
            ),
        ),
        migrations.AddConstraint(
            model_name="docketofficer",
            constraint=models.UniqueConstraint(
                condition=models.Q(part="task"),
                fields=["docket", "officer"],
                name="casework_officer_named_once_per_docket",
            ),
        ),
    ]
