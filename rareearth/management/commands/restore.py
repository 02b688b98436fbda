"""`manage.py restore FILE`: a backup into an empty database and folder, then the proof that it is whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from rareearth import backups


class Command(BaseCommand):
    help = "Bring a backup into an empty database and an empty file folder, migrate it, and verify the trail."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            manifest = backups.restore(options["archive"])
        except (backups.BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored the backup of {manifest['made_at']} (version {manifest['version']}).")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("verify_trail", stdout=self.stdout)
