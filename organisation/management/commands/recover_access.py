"""The way back when nobody in the browser can help: the only security administrator is locked out, or gone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from organisation.management.console import in_words, reason_for, who
from organisation.services import recovery
from trail.recording import SYSTEM


class Command(BaseCommand):
    help = (
        "Restore an officer's access: a new initial password, no second factor, no log-in block. With --security the officer also "
        "becomes security administrator, when there is none left who could appoint one. Asks for a reason, is written into "
        "the trail and told to every administrator and auditor."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--security", action="store_true", help="appoint the officer security administrator")
        parser.add_argument("--reason", help="asked for when left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        officer = in_words(lambda: recovery.find(options["username"]))
        reason = reason_for(options["reason"], f"Why is the access of {officer} ({officer.username}) restored?")
        password = in_words(
            lambda: recovery.recover(
                officer=officer, reason=reason, console=who(), by=SYSTEM, appoint=options["security"]
            )
        )
        self.stdout.write(f"Initial password of {officer.username}, to be changed at the first log-in: {password}")
        self.stdout.write("Every administrator and auditor finds this in the inbox.")
