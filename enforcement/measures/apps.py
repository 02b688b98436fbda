from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "enforcement.measures"
    label = "measures"
    verbose_name = _("Measures beside the penalty")

    def ready(self) -> None:
        from casework import powers
        from casework import selectors as desk
        from casework.deadlines import kinds as deadline_kinds
        from core.known_words import know
        from core.registry import Panel, add_panel
        from enforcement.measures import deadlines, documents, happenings, panels, selectors, sentences
        from enforcement.measures.services import open_measures
        from enforcement.measures.services.chain import SENT
        from enforcement.rectification import guards
        from notices import registry
        from organisation import roles
        from trail import sentences as trail

        for kind in [*deadlines.KINDS, *deadlines.feedback_kinds()]:
            deadline_kinds.register(kind)
        know(*deadlines.EVENTS, SENT, deadlines.FEEDBACK_BASIS, *(one.label for one in happenings.HAPPENINGS))
        for document in documents.ALL:
            registry.register(document())
        roles.grant("measures.handle_measure", roles.CASE_OFFICER, roles.INSPECTOR)
        roles.grant("measures.lead_chain", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD)
        roles.grant("measures.answer_measure", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD)
        powers.count_as_handling("measures.record")
        powers.invite(selectors.was_asked)
        desk.waiting_with(selectors.waiting)
        guards.hindered_by(open_measures)
        trail.register(sentences.SENTENCES)
        trail.name_kinds(sentences.KINDS)
        for panel in (
            Panel("docket", _("Measures"), "measures/_measures.html", panels.measures, order=60),
            Panel("docket", _("Child measures"), "measures/_children.html", panels.children, order=65),
        ):
            add_panel(panel)
