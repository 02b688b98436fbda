"""A period ends with the verb that did what it was for: nobody needs a permission to record that by itself."""

from typing import Any

from django.db import migrations


def forget_the_permission(apps: Any, schema_editor: Any) -> None:
    """Roles and officers that hold it lose it with the row; on a new database there is none yet."""
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="casework", codename="settle_deadline"
    )
    found.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("casework", "0018_messages_in_any_language"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="deadline",
            options={
                "permissions": [
                    ("pause_deadline", "May stop the clock of a period and let it run again"),
                    ("extend_deadline", "May grant more time"),
                    ("correct_deadline", "May cancel a period and take wrong entries on it back"),
                ]
            },
        ),
        migrations.RunPython(forget_the_permission, migrations.RunPython.noop, elidable=True),
    ]
