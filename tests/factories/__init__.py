"""Builders of rows for tests: keyword arguments override sensible defaults; each call makes something new."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group

from casework.models import Docket, DocketOfficer, Part
from core import clock
from organisation.models import Department, DepartmentLevel, Officer, Region, RegionLevel
from organisation.roles import Role
from registry.models import Enterprise

PASSWORD = "Xitu-2026-jianguan"
_number = itertools.count(1)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def make_region(code: str = "320400", name: str = "常州市", level: str = RegionLevel.CITY, **fields: Any) -> Region:
    return Region.objects.get_or_create(code=code, defaults={"name": name, "level": level, **fields})[0]


def make_department(
    code: str = "3204-EPD",
    short_name: str = "市生态环境局",
    region: Region | None = None,
    parent: Department | None = None,
    **fields: Any,
) -> Department:
    path = f"{parent.path if parent else '/'}{code}/"
    defaults = {
        "name": fields.pop("name", f"测试{short_name}"),
        "short_name": short_name,
        "level": DepartmentLevel.CITY,
        "region": region or make_region(),
        "parent": parent,
        "path": path,
        "brand": "常环",
        "kind": "EPD",
        "confidence": "high",
        **fields,
    }
    return Department.objects.get_or_create(code=code, defaults=defaults)[0]


def make_officer(*roles: Role, department: Department | None = None, **fields: Any) -> Officer:
    n = next(_number)
    fields.setdefault("username", f"officer{n}")
    fields.setdefault("name", f"测试{n}")
    fields.setdefault("email", f"{fields['username']}@example.test")
    fields.setdefault("certificate_number", f"苏D{n:06d}")
    fields.setdefault("certificate_expires_on", clock.today() + timedelta(days=700))
    officer = Officer(department=department or make_department(), **fields)
    # A cheap hash: tests log in by session, and the few that type a password check only that it is the right one.
    officer.set_password(PASSWORD)
    officer.save()
    for role in roles:
        officer.groups.add(Group.objects.get_or_create(name=role.code)[0])
    return officer


def credit_code(n: int, region: str = "320400") -> str:
    """A valid unified social credit code (GB 32100-2015) that belongs to nobody."""
    body = f"91{region}MA{n:07d}"
    stem = f"{body[:16]}{ALPHABET[n % 31]}"
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(stem, WEIGHTS, strict=True))
    return stem + ALPHABET[(31 - total % 31) % 31]


def make_enterprise(**fields: Any) -> Enterprise:
    n = next(_number)
    region = fields.pop("region", None) or make_region()
    fields.setdefault("credit_code", credit_code(n, region.code))
    fields.setdefault("name", f"常州试验稀土材料{n}有限公司")
    fields.setdefault("legal_representative", "钱测试")
    fields.setdefault("address", "江苏省常州市试验路1号")
    return Enterprise.objects.create(region=region, **fields)


def make_docket(**fields: Any) -> Docket:
    n = next(_number)
    department = fields.pop("department", None) or make_department()
    officer = fields.pop("officer", None)
    fields.setdefault("number", f"测立〔2026〕{n}号")
    fields.setdefault("kind", "rectification")
    fields.setdefault("title", "超总量控制指标生产")
    fields.setdefault("stage", "investigating")
    fields.setdefault(
        "opened_on", clock.today() if not isinstance(fields.get("opened_on"), date) else fields["opened_on"]
    )
    fields.setdefault("updated_at", clock.now())
    docket = Docket.objects.create(
        department=department, officer=officer, region=fields.pop("region", None) or department.region, **fields
    )
    if officer:
        DocketOfficer.objects.create(docket=docket, officer=officer, part=Part.LEAD)
    return docket


def make_lead(violation: Any, *, enterprise: Any = None, **fields: Any) -> Docket:
    """The docket of a lead that is to be decided, with its lead: a matter whose page can be opened."""
    from enforcement.leads.models import Lead, Origin

    enterprise = enterprise or make_enterprise()
    docket = make_docket(kind="lead", stage="registered", enterprise=enterprise, **fields)
    Lead.objects.create(
        docket=docket,
        enterprise=enterprise,
        origin=Origin.REPORT,
        violation=violation,
        facts="废水外排",
        stage="registered",
        received_on=docket.opened_on,
    )
    return docket
