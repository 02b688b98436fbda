"""Two years of matters in the invented province, made by the portal's own verbs while time stands at each day.

Nothing is written past the verbs: every docket has its chain, its periods and its documents as if officers had worked.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from casework import deadlines, evidence, notes
from casework.models import EvidenceKind, Violation
from core import clock
from enforcement.inspections import services as inspections
from enforcement.inspections.models import Severity
from enforcement.leads import services as leads
from enforcement.leads.models import Lead, Origin
from enforcement.rectification import services as cases
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import Stage
from notices import printing
from notices import services as notices
from notices.models import Method, Notice
from organisation import roles
from organisation.models import Department, Officer
from rareearth.demo import paper, penalties
from rareearth.demo.wrongs import DUTIES, WRONGS
from registry.models import Enterprise

CODE_IN_FORCE_ON = date(2026, 8, 15)
REGION_TEAMS = ("3204-EPD", "3202-EPD", "3205-EPD", "3203-EPD", "3209-EPD")


@dataclass(slots=True)
class Team:
    """The officers of a department by what they do."""

    department: Department
    officers: list[Officer]
    by_role: dict[str, list[Officer]] = field(default_factory=dict)

    def one(self, role: roles.Role, rng: random.Random, but: tuple[Officer, ...] = ()) -> Officer:
        return rng.choice([officer for officer in self.by_role[role.code] if officer not in but])


@dataclass(slots=True)
class Story:
    """One matter on its way: the day it has reached, and how far it will go."""

    rng: random.Random
    team: Team
    day: date
    today: date
    ends_at: str
    penalties: Iterator[int] = field(default_factory=itertools.count)  # how many are pursued so far

    def goes_on(self, shortest: int, longest: int) -> bool:
        """Let some days pass; False when that would lie in the future."""
        self.day += timedelta(days=self.rng.randint(shortest, longest))
        while self.day.weekday() > 4:
            self.day += timedelta(days=1)
        return self.day <= self.today

    def at(self, hour: int) -> datetime:
        return datetime.combine(self.day, time(hour, self.rng.randint(0, 59)), clock.SHANGHAI)


def teams(officers: list[Officer]) -> dict[str, Team]:
    found = {}
    for code in REGION_TEAMS:
        people = [officer for officer in officers if officer.department.code == code]
        by_role = {
            role.code: [o for o in people if role in o.roles]
            for role in (roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD)
        }
        found[code] = Team(people[0].department, people, by_role)
    return found


# How far a matter goes, and how often: a few rest at each stage, most are closed.
ENDS = (
    ("lead", 8), ("dismissed", 10), (Stage.INVESTIGATING, 10), (Stage.LEGAL_REVIEW, 6), (Stage.APPROVAL, 6),
    (Stage.ISSUING, 4), (Stage.SERVING, 6), (Stage.RECTIFYING, 14), ("paused", 5), ("extended", 5),
    (Stage.REINSPECTION, 6), (Stage.CLOSING, 5), (Stage.CLOSED, 45),
)  # fmt: skip


def make(
    rng: random.Random, today: date, officers: list[Officer], enterprises: list[Enterprise], count: int
) -> Iterator[int]:
    """Write `count` stories (up to three dockets each); yields how many are done."""
    crew = teams(officers)
    by_city = {code: [e for e in enterprises if e.region_id[:4] == code[:4]] for code in crew}
    penalties_so_far = itertools.count()
    ends = [end for end, weight in ENDS for _ in range(weight)]
    for number in range(1, count + 1):
        code = rng.choice(REGION_TEAMS)
        end = rng.choice(ends)
        story = Story(rng, crew[code], _first_day(rng, today, end), today, end, penalties_so_far)
        with transaction.atomic():
            tell(story, rng.choice(by_city[code]))
        yield number


def _first_day(rng: random.Random, today: date, end: str) -> date:
    """Closed matters lie anywhere in two years, orders are served within days; others in the last months, some too long ago."""
    spans = {Stage.CLOSED: (150, 730), "dismissed": (150, 730), Stage.SERVING: (14, 36)}
    return today - timedelta(days=rng.randint(*spans.get(end, rng.choice([(20, 70), (60, 160)]))))


def tell(story: Story, enterprise: Enterprise) -> None:
    """From the visit to wherever the story ends."""
    lead, wanted = _visit(story, enterprise)
    if story.ends_at == "lead" or not story.goes_on(1, 9):
        return
    officer = story.team.one(roles.CASE_OFFICER, story.rng)
    if story.ends_at == "dismissed":
        with clock.pinned(story.at(10)):
            leads.dismiss(
                lead=lead, reason="经核实，违法行为轻微并已当场改正，没有造成危害后果，不予立案。", by=officer
            )
        return
    case = _investigate(story, lead, officer, wanted)
    if story.ends_at == Stage.INVESTIGATING or case is None:
        return
    if _decide(story, case, officer):
        _rectify(story, case, officer)
        if story.ends_at == Stage.RECTIFYING:
            number = next(story.penalties)
            penalties.pursue(replace(story, rng=random.Random(number)), case, officer, number)  # noqa: S311


def _visit(story: Story, enterprise: Enterprise) -> tuple[Lead, str]:
    rng = story.rng
    wrong = rng.choice(WRONGS)
    fact, place = wrong.fact, wrong.place
    violation = Violation.objects.get(code=wrong.since if story.day >= CODE_IN_FORCE_ON else wrong.before)
    inspector = story.team.one(roles.INSPECTOR, rng)
    second = story.team.one(roles.CASE_OFFICER, rng)
    with clock.pinned(story.at(9)):
        inspection = inspections.open_inspection(
            is_another=True,  # the rows are invented: two may fall on one day
            enterprise=enterprise,
            inspected_on=story.day,
            began_at=time(8, 40),
            place=enterprise.address,
            inspectors=[inspector, second],
            attended_by=enterprise.contact_name,
            credentials_shown=True,
            by=inspector,
        )
        finding = inspections.log_finding(
            inspection=inspection,
            violation=violation,
            fact=f"{story.day.year}年{story.day.month}月{story.day.day}日检查时，{fact}",
            place=place,
            severity=rng.choice(Severity.values),
            by=inspector,
        )
        evidence.add(
            docket=inspection.docket,
            upload=SimpleUploadedFile(
                "现场照片.png", paper.PICTURE + str(inspection.docket.number).encode(), "image/png"
            ),
            kind=EvidenceKind.AUDIOVISUAL,
            title=f"{place}现场照片",
            proves=fact[:120],
            made_by=inspector.name,
            made_at=clock.now(),
            place=f"{enterprise.name}{place}",
            by=inspector,
        )
    with clock.pinned(story.at(11)):
        inspection.refresh_from_db()  # finding and photograph have changed it
        inspection = inspections.describe(
            inspection=inspection,
            record=replace(
                inspection.record(),
                situation=f"检查人员表明身份、出示执法证件后，对{place}及相关台账进行检查。{fact}",
                ended_on=story.day,
                ended_at=time(10, 50),
            ),
            expected_version=inspection.version,
            by=inspector,
        )
        for officer in (inspector, second):
            inspections.sign(inspection=inspection, seen=inspection.seen_as(), by=officer)
        inspections.complete_record(inspection=inspection, by=inspector)
        record = inspection.docket.site_records.get()
        paper.sign_with_the_party(record, signatory=inspection.attended_by, by=inspector)
    with clock.pinned(story.at(15)):
        lead = leads.register_finding(finding=finding, by=inspector)
        if paper.can_be_drawn():  # else its record still waits for the party's signature
            inspections.conclude(inspection=inspection, by=inspector)
        if rng.random() < 0.15:
            other = leads.register(
                enterprise=enterprise,
                origin=Origin.REPORT,
                violation=violation,
                facts=f"群众反映该企业{place}存在异味和夜间作业噪声。",
                received_on=story.day,
                by=second,
            )
            notes.add(docket=other.docket, text=f"与现场检查情况一并核查。@{inspector.username}", by=second)
            _decide_report(story, other, second)
    return lead, wrong.wanted


def _decide_report(story: Story, lead: Lead, officer: Officer) -> None:
    """A report that tells of the same matter is settled with it after some days, unless it came only lately."""
    decided_on = story.day + timedelta(days=story.rng.randint(2, 12))
    if decided_on <= story.today:
        with clock.pinned(decided_on):
            leads.dismiss(lead=lead, reason="与现场检查发现的问题为同一事项，并入该线索一并处理。", by=officer)


def _investigate(story: Story, lead: Lead, officer: Officer, wanted: str) -> RectificationCase | None:
    with clock.pinned(story.at(10)):
        colleague = (
            story.team.one(roles.CASE_OFFICER, story.rng, but=(officer,))
            if len(story.team.by_role[roles.CASE_OFFICER.code]) > 1
            else story.team.one(roles.INSPECTOR, story.rng)
        )
        case = cases.open_case(lead=lead, co_officer=colleague, by=officer)
    if story.ends_at == Stage.INVESTIGATING or not story.goes_on(2, 12):
        return None
    with clock.pinned(story.at(14)):
        case = cases.edit(
            case=case,
            facts=lead.facts,
            requirements=wanted,
            rectification_days=story.rng.choice([15, 30, 30, 60]),
            policy_source=None,
            expected_version=case.version,
            by=officer,
        )
        _name_the_duty(cases.draft_order(case=case, by=officer), case, officer)
        for signatory in (officer, colleague):
            cases.sign(case=case, by=signatory)
        return cases.submit(case=case, by=officer)


def _name_the_duty(order: Notice, case: RectificationCase, officer: Officer) -> None:
    """Where the reference data do not know the article that was violated, the officer writes what it demands."""
    if not order.content["violated"]:
        law = order.content["basis"][-1]["instrument"]
        demanded = {"instrument": law, "article": "有关条款", "content": DUTIES[case.violation.code]}
        notices.edit(notice=order, content={"violated": [demanded]}, version=order.version, by=officer)


def _decide(story: Story, case: RectificationCase, officer: Officer) -> bool:
    """Legal review, approval, issue, service. True when the period for rectification runs."""
    reviewer = story.team.one(roles.LEGAL_REVIEWER, story.rng)
    head = story.team.one(roles.DEPARTMENT_HEAD, story.rng)
    if story.ends_at == Stage.LEGAL_REVIEW or not story.goes_on(1, 5):
        return False
    with clock.pinned(story.at(9)):
        case = cases.agree(case=case, opinion="事实清楚、证据充分、适用依据正确、程序合法，同意。", by=reviewer)
    if story.ends_at == Stage.APPROVAL or not story.goes_on(1, 4):
        return False
    with clock.pinned(story.at(16)):
        case = cases.approve(case=case, by=head)
    if story.ends_at == Stage.ISSUING or not paper.can_be_drawn() or not story.goes_on(0, 2):
        return False
    with clock.pinned(story.at(10)):
        notice = cases.issue_order(case=case, by=officer)
    if story.ends_at == Stage.SERVING or not story.goes_on(0, 3):
        return False
    with clock.pinned(story.at(15)):
        paper.draw(case.docket, printing.NOTICE_JOB)
        notice.refresh_from_db()
        notices.record_service(
            notice=notice,
            method=Method.DIRECT,
            by=officer,
            co_server=next(o for o in story.team.officers if o != officer and o.has_valid_certificate()),
            place=case.enterprise.address,
            recipient=case.enterprise.contact_name,
            relation="办公室负责人",
            receipt_file=SimpleUploadedFile("送达回证.png", paper.PICTURE + str(notice.number).encode(), "image/png"),
        )
    return True


def _rectify(story: Story, case: RectificationCase, officer: Officer) -> None:
    rng, head = story.rng, story.team.one(roles.DEPARTMENT_HEAD, story.rng)
    period = case.docket.deadlines.get(kind=cases.PERIOD, cancelled_on=None)
    if story.ends_at in {"paused", "extended"} and story.goes_on(3, 9):
        with clock.pinned(story.at(10)):
            if story.ends_at == "paused":
                deadlines.pause(
                    deadline=period,
                    reason_code="suspension",
                    reason="设备供货受台风影响中断，企业书面申请中止计算改正期限",
                    document=f"中止申请及审批表（{case.docket.number}）",
                    from_on=story.day,
                    by=head,
                )
            elif period.due_on >= story.day:
                deadlines.extend(
                    deadline=period,
                    length=15,
                    reason="防渗材料须定制，企业提供供货合同，同意延长",
                    document=f"延期审批表（{case.docket.number}）",
                    by=head,
                )
        return
    if story.ends_at == Stage.RECTIFYING or not story.goes_on(10, 28):
        return
    inspector = story.team.one(roles.INSPECTOR, rng)
    with clock.pinned(story.at(9)):
        case = cases.call_reinspection(case=case, inspectors=[inspector, officer], by=inspector)
    if story.ends_at == Stage.REINSPECTION or not story.goes_on(0, 3):
        return
    with clock.pinned(story.at(15)):
        found = cases.record_reinspection(
            case=case,
            inspected_on=story.day,
            inspectors=[inspector, officer],
            visit=cases.Visit(
                time(9, 30), time(11, 0), case.enterprise.address, case.enterprise.contact_name, "现场负责人"
            ),
            is_done=True,
            findings="以暗查方式复查，责令改正的事项已全部完成，设施运行正常，台账完整。",
            by=inspector,
        )
        if found.record is not None:
            paper.sign_with_the_party(found.record, signatory=case.enterprise.contact_name, by=inspector)
        case = cases.confirm_rectified(case=case, by=officer)
    if story.ends_at == Stage.CLOSING or not story.goes_on(1, 6):
        return
    with clock.pinned(story.at(11)):
        paper.draw(case.docket, printing.NOTICE_JOB, printing.RECORD_JOB)  # what the file must hold to be closed
        cases.close(case=case, by=head)
