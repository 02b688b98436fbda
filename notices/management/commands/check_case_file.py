"""`manage.py check_case_file FILE.zip`: is the package of a case file as it was exported? Needs neither database nor network."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from notices import casefile_check

LANGUAGES = ("zh-hans", "en")


class Command(BaseCommand):
    help = "Compare each file of an exported case file with its SHA256SUMS, in Chinese and English; exit 1 if one is wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("package", type=Path, help="the ZIP that was exported")
        parser.add_argument("--language", choices=LANGUAGES, help="say it in one language only")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = [options["language"]] if options["language"] else [*LANGUAGES]
        said: list[str] = []
        holds = True
        for language in languages:
            with translation.override(language):
                try:
                    verdict = casefile_check.check(options["package"])
                except casefile_check.NotAPackage as refusal:
                    said, holds = [*said, str(refusal)], False
                else:
                    said, holds = said + verdict.sentences(), verdict.holds
        if not holds:
            raise CommandError("\n".join(said))
        self.stdout.write("\n".join(said))
