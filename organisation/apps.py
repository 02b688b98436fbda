from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        from core import context, jobs, middleware, registry
        from core.registry import MenuItem
        from organisation import roles
        from organisation.sentences import KINDS, SENTENCES
        from organisation.services import auditing, drafts
        from trail import sentences

        cases = [role for role in roles.ROLES.values() if role not in roles.SEPARATED]
        roles.grant("organisation.delegate", *cases)
        roles.grant("organisation.arrange_delegations", roles.DEPARTMENT_HEAD)
        roles.grant("organisation.keep_officers", roles.SYSTEM_ADMINISTRATOR)
        roles.grant("organisation.keep_departments", roles.SYSTEM_ADMINISTRATOR)
        roles.grant("organisation.grant_roles", roles.SECURITY_ADMINISTRATOR)
        roles.grant("organisation.unlock_officers", roles.SECURITY_ADMINISTRATOR)
        roles.grant("organisation.read_trail", roles.AUDITOR)
        roles.grant("organisation.verify_trail", roles.AUDITOR)

        sentences.register(SENTENCES)
        sentences.name_kinds(KINDS)
        middleware.when_a_form_acted(drafts.sent)
        jobs.register(auditing.KIND, auditing.run, label=_("Verification of the trail"))

        registry.add_menu(
            MenuItem(
                "work", _("Delegations"), "organisation:delegations", "users", 80, permission="organisation.delegate"
            )
        )
        registry.add_menu(MenuItem("system", _("Officers"), "organisation:officers", "user", 10))
        registry.add_menu(MenuItem("system", _("Departments"), "organisation:departments", "building", 20))
        registry.add_menu(
            MenuItem("system", _("Trail"), "organisation:trail", "history", 80, permission="organisation.read_trail")
        )
        for link, name in (
            ("login_url", "login"),
            ("logout_url", "logout"),
            ("keepalive_url", "keep_alive"),
            ("profile_url", "profile"),
            ("preferences_url", "preferences"),
            ("language_url", "language"),
            ("draft_url", "draft"),
        ):
            context.add_link(link, f"organisation:{name}")
