"""正卷 nine groups, 副卷 six: every paper the portal knows has its place, and the table names nothing that does not exist."""

import csv
import re
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
from django.conf import settings

from casework import kinds
from notices import archive, records, registry
from notices.archive import Volume
from notices.casefile_forms import Form
from notices.records import NOTE, RecordKind

FOLDER = settings.ROOT / "reference"


def documents() -> set[str]:
    with (FOLDER / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def every(field: str) -> list[str]:
    return [code for group in archive.groups() for code in getattr(group, field)]


def test_the_principal_volume_has_nine_groups_and_the_supplementary_one_six():
    """环境行政处罚办法（2010）第六十九条."""
    assert [group.position for group in archive.of(Volume.MAIN)] == [*range(1, 10)]
    assert [group.position for group in archive.of(Volume.INNER)] == [*range(1, 7)]
    assert archive.of(Volume.MAIN)[0].heading == "一、行政处罚决定书及送达回证"
    assert archive.of(Volume.INNER)[4].heading == "五、集体审议记录"


@pytest.mark.parametrize("field", ["documents", "records", "forms", "evidence"])
def test_no_paper_is_placed_twice(field):
    assert [code for code, times in Counter(every(field)).items() if times > 1] == []


def test_every_document_form_has_its_place():
    assert documents() - set(every("documents")) == set()


def test_every_registered_type_of_notice_has_its_row():
    assert [kind.code for kind in registry.all_types() if archive.row_of_notice(kind) is None] == []


def test_every_registered_kind_of_record_has_its_row():
    assert [kind.code for kind in records.all_kinds() if archive.row_of_record(kind) is None] == []


def test_the_table_names_nothing_unknown():
    known = documents() | {kind.code for kind in registry.all_types()}
    assert set(every("documents")) - known == set()
    assert set(every("records")) - {kind.code for kind in records.all_kinds()} == set()
    assert set(every("evidence")) - {archive.ANY, *(kind.code for kind in kinds.all_kinds())} == set()
    assert all(group.leading <= group.documents for group in archive.groups())


def test_what_nobody_placed_goes_to_the_last_group_of_the_principal_volume():
    unknown = RecordKind(code="unheard_of", label="", title="", template="", permission="")
    assert archive.of_record(unknown) == archive.of(Volume.MAIN)[-1]
    form = Form("unheard.of:3", "", "", date(2026, 1, 1), 1, {})
    assert archive.of_form(form).title == "其他有关材料"


@pytest.mark.parametrize(
    ("code", "volume", "title"),
    [
        ("penalty_decision", "正卷", "行政处罚决定书及送达回证"),
        ("rectification_order", "正卷", "行政处罚决定书及送达回证"),
        ("prior_notice_with_hearing", "正卷", "行政处罚事先告知书、听证告知书、听证通知书等法律文书及送达回证"),
        ("seizure_order", "正卷", "财物处理材料"),
        ("case_transfer", "正卷", "其他有关材料"),
    ],
)
def test_where_a_notice_stands(code, volume, title):
    group = archive.of_notice(registry.get(code))
    assert (group.volume, group.title) == (volume, title)


@pytest.mark.parametrize(
    ("code", "volume", "title"),
    [
        ("hearing_record", "正卷", "听证笔录"),
        ("hearing_report", "副卷", "听证报告"),
        ("collective_discussion", "副卷", "集体审议记录"),
        ("internal_approval", "副卷", "审查意见"),
        (NOTE, "正卷", "调查取证及证据材料"),
    ],
)
def test_where_a_record_stands(code, volume, title):
    group = archive.of_record(records.get(code))
    assert (group.volume, group.title) == (volume, title)


def test_the_decision_leads_its_group_whatever_its_day():
    group = archive.of_notice(registry.get("penalty_decision"))
    assert archive.leads(group, registry.get("penalty_decision"))
    assert not archive.leads(group, registry.get("rectification_order"))


def test_evidence_of_a_lead_stays_with_the_authority_and_other_evidence_is_open():
    def placed(kind: str) -> tuple[str, str]:
        group = archive.of_evidence(SimpleNamespace(docket=SimpleNamespace(kind=kind)))
        return (group.volume, group.title)

    assert placed("lead") == ("副卷", "投诉、信访举报、案源材料")
    assert placed("inspection") == placed("rectification") == ("正卷", "调查取证及证据材料")


def test_every_form_that_is_frozen_has_its_row():
    """Its key begins with the verb of its step, which the freezing function looks up."""
    verbs = {
        verb
        for module in settings.ROOT.glob("enforcement/*/file_forms.py")
        for body in re.findall(r"^def freeze_\w+.*?(?=^\S)", module.read_text(encoding="utf-8"), re.M | re.S)
        for verb in re.findall(r'"(\w+\.\w+)"', body)
    }
    assert {"leads.register", "rectification.open"} < verbs
    assert verbs - set(every("forms")) == set()
