"""A wrong record of service stays, marked; the right one is a row of its own that names it."""

from django.db import migrations, models

from notices import protection


def install(apps, schema_editor):
    """At the end the columns added here are frozen too; and on SQLite the table was made anew, without its triggers."""
    protection.install(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_texts_of_any_length")]

    operations = [
        migrations.RunPython(remove, install),
        migrations.AlterModelOptions(
            "notice",
            {
                "default_permissions": ("view",),
                "ordering": ["-id"],
                "permissions": [
                    ("draft_notice", "May draft, submit and withdraw notices"),
                    ("review_notice", "May review notices legally"),
                    ("approve_notice", "May approve notices"),
                    ("issue_notice", "May issue approved notices and correct issued ones"),
                    ("serve_notice", "May record the service of notices"),
                    ("correct_service", "May correct the record of service of a notice"),
                    ("export_case_file", "May export a case file"),
                ],
            },
        ),
        migrations.RemoveConstraint("service", "notices_served_once"),
        migrations.AddField("service", "corrected_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("service", "correction_reason", models.CharField(blank=True, max_length=200)),
        migrations.AddField(
            "service",
            "corrects",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="corrected_by",
                to="notices.service",
                verbose_name="Corrects",
            ),
        ),
        migrations.AddConstraint(
            "service",
            models.UniqueConstraint(
                condition=models.Q(("corrected_at", None), ("outcome", "served")),
                fields=("notice",),
                name="notices_served_once",
            ),
        ),
        migrations.AddConstraint(
            "service",
            models.CheckConstraint(
                condition=models.Q(
                    ("corrects", None), models.Q(("correction_reason", ""), _negated=True), _connector="OR"
                ),
                name="notices_correction_says_why",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
