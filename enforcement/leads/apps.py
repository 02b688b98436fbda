from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    name = "enforcement.leads"
    label = "leads"
    verbose_name = _("Leads")

    def ready(self) -> None:
        from casework import kinds, powers
        from casework.deadlines import kinds as deadline_kinds
        from core.known_words import know
        from core.registry import MenuItem, add_menu
        from enforcement.leads import file_forms
        from enforcement.leads.deadlines import DECISION, RECEIVED, TAKEN_UP_AGAIN
        from enforcement.leads.docket_kind import KIND
        from notices import casefile_forms
        from organisation import roles
        from trail import sentences

        kinds.register(KIND)
        casefile_forms.register(KIND.code, file_forms.of)
        deadline_kinds.register(DECISION)
        know(RECEIVED, TAKEN_UP_AGAIN)
        written = ("register", "correct_act", "enter_act", "correct_receipt", "dismiss")
        powers.count_as_handling(*(f"leads.{verb}" for verb in written))
        roles.grant("leads.decide_lead", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD)
        roles.grant("leads.reconsider_lead", roles.DEPARTMENT_HEAD)
        # A department head; and, without it, the officer who took the report in (docs/decisions/0042).
        roles.grant("leads.see_informant", roles.DEPARTMENT_HEAD)
        add_menu(
            MenuItem("work", _("Leads"), "casework:cases", "flag", 24, "notices.view_notice", query="tab=all&kind=lead")
        )
        sentences.register(
            {
                "leads.register": _("Lead registered"),
                "leads.open_case": _("A case was opened on the lead"),
                "leads.correct_act": _("Time of the act corrected"),
                "leads.enter_act": _("Time of the act entered"),
                "leads.correct_receipt": _("Day of receipt corrected"),
                "leads.dismiss": _("Decided not to open a case"),
                "leads.reconsider": _("Lead taken up again"),
                "leads.take_up_merged": _("Lead %(lead)s merged into this one"),
                "leads.unmerge": _("Lead %(lead)s stands by itself again"),
                "leads.tell_distinct": _("Not the same matter as leads on record"),
                "leads.record_informant": _("Informant recorded (secret)"),
                "leads.see_informant": _("Looked at who reported"),
            }
        )
        sentences.name_kinds(
            {
                "leads.correct_act": _("Lead: time of the act corrected"),
                "leads.enter_act": _("Lead: time of the act entered"),
                "leads.record_informant": _("Informant recorded"),
                "leads.take_up_merged": _("Lead merged into an earlier one"),
                "leads.unmerge": _("Merged lead stands by itself again"),
            }
        )
