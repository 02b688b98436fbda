"""The record of an inspection has versions that are signed; a visit may end after midnight; a missing signature is explained."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def ended_on_the_same_day(apps, schema_editor):
    inspections = apps.get_model("inspections", "Inspection").objects
    inspections.exclude(ended_at=None).update(ended_on=models.F("inspected_on"))


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_never_deleted"),
        ("inspections", "0001_initial"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MissingSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.AlterModelOptions(
            name="inspection",
            options={
                "permissions": [
                    ("inspect", "May inspect enterprises and log findings"),
                    ("oversee_record", "May void an inspection and explain a missing signature"),
                ]
            },
        ),
        migrations.RemoveConstraint(
            model_name="inspection",
            name="inspections_inspection_ends_after_it_begins",
        ),
        migrations.RemoveConstraint(
            model_name="inspectionsignature",
            name="inspections_officer_signs_once",
        ),
        migrations.AddField(
            model_name="inspection",
            name="ended_on",
            field=models.DateField(blank=True, null=True, verbose_name="Ended on"),
        ),
        migrations.RunPython(ended_on_the_same_day, migrations.RunPython.noop),
        migrations.AddField(
            model_name="inspection",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="inspectionsignature",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None),
                    ("ended_on__gt", models.F("inspected_on")),
                    ("ended_at__gte", models.F("began_at")),
                    _connector="OR",
                ),
                name="inspections_inspection_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("inspected_on")), _connector="OR"),
                name="inspections_inspection_ends_on_its_day_or_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectionsignature",
            constraint=models.UniqueConstraint(
                fields=("inspection", "officer", "version"), name="inspections_officer_signs_each_version_once"
            ),
        ),
        migrations.AddField(
            model_name="missingsignature",
            name="inspection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missing_signatures",
                to="inspections.inspection",
            ),
        ),
        migrations.AddField(
            model_name="missingsignature",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="missingsignature",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="missingsignature",
            constraint=models.UniqueConstraint(
                fields=("inspection", "officer"), name="inspections_missing_signature_explained_once"
            ),
        ),
    ]
