from django.apps import AppConfig


class RareearthConfig(AppConfig):
    name = "rareearth"
    verbose_name = "稀土监管"

    def ready(self) -> None:
        from organisation import demo
        from rareearth.demo import accounts

        demo.set_accounts(accounts.listed)
