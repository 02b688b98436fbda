from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RectificationConfig(AppConfig):
    name = "enforcement.rectification"
    label = "rectification"
    verbose_name = _("Rectification")

    def ready(self) -> None:
        from casework import kinds, pages
        from casework.deadlines import kinds as deadline_kinds
        from core.registry import Panel, add_panel
        from enforcement.leads import views as leads
        from enforcement.rectification import deadlines, duties, panels, views
        from enforcement.rectification.docket_kind import KIND
        from enforcement.rectification.notices import RectificationOrder
        from enforcement.rectification.records import KIND as RECORD
        from notices import records, registry
        from organisation import hooks, roles
        from trail import sentences

        kinds.register(KIND)
        for kind in deadlines.KINDS:
            deadline_kinds.register(kind)
        registry.register(RectificationOrder())
        records.register(RECORD)
        # Leads lie one floor below: their door "open a case" leads up here.
        leads.DOORS["open_case"] = views.OPEN_CASE
        hooks.excluded_duties_of(duties.excluded)
        pages.register_outcome("lead", panels.outcome_of_lead)
        pages.register_outcome("rectification", panels.opinion_to_answer)

        roles.grant("rectification.handle_case", roles.CASE_OFFICER)
        roles.grant("rectification.sign_case", roles.CASE_OFFICER, roles.INSPECTOR)
        roles.grant("rectification.review_case", roles.LEGAL_REVIEWER)
        roles.grant("rectification.approve_case", roles.DEPARTMENT_HEAD)
        roles.grant("rectification.reinspect", roles.INSPECTOR, roles.CASE_OFFICER)

        add_panel(Panel("docket", _("Signatures"), "rectification/_signatures.html", panels.signatures, order=30))
        add_panel(Panel("docket", _("Legal review"), "rectification/_reviews.html", panels.reviews, order=40))
        add_panel(
            Panel("docket", _("Re-inspections"), "rectification/_reinspections.html", panels.reinspections, order=50)
        )
        add_panel(
            Panel("docket.related", _("Belongs together"), "rectification/_related.html", panels.related, order=10)
        )
        add_panel(
            Panel(
                "enterprise",
                _("Rectification cases"),
                "rectification/_of_enterprise.html",
                panels.of_enterprise,
                order=30,
            )
        )
        sentences.register(
            {
                "rectification.open": _("Case opened"),
                "rectification.edit": _("Facts and requirements written"),
                "rectification.correct_act": _("Time of the act corrected"),
                "rectification.sign": _("Case signed"),
                "rectification.submit": _("Submitted for legal review"),
                "rectification.withdraw": _("Case withdrawn"),
                "rectification.agree": _("Legal review: agreed"),
                "rectification.return_from_review": _("Legal review: returned"),
                "rectification.approve": _("Case approved"),
                "rectification.return_from_approval": _("Returned for more investigation"),
                "rectification.issue_order": _("Rectification order issued"),
                "rectification.start_rectification": _("Order served on %(served_on)s: the period runs"),
                "rectification.correct_service": _(
                    "The day of service of the order was corrected; its periods start anew"
                ),
                "rectification.take_order_back": _("Order revoked: the case is open again"),
                "rectification.call_reinspection": _("Re-inspection called"),
                "rectification.record_reinspection": _("Re-inspection recorded"),
                "rectification.make_record": _("Document of the re-inspection of %(inspected_on)s made"),
                "rectification.confirm_rectified": _("Rectification confirmed"),
                "rectification.correct_reinspection": _("Record of the re-inspection corrected"),
                "rectification.continue_rectification": _("Period not over: rectification goes on"),
                "rectification.look_after_period": _("The period is over: another look is due"),
                "rectification.order_again": _("Rectification ordered again"),
                "rectification.return_from_closing": _(
                    "Not closed: the record of the re-inspection is to be corrected"
                ),
                "rectification.look_again": _("Not closed: returned for another look"),
                "rectification.close": _("Case closed"),
                "rectification.reopen": _("Case reopened"),
                "rectification.reopen_withdrawn": _("Withdrawn case taken up again"),
            }
        )
        sentences.name_kinds(
            {
                "rectification.correct_act": _("Case: time of the act corrected"),
                "rectification.make_record": _("Document of the re-inspection made"),
                "rectification.start_rectification": _("Order served, the period for rectification runs"),
            }
        )
