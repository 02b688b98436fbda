"""How casework shows an inspection."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import powers
from casework.kinds import Action, DocketKind
from enforcement.inspections.workflow import INSPECTION, Stage


def actions(docket: Any, viewer: Any) -> list[Action]:
    inspection = docket.inspection
    if not powers.may(viewer, "inspections.inspect", docket):
        return []
    found = []
    if inspection.stage == Stage.RECORDING:
        found.append(
            Action(
                _("Log a finding"),
                reverse("inspections:log_finding", args=[inspection.pk]),
                is_primary=not inspection.findings.exists(),
            )
        )
        if not inspection.signatures.exists():
            found.append(
                Action(
                    _("Write the record"),
                    reverse("inspections:describe", args=[inspection.pk]),
                    is_primary=not inspection.situation,
                )
            )
        if not inspection.signatures.filter(officer=viewer).exists():
            reasons = []
            if not inspection.inspectors.filter(pk=viewer.pk).exists():
                reasons.append(_("Only those who inspected can sign."))
            elif not inspection.situation:
                reasons.append(_("Write the record first."))
            found.append(
                Action(
                    _("Sign the record"),
                    reverse("inspections:sign", args=[inspection.pk]),
                    is_primary=bool(inspection.situation),
                    reasons=tuple(reasons),
                )
            )
    for step, reasons in INSPECTION.steps_at(inspection, viewer):
        found.append(
            Action(
                str(step.label),
                reverse("inspections:take_step", args=[inspection.pk, step.name]),
                is_primary=step.is_primary and not reasons,
                reasons=tuple(reasons),
            )
        )
    return found


def facts(docket: Any, viewer: Any) -> list[tuple[str, Any]]:
    inspection = docket.inspection
    hours = inspection.began_at.strftime("%H:%M") + (f"–{inspection.ended_at:%H:%M}" if inspection.ended_at else "")
    return [
        (_("Enterprise"), inspection.enterprise.name),
        (_("Day"), f"{inspection.inspected_on.isoformat()} {hours}"),
        (_("Place"), inspection.place),
        (_("Inspectors"), "、".join(f"{o.name}（{o.certificate_number}）" for o in inspection.inspectors.all())),
        (_("Present for the party"), inspection.attended_by or "—"),
        (_("Certificates shown"), _("Yes") if inspection.credentials_shown else _("Not yet")),
        (_("What was seen"), inspection.situation or _("Not written yet")),
    ]


KIND = DocketKind(
    code="inspection",
    label=gettext_lazy("Inspection"),
    stages=Stage,
    workflow=INSPECTION,
    series="查",
    subject_of=lambda docket: docket.inspection,
    actions=actions,
    facts=facts,
    steps_shown=(Stage.RECORDING, Stage.SIGNED, Stage.CONCLUDED),
    tones={Stage.RECORDING: "blue", Stage.SIGNED: "amber", Stage.CONCLUDED: "grey"},
    awaiting={Stage.RECORDING: "inspections.inspect", Stage.SIGNED: "inspections.inspect"},
    icon="clipboard-check",
    new_url_name="inspections:new",
    new_permission="inspections.inspect",
)
