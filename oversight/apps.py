from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = _("Oversight")

    def ready(self) -> None:
        from core.registry import MenuItem, add_menu

        add_menu(
            MenuItem(
                "oversight", _("Supervisor’s board"), "oversight:board", "gauge", 10, permission="casework.see_board"
            )
        )
