"""Make the invented province, once."""

import gc
import random
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from casework.models import Docket, InboxMessage
from core import clock
from core.models import Job, JobState
from organisation.models import Officer
from rareearth.demo import companies, histories, people

SEED = 2012
LEFT_UNREAD = timedelta(days=3)
SELDOM = 50_000  # objects that come before rubbish is collected


class Command(BaseCommand):
    help = "Make an invented but lifelike province: officers, enterprises, two years of matters. The same every time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stories", type=int, default=125, help="how many chains of matters to tell")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is a production installation (PORTAL_ENVIRONMENT=production): no demo data here.")
        if Officer.objects.exists():
            self.stdout.write("There are officers already: nothing was changed.")
            return
        rng, today, began = random.Random(SEED), clock.today(), time.monotonic()  # noqa: S311 — lifelike, not secret
        # What is loaded stays, and hardly anything of a story refers to itself: looking through it all again and again took a
        # fifth of the time.
        gc.freeze()
        gc.set_threshold(SELDOM, 20, 50)
        with transaction.atomic():
            officers = people.make(rng, today)
            enterprises = companies.make(rng, today)
        self.stdout.write(f"{len(officers)} officers, {len(enterprises)} enterprises")
        for done in histories.make(rng, today, officers, enterprises, options["stories"]):
            if done % 25 == 0:
                self.stdout.write(f"{done} of {options['stories']} stories told")
        read_what_is_old()
        queue_now()
        self.stdout.write(f"{Docket.objects.count()} dockets in {time.monotonic() - began:.0f} s")


def read_what_is_old() -> None:
    """Officers have read the messages of the past, on the day they came."""
    InboxMessage.objects.filter(at__lt=clock.now() - LEFT_UNREAD, read_at=None).update(read_at=F("at"))


def queue_now() -> None:
    """What a demo leaves to be done waits from now on, not since its invented past: /healthz measures the wait."""
    now = clock.now()
    Job.objects.filter(state=JobState.QUEUED, not_before__lt=now).update(not_before=now)
