from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="waiting_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
