"""Run as a process of its own on an empty database: eight officers press at once. Prints what came of it as JSON."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)

import os  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from core import clock  # noqa: E402
from core.errors import RuleBroken  # noqa: E402
from core.models import Sequence  # noqa: E402
from notices import printing, services  # noqa: E402
from notices.models import Notice, Service, SiteRecord  # noqa: E402
from organisation import roles  # noqa: E402
from organisation.models import Officer  # noqa: E402
from tests import factories  # noqa: E402
from tests.enforcement.written.words import questioning  # noqa: E402
from tests.notices.words import WORDS  # noqa: E402
from trail import recording  # noqa: E402
from trail.models import Event  # noqa: E402

OFFICERS, EACH = 8, 4


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
        return list(pool.map(run, acts))


def written_record(department, officers: list[int], enterprise) -> int:
    by, other = Officer.objects.filter(pk__in=officers)[:2]
    docket = factories.make_docket(department=department, officer=by, enterprise=enterprise)
    return services.write_record(kind="questioning", docket=docket, content=questioning(by, other), by=by).pk


def correct(pk: int, officer: int) -> None:
    wrong = SiteRecord.objects.get(pk=pk)
    services.write_record(
        kind="questioning", docket=wrong.docket, content=wrong.content, corrects=wrong, reason="地点记错",
        by=Officer.objects.get(pk=officer),
    )  # fmt: skip


def main() -> None:
    call_command("migrate", verbosity=0)
    roles.sync_roles()
    department = factories.make_department()
    officers = [factories.make_officer(roles.CASE_OFFICER, department=department).pk for _ in range(OFFICERS)]
    head = factories.make_officer(roles.DEPARTMENT_HEAD, department=department)
    enterprise = factories.make_enterprise()

    def approved() -> int:
        author = Officer.objects.get(pk=officers[0])
        docket = factories.make_docket(department=department, officer=author, enterprise=enterprise)
        draft = services.draft(kind="notice", docket=docket, content=WORDS, by=author)
        return services.approve(notice=services.submit(notice=draft, by=author), by=head).pk

    def issue(pk: int, officer: int) -> None:
        services.issue(notice=Notice.objects.get(pk=pk), by=Officer.objects.get(pk=officer))

    def serve(pk: int, officer: int) -> None:
        services.record_service(
            notice=Notice.objects.get(pk=pk), method="direct", by=Officer.objects.get(pk=officer), place="厂区",
            recipient="钱测试", relation="principal",
        )  # fmt: skip

    piles = [[approved() for _ in range(EACH)] for _ in officers]

    def work(pile: list[int], officer: int) -> None:
        for pk in pile:
            issue(pk, officer)

    many = together([lambda p=pile, o=officer: work(p, o) for pile, officer in zip(piles, officers, strict=True)])
    serials = sorted(Notice.objects.exclude(number=None).values_list("serial", flat=True))
    one = approved()
    same = together([lambda o=officer: issue(one, o) for officer in officers])
    printing.print_out(Notice, one)
    served = together([lambda o=officer: serve(one, o) for officer in officers])
    wrong = written_record(department, officers, enterprise)
    corrected = together([lambda o=officer: correct(wrong, o) for officer in officers])
    print(
        json.dumps(
            {
                "many": many,
                "serials": serials,
                "numbers": Notice.objects.exclude(number=None).values("number").distinct().count(),
                "year": clock.today().year,
                "same": sorted(same),
                "last": Sequence.objects.get(series="notice:常环通").last,
                "issue_events": Event.objects.filter(verb="notices.issue", subject_id=str(one)).count(),
                "served": sorted(served),
                "services": Service.objects.filter(notice_id=one).count(),
                "corrected": sorted(corrected),
                "corrections": SiteRecord.objects.filter(corrects=wrong).count(),
                "flaws": [str(flaw) for flaw in recording.verify().flaws],
            }
        )
    )


if __name__ == "__main__":
    main()
