"""Records written on the spot and how each ended with the party; the database refuses to change or delete them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notices.models.printed
from notices import protection


def install(apps, schema_editor):
    protection.install_records(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove_records(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_to_aim_at"),
        ("notices", "0004_service_corrected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template", models.CharField(blank=True, max_length=120)),
                ("template_sha256", models.CharField(blank=True, max_length=64)),
                ("html", models.TextField(blank=True)),
                ("renderer", models.CharField(blank=True, max_length=80)),
                ("pdf", models.FileField(blank=True, max_length=120, upload_to=notices.models.printed.pdf_path)),
                ("pdf_sha256", models.CharField(blank=True, max_length=64)),
                ("pdf_pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("pdf_size_bytes", models.PositiveIntegerField(blank=True, null=True)),
                ("printed_at", models.DateTimeField(blank=True, null=True)),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=80)),
                ("dated", models.DateField()),
                ("completed_at", models.DateTimeField()),
                (
                    "completed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="notices.siterecord",
                    ),
                ),
                (
                    "docket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="site_records", to="casework.docket"
                    ),
                ),
            ],
            options={
                "ordering": ["dated", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PartySigning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("signed", "Signed by the party"),
                            ("refused", "The party refused to sign"),
                            ("absent", "Nobody was there for the party"),
                        ],
                        max_length=8,
                        verbose_name="How it ended",
                    ),
                ),
                ("on", models.DateField(verbose_name="Day")),
                ("signatory", models.CharField(blank=True, max_length=40, verbose_name="Who signed for the party")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="What was said or happened")),
                ("witness_name", models.CharField(blank=True, max_length=40, verbose_name="Witness")),
                (
                    "witness_organisation",
                    models.CharField(blank=True, max_length=80, verbose_name="Witness's organisation"),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.evidence",
                    ),
                ),
                (
                    "note",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noted_signing",
                        to="notices.siterecord",
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signing", to="notices.siterecord"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="siterecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("html", ""), _negated=True), name="notices_record_has_its_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="partysigning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("note", None),
                        ("outcome", "signed"),
                        ("scan__isnull", False),
                        models.Q(("signatory", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "signed"), _negated=True),
                        ("note__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="notices_signing_proved_or_noted",
            ),
        ),
        migrations.AddConstraint(
            model_name="partysigning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "absent"), _negated=True),
                    models.Q(("witness_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="notices_absence_has_a_witness",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
