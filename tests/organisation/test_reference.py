"""Regions and authorities from the project's CSV files."""

import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db.models import Count

from organisation import reference
from organisation.models import Department, DepartmentName, Region, RegionLevel
from organisation.services.accounts import Account, open_account
from tests.plugins.stories import story
from trail.recording import SYSTEM

FOLDER = Path(__file__).resolve().parents[2] / "reference"
pytestmark = pytest.mark.django_db


@story
def loaded(db):
    return reference.load(FOLDER)


def test_jiangsu_has_thirteen_cities_and_ninety_five_counties(loaded):
    today = Region.objects.valid_on(date(2026, 11, 22))
    assert today.filter(level=RegionLevel.CITY).count() == 13
    assert today.filter(level=RegionLevel.COUNTY).count() == 95


def test_loading_again_changes_nothing(loaded):
    again = reference.load(FOLDER)
    assert again.changed == 0
    assert (again.regions, again.departments, again.names) == (loaded.regions, loaded.departments, loaded.names)


def test_the_five_bases_are_marked(loaded):
    bases = Region.objects.filter(is_industrial_base=True).values_list("name", flat=True)
    assert set(bases) == {"宜兴市", "常熟市", "溧阳市", "沛县", "阜宁县"}


@pytest.mark.parametrize(
    ("old", "new", "day_before", "day_after"),
    [
        ("320482", "320413", date(2012, 6, 1), date(2016, 1, 1)),  # 金坛
        ("320584", "320509", date(2012, 1, 29), date(2013, 1, 1)),  # 吴江
        ("320124", "320117", date(2012, 6, 1), date(2013, 6, 1)),  # 溧水
        ("321284", "321204", date(2012, 6, 1), date(2013, 1, 1)),  # 姜堰
        ("320684", "320614", date(2020, 1, 1), date(2021, 1, 1)),  # 海门
    ],
)
def test_a_code_that_changed_is_good_until_its_last_day_and_names_its_successor(
    loaded, old, new, day_before, day_after
):
    then, now = set(Region.objects.valid_on(day_before)), set(Region.objects.valid_on(day_after))
    former, later = Region.objects.get(pk=old), Region.objects.get(pk=new)
    assert former in then
    assert former not in now
    assert later in now
    assert later not in then
    assert former.successor == later
    assert former.is_valid_on(day_before)
    assert not former.is_valid_on(day_after)


def test_every_region_lies_within_its_superior(loaded):
    for region in Region.objects.filter(level__in=[RegionLevel.CITY, RegionLevel.COUNTY]).select_related("parent"):
        first, last = region.parent.code_range
        assert first <= region.code <= last


def test_what_is_not_certain_is_marked(loaded):
    assert not Region.objects.get(pk="320904").is_verified  # the day of 大丰 is not certain
    assert Region.objects.get(pk="320102").is_verified
    assert not Department.objects.get(code="JS-REO").is_verified


@pytest.mark.parametrize(
    ("code", "then", "now"),
    [
        ("JS-MIIT", "江苏省经济和信息化委员会", "江苏省工业和信息化厅"),
        ("JS-EPD", "江苏省环境保护厅", "江苏省生态环境厅"),
        ("3204-EPD", "常州市环境保护局", "常州市生态环境局"),
        ("320481-EPD", "溧阳市环境保护局", "常州市溧阳生态环境局"),
        ("3203-AIC", "徐州市工商行政管理局", "徐州市市场监督管理局"),
        ("N-MEP", "环境保护部", "生态环境部"),
        ("JS-COM", "江苏省商务厅", "江苏省商务厅"),
    ],
)
def test_an_authority_bore_its_name_of_the_day(loaded, code, then, now):
    department = Department.objects.get(code=code)
    assert department.name_on(date(2012, 1, 29)) == then
    assert department.name_on(date(2026, 11, 22)) == now
    assert department.name == now


def test_names_follow_one_another_without_gap_or_overlap(loaded):
    for department in Department.objects.prefetch_related("names"):
        names = sorted(department.names.all(), key=lambda name: name.valid_from or date.min)
        assert names
        for earlier, later in pairwise(names):
            assert earlier.valid_to + timedelta(days=1) == later.valid_from


def test_an_authority_that_was_merged_names_who_carries_on(loaded):
    merged = Department.objects.get(code="JS-CIQ")
    assert merged.successor.code == "CUS-NJ"
    assert merged.exists_on(date(2018, 4, 19))
    assert not merged.exists_on(date(2018, 4, 20))
    assert merged not in Department.objects.acting_on(date(2020, 1, 1))


def test_each_city_has_its_six_authorities_and_each_base_its_branches(loaded):
    for city in Region.objects.filter(level=RegionLevel.CITY):
        kinds = set(Department.objects.filter(region=city).values_list("kind", flat=True))
        assert kinds == {"GOV", "MIIT", "EPD", "AIC", "SAFE", "COM"}
    for county in ("320282", "320581", "320481", "320322", "320923", "320281"):
        assert Department.objects.get(code=f"{county}-EPD").parent.code == f"{county[:4]}-EPD"


def test_the_path_is_the_chain_of_superiors(loaded):
    for department in Department.objects.select_related("parent"):
        above = department.parent.path if department.parent else "/"
        assert department.path == f"{above}{department.code}/"


def test_no_two_authorities_share_their_characters_for_document_numbers(loaded):
    """Two series with one name would give one number twice (defect D5)."""
    shared = Department.objects.exclude(brand="").values("brand").annotate(n=Count("pk")).filter(n__gt=1)
    assert list(shared) == []


def test_every_authority_that_handles_cases_has_characters(loaded):
    lines = ["MIIT", "REO", "EPD", "AIC", "SAFE", "COM"]
    assert not Department.objects.filter(kind__in=lines, uses_portal=True, brand="").exists()


def test_a_correction_in_the_file_reaches_the_database_and_officers_stay(loaded, tmp_path):
    department = Department.objects.get(code="3204-EPD")
    officer, _password = open_account(account=Account("zhouxin", "周新", department), by=SYSTEM)
    for name in ("regions.csv", "departments.csv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    file = tmp_path / "departments.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            "{市}生态环境局,{市}生态环境局", "{市}生态环境和林业局,{市}生态环境局"
        ),
        encoding="utf-8",
    )
    assert reference.load(tmp_path).changed > 0
    officer.refresh_from_db()
    assert officer.department_id == department.pk
    assert Department.objects.get(pk=department.pk).name == "常州市生态环境和林业局"
    assert not DepartmentName.objects.filter(department=department, name="常州市生态环境局").exists()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (("320102,玄武区,county", "320102,玄武区,hamlet"), "regions.csv row"),
        (("2013-02-07", "2013-02-30"), "no date"),
    ],
)
def test_a_row_that_makes_no_sense_is_named_and_nothing_is_loaded(synced_roles, tmp_path, broken, said):
    for name in ("regions.csv", "departments.csv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    file = tmp_path / "regions.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(*broken), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        reference.load(tmp_path)
    assert not Region.objects.exists()


def test_a_superior_that_is_not_in_the_file_is_named(synced_roles, tmp_path):
    for name in ("regions.csv", "departments.csv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    file = tmp_path / "departments.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("REO,JS-MIIT", "REO,JS-NONE"), encoding="utf-8")
    with pytest.raises(ValueError, match="JS-NONE"):
        reference.load(tmp_path)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        reference.load(tmp_path)


# --- on the screen ------------------------------------------------------------------------------------------------


def test_the_list_shows_today_s_name_and_that_of_2012(loaded, log_in, case_officer):
    page = log_in(case_officer).get("/departments/", {"q": "JS-MIIT"}).content.decode()
    assert "江苏省工业和信息化厅" in page
    assert "江苏省经济和信息化委员会" in page


def test_an_authority_is_found_by_a_name_it_no_longer_bears(loaded, log_in, case_officer):
    page = log_in(case_officer).get("/departments/", {"q": "江苏省环境保护厅"}).content.decode()
    assert "江苏省生态环境厅" in page


def test_the_page_shows_the_names_with_their_days_and_what_is_to_be_verified(loaded, log_in, case_officer):
    page = log_in(case_officer).get("/departments/3204-EPD/").content.decode()
    assert "常州市环境保护局" in page
    assert "待核实" in page
    assert "2018-12-31" not in page, "a date known to the year is not shown to the day"


def test_an_abolished_authority_says_so(loaded, log_in, case_officer):
    page = log_in(case_officer).get("/departments/JS-CIQ/").content.decode()
    assert "已撤并" in page
    assert "南京海关" in page


def test_an_unknown_department_is_not_found(loaded, log_in, case_officer):
    assert log_in(case_officer).get("/departments/JS-NONE/").status_code == 404


def test_the_list_costs_the_same_whatever_it_holds(loaded, log_in, case_officer, django_assert_max_num_queries):
    client = log_in(case_officer)
    client.get("/departments/")
    with django_assert_max_num_queries(25):
        client.get("/departments/", {"size": "100"})
