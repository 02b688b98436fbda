from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        from core import jobs, whole_files
        from core.registry import MenuItem, add_menu
        from organisation import roles
        from organisation.roles import CASE_OFFICER, DEPARTMENT_HEAD, SYSTEM_ADMINISTRATOR, grant
        from registry.imports import carrying
        from registry.models import ImportRun
        from registry.sentences import KINDS, SENTENCES
        from trail import sentences

        sentences.register(SENTENCES)
        sentences.name_kinds(KINDS)
        readers = [role for role in roles.ROLES.values() if role not in roles.SEPARATED]
        grant("registry.view_enterprise", *readers)
        grant("registry.view_enterprisegroup", *readers, SYSTEM_ADMINISTRATOR)
        for permission in ("add_enterprise", "change_enterprise", "import_enterprises"):
            grant(f"registry.{permission}", CASE_OFFICER, DEPARTMENT_HEAD)
        for permission in ("add_enterprisegroup", "change_enterprisegroup"):
            grant(f"registry.{permission}", DEPARTMENT_HEAD, SYSTEM_ADMINISTRATOR)
        for permission in ("add_hscode", "change_hscode", "change_element"):
            grant(f"registry.{permission}", SYSTEM_ADMINISTRATOR)
        whole_files.named_by("imports", ImportRun, "file")
        checking, importing = _("Checking an Excel file"), _("Importing an Excel file")
        jobs.register("registry.check_import", carrying.check, label=checking, on_failed=carrying.failed)
        jobs.register("registry.apply_import", carrying.apply, label=importing, on_failed=carrying.failed)
        seen, grouped, imports = "view_enterprise", "view_enterprisegroup", "import_enterprises"
        add_menu(MenuItem("objects", _("Enterprises"), "registry:enterprises", "factory", 100, f"registry.{seen}"))
        add_menu(MenuItem("objects", _("Groups"), "registry:groups", "building", 110, f"registry.{grouped}"))
        add_menu(MenuItem("objects", _("Excel imports"), "registry:imports", "spreadsheet", 120, f"registry.{imports}"))
        add_menu(MenuItem("objects", _("Elements"), "registry:elements", "template", 180))
        add_menu(MenuItem("objects", _("HS codes"), "registry:hs_codes", "book", 190))
