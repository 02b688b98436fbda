"""To which authority a lead was handed; of those dismissed before, the reason in the trail says it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0002_time_of_the_act")]
    operations = [
        migrations.AddField(
            "lead",
            "transferred_to",
            models.CharField(blank=True, default="", max_length=80, verbose_name="Transferred to"),
        ),
    ]
