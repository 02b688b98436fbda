"""Run as a process of its own on an empty database: verbs on one docket meet. Prints what came of them as JSON."""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import time
from pathlib import Path
from threading import Barrier
from threading import Event as Signal

sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, transaction  # noqa: E402

import trail  # noqa: E402
from casework import deadlines, evidence, handover, reference  # noqa: E402
from casework import services as dockets  # noqa: E402
from casework.models import Violation  # noqa: E402
from core import clock  # noqa: E402
from core.errors import RuleBroken  # noqa: E402
from enforcement.inspections import services as inspections  # noqa: E402
from enforcement.leads import services as leads  # noqa: E402
from enforcement.leads.models import Lead  # noqa: E402
from enforcement.rectification import services as cases  # noqa: E402
from enforcement.rectification.models import RectificationCase  # noqa: E402
from organisation import roles  # noqa: E402
from organisation.models import Officer  # noqa: E402
from tests import factories  # noqa: E402
from trail import recording  # noqa: E402
from trail.models import Event  # noqa: E402


def done(act: Callable[[], object]) -> str:
    """Ends "ok" or "refused"; anything else (a deadlock) is told by its name."""
    try:
        act()
    except RuleBroken:
        return "refused"
    except DatabaseError as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()
    return "ok"


def holds_a_deadline(sql: str) -> bool:
    return 'FROM "casework_deadline"' in sql and "FOR UPDATE" in sql


def holds_a_lead(sql: str) -> bool:
    return '"leads_lead"' in sql and (sql.startswith("UPDATE") or "FOR UPDATE" in sql)


def meeting(
    step: Callable[[], object], act: Callable[[], object], holds: Callable[[str], bool] = holds_a_deadline
) -> list[str]:
    """A step has its docket and wants a row that hangs on it (a deadline), just when another act has locked that row if it can."""
    wants, has = Signal(), Signal()

    def in_step(execute, sql, params, many, context):
        if holds(sql):
            wants.set()
            has.wait(2)
        return execute(sql, params, many, context)

    def in_act(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if holds(sql):
            has.set()
        return result

    def run(verb, wrapper, after=None):
        if after:
            after.wait(20)
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(wrapper))
            return done(verb)

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(run, step, in_step), pool.submit(run, act, in_act, wants)]
        return [one.result() for one in both]


def together(acts: list[Callable[[], object]]) -> list[str]:
    """All start at the same moment."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        return done(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def verified_while_written(case: RectificationCase, officer: Officer) -> list[str]:
    """The trail is verified; when its events have been read and its ends have not, an officer's act is recorded."""

    def write() -> None:
        with transaction.atomic():
            trail.record("casework.add_note", case.docket, by=officer, docket=case.docket)
            connection.on_commit(connection.close)

    read = recording._of_originals

    def meanwhile(events):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write).result()
        return read(events)

    recording._of_originals = meanwhile
    try:
        return [str(flaw) for flaw in recording.verify().flaws]
    finally:
        recording._of_originals = read


def main() -> None:
    call_command("migrate", verbosity=0)
    roles.sync_roles()
    reference.load(settings.ROOT / "reference")
    department = factories.make_department()
    inspector = factories.make_officer(roles.INSPECTOR, department=department)
    officer, second = (factories.make_officer(roles.CASE_OFFICER, department=department) for _ in range(2))
    head = factories.make_officer(roles.DEPARTMENT_HEAD, department=department)
    enterprise = factories.make_enterprise()

    def new_lead() -> Lead:
        today = clock.today()
        visit = inspections.open_inspection(
            is_another=True,  # the rows are invented: two may fall on one day
            enterprise=enterprise, inspected_on=today, began_at=time(0, 0), place="萃取车间",
            inspectors=[inspector, officer], attended_by="钱测试", credentials_shown=True, by=inspector,
        )  # fmt: skip
        found = inspections.log_finding(
            inspection=visit, violation=Violation.objects.get(code="EC1104"), fact="废水处理设施未运行。", place="污水站",
            by=inspector,
        )  # fmt: skip
        return leads.register_finding(finding=found, by=inspector)

    def open_case(lead: Lead) -> RectificationCase:
        return cases.open_case(lead=Lead.objects.get(pk=lead.pk), co_officer=second, by=who(officer))

    def new_case() -> RectificationCase:
        return open_case(new_lead())

    def dismiss(lead: Lead) -> None:
        leads.dismiss(lead=Lead.objects.get(pk=lead.pk), reason="管辖", transferred_to="应急管理局", by=who(head))

    def who(person: Officer) -> Officer:
        return Officer.objects.get(pk=person.pk)

    def extend(case: RectificationCase) -> None:
        deadline = case.docket.deadlines.get()
        deadlines.extend(deadline=deadline, length=30, reason="案情复杂", document="延期审批表", by=who(head))

    def pause(case: RectificationCase) -> None:
        deadlines.pause(
            deadline=case.docket.deadlines.get(), reason_code="appraisal", reason="送检", document="委托书",
            from_on=clock.today(), by=who(head),
        )  # fmt: skip

    def withdraw(case: RectificationCase) -> None:
        cases.withdraw(case=RectificationCase.objects.get(pk=case.pk), reason="违法事实不成立", by=who(head))

    def note(case: RectificationCase) -> None:
        deadlines.note_missed(deadline_id=case.docket.deadlines.get().pk)

    def photograph(case: RectificationCase) -> None:
        evidence.add(
            docket=case.docket, upload=SimpleUploadedFile("a.txt", "记录".encode()), kind="document", title="记录",
            proves="现场情况", made_by=officer.name, made_at=clock.now(), place="污水站", by=who(officer),
        )  # fmt: skip

    def hand_over(case: RectificationCase) -> None:
        handover.reassign(docket=case.docket, to=who(second), reason="工作调整", by=who(head))

    def share(case: RectificationCase) -> None:
        dockets.share(docket=case.docket, officer=outsider, reason="协查", by=who(head))

    def write(case: RectificationCase) -> None:
        cases.edit(
            case=RectificationCase.objects.get(pk=case.pk), facts="未运行。", requirements="恢复运行", rectification_days=30,
            policy_source=None, expected_version=case.version, by=who(officer),
        )  # fmt: skip

    outsider = factories.make_officer(roles.CASE_OFFICER, department=department)
    one, other, many = new_case(), new_case(), new_case()
    lead = new_lead()
    came = {
        "withdrawn_and_extended": meeting(lambda: withdraw(one), lambda: extend(one)),
        "withdrawn_and_noted": meeting(lambda: withdraw(other), lambda: note(other)),
        "opened_and_dismissed": meeting(lambda: open_case(lead), lambda: dismiss(lead), holds_a_lead),
        "many": together(
            [lambda v=verb: v(many) for verb in (extend, pause, note, photograph, hand_over, share, write, withdraw)]
        ),
    }
    before = Event.objects.count()
    came["flaws_while_written"] = verified_while_written(many, officer)
    came["written_meanwhile"] = Event.objects.count() - before
    came["flaws"] = [str(flaw) for flaw in recording.verify().flaws]
    came["open"] = one.docket.deadlines.open().count() + other.docket.deadlines.open().count()
    print(json.dumps(came))


if __name__ == "__main__":
    main()
