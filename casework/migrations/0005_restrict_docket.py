"""The department head may restrict who sees a docket."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_never_deleted"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="docket",
            options={
                "permissions": [
                    ("share_docket", "May share a docket with another officer"),
                    ("reassign_docket", "May hand a docket to another officer"),
                    ("restrict_docket", "May restrict who sees a docket"),
                    ("see_board", "May see the supervisor's board"),
                ]
            },
        ),
        migrations.AlterField(
            model_name="docket",
            name="confidentiality",
            field=models.CharField(
                choices=[("internal", "Internal"), ("restricted", "Restricted")],
                default="internal",
                max_length=12,
                verbose_name="Confidentiality",
            ),
        ),
    ]
