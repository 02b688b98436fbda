"""Django's admin site is gone (docs/decisions/0030), with the flag that opened it and the table of what was done in it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]
    operations = [
        migrations.RemoveField("officer", "is_staff"),
        # Nobody could reach the site, so the table is empty; its foreign key to the officers goes with it.
        migrations.RunSQL("DROP TABLE IF EXISTS django_admin_log", migrations.RunSQL.noop),
    ]
