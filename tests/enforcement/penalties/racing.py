"""Run as a process of its own on an empty database: eight officers press at once on one claim. Prints what came of it as JSON."""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier

sys.path[0] = str(Path(__file__).resolve().parents[3])
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, transaction  # noqa: E402

from core import clock  # noqa: E402
from core.errors import RuleBroken  # noqa: E402
from enforcement.penalties import payments  # noqa: E402
from enforcement.penalties.models import Entry, Receivable  # noqa: E402
from organisation import roles  # noqa: E402
from organisation.models import Officer  # noqa: E402
from tests import factories  # noqa: E402
from tests.enforcement.penalties.money import decision_of  # noqa: E402
from trail import recording  # noqa: E402

OFFICERS = 8


def together(acts):
    """Run the acts in threads that start at the same moment; "ok" or the refusal of each."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
            return "ok"
        except RuleBroken:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def refuses(statement: str) -> bool:
    """Does the database itself refuse it?"""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "ledger" in str(error)
    return False


def main() -> None:
    call_command("migrate", verbosity=0)
    roles.sync_roles()
    department = factories.make_department()
    officers = [factories.make_officer(roles.CASE_OFFICER, department=department).pk for _ in range(OFFICERS)]
    author, today = Officer.objects.get(pk=officers[0]), clock.today()
    docket = factories.make_docket(department=department, officer=author, enterprise=factories.make_enterprise())
    decision = decision_of(docket, author, on=today - timedelta(days=30))
    claim = payments.open_receivable(
        decision=decision, purpose="fine", principal=Decimal(100000), due_on=today - timedelta(days=10), by=author
    ).pk

    def pay(officer: int, receipt: str, amount: str) -> None:
        payments.record_payment(
            receivable=Receivable.objects.get(pk=claim), paid_on=today - timedelta(days=12), amount=Decimal(amount),
            receipt_number=receipt, channel="bank", by=Officer.objects.get(pk=officer),
        )  # fmt: skip

    def reverse(officer: int, entry: int) -> None:
        payments.reverse_payment(entry=Entry.objects.get(pk=entry), reason="录错", by=Officer.objects.get(pk=officer))

    same = together([lambda o=officer: pay(o, "苏罚0001", "60000") for officer in officers])
    wrong = Entry.objects.get().pk
    reversed_ = together([lambda o=officer: reverse(o, wrong) for officer in officers])
    # Each alone is owed; of all together only five are.
    last = together([lambda o=officer, n=number: pay(o, f"票{n}", "20000") for number, officer in enumerate(officers)])
    print(
        json.dumps(
            {
                "same_receipt": same,
                "reversed": reversed_,
                "last": last,
                "lines": Entry.objects.count(),
                "settled": Receivable.objects.get(pk=claim).settled_on is not None,
                "guarded": [
                    refuses("UPDATE penalties_entry SET amount_cny = 1"),
                    refuses("DELETE FROM penalties_entry"),
                ],
                "flaws": [str(flaw) for flaw in recording.verify().flaws],
            }
        )
    )


if __name__ == "__main__":
    main()
