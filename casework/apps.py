from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        from casework import (
            handover,
            list_registration,
            moves,
            search,
            security_watch,
            selectors,
            strands,
            turns,
            urging,
        )
        from casework.deadlines import registration
        from casework.models import Docket, Evidence
        from casework.models.dockets import enterprises_of_own_dockets
        from casework.models.evidence import FOLDER
        from casework.models.notes import fingerprints
        from casework.reminders import inbox
        from core import whole_files
        from organisation import hooks, roles, trail_words
        from registry import hooks as registry_hooks
        from registry.models.seen import also_seen
        from trail import originals, sentences

        also_seen(enterprises_of_own_dockets)
        whole_files.named_by(FOLDER, Evidence, "file")
        hooks.open_matters_of(handover.open_matters)
        hooks.name_dockets_by(selectors.names_of)
        hooks.when_blocked_everywhere(security_watch.tell_of_block)
        hooks.when_recovered(security_watch.tell_of_recovery)
        registry_hooks.when_renamed(search.reindex_enterprise)
        trail_words.name_fields(
            Docket._meta.label_lower, {"officer": _("Case officer"), "co_officers": _("Co-handling officers")}.get
        )
        originals.kept_by("casework.add_note", fingerprints)
        registration.register()
        list_registration.register()
        moves.when_moved(turns.tell)
        moves.when_moved_beside(strands.tell)
        selectors.waiting_with(strands.waiting)
        inbox.ends_when(strands.MESSAGE, strands.is_over)
        inbox.ends_when(turns.MESSAGE, turns.is_over)
        inbox.ends_when(urging.MESSAGE, urging.is_over)
        roles.grant("casework.add_evidence", roles.CASE_OFFICER, roles.INSPECTOR)
        roles.grant("casework.withdraw_evidence", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD)
        roles.grant("casework.share_docket", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD, roles.COORDINATION_OFFICER)
        roles.grant("casework.reassign_docket", roles.DEPARTMENT_HEAD)
        roles.grant("casework.restrict_docket", roles.DEPARTMENT_HEAD)
        roles.grant(urging.URGE, roles.SUPERVISOR, roles.COORDINATION_OFFICER)
        roles.grant("casework.see_board", roles.SUPERVISOR, roles.COORDINATION_OFFICER, roles.DEPARTMENT_HEAD)
        sentences.register(
            {
                "casework.open_docket": _("Docket opened: %(title)s"),
                "casework.share": _("Shared with %(officer)s"),
                "casework.end_share": _("Sharing with %(officer)s ended"),
                "casework.urge": _("Urged; told: %(told)s"),
                "casework.restrict": _("Restricted to its officers and those it is shared with"),
                "casework.lift_restriction": _("Restriction lifted"),
                "casework.add_evidence": _("Evidence added: %(subject)s"),
                "casework.withdraw_evidence": _("Evidence withdrawn: %(subject)s"),
                "casework.fill_in_evidence": _("Evidence: what was missing filled in: %(subject)s"),
                "casework.record_custody": _(
                    "Evidence handed over by %(handed_by)s to %(received_by)s: %(subject)s (%(purpose)s)"
                ),
                "casework.add_note": _("Note: %(subject)s"),
            }
        )
        sentences.name_kinds(
            {
                "casework.share": _("Docket shared"),
                "casework.end_share": _("Sharing of a docket ended"),
                "casework.urge": _("Urged"),
                "casework.record_custody": _("Evidence handed over"),
            }
        )
