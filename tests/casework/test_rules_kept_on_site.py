"""A rule edited on site and the files of a later release: the site's versions stand alone, and the load says what it left out."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from casework import deadlines, reference, rule_versions, statutes
from casework.deadlines import kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import PeriodRule
from casework.rule_versions import Wording
from core import clock
from core.errors import RuleBroken

D = date.fromisoformat
FOLDER = settings.ROOT / "reference"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _statutes(monkeypatch, statute_book):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(DeadlineKind(code="test.reinspection", label="复查", rules=("D13",)))
    with clock.pinned(D("2026-11-20")):
        yield


def wording(valid_from="2026-10-01") -> Wording:
    return Wording(D(valid_from), 20, "calendar_day", "办法(2026)第10条", "公报2026年第9号", "high")


@pytest.fixture
def on_site(sysadmin) -> PeriodRule:
    """The administrator's version of a rule that the files of his release held undivided."""
    PeriodRule.objects.filter(code__in=("D13-2", "D13-3")).delete()
    PeriodRule.objects.filter(code="D13").update(valid_to=None)
    rule = PeriodRule.objects.get(code="D13")
    version, _moved = rule_versions.add_version(rule=rule, wording=wording(), after="D13", by=sysadmin)
    return version


def in_force(code: str, on: str) -> list[str]:
    return [rule.code for rule in PeriodRule.objects.called(code) if statutes.in_force(rule, D(on))]


@pytest.mark.parametrize("on", ["2020-01-01", "2021-03-01", "2026-08-15", "2026-09-30", "2026-10-01", "2027-01-01"])
def test_one_version_is_in_force_on_any_day_after_the_files_split_the_rule(on_site, on):
    reference.load(FOLDER)
    assert in_force("D13", on) == ["D13-2" if D(on) >= D("2026-10-01") else "D13"]


def test_a_running_period_keeps_its_version_and_its_date(on_site, docket, case_officer):
    old = deadlines.start(docket=docket, kind="test.reinspection", on=D("2026-09-01"), by=case_officer)
    new = deadlines.start(docket=docket, kind="test.reinspection", on=D("2026-11-01"), by=case_officer)
    before = [(row.rule.code, row.due_on) for row in (old, new)]
    reference.load(FOLDER)
    for row in (old, new):
        row.refresh_from_db()
    assert [(row.rule.code, row.due_on) for row in (old, new)] == before


def test_the_load_says_which_versions_of_the_file_it_left_out_and_why(on_site, capsys):
    for _time in range(2):
        call_command("load_reference")
        said = capsys.readouterr().out
        assert "D13 was edited on site: its versions stand alone" in said
        assert "D13-2 (from 2021-03-01), D13-3 (from 2026-08-15)" in said


def test_a_rule_that_is_the_file_s_own_is_not_spoken_of(statute_book, capsys):
    call_command("load_reference")
    assert "edited on site" not in capsys.readouterr().out


def test_versions_that_an_earlier_load_put_across_one_another_are_named(on_site, capsys):
    across = PeriodRule.objects.get(pk=on_site.pk)
    across.pk, across.code, across.valid_from, across.is_edited = None, "D13-3", D("2026-08-15"), False
    across.save(force_insert=True)
    call_command("load_reference")
    assert "D13-3 and D13-2 are both in force from 2026-10-01" in capsys.readouterr().out


def test_no_version_is_added_that_is_in_force_beside_another(on_site, sysadmin):
    beside = PeriodRule.objects.get(code="D13")
    PeriodRule.objects.filter(pk=beside.pk).update(valid_to=D("2026-12-31"))
    with pytest.raises(RuleBroken) as refused:
        rule_versions.add_version(
            rule=on_site, wording=replace(wording("2026-12-01"), length=15), after="D13-2", by=sysadmin
        )
    assert "D13" in refused.value.reasons[0]
    assert "2015-01-01至2026-12-31" in refused.value.reasons[0]
    assert PeriodRule.objects.called("D13").count() == 2


def test_a_file_with_two_versions_in_force_on_a_day_is_refused(tmp_path):
    folder = _files(tmp_path, {"D13-2": {"valid_to": "2026-08-15"}})
    with pytest.raises(ValueError, match="D13-2 and D13-3 are both in force from 2026-08-15"):
        reference.load(folder)
    assert PeriodRule.objects.get(code="D13-2").valid_to == D("2026-08-14")


def _files(folder: Path, changes: dict[str, dict[str, str]]) -> Path:
    """The reference files with these rules changed."""
    for file in FOLDER.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    path = folder / "period_rules.csv"
    with path.open(encoding="utf-8-sig", newline="") as source:
        found = list(csv.DictReader(source))
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, list(found[0]))
        writer.writeheader()
        writer.writerows(row | changes.get(row["id"], {}) for row in found)
    return folder
