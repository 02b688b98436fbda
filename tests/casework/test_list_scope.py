"""Who sees what in lists: the quick scans show exactly the rows of the plain rule, in the same order, on every page."""

import random
from datetime import timedelta

import pytest
from guardian.shortcuts import assign_perm

from casework.models import Confidentiality, Docket, DocketOfficer, DocketShare, Part
from casework.models.dockets import NO_DATE, DocketQuerySet
from casework.scans import MOST, NO_DEPARTMENT, among, scans, to_read
from core import clock
from core.lists import keyset
from core.lists.keyset import Order, Sort
from organisation.models import RegionLevel
from organisation.scope import Scope
from tests import factories
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db
DUE = Sort("due_key", empty=NO_DATE)


@story
def province(jiangsu):
    """A small province at random: three cities with counties, departments of two lines, officers, 300 dockets."""
    chance = random.Random(20261122)
    regions = []
    for city in ("3201", "3202", "3203"):
        regions.append(factories.make_region(f"{city}00", f"市{city}"))
        regions += [factories.make_region(f"{city}0{n}", f"县{city}{n}", RegionLevel.COUNTY) for n in (1, 2)]
    top = factories.make_department("TOP", "省厅", jiangsu)
    departments = [top] + [
        factories.make_department(f"D{n}", f"局{n}", regions[n], top if n % 2 else None) for n in range(8)
    ]
    officers = [factories.make_officer(department=chance.choice(departments)) for _ in range(6)]
    today = clock.today()
    for _ in range(300):
        docket = factories.make_docket(
            department=chance.choice(departments),
            region=chance.choice(regions),
            officer=chance.choice([*officers, None]),
            stage=chance.choice(["investigating", "approval", "closing"]),
            confidentiality=chance.choice([Confidentiality.INTERNAL] * 4 + [Confidentiality.RESTRICTED]),
            opened_on=today - timedelta(days=chance.randrange(5)),
            next_due_on=chance.choice([None, *(today + timedelta(days=n) for n in range(-3, 4))]),
        )
        if chance.random() < 0.2:
            other = chance.choice(officers)
            DocketOfficer.objects.get_or_create(docket=docket, officer=other, defaults={"part": Part.CO})
        if chance.random() < 0.2:
            share(docket, chance.choice(officers), officers[0])
    return chance, regions, departments, officers


def share(docket, officer, by) -> None:
    assign_perm("view_docket", officer, docket)
    DocketShare.objects.create(docket=docket, officer=officer, reason="协查", shared_by=by, shared_at=clock.now())


def scope_at_random(chance, regions, departments, officers) -> Scope:
    ranges = [("320100", "320199"), ("320000", "329999"), ("320201", "320201"), ("320300", "320399")]
    return Scope(
        departments=frozenset(one.pk for one in chance.sample(departments, chance.choice([0, 0, 1, 2, 5]))),
        regions=tuple(sorted(chance.sample(ranges, chance.choice([0, 0, 0, 1, 2])))),
        officers=frozenset(one.pk for one in chance.sample(officers, chance.choice([0, 1, 1, 2]))),
    )


def plainly(scope: Scope, **narrowed) -> list[int]:
    if scope.is_empty:
        return []
    rows = Docket.objects.filter(DocketQuerySet.seen(scope), **narrowed)
    return list(rows.order_by("due_key", "pk").values_list("pk", flat=True))


def test_scans_show_what_the_plain_rule_shows(province):
    for _ in range(40):
        scope = scope_at_random(*province)
        assert keyset.ids(scans(scope), Order(DUE), limit=None) == plainly(scope), scope


def test_rows_read_by_their_ids_are_those_of_the_plain_rule(province):
    everything = list(Docket.objects.values_list("pk", flat=True))
    for _ in range(40):
        scope = scope_at_random(*province)
        assert set(to_read(scope).values_list("pk", flat=True)) == set(plainly(scope)), scope
        internal = {*plainly(Scope(departments=scope.departments, regions=scope.regions))}
        found = among(scope, everything[::2]).values_list("pk", flat=True)
        assert set(found) == internal & set(everything[::2]), scope


def test_scans_of_a_department_a_city_or_a_stage_show_what_the_plain_rule_shows(province):
    chance, _regions, departments, _officers = province
    for _ in range(30):
        scope = scope_at_random(*province)
        department = chance.choice(departments).pk
        of_department = [
            keyset.each(scan, lambda rows, pk=department: rows.filter(department_id=pk))
            for scan in scans(scope, department=department)
        ]
        assert keyset.ids(of_department, Order(DUE), limit=None) == plainly(scope, department_id=department)
        of_city = [
            keyset.each(scan, lambda rows: rows.filter(region__code__startswith="3202"))
            for scan in scans(scope, city="3202")
        ]
        assert keyset.ids(of_city, Order(DUE), limit=None) == plainly(scope, region__code__startswith="3202")
        of_stage = [
            keyset.each(scan, lambda rows: rows.filter(stage__in=["approval", "closing"]))
            for scan in scans(scope, stages=["approval", "closing"])
        ]
        assert keyset.ids(of_stage, Order(DUE), limit=None) == plainly(scope, stage__in=["approval", "closing"])


def test_a_scope_of_very_many_departments_falls_back_to_one_scan(province):
    _chance, _regions, departments, officers = province
    parts = scans(Scope(departments=frozenset({departments[0].pk})))
    assert len(parts) == 1
    wide = Scope(
        frozenset([one.pk for one in departments[:3]] + list(range(10**6, 10**6 + MOST))),
        (),
        frozenset({officers[0].pk}),
    )
    assert not any(isinstance(scan, keyset.Fan) and scan.marker == NO_DEPARTMENT for scan in scans(wide))
    assert keyset.ids(scans(wide), Order(DUE), limit=None) == plainly(wide)


def test_counts_agree_with_the_rows(province):
    for _ in range(20):
        scope = scope_at_random(*province)
        assert keyset.capped_count(scans(scope), 1000) == len(plainly(scope))
        assert keyset.capped_count(scans(scope), 10) == min(11, len(plainly(scope)))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", [DUE, Sort("opened_on"), Sort("updated_at")])
def test_paging_forth_and_back_meets_every_row_once(province, sort, descending):
    """Many rows share a date: paging by key must neither skip nor repeat one."""
    chance, *rest = province
    for _ in range(5):
        scope = scope_at_random(chance, *rest)
        order = Order(sort, descending)
        everything = keyset.ids(scans(scope), order, limit=None)
        assert len(everything) == len(set(everything))
        pages, place = [], None
        while found := keyset.ids(scans(scope), order, limit=7, place=place):
            pages.append(found)
            place = place_of(found[-1], sort)
        assert [pk for page in pages for pk in page] == everything
        if len(pages) > 1:
            before = keyset.ids(scans(scope), order, limit=7, place=place_of(pages[-1][0], sort), backwards=True)
            assert before[::-1] == pages[-2]


def place_of(pk: int, sort: Sort) -> keyset.Place:
    return keyset.Place(getattr(Docket.objects.get(pk=pk), sort.field), pk)


def test_rows_without_a_date_come_last_in_both_directions(case_officer, docket):
    today = clock.today()
    for days in (3, 1):
        factories.make_docket(
            department=case_officer.department, officer=case_officer, next_due_on=today + timedelta(days=days)
        )
    scope = Scope(departments=frozenset({case_officer.department_id}))
    up = [Docket.objects.get(pk=pk).next_due_on for pk in keyset.ids(scans(scope), Order(DUE), limit=None)]
    down = [Docket.objects.get(pk=pk).next_due_on for pk in keyset.ids(scans(scope), Order(DUE, True), limit=None)]
    assert up == [today + timedelta(days=1), today + timedelta(days=3), None]
    assert down == [today + timedelta(days=3), today + timedelta(days=1), None]


def test_d6_empty_scope_sees_nothing():
    assert scans(Scope()) == []
