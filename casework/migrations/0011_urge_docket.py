"""Supervisors and coordination officers may urge those who handle a docket."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0010_full_titles_and_duties"),
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
                    ("urge_docket", "May urge those who handle a docket"),
                ]
            },
        ),
    ]
