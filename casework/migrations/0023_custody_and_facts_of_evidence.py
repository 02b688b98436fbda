"""What the kind of a piece of evidence must say, and its chain of custody, which the database itself keeps append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework import protection


def install(apps, schema_editor):
    protection.install_custody(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove_custody(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0022_extension_follows_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="facts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handed_by", models.CharField(max_length=80, verbose_name="Handed over by")),
                ("received_by", models.CharField(max_length=80, verbose_name="Received by")),
                ("at", models.DateTimeField(verbose_name="Time of the hand-over")),
                ("place", models.CharField(max_length=200, verbose_name="Place")),
                ("purpose", models.CharField(max_length=200, verbose_name="Purpose")),
                ("condition", models.CharField(max_length=200, verbose_name="Condition, and state of the seal")),
                ("correction_reason", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="casework.custody",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="custody", to="casework.evidence"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects", None), models.Q(("correction_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="casework_custody_correction_has_a_reason",
                    )
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
