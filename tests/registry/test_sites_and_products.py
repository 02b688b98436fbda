"""Sites, process lines and products of an enterprise."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import RuleBroken
from registry import rules, selectors, services
from registry.editing import Conflict
from registry.models import Element, Facility, LineStatus, MaterialClass, ProcessLine, Product, Technique
from trail.models import Event

TODAY = date(2026, 11, 23)
POSITION = {
    "longitude_deg": Decimal("119.486100"),
    "latitude_deg": Decimal("31.420300"),
    "accuracy_m": 12,
    "coordinate_source": "gnss",
}


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.pinned(TODAY):
        yield


def test_a_site_takes_the_region_of_its_enterprise_and_keeps_its_position(enterprise, case_officer):
    site = services.add_facility(enterprise=enterprise, by=case_officer, values={"name": "一厂", **POSITION})
    site.refresh_from_db()
    assert site.region == enterprise.region
    assert site.position == "119.486100, 31.420300 ±12 m"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"longitude_deg": Decimal("119.4")}, "latitude_deg"),
        ({"latitude_deg": Decimal("31.4")}, "longitude_deg"),
        ({"longitude_deg": Decimal("119.4"), "latitude_deg": Decimal("31.4")}, "coordinate_source"),
        ({**POSITION, "latitude_deg": Decimal("95")}, "latitude_deg"),
        ({**POSITION, "longitude_deg": Decimal("181")}, "longitude_deg"),
    ],
)
def test_half_a_position_is_refused_at_its_field(enterprise, case_officer, values, field):
    with pytest.raises(RuleBroken) as refused:
        services.add_facility(enterprise=enterprise, by=case_officer, values={"name": "一厂", **values})
    assert refused.value.field == field
    assert not Facility.objects.exists()


@pytest.mark.parametrize("wrong", [{"latitude_deg": None}, {"coordinate_source": ""}, {"latitude_deg": Decimal(91)}])
def test_the_database_refuses_it_too(facility, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Facility.objects.filter(pk=facility.pk).update(**(POSITION | wrong))


def test_a_position_outside_jiangsu_is_a_doubt_and_no_refusal():
    beijing = list(rules.position_doubts(Decimal("116.40"), Decimal("39.90")))
    swapped = list(rules.position_doubts(Decimal("31.42"), Decimal("119.49")))
    assert beijing == ["The position lies outside Jiangsu."]
    assert swapped == ["Longitude and latitude seem to be exchanged."]
    assert not list(rules.position_doubts(Decimal("119.49"), Decimal("31.42"), 20))


def test_two_sites_of_an_enterprise_bear_different_names(facility, enterprise, case_officer):
    with pytest.raises(RuleBroken) as refused:
        services.add_facility(enterprise=enterprise, by=case_officer, values={"name": facility.name})
    assert refused.value.field == "name"


def test_an_outsider_adds_no_site(outsider, enterprise):
    with pytest.raises(PermissionDenied):
        services.add_facility(enterprise=enterprise, by=outsider, values={"name": "一厂"})


def test_a_site_with_operating_lines_is_not_closed(facility, line, case_officer):
    with pytest.raises(RuleBroken):
        services.change_facility(facility=facility, by=case_officer, version=1, values={"is_closed": True})


def test_the_second_editor_of_a_site_is_told(facility, case_officer, second_officer):
    services.change_facility(facility=facility, by=case_officer, version=1, values={"address": "甲路"})
    with pytest.raises(Conflict) as conflict:
        services.change_facility(facility=facility, by=second_officer, version=1, values={"address": "乙路"})
    assert [(d.theirs, d.mine) for d in conflict.value.differences] == [("甲路", "乙路")]
    assert conflict.value.edits[0].who == case_officer.name


@pytest.mark.parametrize("capacity", [Decimal(0), Decimal("-1")])
def test_a_capacity_is_above_zero_in_the_verb_and_in_the_database(facility, technique, case_officer, line, capacity):
    with pytest.raises(RuleBroken) as refused:
        services.change_line(line=line, by=case_officer, version=1, values={"capacity_t_reo_per_year": capacity})
    assert refused.value.field == "capacity_t_reo_per_year"
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessLine.objects.filter(pk=line.pk).update(capacity_t_reo_per_year=capacity)


def test_d10_capacity_is_decimal_to_the_kilogram(line):
    line.refresh_from_db()
    assert line.capacity_t_reo_per_year == Decimal("2500.500")


def test_a_line_stops_with_a_reason_and_its_event_stands_in_the_chain_of_the_enterprise(line, enterprise, case_officer):
    services.change_line_status(line=line, by=case_officer, version=1, status="suspended", on=TODAY, reason="检修")
    event = Event.objects.get(verb="registry.line_status")
    assert (event.subject_type, event.subject_id) == ("registry.enterprise", str(enterprise.pk))
    assert (event.facts["part"], event.facts["where"], event.facts["reason"]) == ("一号线", "一厂", "检修")


def test_a_line_is_not_added_to_a_closed_site(facility, technique, case_officer):
    services.change_facility(facility=facility, by=case_officer, version=1, values={"is_closed": True})
    facility.refresh_from_db()
    with pytest.raises(RuleBroken):
        services.add_line(
            facility=facility,
            by=case_officer,
            values={"name": "二号线", "technique": technique, "capacity_t_reo_per_year": Decimal(1)},
        )


def test_capacity_sums_count_lines_that_operate_or_could(facility, line, technique, case_officer, enterprise):
    for name, status, tonnes in (("二号线", LineStatus.SUSPENDED, "500"), ("三号线", LineStatus.DISMANTLED, "900")):
        values = {"name": name, "technique": technique, "capacity_t_reo_per_year": Decimal(tonnes), "status": status}
        services.add_line(facility=facility, by=case_officer, values=values)
    sums = selectors.sites_of(enterprise)
    assert sums.capacity_t_reo_per_year == Decimal("3000.5")
    assert sums.operating_t_reo_per_year == Decimal("2500.5")
    assert sums.separation_t_reo_per_year == Decimal("3000.5")
    assert selectors.capacities([enterprise.pk]) == {enterprise.pk: Decimal("3000.5")}


def test_an_operating_line_with_an_obsolete_technique_is_pointed_out(facility, line, case_officer, enterprise):
    Technique.objects.filter(pk=line.technique_id).update(is_obsolete=True, basis="国发〔2011〕12号（十七）")
    doubts = selectors.sites_of(enterprise).sites[0].doubts
    assert len(doubts) == 1
    assert "国发〔2011〕12号" in doubts[0]


def test_an_obsolete_technique_cites_its_basis(technique):
    with pytest.raises(IntegrityError), transaction.atomic():
        Technique.objects.filter(pk=technique.pk).update(is_obsolete=True)


def test_separation_below_the_size_for_quotas_is_pointed_out():
    assert list(rules.capacity_doubts(separates=True, capacity_t_reo_per_year=Decimal("1999.9")))
    assert not list(rules.capacity_doubts(separates=True, capacity_t_reo_per_year=Decimal(2000)))
    assert not list(rules.capacity_doubts(separates=False, capacity_t_reo_per_year=Decimal(1)))


def test_a_product_names_its_class_elements_and_content(enterprise, case_officer, reference_data):
    magnetic = MaterialClass.objects.get(pk="magnetic")
    elements = list(Element.objects.filter(symbol__in=["Nd", "Pr"]))
    values = {"name": "镨钕金属", "material_class": magnetic, "elements": elements, "reo_percent": Decimal("99.5")}
    product = services.add_product(enterprise=enterprise, by=case_officer, values=values)
    assert set(product.elements.all()) == set(elements)
    assert sorted(Event.objects.get(verb="registry.product_add").facts["after"]["elements"]) == ["钕 Nd", "镨 Pr"]


@pytest.mark.parametrize("percent", [Decimal(0), Decimal("100.001")])
def test_a_content_is_above_0_and_at_most_100(enterprise, case_officer, percent):
    with pytest.raises(RuleBroken) as refused:
        services.add_product(enterprise=enterprise, by=case_officer, values={"name": "氧化钕", "reo_percent": percent})
    assert refused.value.field == "reo_percent"


def test_a_removed_product_stays_in_the_trail(enterprise, case_officer):
    product = services.add_product(enterprise=enterprise, by=case_officer, values={"name": "氧化钕"})
    services.remove_product(product=product, by=case_officer, reason="停产")
    assert not Product.objects.exists()
    assert Event.objects.get(verb="registry.product_remove").facts["part"] == "氧化钕"
