"""A rule cites law that was in force while the rule was, and is no more certain than the law it rests on."""

import json
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.management import call_command

from casework import deadlines, reference, statutes
from casework.citations import name_of, pieces, place, spelled_out
from casework.deadlines import explain, kinds
from casework.deadlines.kinds import DeadlineKind
from casework.models import Instrument, PeriodRule, Violation
from core import clock
from core.labels import OFFICIAL_NAMES, in_print
from tests.factories import make_docket
from trail.recording import SYSTEM

FOLDER = settings.ROOT / "reference"
D = date.fromisoformat
FILES = (("period_rules.csv", "id"), ("penalty_bases.csv", "code"))
CODE = D("2026-08-15")  # first day of the 生态环境法典
INSTRUMENTS = {row.title: row for row in reference.read_instruments(FOLDER)}


def cited_by(name, key):
    """(code, first day, last day, instrument) for everything a row of the file rests on."""
    citations, former = reference.read_citations(FOLDER), ""
    for row in reference.rows(FOLDER, name):
        former = spelled_out(row["legal_basis"], former)
        first, last = reference.dated(row["valid_from"])[0], reference.dated(row["valid_to"])[0]
        for piece in pieces(former):
            yield row[key], first, last, INSTRUMENTS[place(piece, citations)[0].title]


@pytest.mark.parametrize(("name", "key"), FILES)
def test_no_basis_is_younger_than_the_rule_or_repealed_before_it_ends(name, key):
    found = list(cited_by(name, key))
    assert len(found) > 40
    too_young = [
        (code, law.title) for code, first, _last, law in found if law.valid_from and first and law.valid_from > first
    ]
    repealed = [
        (code, law.title) for code, _first, last, law in found if law.valid_to and (last or date.max) > law.valid_to
    ]
    assert (too_young, repealed) == ([], [])


def in_doubt_within(law, last):
    """Is it to be verified whether the instrument was in force, for a day up to the last one?"""
    if "法典" in law.status and "核对" in law.status:
        return last is None or last >= CODE
    return law.needs_check


def test_no_period_is_more_certain_than_the_law_it_rests_on():
    rules = {rule.code: rule for rule in reference.read_rules(FOLDER)}
    doubtful = {code for code, _first, last, law in cited_by(*FILES[0]) if in_doubt_within(law, last)}
    assert "D13-3" in doubtful
    assert {"D13", "D13-2"}.isdisjoint(doubtful)
    assert {code for code in doubtful if rules[code].is_verified} == set()


def test_what_the_law_left_in_doubt_is_named_in_the_note():
    for rule in reference.read_rules(FOLDER):
        if rule.version_of is not None and not rule.is_verified:
            assert "待核实" in rule.note, rule.code


def test_versions_of_a_rule_follow_each_other_without_gap_or_overlap():
    versions: dict[str, list[PeriodRule]] = {}
    for rule in reference.read_rules(FOLDER):
        versions.setdefault(rule.first_version.code, []).append(rule)
    split = [found for found in versions.values() if len(found) > 1]
    assert len(split) > 20
    for found in split:
        assert [rule.code for rule in found] == [
            found[0].code,
            *(f"{found[0].code}-{n}" for n in range(2, len(found) + 1)),
        ]
        assert all(a.valid_to + timedelta(days=1) == b.valid_from for a, b in pairwise(found))
        assert found[-1].valid_to is None


@pytest.mark.parametrize(("short", "official"), OFFICIAL_NAMES.items())
def test_a_name_in_print_is_that_of_the_instrument_which_the_short_one_cites(short, official):
    known = reference.read_citations(FOLDER)
    assert place(f"{short}第1条", known)[0].title == place(f"{official}第1条", known)[0].title == official


@pytest.mark.parametrize(("name", "key"), FILES)
def test_the_files_cite_no_law_by_a_name_that_is_printed_otherwise(name, key):
    cited = {name_of(piece) for row in reference.rows(FOLDER, name) for piece in pieces(row["legal_basis"])}
    assert cited.isdisjoint(OFFICIAL_NAMES)


def explained(code, on):
    out = StringIO()
    call_command("explain_deadline", code, on, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "on", "basis", "verified"),
    [
        ("D31", "2012-03-01", "行政处罚法（1996/2009）第四十六条", True),
        ("D31", "2026-03-02", "行政处罚法（2021）第六十七条", True),
        ("D48", "2013-05-06", "行政处罚法（1996/2009）第二十九条", True),
        ("D13", "2016-03-01", "环境保护主管部门实施按日连续处罚办法第十条", True),
        ("D13", "2022-03-01", "环境保护主管部门实施按日连续处罚办法第十条；排污许可管理条例第三十八条", True),
        (
            "D13",
            "2026-11-20",
            "环境保护主管部门实施按日连续处罚办法第十条；排污许可管理条例第三十八条；生态环境法典第一千零六十条",
            False,
        ),
        ("D33", "2012-03-01", "行政复议法（1999）第九条", True),
        ("D07", "2012-12-28", "2010办法第三十九条", True),
    ],
)
def test_a_rule_named_by_its_number_answers_with_the_law_of_the_day(statute_book, code, on, basis, verified):
    said = explained(code, on)
    assert (in_print(said["basis"]), said["verified"]) == (basis, verified)


@pytest.mark.django_db
def test_a_period_that_ran_before_the_rule_was_split_points_to_its_version_and_keeps_its_date(statute_book):
    kinds.register(DeadlineKind(code="test.fine", label="缴纳罚款", rules=("D31",)))
    row = deadlines.start(docket=make_docket(), kind="test.fine", on=clock.today(), by=SYSTEM)
    assert (row.rule.code, row.basis) == ("D31-2", "行政处罚法(2021)第67条")
    due, first = row.due_on, PeriodRule.objects.get(code="D31")
    row.rule = first
    row.save()
    reference.load(FOLDER)
    row.refresh_from_db()
    assert (row.rule.code, row.basis, row.due_on) == ("D31-2", "行政处罚法(2021)第67条", due)
    assert statutes.rule_in_force(("D31",), D("2012-03-01")) == first


@pytest.mark.django_db
def test_an_instrument_whose_first_day_becomes_known_stays_one_row(statute_book):
    row = Instrument.objects.get(title="行政诉讼法(1989)")
    Instrument.objects.filter(pk=row.pk).update(valid_from=None)
    reference.load(FOLDER)
    found = Instrument.objects.get(title="行政诉讼法(1989)")
    assert (found.pk, found.valid_from) == (row.pk, D("1990-10-01"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "EC1107",
            "责令改正，可以责令限制生产、停产整治；罚款100,000元以上1,000,000元以下；情节严重的，责令停业、关闭",
        ),
        ("OLD-XM28", "责令停止生产或者使用；罚款100,000元以下"),
    ],
)
def test_what_a_provision_provides_is_told_in_sentences(statute_book, code, said):
    assert statutes.sanctions(Violation.objects.get(code=code)) == said


@pytest.mark.django_db
def test_a_row_that_says_as_above_says_it_in_full(statute_book):
    above, below = (statutes.sanctions(Violation.objects.get(code=code)) for code in ("RE22A", "RE22B"))
    assert above == below
    assert "同上" not in below
    assert "违法所得" in below


@pytest.mark.django_db
def test_whoever_decides_on_a_lead_or_a_case_reads_what_the_provision_provides(case, case_officer, log_in):
    client = log_in(case_officer)
    for matter in (case, case.lead):
        assert statutes.sanctions(matter.violation) in client.get(matter.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_period_that_began_under_a_short_name_of_the_law_keeps_it_and_is_shown_by_the_official_one(statute_book):
    kinds.register(DeadlineKind(code="test.look", label="复查", rules=("D13",)))
    row = deadlines.start(docket=make_docket(), kind="test.look", on=D("2026-11-20"), by=SYSTEM)
    kept = "环境保护主管部门实施按日连续处罚办法第10条;排污许可条例第38条;法典第1060条"
    PeriodRule.objects.filter(pk=row.rule_id).update(legal_basis=kept)
    row.basis = row.reasons["basis"] = kept
    row.save()
    before = row.due_on
    for _time in range(2):
        reference.load(FOLDER)
        row.refresh_from_db()
        row.rule.refresh_from_db()
        assert (row.basis, row.reasons["basis"], row.due_on) == (kept, kept, before)
        assert in_print(row.rule.legal_basis) == in_print(row.basis)
        assert (row.rule.legal_basis == kept, row.rule.is_edited) == (False, False)
    shown = explain.panel(row.reasons)["article"]
    assert shown.endswith("；排污许可管理条例第三十八条；生态环境法典第一千零六十条")
