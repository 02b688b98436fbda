from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_named_beside_the_team")]

    operations = [
        migrations.AddIndex(
            model_name="docketofficer",
            index=models.Index(fields=["docket", "officer"], name="casework_team_of_docket"),
        ),
    ]
