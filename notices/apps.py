from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from casework import evidence, pages, powers
        from casework.selectors import waiting_with
        from core import jobs
        from core.registry import MenuItem, Panel, add_menu, add_panel
        from notices import casefile, events, printing, records, registry, selectors, signing_notes, sources, work
        from notices.notices import PlainNotice
        from notices.rendering import checks  # noqa: F401 - importing it registers the check
        from notices.services import serving
        from organisation import roles

        roles.grant(
            "notices.view_notice", roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD
        )
        roles.grant("notices.view_notice", roles.COORDINATION_OFFICER, roles.SUPERVISOR)
        roles.grant("notices.draft_notice", roles.CASE_OFFICER)
        roles.grant("notices.review_notice", roles.LEGAL_REVIEWER)
        roles.grant("notices.approve_notice", roles.DEPARTMENT_HEAD)
        roles.grant("notices.issue_notice", roles.CASE_OFFICER)
        roles.grant("notices.serve_notice", roles.CASE_OFFICER, roles.INSPECTOR)
        roles.grant("notices.correct_service", roles.DEPARTMENT_HEAD)
        roles.grant("notices.export_case_file", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD)
        written = (
            "draft",
            "edit",
            "begin_service",
            "serve",
            "fail_service",
            "attach_receipt",
            "attach_note_scan",
            "write_record",
            "correct_record",
            "party_signed",
            "party_refused",
            "party_absent",
        )
        powers.count_as_handling(*(f"notices.{verb}" for verb in written))
        printing.register_jobs()
        serving.register_jobs()
        jobs.register(casefile.JOB, casefile.make, label=_("Put the case file together"))
        events.register()
        evidence.needed_by(selectors.need_of_evidence)
        registry.register(PlainNotice())
        records.register(signing_notes.KIND)
        add_panel(Panel("docket.documents", _("Documents"), "notices_pages/_panel.html", selectors.of_docket, order=10))
        add_panel(
            Panel("docket.evidence", _("Records"), "notices_pages/_records.html", sources.records_of_docket, order=10)
        )
        pages.register_counter("evidence", sources.count_of_records)
        waiting_with(work.waiting)
        waiting_with(work.unsigned)
        pages.register_counter("documents", selectors.count_of_docket)
        add_menu(
            MenuItem(
                section="work", label=_("Documents and service"), url_name="notices:documents", icon="document", order=40,
                permission="notices.view_notice",
            )
        )  # fmt: skip
