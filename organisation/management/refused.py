"""Commands that the portal inherits and does not have: they would change accounts, or what proves an attack, outside the trail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Refused(BaseCommand):
    """Says what to do instead, whatever the arguments."""

    instead = ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ignored", nargs="*")

    def run_from_argv(self, argv: list[str]) -> None:
        # The options of the command that is not there must not be asked for.
        super().run_from_argv([argument for argument in argv if not argument.startswith("--")])

    def handle(self, *_args: Any, **_options: Any) -> None:
        raise CommandError(self.instead)


class RefusedUnlocking(Refused):
    help = "Not here: a log-in block is lifted in the browser, or with recover_access."
    instead = (
        "Log-in blocks are not lifted outside the trail. A security administrator unlocks the account in the browser; "
        "if there is none who can: manage.py recover_access <user name>."
    )
