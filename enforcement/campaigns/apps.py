from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "enforcement.campaigns"
    label = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        from enforcement.campaigns import sentences
        from trail import sentences as trail

        register_procedures()
        grant_permissions()
        add_pages()
        trail.register(sentences.SENTENCES)
        trail.name_kinds(sentences.ACTS)


def register_procedures() -> None:
    """The two kinds of docket with their periods, and the notice of supervision."""
    from casework import kinds, powers
    from casework.deadlines import kinds as deadline_kinds
    from core.known_words import know
    from enforcement.campaigns import deadlines, wording
    from enforcement.campaigns.docket_kind import KIND, TASK_KIND
    from enforcement.campaigns.notices import SupervisionNotice
    from enforcement.campaigns.services import still_listed
    from enforcement.campaigns.services.tasks import NO_LONGER
    from enforcement.rectification import guards
    from notices import registry

    kinds.register(KIND)
    kinds.register(TASK_KIND)
    know(*deadlines.EVENTS, *wording.ALL, NO_LONGER)
    for kind in deadlines.KINDS:
        deadline_kinds.register(kind)
    registry.register(SupervisionNotice())
    guards.hindered_by(still_listed)
    powers.count_as_handling("campaigns.edit_plan", "campaigns.record_self_check", "campaigns.report_task")


def grant_permissions() -> None:
    from organisation import roles

    roles.grant("campaigns.lead_campaign", roles.COORDINATION_OFFICER, roles.DEPARTMENT_HEAD)
    roles.grant("campaigns.approve_campaign", roles.COORDINATION_OFFICER, roles.DEPARTMENT_HEAD)
    roles.grant(
        "campaigns.work_on_campaign",
        roles.CASE_OFFICER,
        roles.INSPECTOR,
        roles.COORDINATION_OFFICER,
        roles.DEPARTMENT_HEAD,
    )
    roles.grant("campaigns.carry_out_task", roles.CASE_OFFICER, roles.INSPECTOR)
    roles.grant("campaigns.supervise_matter", roles.COORDINATION_OFFICER, roles.DEPARTMENT_HEAD)


def add_pages() -> None:
    """What the app shows on pages of lower floors, and its entries of the menu."""
    from core.registry import MenuItem, Panel, add_menu, add_panel
    from enforcement.campaigns import panels

    for panel in (
        Panel("docket", _("Supervised by name"), "campaigns/_supervision.html", panels.supervision, order=5),
        Panel("docket", _("Enterprises and self-checks"), "campaigns/_targets.html", panels.targets, order=20),
        Panel("docket", _("Member departments"), "campaigns/_members.html", panels.members, order=24),
        Panel("docket", _("Tasks"), "campaigns/_tasks.html", panels.tasks, order=28),
        Panel("docket", _("Inspections, leads and cases"), "campaigns/_links.html", panels.links, order=30),
    ):
        add_panel(panel)
    work = "notices.view_notice"
    add_menu(MenuItem("work", _("Special rectification"), "campaigns:campaigns", "flag", 26, work))
    add_menu(MenuItem("work", _("Supervised by name"), "campaigns:supervisions", "flag", 27, work))
