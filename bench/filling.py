"""Fills a database with the province of `bench.dockets`: quickly, with the rows the portal writes."""

import contextlib
import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from casework.models import Docket
from casework.search import indexing
from casework.search.text import FIELD, normalise, number_key, pairs
from core import clock, pinyin
from organisation.models import Department, Officer, Region
from organisation.roles import sync_roles
from registry.models import Enterprise

TODAY = date(2026, 11, 18)
MOMENT = datetime(2026, 11, 18, 1)  # noqa: DTZ001 - in UTC, as the databases hold it
CITIES = ["南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁"]
WORDS = [
    "长江",
    "天目",
    "金坛",
    "溧阳",
    "华东",
    "新区",
    "云台",
    "太湖",
    "石城",
    "运河",
    "芦荡",
    "梅里",
    "洮湖",
    "滆湖",
    "紫金",
    "栖霞",
    "阳澄",
    "古运",
    "瘦西",
    "茅山",
]
TRADES = ["稀土材料有限公司", "稀土冶炼有限公司", "新材料科技有限公司", "磁性材料股份有限公司", "资源再生有限公司"]
SUBJECTS = [
    "超总量控制指标生产", "未如实记录产品流向", "收购非法稀土产品", "未经许可冶炼分离", "废水排放口未按规定设置",
    "放射性废渣贮存不规范", "环境影响评价文件未经批准", "清洁生产审核逾期", "突发环境事件应急预案未备案", "在线监测数据异常",
]  # fmt: skip
STAGES = ["investigating", "legal_review", "approval", "issuing", "serving", "rectifying", "reinspection", "closing"]
SHARES_OF_VIEWER = 160
CHUNK = 50_000  # rows written together
VIEWER = "bench"


@dataclass(frozen=True)
class Size:
    dockets: int
    shares: int

    @property
    def enterprises(self) -> int:
        return max(12, min(2000, self.dockets // 500))


def viewer() -> Officer:
    return Officer.objects.get(username=VIEWER)


def prepare() -> None:
    """All tables, and the roles: what `fill` begins with."""
    call_command("migrate", verbosity=0)
    sync_roles()


def fill(size: Size) -> None:
    chance = random.Random(20261118)
    regions, departments = _places()
    officers = _officers(departments)
    enterprises = _enterprises(size, regions, chance)
    with _without_indexes():
        _dockets(size, regions, departments, officers, enterprises, chance)
        _shares(size, officers, chance)
    with connection.cursor() as cursor:
        # What PostgreSQL's autovacuum does by itself; SQLite's planner needs the statistics as little as the portal has them.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")


def _places() -> tuple[list[list[str]], list[int]]:
    """13 cities with 8 counties each, the province's department, 13 below it, and 36 of other lines."""
    Region.objects.create(code="320000", name="江苏省", level="province")
    regions = []
    for number, name in enumerate(CITIES, 1):
        city = f"32{number:02}"
        Region.objects.create(code=f"{city}00", name=f"{name}市", level="city", parent_id="320000")
        counties = [f"{city}{place:02}" for place in range(1, 9)]
        Region.objects.bulk_create([Region(code=code, name=f"{name}{code[4:]}区", level="county") for code in counties])
        regions.append([f"{city}00", *counties])
    top = _department("JS-EPD", "省生态环境厅", "320000", None, "EPD")
    ids = [top.pk]
    for number, name in enumerate(CITIES, 1):
        ids.append(_department(f"EPD-{number}", f"{name}市生态环境局", f"32{number:02}00", top, "EPD").pk)
    for number in range(36):
        place = number % 13
        ids.append(_department(f"X-{number}", f"{CITIES[place]}市第{number}局", f"32{place + 1:02}00", None, "MIIT").pk)
    return regions, ids


def _department(code: str, name: str, region: str, parent: Department | None, kind: str) -> Department:
    path = f"{parent.path if parent else '/'}{code}/"
    return Department.objects.create(
        code=code,
        name=name,
        short_name=name,
        level="city",
        region_id=region,
        parent=parent,
        path=path,
        kind=kind,
        brand="苏环",
    )


def _officers(departments: list[int]) -> dict[int, list[int]]:
    """2000 officers; the one the bench looks with is a case officer of the province's department."""
    rows = [
        Officer(
            username=f"o{number}",
            name=f"官{number}",
            initials=f"g{number}",
            department_id=departments[number % len(departments)],
            password="!",
        )
        for number in range(1999)
    ]
    rows.append(Officer(username=VIEWER, name="观测", initials="gc", department_id=departments[0], password="!"))
    Officer.objects.bulk_create(rows, batch_size=500)
    group = Group.objects.get(name="case_officer")
    saved = list(Officer.objects.order_by("pk").values_list("pk", "department_id"))
    through = Officer.groups.through
    through.objects.bulk_create([through(officer_id=pk, group_id=group.pk) for pk, _dept in saved], batch_size=1000)
    by_department: dict[int, list[int]] = {}
    for pk, department in saved:
        by_department.setdefault(department, []).append(pk)
    return by_department


def _enterprises(size: Size, regions: list[list[str]], chance: random.Random) -> list[SimpleNamespace]:
    found = []
    for number in range(1, size.enterprises + 1):
        city = number % 13
        # Two words and a number spelled in Chinese make a name that no other bears.
        digits = "".join("零一二三四五六七八九"[int(digit)] for digit in f"{number:04}")
        name = f"{CITIES[city]}{WORDS[number % 20]}{digits}{TRADES[number % 5]}"
        found.append(
            SimpleNamespace(
                pk=number,
                name=name,
                short_name="",
                credit_code=f"91320400MA{number:08}",
                region=chance.choice(regions[city]),
            )
        )
    rows = [
        Enterprise(
            pk=one.pk,
            name=one.name,
            credit_code=one.credit_code,
            region_id=one.region,
            initials=pinyin.initials(one.name),
        )
        for one in found
    ]
    Enterprise.objects.bulk_create(rows, batch_size=500)
    return found


def _dockets(
    size: Size,
    regions: list[list[str]],
    departments: list[int],
    officers: dict[int, list[int]],
    enterprises: list[SimpleNamespace],
    chance: random.Random,
) -> None:
    """60 % belong to the province's department and those below it; half are open, 10 % have no officer, 1 % are confidential.

    So many of each that a page of 50 is full among a thousand dockets too: a fair comparison needs equal pages.
    """
    columns = [
        "id",
        "number",
        "kind",
        "title",
        "enterprise_id",
        "region_id",
        "department_id",
        "officer_id",
        "stage",
        "next_due_on",
        "is_paused",
    ]
    columns += ["confidentiality", "opened_on", "closed_on", "opened_by_id", "updated_at"]
    words = _Words()
    below, share, below_triangle = chance.randrange, chance.random, chance.triangular
    for first in range(1, size.dockets + 1, CHUNK):
        rows: list[tuple[Any, ...]] = []
        entries: list[tuple[Any, ...]] = []
        team: list[tuple[Any, ...]] = []
        for pk in range(first, min(first + CHUNK, size.dockets + 1)):
            department = departments[below(14) if share() < 0.6 else 14 + below(36)]
            enterprise = enterprises[below(len(enterprises))]
            is_open = share() < 0.5
            due = _day(int(below_triangle(-120, 180, 20))) if is_open and share() < 0.8 else None
            officer = None if share() < 0.1 else chance.choice(officers[department])
            ago = below(3650)
            opened = _day(-ago)
            docket = SimpleNamespace(
                number=f"苏稀监立〔{opened[:4]}〕{pk}号",
                title=SUBJECTS[below(10)],
                enterprise=enterprise,
                region_id=enterprise.region,
                department_id=department,
                confidentiality="restricted" if share() < 0.01 else "internal",
            )
            entries.append((pk, *words.of(docket)))
            if officer is not None:
                team.append((pk, officer, "lead"))
            moment = (MOMENT - timedelta(seconds=below(10**8))).isoformat(sep=" ", timespec="microseconds")
            stage = STAGES[below(8)] if is_open else "closed"
            closed = None if is_open else _day(90 - ago)
            is_paused = is_open and due is None and share() < 0.2
            rows.append(
                (
                    *(pk, docket.number, "rectification", docket.title, enterprise.pk, enterprise.region, department),
                    *(officer, stage, due, is_paused, docket.confidentiality, opened, closed, None, moment),
                )
            )
        _write("casework_docket", columns, rows)
        _write("casework_docketofficer", ["docket_id", "officer_id", "part"], team)
        _write("casework_searchentry", ["docket_id", "number_key", "text", "initials", "tokens"], entries)


@cache
def _day(after: int) -> str:
    return (TODAY + timedelta(days=after)).isoformat()


class _Words:
    """The search rows of many dockets of few parties and subjects: what follows the number is made once for each pair.

    Every thousandth row is made by the portal as well, and must be the same.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], dict[str, str]] = {}
        self._made = 0

    def of(self, docket: SimpleNamespace) -> tuple[str, str, str, str]:
        pair = (docket.enterprise.pk, docket.title)
        rest = self._known.get(pair)
        if rest is None:
            nameless = SimpleNamespace(**{**vars(docket), "number": "", "confidentiality": "restricted"})
            rest = self._known[pair] = indexing.content(nameless, ())
        number, key = normalise(docket.number), number_key(docket.number)
        head = " ".join([*pairs(number), FIELD, *pairs(key), FIELD])
        made = (
            key,
            f"{number}\n{key}\n{rest['text']}",
            rest["initials"],
            " ".join([head, rest["tokens"], *indexing._scope(docket)]),
        )
        self._made += 1
        if self._made % 1000 == 1 and made != tuple(indexing.content(docket, ()).values()):
            raise RuntimeError("the search rows of the bench are not those of the portal")
        return made


def _shares(size: Size, officers: dict[int, list[int]], chance: random.Random) -> None:
    """`shares` grants: 160 of the viewer, outside his departments, the rest of everybody else."""
    permission = Permission.objects.get(content_type__app_label="casework", codename="view_docket").pk
    me = viewer()
    foreign = Docket.objects.exclude(department__path__startswith=me.department.path).order_by("pk")
    own = list(foreign.values_list("pk", flat=True)[: SHARES_OF_VIEWER * 5 : 5])
    others = [pk for some in officers.values() for pk in some if pk != me.pk]
    pairs = {(me.pk, pk) for pk in own}
    while len(pairs) < min(size.shares, size.dockets * 20):
        pairs.add((chance.choice(others), chance.randrange(1, size.dockets + 1)))
    rows = ((user, docket, permission) for user, docket in sorted(pairs))
    _write("casework_docketuserpermission", ["user_id", "content_object_id", "permission_id"], rows)
    now = connection.ops.adapt_datetimefield_value(clock.now()) if connection.vendor == "sqlite" else clock.now()
    shares = ((docket, user, "协查", me.pk, now) for user, docket in sorted(pairs))
    _write("casework_docketshare", ["docket_id", "officer_id", "reason", "shared_by_id", "shared_at"], shares)


def _write(table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        raw: sqlite3.Connection = connection.connection
        marks = ", ".join("?" * len(columns))
        raw.execute("BEGIN")
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        raw.execute("COMMIT")
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextlib.contextmanager
def _without_indexes() -> Iterator[None]:
    """Fill first, index afterwards: ten times quicker. The statements are the database's own."""
    tables = ("casework_docket", "casework_docketofficer", "casework_searchentry", "casework_docketuserpermission")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
                f" AND tbl_name IN ({', '.join(repr(table) for table in tables)})"
            )
            found = cursor.fetchall()
            for kind, name, _sql in found:
                cursor.execute(f'DROP {kind} "{name}"')
            again = [sql for _kind, _name, sql in found]
            again += ["INSERT INTO casework_search(casework_search) VALUES ('rebuild')"]
            again += ["INSERT INTO casework_search(casework_search) VALUES ('optimize')"]
        else:
            cursor.execute("SET session_replication_role = replica")  # no foreign key checks
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s)"
                " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
                [list(tables)],
            )
            found = cursor.fetchall()
            for name, _sql in found:
                cursor.execute(f'DROP INDEX "{name}"')
            again = [sql for _name, sql in found]
            again += ["ALTER INDEX casework_search_tokens ALTER COLUMN 1 SET STATISTICS 1000"]
            again += ["SET session_replication_role = DEFAULT"]
    yield
    with connection.cursor() as cursor:
        for sql in again:
            cursor.execute(sql)
