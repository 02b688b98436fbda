from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PenaltiesConfig(AppConfig):
    name = "enforcement.penalties"
    label = "penalties"
    verbose_name = _("Penalty procedure")

    def ready(self) -> None:
        from enforcement.penalties import money_registration, sentences
        from enforcement.penalties.documents import register_documents
        from organisation import trail_words
        from trail import sentences as trail

        register_procedure()
        grant_permissions()
        add_panels()
        register_documents()
        money_registration.register()
        trail.register(sentences.SENTENCES)
        trail.name_kinds(sentences.KINDS)
        trail_words.name_fields("penalties.penalty", sentences.FIELDS.get)


def register_procedure() -> None:
    """The strand with its periods, and the doors to it from below."""
    from casework import powers, strands
    from casework.deadlines import kinds as deadline_kinds
    from core.known_words import know
    from enforcement.penalties import confiscations, deadlines, events, file_words, panels
    from enforcement.penalties.strand import STRAND
    from enforcement.rectification import docket_kind, file_forms, guards

    strands.register(STRAND)
    know(*events.ALL)
    for kind in deadlines.KINDS:
        deadline_kinds.register(kind)
    docket_kind.offered_beside(panels.pursue)
    docket_kind.result_beside(file_words.result)
    guards.hindered_by(confiscations.not_disposed_of)
    file_forms.told_beside(file_words.handling, file_words.performance)
    written = ("pursue", "edit", "sign", "record_statement", "arrange_hearing", "end_hearing", "carry_out")
    powers.count_as_handling(*(f"penalties.{verb}" for verb in written))


def grant_permissions() -> None:
    from organisation import roles

    roles.grant("penalties.handle_penalty", roles.CASE_OFFICER)
    roles.grant("penalties.sign_penalty", roles.CASE_OFFICER, roles.INSPECTOR)
    roles.grant("penalties.review_penalty", roles.LEGAL_REVIEWER)
    roles.grant("penalties.decide_penalty", roles.DEPARTMENT_HEAD)


def add_panels() -> None:
    from core.registry import Panel, add_panel
    from enforcement.penalties import panels

    for panel in (
        Panel("docket", _("Case check-up"), "penalties/_checkup.html", panels.checkup, order=20),
        Panel("docket", _("What the party said"), "penalties/_party.html", panels.party, order=32),
        Panel("docket", _("Signatures and reviews of the penalty"), "penalties/_hands.html", panels.hands, order=42),
    ):
        add_panel(panel)
