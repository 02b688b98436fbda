"""A signature stands for the words of the order too. Those given so far were given to the order as it is."""

from django.db import migrations, models

from notices.content import fingerprint


def bind(apps, schema_editor):
    signatures = apps.get_model("rectification", "CaseSignature").objects.select_related("case__order")
    for signature in signatures.exclude(case__order=None).iterator():
        if signature.version == signature.case.version:
            signature.order_sha256 = fingerprint(signature.case.order.kind, signature.case.order.content)
            signature.save(update_fields=["order_sha256"])


class Migration(migrations.Migration):
    dependencies = [("rectification", "0001_initial")]
    operations = [
        migrations.AddField(
            "casesignature", "order_sha256", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.RemoveConstraint("casesignature", "rectification_officer_signs_a_version_once"),
        migrations.AddConstraint(
            "casesignature",
            models.UniqueConstraint(
                fields=["case", "officer", "version", "order_sha256"], name="rectification_officer_signs_a_text_once"
            ),
        ),
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
