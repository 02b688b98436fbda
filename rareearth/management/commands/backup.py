"""`manage.py backup FOLDER`: database and files into one tar, while the portal runs."""

import os
import pwd
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rareearth import backups


class Command(BaseCommand):
    help = "Write a backup (database, files, manifest with hashes) into a folder, while the portal runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=0, help="delete all but the newest N backups of the folder")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            path = backups.make(options["folder"])
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"The backup cannot be written to {options['folder']}: {error.strerror or error}. It needs a folder that this "
                f"account ({_account()}) may write to; the portal's administrator makes it with: "
                f"install -d -o {_account()} -m 0750 {options['folder']}"
            ) from error
        self.stdout.write(f"{path} ({path.stat().st_size / 1_000_000:.1f} MB)")
        if options["keep"]:
            for old in backups.keep_newest(options["folder"], options["keep"]):
                self.stdout.write(f"deleted {old}")


def _account() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
