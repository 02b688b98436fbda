from typing import Any

from django.apps import AppConfig


class RareearthConfig(AppConfig):
    name = "rareearth"
    verbose_name = "稀土监管"

    def ready(self) -> None:
        from django.core import checks

        from organisation import demo
        from rareearth.demo import accounts

        demo.set_accounts(accounts.listed)
        checks.register(address_in_print, checks.Tags.security, deploy=True)


def address_in_print(**_kwargs: Any) -> list[Any]:
    """PORTAL_URL is printed on paper: what is wrong there stays wrong."""
    from django.conf import settings
    from django.core.checks import Error

    if settings.PORTAL_URL.startswith("https://"):
        return []
    return [
        Error(
            f"PORTAL_URL must begin with https://, not be {settings.PORTAL_URL}: it is printed in the QR codes of notices.",
            hint="Set it to the name people type, for example https://portal.example.gov.cn.",
            id="portal.E001",
        )
    ]
