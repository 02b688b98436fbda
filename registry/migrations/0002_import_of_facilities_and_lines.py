"""The Excel import takes facilities and process lines too: rows say their sheet, headings stand by sheet."""

from django.db import migrations, models


def by_sheet(apps, schema_editor):
    """Headings of the imports so far belong to the sheet of enterprises."""
    runs = apps.get_model("registry", "ImportRun").objects
    for run in runs.only("headings"):
        if isinstance(run.headings, list):
            run.headings = {"enterprises": run.headings}
            run.save(update_fields=["headings"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(model_name="importrow", name="registry_import_row_once_per_number"),
        migrations.RemoveIndex(model_name="importrow", name="registry_import_row_by_action"),
        migrations.AlterModelOptions(name="importrow", options={"ordering": ["sheet", "number"]}),
        migrations.AddField(
            model_name="importrow",
            name="sheet",
            field=models.CharField(
                choices=[
                    ("enterprises", "Enterprises"),
                    ("facilities", "Facilities"),
                    ("lines", "Process lines"),
                ],
                default="enterprises",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="facility",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.deletion.SET_NULL, related_name="+", to="registry.facility"
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="line",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.deletion.SET_NULL, related_name="+", to="registry.processline"
            ),
        ),
        migrations.AlterField(model_name="importrun", name="headings", field=models.JSONField(default=dict)),
        migrations.RunPython(by_sheet, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                fields=["run", "sheet", "number"], name="registry_import_row_once_per_sheet"
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["run", "action", "sheet", "number"], name="registry_import_row_by_action"),
        ),
    ]
