"""Elements, material classes, techniques and customs codes: loaded from the files, kept by the system administrator."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleBroken
from registry import reference, services
from registry.editing import Conflict
from registry.models import Element, HsCode, MaterialClass, Technique
from registry.models.reference import is_trusted
from trail.models import Event

FOLDER = Path(settings.ROOT) / "reference"


def rows_in(name: str) -> int:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _row in csv.DictReader(file))


def test_every_row_of_every_file_is_loaded(reference_data):
    assert Element.objects.count() == rows_in("elements.csv") == 17
    assert HsCode.objects.count() == rows_in("hs_codes.csv")
    assert MaterialClass.objects.count() == rows_in("material_classes.csv") == 6
    assert Technique.objects.count() == rows_in("techniques.csv")


def test_loading_twice_changes_nothing(reference_data):
    before = list(HsCode.objects.order_by("pk").values())
    again = reference.load(FOLDER)
    assert (again.created, again.updated) == ({}, {})
    assert list(HsCode.objects.order_by("pk").values()) == before


def test_a_corrected_file_corrects_the_row(reference_data):
    Element.objects.filter(pk="La").update(factor_element_to_oxide=Decimal("1.2"))
    assert reference.load(FOLDER).updated == {"element": 1}
    assert Element.objects.get(pk="La").factor_element_to_oxide == Decimal("1.17276")


def test_what_the_administrator_corrected_is_left_as_he_left_it(reference_data, sysadmin):
    row = HsCode.objects.get(code="28469018")
    services.change_hs_code(hs_code=row, by=sysadmin, version=1, values={"note": "已核", "source": "2026税则"})
    assert reference.load(FOLDER).updated == {}
    row.refresh_from_db()
    assert row.note == "已核"


def test_a_missing_file_is_an_error_that_names_it(db, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"elements\.csv"):
        reference.load(tmp_path)


@pytest.mark.parametrize(
    ("since", "day"),
    [
        ("2010税则", date(2010, 1, 1)),
        ("2014税则(2010-2013为28469030 氟化稀土)", date(2014, 1, 1)),
        ("2011-05-20纳入出口配额许可证管理", date(2011, 5, 20)),
        ("2014(须核实)", date(2014, 1, 1)),
        ("2025", date(2025, 1, 1)),
        ("<=2012", None),
        (">2014(须核实)", None),
        ("2014前后(须核实)", None),
        ("须核实", None),
        ("", None),
    ],
)
def test_a_note_fixes_a_first_day_or_none(since, day):
    assert reference.first_day(since) == day


def test_a_code_that_was_divided_ends_where_the_finer_codes_begin(reference_data):
    fluorides = HsCode.objects.get(code="28469030")
    assert (fluorides.valid_from, fluorides.valid_to, fluorides.is_verified) == (
        date(2010, 1, 1),
        date(2013, 12, 31),
        True,
    )
    # Nothing but its own note tells when this one was divided: likely, not proved.
    others = HsCode.objects.get(code="28469090")
    assert (others.valid_to, others.is_verified) == (date(2013, 12, 31), False)
    codes = HsCode.objects.filter(code__startswith="2846903")
    assert not codes.valid_on(date(2014, 1, 1)).filter(code="28469030").exists()
    assert list(codes.valid_on(date(2012, 6, 1)).values_list("code", flat=True)) == ["28469030"]


@pytest.mark.parametrize(
    ("confidence", "text", "trusted"),
    [
        ("high", "", True),
        ("high(name)/n.a.(trade)", "", True),
        ("high", "2014(须核实)", False),
        ("high(10%名称)/medium(2011-05-20)", "", False),
        ("medium", "", False),
        ("", "", False),
    ],
)
def test_only_what_is_marked_high_throughout_counts_as_verified(confidence, text, trusted):
    assert is_trusted(confidence, text) is trusted


def test_elements_whose_control_must_be_checked_are_unverified(reference_data):
    assert set(Element.objects.filter(is_verified=False).values_list("symbol", flat=True)) == {
        "Eu",
        "Ho",
        "Er",
        "Tm",
        "Yb",
    }


def test_the_administrator_vouches_for_a_row_and_names_the_source(reference_data, sysadmin):
    row = HsCode.objects.get(code="28469018")
    with pytest.raises(RuleBroken) as refused:
        services.change_hs_code(hs_code=row, by=sysadmin, version=1, values={"is_verified": True, "source": " "})
    assert refused.value.field == "source"
    done = services.change_hs_code(
        hs_code=row, by=sysadmin, version=1, values={"is_verified": True, "source": "2026年进出口税则"}
    )
    assert done.is_verified
    assert Event.objects.get(verb="registry.hs_code_change").facts["after"]["is_verified"] is True


@pytest.mark.parametrize("role", ["case_officer", "head", "supervisor", "auditor", "secadmin"])
def test_nobody_else_changes_reference_data(reference_data, role, request):
    row = HsCode.objects.get(code="28469018")
    with pytest.raises(PermissionDenied):
        services.change_hs_code(hs_code=row, by=request.getfixturevalue(role), version=1, values={"note": "x"})


def test_two_administrators_at_one_element(reference_data, sysadmin):
    element = Element.objects.get(pk="Eu")
    services.change_element(element=element, by=sysadmin, version=1, values={"export_control": "已恢复"})
    with pytest.raises(Conflict):
        services.change_element(element=element, by=sysadmin, version=1, values={"export_control": "暂停"})


def test_a_source_is_edited_in_the_officers_language_and_kept_in_one(reference_data, sysadmin, log_in):
    client, address = log_in(sysadmin), reverse("registry:change_element", args=["La"])
    kept = Element.objects.get(pk="La").source
    assert kept.startswith("published text")
    shown = client.get(address).context["form"]["source"].value()
    assert shown.startswith("已公布文本")
    form = {"version": "1", "note": "无", "_once": str(uuid4()), "source": shown}
    assert client.post(address, form).status_code == 302
    element = Element.objects.get(pk="La")
    assert (element.note, element.source) == ("无", kept)


@pytest.mark.parametrize("code", ["2846901", "284690181", "2846901A", "２８４６９０１８"])
def test_a_customs_code_has_8_or_10_digits(reference_data, sysadmin, code):
    with pytest.raises(RuleBroken) as refused:
        services.create_hs_code(by=sysadmin, values={"code": code, "name": "货物", "category": "氧化物"})
    assert refused.value.field == "code"


def test_an_oxide_weighs_what_its_formula_says(reference_data):
    for element in Element.objects.all():
        product = element.factor_element_to_oxide * element.factor_oxide_to_element
        assert abs(product - 1) < Decimal("0.0001"), element
