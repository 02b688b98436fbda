"""A statutory period has versions that are added in the browser."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_restrict_docket")]
    operations = [
        migrations.AlterModelOptions(
            name="periodrule",
            options={"permissions": [("keep_statute_book", "May add versions of statutory periods")]},
        ),
        migrations.AddField(
            model_name="periodrule",
            name="is_edited",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="periodrule",
            name="version_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="later_versions",
                to="casework.periodrule",
            ),
        ),
    ]
