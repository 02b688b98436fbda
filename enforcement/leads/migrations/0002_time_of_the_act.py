"""When the act was committed: it decides which law applies."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]
    operations = [
        migrations.AddField(
            "lead",
            "acted_from",
            models.DateField(blank=True, null=True, verbose_name="Act committed on, or from"),
        ),
        migrations.AddField("lead", "acted_to", models.DateField(blank=True, null=True, verbose_name="Act ended on")),
        migrations.AddConstraint(
            "lead",
            models.CheckConstraint(
                condition=Q(acted_to=None) | Q(acted_to__gte=F("acted_from")), name="leads_act_ends_after_it_began"
            ),
        ),
    ]
