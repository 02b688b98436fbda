from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "enforcement.measures"
    label = "measures"
    verbose_name = _("Measures beside the penalty")

    def ready(self) -> None:
        from casework import powers
        from casework.deadlines import kinds as deadline_kinds
        from core.known_words import know
        from core.registry import Panel, add_panel
        from enforcement.measures import deadlines, documents, happenings, panels, sentences
        from notices import registry
        from organisation import roles
        from trail import sentences as trail

        for kind in deadlines.KINDS:
            deadline_kinds.register(kind)
        know(*deadlines.EVENTS, *(one.label for one in happenings.HAPPENINGS))
        for document in documents.ALL:
            registry.register(document())
        roles.grant("measures.handle_measure", roles.CASE_OFFICER, roles.INSPECTOR)
        powers.count_as_handling("measures.record")
        trail.register(sentences.SENTENCES)
        trail.name_kinds(sentences.KINDS)
        add_panel(
            Panel("docket", _("Measures"), "measures/_measures.html", panels.measures, order=60),
        )
