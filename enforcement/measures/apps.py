from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "enforcement.measures"
    label = "measures"
    verbose_name = _("Measures beside the penalty")

    def ready(self) -> None:
        from enforcement.measures import documents
        from notices import registry

        for document in documents.ALL:
            registry.register(document())
