from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "enforcement.inspections"
    label = "inspections"
    verbose_name = _("Inspections")

    def ready(self) -> None:
        from casework import evidence, kinds, powers
        from core import context
        from core.registry import MenuItem, Panel, add_menu, add_panel
        from enforcement.inspections import panels, services
        from enforcement.inspections.docket_kind import KIND
        from enforcement.inspections.records import KIND as RECORD
        from notices import records
        from organisation import roles
        from trail import sentences

        kinds.register(KIND)
        records.register(RECORD)
        written = (
            "open",
            "log_finding",
            "edit_finding",
            "describe",
            "sign",
            "complete_record",
            "make_record",
            "leave_alone",
            "follow_up_after_all",
        )
        powers.count_as_handling(*(f"inspections.{verb}" for verb in written))
        evidence.when_changed(services.evidence_changed)
        evidence.warned_by(services.evidence_warning)
        context.add_hotkey("i", _("Inspections"), "casework:cases", query="tab=all&kind=inspection")
        roles.grant("inspections.inspect", roles.INSPECTOR, roles.CASE_OFFICER)
        roles.grant("inspections.oversee_record", roles.DEPARTMENT_HEAD)
        add_menu(
            MenuItem(
                "work",
                _("Inspections"),
                "casework:cases",
                "inspect",
                22,
                "inspections.inspect",
                query="tab=all&kind=inspection",
            )
        )
        add_panel(Panel("docket", _("Findings"), "inspections/_findings.html", panels.findings, order=10))
        add_panel(Panel("docket", _("Signatures"), "inspections/_signatures.html", panels.signatures, order=20))
        add_panel(
            Panel("enterprise", _("Inspections"), "inspections/_of_enterprise.html", panels.of_enterprise, order=40)
        )
        sentences.register(
            {
                "inspections.open": _("Inspection begun"),
                "inspections.log_finding": _("Finding logged: %(subject)s"),
                "inspections.edit_finding": _("Finding corrected: %(subject)s"),
                "inspections.explain_missing_signature": _("Why %(officer)s cannot sign: %(reason)s"),
                "inspections.void": _("Inspection voided"),
                "inspections.describe": _("Record of the inspection written"),
                "inspections.sign": _("Record of the inspection signed"),
                "inspections.complete_record": _("Record of the inspection completed"),
                "inspections.make_record": _("Document of the record made"),
                "inspections.leave_alone": _("Finding without follow-up: %(subject)s"),
                "inspections.follow_up_after_all": _("Finding to be followed up after all: %(subject)s"),
                "inspections.conclude": _("Inspection concluded"),
            }
        )
        sentences.name_kinds(
            {
                "inspections.explain_missing_signature": _("Reason for a missing signature given"),
            }
        )
