"""In the place of Django's command of this name, which would pass by the trail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from organisation.management.console import in_words, reason_for, who
from organisation.services import recovery
from trail.recording import SYSTEM


class Command(BaseCommand):
    help = (
        "Set a new initial password for an officer, to be changed at the next log-in. Asks for a reason and is written into the "
        "trail. Where there is a security administrator, he does this in the browser."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", help="asked for when left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        officer = in_words(lambda: recovery.find(options["username"]))
        reason = reason_for(options["reason"], f"Why does {officer} ({officer.username}) get a new password?")
        password = in_words(lambda: recovery.set_password(officer=officer, reason=reason, console=who(), by=SYSTEM))
        self.stdout.write(f"Initial password of {officer.username}, to be changed at the next log-in: {password}")
