from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import jobs
        from core.lists import bulk, export

        jobs.register(bulk.KIND, bulk.run, label=_("Bulk act on a list"))
        jobs.register(export.KIND, export.run, label=_("Export of a list"))
