from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RectificationConfig(AppConfig):
    name = "enforcement.rectification"
    label = "rectification"
    verbose_name = _("Rectification")

    def ready(self) -> None:
        from enforcement.rectification import sentences
        from trail import sentences as trail

        register_procedure()
        grant_permissions()
        add_panels()
        trail.register(sentences.SENTENCES)
        trail.name_kinds(sentences.KINDS)


def register_procedure() -> None:
    """The kind of docket with its periods and documents, and the doors to it from below."""
    from casework import kinds, pages, powers
    from casework.deadlines import kinds as deadline_kinds
    from core.known_words import know
    from enforcement.leads import views as leads
    from enforcement.rectification import deadlines, duties, events, file_forms, panels, selectors, views
    from enforcement.rectification import written as written_records
    from enforcement.rectification.docket_kind import KIND
    from enforcement.rectification.notices import RectificationOrder
    from enforcement.rectification.records import KIND as RECORD
    from notices import casefile_forms, records, registry
    from organisation import hooks

    kinds.register(KIND)
    know(*events.ALL)
    for kind in deadlines.KINDS:
        deadline_kinds.register(kind)
    registry.register(RectificationOrder())
    records.register(RECORD)
    for record in written_records.KINDS:
        records.register(record)
    casefile_forms.register(KIND.code, file_forms.of)
    # Leads lie one floor below: their door "open a case" leads up here.
    leads.DOORS["open_case"] = views.OPEN_CASE
    hooks.excluded_duties_of(duties.excluded)
    written = (
        "edit",
        "correct_act",
        "enter_act",
        "sign",
        "record_reinspection",
        "correct_reinspection",
        "make_record",
    )
    powers.count_as_handling(*(f"rectification.{verb}" for verb in written), hands=selectors.looked_again)
    pages.register_outcome("lead", panels.outcome_of_lead)
    pages.register_outcome("rectification", panels.opinion_to_answer)


def grant_permissions() -> None:
    from organisation import roles

    roles.grant("rectification.handle_case", roles.CASE_OFFICER)
    roles.grant("rectification.sign_case", roles.CASE_OFFICER, roles.INSPECTOR)
    roles.grant("rectification.review_case", roles.LEGAL_REVIEWER)
    roles.grant("rectification.approve_case", roles.DEPARTMENT_HEAD)
    roles.grant("rectification.reinspect", roles.INSPECTOR, roles.CASE_OFFICER)


def add_panels() -> None:
    from core.registry import Panel, add_panel
    from enforcement.rectification import panels

    for panel in (
        Panel("docket", _("Signatures"), "rectification/_signatures.html", panels.signatures, order=30),
        Panel("docket", _("Legal review"), "rectification/_reviews.html", panels.reviews, order=40),
        Panel("docket", _("Approval"), "rectification/_approvals.html", panels.approvals, order=45),
        Panel("docket", _("Re-inspections"), "rectification/_reinspections.html", panels.reinspections, order=50),
        Panel("docket.related", _("Belongs together"), "rectification/_related.html", panels.related, order=10),
        Panel(
            "enterprise", _("Rectification cases"), "rectification/_of_enterprise.html", panels.of_enterprise, order=30
        ),
    ):
        add_panel(panel)
