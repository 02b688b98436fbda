"""An inspection, from the visit to its conclusion."""

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.steps import step
from casework.workflow import Workflow
from enforcement.inspections import visit_rules
from notices import proof

if TYPE_CHECKING:
    from enforcement.inspections.models import Inspection

# The record of an inspection and the certificates shown at it (第五十五条); how many sign it (第四十二条) its guard says.
RECORD = "行政处罚法第五十五条；稀土管理条例第十九条"


class Stage(TextChoices):
    RECORDING = "recording", gettext_lazy("On site")
    SIGNED = "signed", gettext_lazy("Record signed")
    CONCLUDED = "concluded", gettext_lazy("Concluded")
    VOIDED = "voided", gettext_lazy("Voided")


def has_two_certified_inspectors(inspection: "Inspection") -> str | None:
    certified = [o for o in inspection.inspectors.all() if o.has_valid_certificate(inspection.inspected_on)]
    if len(certified) >= visit_rules.INSPECTORS_AT_LEAST:
        return None
    return _("At least two inspectors with a certificate valid on that day are needed (行政处罚法第四十二条).")


def credentials_were_shown(inspection: "Inspection") -> str | None:
    return None if inspection.credentials_shown else _("Record that the certificates were shown before the inspection.")


def every_inspector_signed(inspection: "Inspection") -> str | None:
    """Each inspector stands for the present record; for one who cannot sign, the head has recorded why."""
    if missing := inspection.without_signature():
        return _("Not signed yet: %(names)s.") % {"names": "、".join(officer.name for officer in missing)}
    return None if inspection.current_signatures().exists() else _("Nobody has signed the record.")


def findings_fit_the_day(inspection: "Inspection") -> str | None:
    found = inspection.findings.select_related("violation")
    return visit_rules.not_in_force((finding.violation for finding in found), inspection.inspected_on)


# What the record must be before anybody stands for it; the steps that complete it ask the same again.
BEFORE_SIGNING = (has_two_certified_inspectors, credentials_were_shown, findings_fit_the_day)


def party_has_answered(inspection: "Inspection") -> str | None:
    """The record is signed by the party, or the inspectors have noted why not (the whole course is
    recorded: 行政处罚法第四十七条)."""
    if not inspection.docket.site_records.exists():  # completed before records had a document
        return _("The record has no document yet. Make it, for the party to read and sign.")
    return " ".join(lack.words for lack in proof.unanswered(inspection.docket)) or None


def no_lead_came_of_it(inspection: "Inspection") -> str | None:
    if inspection.findings.exclude(lead=None).exists():
        return _("A lead came of this inspection. Decide on the lead; the inspection stays on record.")
    return None


def findings_have_a_way(inspection: "Inspection") -> str | None:
    """A violation that was found must not end with the inspection."""
    if inspection.findings.filter(needs_lead=True, lead=None).exists():
        return _("A finding has no lead yet. Make it a lead, or record why none is needed.")
    return None


INSPECTION = Workflow(
    step(
        "complete_record",
        gettext_lazy("Complete the record"),
        sources=[Stage.RECORDING],
        target=Stage.SIGNED,
        permission="inspections.inspect",
        basis=RECORD,
        guards=[has_two_certified_inspectors, credentials_were_shown, findings_fit_the_day, every_inspector_signed],
        is_primary=True,
    ),
    step(
        "conclude",
        gettext_lazy("Conclude the inspection"),
        sources=[Stage.SIGNED],
        target=Stage.CONCLUDED,
        permission="inspections.inspect",
        basis="行政处罚法第四十七条",
        guards=[findings_have_a_way, party_has_answered],
        is_primary=True,
    ),
    step(
        "void",
        gettext_lazy("Void the inspection"),
        sources=[Stage.RECORDING],
        target=Stage.VOIDED,
        permission="inspections.oversee_record",
        basis="行政处罚法第四十七条",
        guards=[no_lead_came_of_it],
        needs_reason=True,
    ),
    initial=Stage.RECORDING,
    stages=Stage,
    verb_prefix="inspections",
    final=[Stage.CONCLUDED, Stage.VOIDED],
)
