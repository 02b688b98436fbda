"""Load the reference data that the project keeps. Run again, it changes nothing that is already right."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from casework import reference as casework
from enforcement.rectification import services as rectification
from organisation import reference as organisation
from registry import reference as registry
from trail.recording import SYSTEM


class Command(BaseCommand):
    help = "Load regions, departments, roles, holidays, the statute book, periods, forms, elements and HS codes."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = settings.ROOT / "reference"
        for name, loader in (("organisation", organisation), ("registry", registry), ("casework", casework)):
            counts = loader.load(folder)
            self.stdout.write(f"{name}: {counts}")
        for sentence in casework.left_alone(folder):
            self.stdout.write(f"! {sentence}")
        # Only now are the rules on file that say how long.
        if started := rectification.start_service_of_earlier_orders(by=SYSTEM):
            self.stdout.write(f"days to serve: {started} orders issued before they were kept")
