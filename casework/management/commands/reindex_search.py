"""Write the search rows of every docket anew: after a change of how text is read, or a data move past the services."""

from typing import Any

from django.core.management.base import BaseCommand

from casework import search


class Command(BaseCommand):
    help = "Write the search rows of every docket anew."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for done in search.reindex():
            self.stdout.write(f"{done}", ending="\r")
        self.stdout.write(f"{done} dockets can be searched.")
