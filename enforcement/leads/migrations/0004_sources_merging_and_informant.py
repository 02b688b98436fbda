"""Complaints; who handed a lead here; merging a lead into an earlier one; and who reported, in a row of its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0003_transferred_to"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="leads.lead",
                verbose_name="Merged into",
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="source_name",
            field=models.CharField(
                blank=True, default="", max_length=80, verbose_name="Transferring authority or platform"
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="source_number",
            field=models.CharField(
                blank=True, default="", max_length=60, verbose_name="Number of the letter or complaint"
            ),
        ),
        migrations.AlterField(
            model_name="lead",
            name="origin",
            field=models.CharField(
                choices=[
                    ("inspection", "Inspection"),
                    ("report", "Report by the public"),
                    ("complaint", "Complaint"),
                    ("transfer", "Transfer from another authority"),
                    ("assigned", "Assigned by a superior authority"),
                    ("rule", "Automatic check"),
                ],
                max_length=12,
                verbose_name="Origin",
            ),
        ),
        migrations.CreateModel(
            name="Informant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="Informant’s name")),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Informant’s telephone, address or e-mail"
                    ),
                ),
                (
                    "traits",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="What else would give the informant away"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "lead",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="informant", to="leads.lead"
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
                "permissions": [("see_informant", "May see who reported")],
            },
        ),
    ]
