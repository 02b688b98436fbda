"""How casework shows an inspection."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import powers
from casework.kinds import Action, DocketKind
from enforcement.inspections import records
from enforcement.inspections.workflow import BEFORE_SIGNING, INSPECTION, Stage
from notices import record_pages

INSPECT, OVERSEE = "inspections.inspect", "inspections.oversee_record"


def actions(docket: Any, viewer: Any) -> list[Action]:
    inspection = docket.inspection
    found = []
    if inspection.stage == Stage.RECORDING and powers.may(viewer, INSPECT, docket):
        found += _recording(inspection, viewer)
    if (
        inspection.stage == Stage.RECORDING
        and powers.may(viewer, OVERSEE, docket)
        and inspection.current_signatures().exists()
        and inspection.without_signature()
    ):
        found.append(
            Action(_("Explain a missing signature"), reverse("inspections:missing_signature", args=[inspection.pk]))
        )
    if inspection.stage == Stage.SIGNED:
        found += _with_the_party(inspection, viewer)
    found += record_pages.unsigned_notes(docket, viewer)
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


def _with_the_party(inspection: Any, viewer: Any) -> list[Action]:
    """The complete record is printed, and signed by the party or not."""
    record = records.of(inspection)
    if record is None:
        if not powers.may(viewer, INSPECT, inspection.docket):
            return []
        url = reverse("inspections:make_record", args=[inspection.pk])
        return [Action(_("Make the document of the record"), url, is_primary=True)]
    if not record_pages.may_sign(record, viewer):
        return []
    return [
        Action(_("Print the record for the party"), record.get_absolute_url()),
        Action(_("Record the party's signature"), reverse("notices:record_signing", args=[record.pk]), is_primary=True),
    ]


def _recording(inspection: Any, viewer: Any) -> list[Action]:
    """What inspectors do until the record is complete."""
    found = [
        Action(
            _("Log a finding"),
            reverse("inspections:log_finding", args=[inspection.pk]),
            is_primary=not (inspection.situation or inspection.findings.exists()),
        ),
        Action(
            _("Write the record"),
            reverse("inspections:describe", args=[inspection.pk]),
            is_primary=not (inspection.situation and inspection.credentials_shown),
            hotkey="e",
        ),
    ]
    if inspection.situation:
        found.append(Action(_("Draft of the record (PDF)"), reverse("inspections:draft_record", args=[inspection.pk])))
    if not inspection.current_signatures().filter(officer=viewer).exists():
        reasons = []
        if not inspection.inspectors.filter(pk=viewer.pk).exists():
            reasons.append(_("Only those who inspected can sign."))
        elif not inspection.situation:
            reasons.append(_("Write the record first."))
        else:
            # A correction after signing asks for new signatures: what is still to be put right comes first.
            reasons += [why for guard in BEFORE_SIGNING if (why := guard(inspection))]
        found.append(
            Action(
                _("Sign the record"),
                reverse("inspections:sign", args=[inspection.pk]),
                is_primary=not reasons,
                reasons=tuple(reasons),
            )
        )
    return found


def facts(docket: Any, viewer: Any) -> list[tuple[str, Any]]:
    inspection = docket.inspection
    return [
        (_("Enterprise"), inspection.enterprise.name),
        (_("Day"), _hours(inspection)),
        (_("Place"), inspection.place),
        (_("Inspectors"), "、".join(f"{name}（{number}）" for name, number in _inspectors(inspection))),
        (_("Present for the party"), inspection.attended_by or "—"),
        (_("Certificates shown"), _("Yes") if inspection.credentials_shown else _("Not recorded yet")),
        (_("What was seen"), inspection.situation or _("Not written yet")),
    ]


def _hours(inspection: Any) -> str:
    began = f"{inspection.inspected_on.isoformat()} {inspection.began_at:%H:%M}"
    if inspection.ended_at is None:
        return began
    overnight = inspection.ended_on and inspection.ended_on != inspection.inspected_on
    return f"{began}–{inspection.ended_on.isoformat() + ' ' if overnight else ''}{inspection.ended_at:%H:%M}"


def _inspectors(inspection: Any) -> list[tuple[str, str]]:
    """Names with the number of the certificate each signed with; before he signs, of the one he holds."""
    signed = dict(inspection.current_signatures().values_list("officer_id", "certificate_number"))
    return [
        (officer.name, signed.get(officer.pk, officer.certificate_number)) for officer in inspection.inspectors.all()
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
    tones={Stage.RECORDING: "blue", Stage.SIGNED: "amber", Stage.CONCLUDED: "grey", Stage.VOIDED: "grey"},
    awaiting={Stage.RECORDING: "inspections.inspect", Stage.SIGNED: "inspections.inspect"},
    tasks={
        Stage.RECORDING: gettext_lazy("Write and sign the record"),
        Stage.SIGNED: gettext_lazy("Follow up the findings and conclude"),
    },
    icon="clipboard-check",
    officers_needed=2,
    officers_basis="行政处罚法第四十二条",
    new_url_name="inspections:new",
    new_permission="inspections.inspect",
)
