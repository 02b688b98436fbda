"""Each kind of evidence must say what makes it evidence; and who had it in hands since stands in a chain that nobody rewrites."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from casework import custody, evidence, evidence_facts
from casework.models import Custody, Evidence, EvidenceKind
from core import clock
from core.errors import RuleBroken
from tests.casework.test_evidence import PDF, add, files_page, sent
from trail.models import Event

pytestmark = pytest.mark.django_db
MONITORING = {
    "expert_report": "monitoring",
    "expert_institution": "常州市某某环境检测有限公司",
    "expert_qualification": "检验检测机构资质认定",
    "expert_cma": "资质认定证书编号：试-001",
    "expert_report_number": "（2026）试字第12号",
    "expert_items": "氨氮；2026年9月1日；总排口",
    "expert_methods": "分光光度法；分光光度计",
    "expert_results": "超过排放限值",
    "expert_signatures": "编制、审核、签发三人签名，加盖检验检测专用章",
}


def refusals(answer):
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_every_kind_asks_for_something_and_requires_something():
    assert {row.kind for row in evidence_facts.table()} == set(EvidenceKind.values)
    assert [kind for kind in EvidenceKind if not evidence_facts.missing(kind, {})] == []


@pytest.mark.parametrize("kind", EvidenceKind.values)
def test_a_required_fact_that_is_missing_is_refused_at_its_field(docket, case_officer, log_in, kind):
    blank = {evidence_facts.field_name(kind, fact): "" for fact in evidence_facts.asked_of(kind)}
    found = refusals(sent(log_in(case_officer), docket, kind=kind, **blank))
    assert found.keys() == {evidence_facts.field_name(kind, fact) for fact in evidence_facts.missing(kind, {})}
    assert not Evidence.objects.exists()


def test_a_copy_says_who_holds_the_original_and_who_agreed_it_with_it(docket, case_officer, log_in):
    client = log_in(case_officer)
    found = refusals(sent(client, docket, document_form="copy"))
    assert found.keys() == {"document_held_by", "document_agreed_by"}
    assert "证据" in found["document_held_by"][0]
    assert "待核实" in found["document_held_by"][0]  # nobody has verified the article yet
    assert (
        sent(client, docket, document_form="copy", document_held_by="某某公司", document_agreed_by="李测试").status_code
        == 302
    )
    assert Evidence.objects.get().facts == {"form": "copy", "held_by": "某某公司", "agreed_by": "李测试"}


def test_a_monitoring_report_says_what_the_rule_of_2010_asks_of_it(docket, case_officer, log_in):
    client = log_in(case_officer)
    for name in (
        "expert_cma",
        "expert_report_number",
        "expert_items",
        "expert_methods",
        "expert_results",
        "expert_signatures",
    ):
        assert refusals(sent(client, docket, kind="expert", **MONITORING | {name: " "})).keys() == {name}
    assert sent(client, docket, kind="expert", **MONITORING).status_code == 302
    assert "expert" not in Evidence.objects.get().facts  # asked of an appraisal only


def test_a_record_names_two_officers(docket, case_officer, log_in):
    client = log_in(case_officer)
    for names in ("李测试", "李测试、李测试"):
        assert refusals(sent(client, docket, kind="record", record_officers=names)).keys() == {"record_officers"}
    assert sent(client, docket, kind="record", record_officers="李测试，王测试").status_code == 302


def test_facts_of_another_kind_are_not_kept(docket, case_officer, log_in):
    assert sent(log_in(case_officer), docket, testimony_witness="证测试").status_code == 302
    assert Evidence.objects.get().facts == {"form": "original"}


@pytest.mark.parametrize("forged", [{"document_form": "rumour"}, {"document_form": ["copy", "rumour"]}])
def test_a_choice_that_was_never_offered_is_refused(docket, case_officer, log_in, forged):
    assert "document_form" in refusals(sent(log_in(case_officer), docket, **forged))


def test_a_verb_cannot_keep_what_the_kind_does_not_ask(docket, case_officer):
    with pytest.raises(RuleBroken):
        evidence_facts.tidied("document", {"witness": "证测试"})


def test_evidence_of_before_is_readable_and_says_what_was_not_filled_in(written, case_officer, log_in):
    old = add(written.docket, case_officer)
    client = log_in(case_officer)
    assert "未填写：原件或复制件" in files_page(client, written.docket)
    page = client.get(old.get_absolute_url())
    assert ("原件或复制件", "未填写") in evidence.described(old)
    assert "未填写" in page.content.decode()
    url = f"/evidence/{old.pk}/fill-in/"
    assert url in page.content.decode()
    assert "document_held_by" in refusals(client.post(url, {"document_form": "copy"}))
    assert client.post(url, {"document_form": "original", "_once": str(uuid.uuid4())}).status_code == 302
    old.refresh_from_db()
    assert old.facts == {"form": "original"}
    assert url not in client.get(old.get_absolute_url()).content.decode()
    assert Event.objects.get(verb="casework.fill_in_evidence").facts["filled_in"] == ["form"]


def test_what_has_been_said_is_not_changed(docket, case_officer):
    old = add(docket, case_officer)
    evidence.fill_in(evidence=old, facts={"form": "original"}, by=case_officer)
    with pytest.raises(RuleBroken) as refused:
        evidence.fill_in(evidence=old, facts={"form": "copy"}, by=case_officer)
    assert refused.value.field == "document_form"


class TestTheChainOfCustody:
    def handed(self, kept, by, handed_by="李测试", received_by="保管测试", **given):
        fields = {"at": clock.now(), "place": "证物室", "purpose": "保管", "condition": "封条完好"} | given
        return custody.record(evidence=kept, handed_by=handed_by, received_by=received_by, by=by, **fields)

    def test_is_recorded_in_the_browser_and_told_in_the_trail(self, docket, case_officer, log_in):
        kept, client = add(docket, case_officer), log_in(case_officer)
        url = f"/evidence/{kept.pk}/custody/"
        assert url in client.get(kept.get_absolute_url()).content.decode()
        fields = {
            "handed_by": "王测试", "received_by": "保管测试", "at": f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}",
            "place": "证物室", "purpose": "保管", "condition": "1号封条完好",
        }  # fmt: skip
        for name in fields:
            assert name in refusals(client.post(url, fields | {name: ""}))
        assert "received_by" in refusals(client.post(url, fields | {"received_by": "王测试"}))
        assert "at" in refusals(client.post(url, fields | {"at": "2099-01-01T00:00"}))
        assert "at" in refusals(client.post(url, fields | {"at": "2001-01-01T00:00"}))
        once = str(uuid.uuid4())
        for _press in range(2):
            assert client.post(url, fields | {"_once": once}).status_code == 302
        assert Custody.objects.count() == 1
        assert "1号封条完好" in client.get(kept.get_absolute_url()).content.decode()
        assert Event.objects.get(verb="casework.record_custody").facts["received_by"] == "保管测试"

    def test_shows_where_it_is_interrupted(self, docket, case_officer, log_in):
        kept = add(docket, case_officer)
        self.handed(kept, case_officer)
        self.handed(kept, case_officer, handed_by="他测试", received_by="鉴定测试", purpose="送检")
        assert [link.breaks for link in custody.chain(kept)] == [False, True]
        assert "保管链在此处中断" in log_in(case_officer).get(kept.get_absolute_url()).content.decode()

    def test_a_wrong_entry_is_corrected_by_another_once_and_with_a_reason(self, docket, case_officer):
        kept = add(docket, case_officer)
        wrong = self.handed(kept, case_officer, received_by="错测试")
        with pytest.raises(RuleBroken) as refused:
            self.handed(kept, case_officer, corrects=wrong)
        assert refused.value.field == "correction_reason"
        with pytest.raises(RuleBroken) as refused:
            self.handed(kept, case_officer, correction_reason="写错")
        assert refused.value.field == "corrects"
        self.handed(kept, case_officer, corrects=wrong, correction_reason="接收人写错")
        assert [link.is_corrected for link in custody.chain(kept)] == [True, False]
        with pytest.raises(RuleBroken) as refused:
            self.handed(kept, case_officer, corrects=wrong, correction_reason="再改")
        assert refused.value.field == "corrects"

    def test_an_entry_of_another_piece_is_not_corrected_here(self, docket, case_officer):
        first, second = add(docket, case_officer), add(docket, case_officer, content=PDF + b"%")
        wrong = self.handed(first, case_officer)
        with pytest.raises(RuleBroken) as refused:
            self.handed(second, case_officer, corrects=wrong, correction_reason="写错")
        assert refused.value.field == "corrects"

    def test_goes_on_when_the_docket_is_closed(self, docket, case_officer):
        kept = add(docket, case_officer)
        docket.closed_on = clock.today()
        docket.save()
        self.handed(kept, case_officer, purpose="退还")
        assert kept.custody.count() == 1

    @pytest.mark.parametrize("act", ["update", "delete"])
    def test_the_database_itself_refuses_to_change_an_entry(self, docket, case_officer, act):
        rows = Custody.objects.filter(pk=self.handed(add(docket, case_officer), case_officer).pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(received_by="他测试") if act == "update" else rows._raw_delete(rows.db)
        assert rows.get().received_by == "保管测试"

    def test_an_outsider_sees_nothing_and_records_nothing(self, docket, case_officer, outsider, legal_reviewer, log_in):
        kept = add(docket, case_officer)
        client = log_in(outsider)
        for path in ("", "custody/", "fill-in/"):
            assert client.get(f"/evidence/{kept.pk}/{path}").status_code == 404
        assert log_in(legal_reviewer).get(f"/evidence/{kept.pk}/custody/").status_code == 403
        with pytest.raises(PermissionDenied):
            self.handed(kept, outsider)
        assert not Custody.objects.exists()
        assert clock.now() - kept.uploaded_at < timedelta(minutes=5)
