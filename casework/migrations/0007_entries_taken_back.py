"""A wrong pause or extension is marked as taken back; who may record and who may correct."""

from django.conf import settings
from django.db import migrations, models

OFFICER = {
    "blank": True,
    "null": True,
    "on_delete": models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


def marks(model):
    return [
        migrations.AddField(model, "taken_back_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model, "taken_back_by", models.ForeignKey(**OFFICER)),
        migrations.AddField(model, "taken_back_reason", models.CharField(blank=True, max_length=300)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_versions_of_period_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            "deadline",
            {
                "permissions": [
                    ("pause_deadline", "May stop the clock of a period and let it run again"),
                    ("extend_deadline", "May grant more time"),
                    ("settle_deadline", "May record that a period was met"),
                    ("correct_deadline", "May cancel a period and take wrong entries on it back"),
                ]
            },
        ),
        migrations.RemoveConstraint("pause", "casework_one_open_pause_per_deadline"),
        *marks("extension"),
        *marks("pause"),
        migrations.AddConstraint(
            "pause",
            models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None), ("to_on", None)),
                fields=("deadline",),
                name="casework_one_open_pause_per_deadline",
            ),
        ),
    ]
