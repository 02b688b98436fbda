"""The first three accounts of a new installation: system administrator, security administrator, security auditor."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.errors import RuleBroken
from organisation.models import Department, Officer
from organisation.roles import AUDITOR, SECURITY_ADMINISTRATOR, SYSTEM_ADMINISTRATOR, sync_roles
from organisation.services import accounts, appointments
from trail.recording import SYSTEM

PARTS = (
    ("system", SYSTEM_ADMINISTRATOR),
    ("security", SECURITY_ADMINISTRATOR),
    ("audit", AUDITOR),
)


class Command(BaseCommand):
    help = (
        "Open the first three accounts (system administrator, security administrator, security auditor) of a new "
        "installation and print their initial passwords. Everybody else is entered by these three in the browser."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--department", required=True, help="code of the department they belong to, e.g. JS-MIIT")
        for part, _role in PARTS:
            parser.add_argument(f"--{part}", required=True, metavar="USERNAME=NAME", help=f"the {part} administrator")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        if Officer.objects.filter(is_active=True, groups__name=SECURITY_ADMINISTRATOR.code).exists():
            raise CommandError("There is a security administrator already: he grants roles in the browser.")
        department = Department.objects.filter(code=options["department"]).first()
        if department is None:
            raise CommandError(f"No department {options['department']}. Run load_reference first.")
        sync_roles()
        opened = []
        for part, role in PARTS:
            username, sign, name = options[part].partition("=")
            if not sign or not name:
                raise CommandError(f"--{part} must be USERNAME=NAME, not {options[part]!r}.")
            account = accounts.Account(username=username, name=name, department=department)
            try:
                officer, password = accounts.open_account(account=account, by=SYSTEM)
                appointments.grant(officer=officer, role=role, reason="首次启用", by=SYSTEM)
            except RuleBroken as refusal:
                raise CommandError(f"{username}: {' '.join(refusal.reasons)}") from refusal
            opened.append((role.code, username, password))
        self.stdout.write("Hand these over in person; each must be changed at the first log-in:")
        for code, username, password in opened:
            self.stdout.write(f"  {code:<24} {username:<20} {password}")
