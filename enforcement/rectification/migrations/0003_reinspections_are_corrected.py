"""A wrong record of a re-inspection is kept beside the one that corrects it."""

from django.db import migrations, models


def chain(apps, schema_editor):
    """Where a round has several records the latest has counted so far: it corrects the others."""
    former = None
    rows = apps.get_model("rectification", "Reinspection").objects.order_by("case", "for_round", "inspected_on", "id")
    for row in rows.iterator():
        if former is not None and (former.case_id, former.for_round) == (row.case_id, row.for_round):
            row.corrects, row.correction_reason = former, "同一轮次重复登记，以后一次为准"
            row.save(update_fields=["corrects", "correction_reason"])
        former = row


class Migration(migrations.Migration):
    dependencies = [("rectification", "0002_signatures_bind_the_order")]
    operations = [
        migrations.AddField(
            "reinspection",
            "corrects",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="corrected_by",
                to="rectification.reinspection",
            ),
        ),
        migrations.AddField(
            "reinspection",
            "correction_reason",
            models.CharField(blank=True, max_length=300, verbose_name="Why the record is corrected"),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
