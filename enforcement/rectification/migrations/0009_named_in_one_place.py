"""Who is named for the re-inspection stands in the team of the docket (Part.TASK), and nowhere else."""

from django.db import migrations

REINSPECTION = "reinspection"


def into_the_team(apps, schema_editor):
    case_model = apps.get_model("rectification", "RectificationCase")
    team = apps.get_model("casework", "DocketOfficer")
    for case in case_model.objects.filter(stage=REINSPECTION).iterator():
        named = case.inspectors.values_list("pk", flat=True)
        present = set(team.objects.filter(docket=case.docket_id, part="task").values_list("officer_id", flat=True))
        team.objects.bulk_create(
            team(docket_id=case.docket_id, officer_id=pk, part="task") for pk in named if pk not in present
        )


def out_of_the_team(apps, schema_editor):
    """Before, who handled the matter had no second row."""
    case_model = apps.get_model("rectification", "RectificationCase")
    team = apps.get_model("casework", "DocketOfficer")
    for case in case_model.objects.filter(stage=REINSPECTION).iterator():
        rows = team.objects.filter(docket=case.docket_id)
        case.inspectors.set(list(rows.filter(part="task").values_list("officer_id", flat=True)))
        handling = list(rows.exclude(part="task").values_list("officer_id", flat=True))
        rows.filter(part="task", officer_id__in=handling).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_named_beside_the_team"),
        ("rectification", "0008_look_waits_since"),
    ]

    operations = [
        migrations.RunPython(into_the_team, out_of_the_team),
        migrations.RemoveField(model_name="rectificationcase", name="inspectors"),
    ]
