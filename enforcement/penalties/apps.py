from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PenaltiesConfig(AppConfig):
    name = "enforcement.penalties"
    label = "penalties"
    verbose_name = _("Penalty procedure")

    def ready(self) -> None:
        from enforcement.penalties.documents import register_documents

        register_documents()
