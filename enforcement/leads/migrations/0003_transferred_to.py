"""To which authority a lead was handed (of those dismissed before, the reason in the trail says it); and that a superior may assign one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0002_time_of_the_act")]
    operations = [
        migrations.AddField(
            "lead",
            "transferred_to",
            models.CharField(blank=True, default="", max_length=80, verbose_name="Transferred to"),
        ),
        migrations.AlterField(
            "lead",
            "origin",
            models.CharField(
                choices=[
                    ("inspection", "Inspection"),
                    ("report", "Report by the public"),
                    ("transfer", "Transfer from another authority"),
                    ("assigned", "Assigned by a superior authority"),
                    ("rule", "Automatic check"),
                ],
                max_length=12,
                verbose_name="Origin",
            ),
        ),
    ]
