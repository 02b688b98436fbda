from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rectification", "0007_when_and_where_it_was_looked_again")]

    operations = [
        migrations.AddField("rectificationcase", "look_waits_since", models.DateField(blank=True, null=True)),
    ]
