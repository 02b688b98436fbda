"""The system administrator sets up departments and renames them; the names before stay with their days."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db.models import F
from django.urls import reverse

from core import clock
from organisation import reference
from organisation.models import Department, DepartmentBrand, DepartmentName
from trail.models import Event

pytestmark = pytest.mark.django_db


def entered(region, parent, **fields):
    return {
        "name": "常州市稀土产业监管中心",
        "short_name": "市稀土监管中心",
        "code": "3204-REOC",
        "level": "city",
        "kind": "REO",
        "region": region.code,
        "parent": parent.pk,
        "brand": "常稀监",
        "calls_itself": "我中心",
        "valid_from": clock.today().isoformat(),
        "basis": "常编发〔2026〕12号",
        **fields,
    }


@pytest.fixture
def page(sysadmin, log_in):
    """What the form answers to what the system administrator enters."""
    client = log_in(sysadmin)
    return lambda url, data: client.post(url, data)


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_a_department_is_set_up_and_officers_can_be_entered_for_it(page, changzhou_epb, province_epb, sysadmin):
    response = page(_new(), entered(changzhou_epb.region, province_epb))
    made = Department.objects.get(code="3204-REOC")
    assert response.url == made.get_absolute_url()
    assert (made.path, made.kept_here) == (f"{province_epb.path}3204-REOC/", True)
    assert made in Department.objects.acting_on(clock.today())
    event = Event.objects.get(verb="organisation.department_open")
    assert (event.actor_id, event.facts["basis"]) == (sysadmin.pk, "常编发〔2026〕12号")


def test_who_does_not_keep_departments_finds_no_door(changzhou_epb, province_epb, outsider, secadmin, log_in):
    for officer in (outsider, secadmin):
        client = log_in(officer)
        assert client.post(_new(), entered(changzhou_epb.region, province_epb)).status_code == 403
        assert client.get(changzhou_epb.get_absolute_url()).content.decode().count("部门更名") == 0
    assert not Department.objects.filter(code="3204-REOC").exists()


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"code": "3204-epd"}, "code", "大写字母"),
        ({"code": "3204-EPD"}, "code", "已被使用"),
        ({"brand": "常环"}, "brand", "常州市生态环境局"),
        ({"name": "测试常州市生态环境局"}, "name", "同名"),
        ({"valid_from": (date.today() + timedelta(days=30)).isoformat()}, "valid_from", "尚未到来"),
        ({"valid_from": "31/31"}, "valid_from", ""),
        ({"basis": ""}, "basis", ""),
        ({"kind": "NONE"}, "kind", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field(page, changzhou_epb, province_epb, wrong, field, said):
    found = errors(page(_new(), entered(changzhou_epb.region, province_epb, **wrong)))
    assert list(found) == [field]
    assert said in found[field][0]


def test_a_superior_must_exist_and_hold_the_region(page, changzhou_epb, xuzhou_epb):
    found = errors(page(_new(), entered(changzhou_epb.region, xuzhou_epb)))
    assert list(found) == ["region"]
    Department.objects.filter(pk=changzhou_epb.pk).update(abolished_on=date(2020, 1, 1))
    assert "parent" in errors(page(_new(), entered(changzhou_epb.region, changzhou_epb)))


def test_a_rename_keeps_the_old_name_with_its_days(page, changzhou_epb, sysadmin):
    day = clock.today() - timedelta(days=3)
    DepartmentName.objects.create(department=changzhou_epb, name=changzhou_epb.name)
    new = {
        "name": "常州市生态环境委员会",
        "short_name": "市生态环境委",
        "valid_from": day.isoformat(),
        "basis": "常编发〔2026〕9号",
    }
    assert page(_rename(changzhou_epb), new).status_code == 302
    changzhou_epb.refresh_from_db()
    assert (changzhou_epb.name, changzhou_epb.name_on(day)) == ("常州市生态环境委员会",) * 2
    assert changzhou_epb.name_on(day - timedelta(days=1)) == "测试常州市生态环境局"
    event = Event.objects.get(verb="organisation.department_rename")
    assert event.facts["before"]["name"] == "测试常州市生态环境局"
    assert event.actor_id == sysadmin.pk

    again = errors(page(_rename(changzhou_epb), new | {"name": "常州市环境局"}))
    assert list(again) == ["valid_from"]
    assert list(errors(page(_rename(changzhou_epb), new))) == ["name"]


class TestTheCharactersOfDocumentNumbers:
    @pytest.fixture
    def new(self):
        day = clock.today().isoformat()
        return {
            "name": "常州市生态环境委员会", "short_name": "市生态环境委", "basis": "常编发〔2026〕9号", "valid_from": day,
            "brand": "常环委", "brand_from": day,
        }  # fmt: skip

    def test_change_with_the_name_where_that_is_entered(self, page, changzhou_epb, new, sysadmin, log_in):
        Department.objects.filter(pk=changzhou_epb.pk).update(brand="常环")
        assert page(_rename(changzhou_epb), new).status_code == 302
        changzhou_epb.refresh_from_db()
        assert changzhou_epb.brand == "常环委"
        event = Event.objects.get(verb="organisation.department_rename")
        assert (event.facts["before"]["brand"], event.facts["after"]["brand"]) == ("常环", "常环委")
        assert event.facts["brand_from"] == new["brand_from"]
        yesterday = clock.today() - timedelta(days=1)
        shown = log_in(sysadmin).get(changzhou_epb.get_absolute_url()).content.decode()
        assert f"{yesterday}前（含当日）：常环" in shown

    def test_stay_where_none_are_entered(self, page, changzhou_epb, new):
        before = changzhou_epb.brand
        assert page(_rename(changzhou_epb), new | {"brand": "", "brand_from": ""}).status_code == 302
        changzhou_epb.refresh_from_db()
        assert changzhou_epb.brand == before

    def test_are_never_taken_over_from_another_authority_that_bore_them(
        self, page, changzhou_epb, xuzhou_epb, province_epb, new
    ):
        Department.objects.filter(pk=changzhou_epb.pk).update(brand="常环")
        assert page(_rename(changzhou_epb), new).status_code == 302
        taken = {"name": "徐州市生态环境委员会", "short_name": "徐州环委", "brand": "常环"}
        assert list(errors(page(_rename(xuzhou_epb), new | taken))) == ["brand"]
        assert list(errors(page(_new(), entered(changzhou_epb.region, province_epb, brand="常环")))) == ["brand"]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"brand": ""}, "brand"),
            ({"brand_from": ""}, "brand_from"),
            ({"brand_from": (date.today() + timedelta(days=30)).isoformat()}, "brand_from"),
            ({"brand_from": "2020-01-01"}, "brand_from"),
        ],
    )
    def test_need_their_day_of_today_or_before_and_not_before_the_name(self, page, changzhou_epb, new, wrong, field):
        assert list(errors(page(_rename(changzhou_epb), new | wrong))) == [field]

    def test_begin_after_those_before_began(self, page, changzhou_epb, new):
        began = clock.today() - timedelta(days=2)
        Department.objects.filter(pk=changzhou_epb.pk).update(brand="常环委")
        DepartmentBrand.objects.create(department=changzhou_epb, brand="常环委", valid_from=began)
        again = new | {"brand": "常生", "valid_from": (began - timedelta(days=5)).isoformat()}
        for day in (began, began - timedelta(days=1)):
            found = errors(page(_rename(changzhou_epb), again | {"brand_from": day.isoformat()}))
            assert list(found) == ["brand_from"]
            assert began.isoformat() in found["brand_from"][0]
        assert page(_rename(changzhou_epb), again | {"brand_from": clock.today().isoformat()}).status_code == 302
        assert not changzhou_epb.brands.filter(valid_to__lt=F("valid_from")).exists()


def test_the_next_load_of_the_reference_data_leaves_a_renamed_department_alone(page, synced_roles, sysadmin):
    reference.load(settings.ROOT / "reference")
    department = Department.objects.get(code="3205-EPD")
    new = {
        "name": "苏州市生态局",
        "short_name": "市生态局",
        "valid_from": clock.today().isoformat(),
        "basis": "苏编〔2026〕1号",
    }
    assert page(_rename(department), new).status_code == 302
    names = list(department.names.values_list("name", "valid_from", "valid_to"))
    reference.load(settings.ROOT / "reference")
    department.refresh_from_db()
    assert (department.name, department.short_name) == ("苏州市生态局", "市生态局")
    assert list(department.names.values_list("name", "valid_from", "valid_to")) == names


def _new():
    return reverse("organisation:department_new")


def _rename(department):
    return reverse("organisation:department_rename", args=[department.code])


# --- an internal office (内设机构) ---------------------------------------------------------------------------------


def test_an_internal_office_is_set_up_and_acts_in_the_name_of_its_authority(page, changzhou_epb, sysadmin, log_in):
    url = _new()
    page(url, entered(changzhou_epb.region, changzhou_epb, is_internal="on", brand="", calls_itself=""))
    made = Department.objects.get(code="3204-REOC")
    assert (made.is_internal, made.internal_source) == (True, "常编发〔2026〕12号")
    assert made.acts_as == changzhou_epb
    assert Event.objects.get(verb="organisation.department_open").facts["after"]["is_internal"] is True
    shown = log_in(sysadmin).get(made.get_absolute_url()).content.decode()
    assert f"以{changzhou_epb.name}的名义" in shown


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"parent": ""}, "parent", "内设机构"),
        ({"brand": "常稀监"}, "brand", "所属机关"),
    ],
)
def test_what_an_internal_office_cannot_be_is_said_at_its_field(page, changzhou_epb, wrong, field, said):
    whole = {"is_internal": "on", "brand": "", "calls_itself": "", **wrong}
    found = errors(page(_new(), entered(changzhou_epb.region, changzhou_epb) | whole))
    assert list(found) == [field]
    assert said in found[field][0]
    assert not Department.objects.filter(code="3204-REOC").exists()


def test_an_internal_office_takes_no_characters_of_its_own_when_it_is_renamed(page, changzhou_epb):
    page(_new(), entered(changzhou_epb.region, changzhou_epb, is_internal="on", brand="", calls_itself=""))
    day = clock.today().isoformat()
    named = {"name": "常州市稀土办公室", "short_name": "市稀土办", "valid_from": day, "basis": "常编发〔2026〕13号"}
    Department.objects.get(code="3204-REOC").names.update(valid_from=clock.today() - timedelta(days=9))
    found = errors(
        page(
            reverse("organisation:department_rename", args=["3204-REOC"]), {**named, "brand": "常稀", "brand_from": day}
        )
    )
    assert list(found) == ["brand"]


def test_a_name_known_by_its_year_ends_on_the_very_day_the_next_begins(page, synced_roles, sysadmin, log_in):
    """How exactly a name's first day is known says nothing of its last: the document of the renaming sets that."""
    reference.load(settings.ROOT / "reference")
    department = Department.objects.get(code="3205-EPD")
    department.names.update(known_to="year")
    today = clock.today()
    new = {
        "name": "苏州市生态局",
        "short_name": "市生态局",
        "valid_from": today.isoformat(),
        "basis": "苏编〔2026〕1号",
    }
    assert page(_rename(department), new).status_code == 302
    shown = log_in(sysadmin).get(department.get_absolute_url()).context["names"]
    ended, present = shown[-2:]
    assert (ended["until"], ended["until_is_exact"]) == ((today - timedelta(1)).isoformat(), True)
    assert (present["from"], present["from_is_exact"]) == (today.isoformat(), True)
    assert ended["from_is_exact"] is False


def test_the_basis_of_an_authority_is_named_as_its_documents_are(synced_roles):
    reference.load(settings.ROOT / "reference")
    said = set(Department.objects.values_list("policy_article", flat=True))
    assert "苏政发〔2012〕6号 六；国发〔2011〕12号（二十一）" in said
    assert not [text for text in said if "§" in text or "国(" in text or ";" in text]
