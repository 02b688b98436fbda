"""Check the whole trail: every hash, every chain, every seal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trail import recording


class Command(BaseCommand):
    help = "Recompute every fingerprint of the trail; exit 1 and name each place that does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--docket", type=int, help="only the chain of this docket")

    def handle(self, *args: Any, **options: Any) -> None:
        stream = f"docket:{options['docket']}" if options["docket"] else None
        verdict = recording.verify(stream)
        for flaw in verdict.flaws:
            self.stderr.write(f"{flaw.place}: {flaw.what}")
        line = f"{verdict.events} events in {verdict.chains} chains, {verdict.seals} seals: "
        if verdict.flaws:
            raise CommandError(line + f"{len(verdict.flaws)} places do not hold.")
        self.stdout.write(line + "the trail holds.")
