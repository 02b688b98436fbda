"""Fixtures that every test may use. An outsider is always in the room."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from casework.models import Docket
from organisation import roles
from organisation.models import Department, DepartmentLevel, Officer, Region, RegionLevel
from registry.models import Enterprise
from tests import factories
from tests.plugins import stock
from tests.plugins.stories import story


@pytest.fixture(autouse=True)
def _fast_and_contained(settings, tmp_path, monkeypatch):
    """A cheap password hash, files in a folder of their own, mails in memory, Chinese unless a test asks otherwise."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.AXES_ENABLED = False


@story
def synced_roles(db) -> None:
    """Groups and permissions as the code declares them."""
    stock.provide(stock.ROLES, roles.sync_roles)


@story
def jiangsu(db) -> Region:
    return factories.make_region("320000", "江苏省", RegionLevel.PROVINCE)


@story
def province_epb(jiangsu: Region) -> Department:
    return factories.make_department("JS-EPD", "省生态环境厅", jiangsu, level=DepartmentLevel.PROVINCE, brand="苏环")


@story
def changzhou_epb(province_epb: Department) -> Department:
    return factories.make_department(
        "3204-EPD", "常州市生态环境局", factories.make_region(), province_epb, brand="常环"
    )


@story
def xuzhou_epb(province_epb: Department) -> Department:
    region = factories.make_region("320300", "徐州市")
    return factories.make_department("3203-EPD", "徐州市生态环境局", region, province_epb, brand="徐环")


def _officer(role: roles.Role, department: Department, name: str, **fields) -> Officer:
    return factories.make_officer(role, department=department, name=name, **fields)


@story
def case_officer(synced_roles, changzhou_epb) -> Officer:
    return _officer(roles.CASE_OFFICER, changzhou_epb, "王测试", username="anjian")


@story
def second_officer(synced_roles, changzhou_epb) -> Officer:
    return _officer(roles.CASE_OFFICER, changzhou_epb, "李测试", username="anjian2")


@story
def inspector(synced_roles, changzhou_epb) -> Officer:
    return _officer(roles.INSPECTOR, changzhou_epb, "陈测试", username="jiancha")


@story
def legal_reviewer(synced_roles, changzhou_epb) -> Officer:
    return _officer(roles.LEGAL_REVIEWER, changzhou_epb, "张测试", username="fazhi", legally_qualified=True)


@story
def head(synced_roles, changzhou_epb) -> Officer:
    return _officer(roles.DEPARTMENT_HEAD, changzhou_epb, "周测试", username="fuzeren")


@story
def supervisor(synced_roles, province_epb) -> Officer:
    return _officer(roles.SUPERVISOR, province_epb, "吴测试", username="duban")


@story
def coordinator(synced_roles, province_epb) -> Officer:
    return _officer(roles.COORDINATION_OFFICER, province_epb, "郑测试", username="xietiao")


@story
def auditor(synced_roles, province_epb) -> Officer:
    return _officer(roles.AUDITOR, province_epb, "冯测试", username="shenji")


@story
def sysadmin(synced_roles, province_epb) -> Officer:
    return _officer(roles.SYSTEM_ADMINISTRATOR, province_epb, "褚测试", username="xitong")


@story
def secadmin(synced_roles, province_epb) -> Officer:
    return _officer(roles.SECURITY_ADMINISTRATOR, province_epb, "卫测试", username="anquan")


@story
def outsider(synced_roles, xuzhou_epb) -> Officer:
    """A case officer of another city: must neither see nor touch what Changzhou handles."""
    return _officer(roles.CASE_OFFICER, xuzhou_epb, "外测试", username="waidi")


@story
def enterprise(changzhou_epb) -> Enterprise:
    return factories.make_enterprise(region=changzhou_epb.region)


@story
def docket(case_officer, enterprise) -> Docket:
    return factories.make_docket(department=case_officer.department, officer=case_officer, enterprise=enterprise)


@pytest.fixture
def log_in() -> Callable[[Officer], Client]:
    """A browser-like client with the officer logged in."""

    def enter(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer, backend="organisation.backends.OfficerBackend")
        return client

    return enter


@story
def statute_book(db) -> None:
    """Calendar, periods, violations and forms as the project keeps them."""
    from casework import reference

    stock.provide(stock.STATUTE_BOOK, lambda: reference.load(settings.ROOT / "reference"))
