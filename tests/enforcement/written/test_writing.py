"""A record is written in a form with a live preview, completed with the password, and frozen; another one corrects it."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

import notices
from casework import kinds as docket_kinds
from core.errors import RuleBroken, Stale
from core.models import Job
from notices import casefile, proof, records, services, sources, work, written
from notices.models import Ending, Frozen, SiteRecord
from notices.record_pages import offered
from organisation.models import FormDraft
from tests.enforcement.records import draw
from tests.enforcement.written.words import as_sent, questioning
from tests.factories import PASSWORD
from tests.notices.forms import once
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
KIND = "questioning"


def url_of(docket, name="new_record", kind=KIND) -> str:
    return reverse(f"notices:{name}", args=[docket.pk, kind])


def correcting(record, name="correct_record") -> str:
    return reverse(f"notices:{name}", args=[record.pk])


@pytest.fixture
def words(case_officer, second_officer):
    return questioning(case_officer, second_officer)


# --- writing ----------------------------------------------------------------------------------------------------------
def test_the_form_starts_with_what_is_known_and_stores_nothing(case, case_officer, second_officer, log_in):
    page = log_in(case_officer).get(url_of(case.docket))
    form = page.context["form"]
    assert form.initial["officers"] == [case_officer.pk, second_officer.pk]
    assert form.initial["employer"] == case.enterprise.name
    assert not SiteRecord.objects.filter(docket=case.docket).exists()


def test_the_tab_of_documents_offers_what_the_viewer_may_write(case, case_officer, legal_reviewer, outsider, log_in):
    tab = reverse("casework:docket_tab", args=[case.docket_id, "documents"])
    assert url_of(case.docket) in log_in(case_officer).get(tab).content.decode()
    assert url_of(case.docket) not in log_in(legal_reviewer).get(tab).content.decode()
    assert log_in(outsider).get(tab).status_code == 404


def test_a_complete_record_is_frozen_on_the_day_it_tells_of(case, case_officer, words, log_in):
    answer = log_in(case_officer).post(url_of(case.docket), as_sent(case.docket, words) | once())
    record = SiteRecord.objects.get(docket=case.docket)
    assert (answer.status_code, answer["Location"]) == (302, record.get_absolute_url())
    assert record.dated.isoformat() == "2026-09-05"
    assert "水泵坏了。" in record.html
    assert Job.objects.filter(unique_key=f"notices.render_record:{record.pk}").exists()
    event = Event.objects.get(verb="notices.write_record")
    assert (event.docket_id, event.actor_id) == (case.docket_id, case_officer.pk)


def test_the_password_is_asked_for_and_kept_nowhere(case, case_officer, words, log_in):
    client = log_in(case_officer)
    answer = client.post(url_of(case.docket), as_sent(case.docket, words, password="falsch") | once())
    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
    assert "水泵坏了。" in answer.content.decode(), "nothing typed is lost"
    assert not SiteRecord.objects.filter(docket=case.docket).exists()
    client.post(url_of(case.docket), as_sent(case.docket, words) | once())
    record = SiteRecord.objects.get(docket=case.docket)
    assert "password" not in record.content
    assert PASSWORD not in str(record.content) + record.html


def test_what_was_typed_lies_on_record_and_is_frozen_too(questioned):
    assert questioned.content["answers"] == [{"question": "废水处理设施为什么没有运行？", "answer": "水泵坏了。"}]
    questioned.content = {"answers": []}
    with pytest.raises(Frozen):
        questioned.save()


def test_the_database_refuses_to_change_what_was_typed(questioned):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        SiteRecord.objects.filter(pk=questioned.pk).update(content={})


def test_the_live_preview_shows_pages_and_what_is_missing_and_stores_nothing(case, case_officer, log_in):
    answer = log_in(case_officer).post(url_of(case.docket, "preview_new_record"), {"person": "钱测试"})
    look = answer.context["look"]
    assert "data:image/png;base64," in answer.content.decode()
    assert look["missing"]
    assert not SiteRecord.objects.filter(docket=case.docket).exists()


def test_without_scripts_the_preview_is_a_button_and_the_page_complains_of_nothing(case, case_officer, words, log_in):
    answer = log_in(case_officer).post(url_of(case.docket), as_sent(case.docket, words, look="1") | once())
    assert answer.status_code == 200
    assert "data:image/png;base64," in answer.content.decode()
    assert not answer.context["form"].errors
    assert "水泵坏了。" in answer.content.decode()
    assert not SiteRecord.objects.filter(docket=case.docket).exists()


def test_the_preview_says_which_character_cannot_be_printed(case, case_officer, words, log_in):
    sent = as_sent(case.docket, words | {"place": "\U0001f4c5"})
    text = log_in(case_officer).post(url_of(case.docket, "preview_new_record"), sent).content.decode()
    assert "U+1F4C5" in text
    with pytest.raises(RuleBroken, match="1F4C5"):
        services.write_record(kind=KIND, docket=case.docket, content=words | {"place": "\U0001f4c5"}, by=case_officer)


def test_what_an_officer_types_is_never_markup(case, case_officer, words):
    hostile = words | {
        "answers": [{"question": "<script>alert(1)</script>", "answer": '<img src="file:///etc/passwd">'}]
    }
    record = services.write_record(kind=KIND, docket=case.docket, content=hostile, by=case_officer)
    assert "<script>" not in record.html
    assert "&lt;script&gt;" in record.html


def test_a_draft_of_the_form_waits_on_the_server_and_goes_when_the_record_is_complete(
    case, case_officer, words, log_in
):
    client, page = log_in(case_officer), url_of(case.docket)
    keep = f"{reverse('organisation:draft')}?form={page}"
    client.post(keep, '[["person", "钱测试"]]', content_type="application/json")
    assert FormDraft.objects.filter(officer=case_officer, form=page).exists()
    client.post(page, as_sent(case.docket, words) | once())
    assert not FormDraft.objects.filter(officer=case_officer, form=page).exists()


# --- who, when --------------------------------------------------------------------------------------------------------
def test_an_outsider_finds_no_page_and_writes_nothing(case, outsider, words, log_in):
    client = log_in(outsider)
    assert client.get(url_of(case.docket)).status_code == 404
    assert client.post(url_of(case.docket), as_sent(case.docket, words) | once()).status_code == 404
    with pytest.raises(PermissionDenied):
        services.write_record(kind=KIND, docket=case.docket, content=words, by=outsider)


def test_who_sees_the_case_without_handling_it_writes_nothing(case, legal_reviewer, words, log_in):
    assert log_in(legal_reviewer).get(url_of(case.docket)).status_code == 403
    with pytest.raises(PermissionDenied):
        services.write_record(kind=KIND, docket=case.docket, content=words, by=legal_reviewer)


@pytest.mark.parametrize("kind", ["no_such_kind", "reinspection_record", "party_note"])
def test_a_kind_that_no_form_writes_has_no_page(case, case_officer, kind, log_in):
    assert log_in(case_officer).get(url_of(case.docket, kind=kind)).status_code == 404


def test_a_record_of_a_case_is_not_offered_on_another_kind_of_docket(lead, case_officer, words, log_in):
    assert log_in(case_officer).get(url_of(lead.docket)).status_code == 404
    assert offered(lead.docket, case_officer) == []
    with pytest.raises(RuleBroken):
        services.write_record(kind=KIND, docket=lead.docket, content=words, by=case_officer)


@story
def ended(case, head):
    """A case that was withdrawn."""
    from enforcement.rectification import services as cases

    cases.withdraw(case=case, reason="误立", by=head)
    case.docket.refresh_from_db()
    return case


def test_on_a_closed_docket_no_record_is_written(ended, case_officer, words, log_in):
    answer = log_in(case_officer).get(url_of(ended.docket))
    assert (answer.status_code, "documents" in answer["Location"]) == (302, True)
    assert offered(ended.docket, case_officer) == []
    with pytest.raises(RuleBroken):
        services.write_record(kind=KIND, docket=ended.docket, content=words, by=case_officer)


def test_d14_the_same_form_twice_makes_one_record(case, case_officer, words, log_in):
    client, form = log_in(case_officer), as_sent(case.docket, words) | once()
    places = {client.post(url_of(case.docket), form)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert SiteRecord.objects.filter(docket=case.docket).count() == 1


def test_nobody_completes_a_record_on_particulars_that_changed_after_he_opened_the_page(
    case, case_officer, words, log_in
):
    client = log_in(case_officer)
    seen = client.get(url_of(case.docket)).context["seen"]
    case.enterprise.address = "另一地址1号"
    case.enterprise.save()
    answer = client.post(url_of(case.docket), as_sent(case.docket, words, seen=seen) | once())
    assert answer.status_code == 422
    assert "水泵坏了。" in answer.content.decode()
    assert not SiteRecord.objects.filter(docket=case.docket).exists()
    case.docket.refresh_from_db()
    with pytest.raises(Stale):
        services.write_record(kind=KIND, docket=case.docket, content=words, by=case_officer, seen=seen)


def test_a_forged_form_that_says_nothing_of_what_was_seen_completes_nothing(case, case_officer, words, log_in):
    answer = log_in(case_officer).post(url_of(case.docket), as_sent(case.docket, words, seen="") | once())
    assert answer.status_code == 422
    assert not SiteRecord.objects.filter(docket=case.docket).exists()


@pytest.mark.parametrize(
    "missing", ["place", "person", "relation", "began", "ended", "answers", "rights_told", "recorder"]
)
def test_what_is_missing_is_said_at_its_field(case, case_officer, words, missing):
    with pytest.raises(RuleBroken) as refusal:
        services.write_record(
            kind=KIND, docket=case.docket, content={k: v for k, v in words.items() if k != missing}, by=case_officer
        )
    assert missing in {field for field, _words in refusal.value.faults}


# --- the party --------------------------------------------------------------------------------------------------------
def test_a_record_that_the_party_signs_is_lacking_until_it_is_known_how_it_ended(case, questioned, case_officer):
    record = draw(questioned)
    assert [lack.document for lack in proof.unanswered(case.docket)] == [record]
    assert [item.key for item in work.unsigned(case_officer)] == [f"record {record.pk}"]
    services.record_signing(
        record=record, outcome=Ending.REFUSED, on=record.dated, reason="须请示公司", by=case_officer
    )
    assert proof.unanswered(case.docket) == []


# --- correcting -------------------------------------------------------------------------------------------------------
def test_a_wrong_record_stays_and_the_one_that_takes_its_place_says_why(case, questioned, case_officer, log_in):
    client = log_in(case_officer)
    page = client.get(correcting(questioned))
    assert page.context["form"].initial["person"] == "钱测试"
    sent = as_sent(questioned.docket, questioned.content | {"person": "钱小测"}, correction_reason="姓名记错。")
    answer = client.post(correcting(questioned), sent | once())
    right = SiteRecord.objects.get(corrects=questioned)
    assert answer["Location"] == right.get_absolute_url()
    assert "更正说明" in right.html
    assert "姓名记错" in right.html
    assert list(notices.records_on(case.docket, KIND)) == [right]
    assert "correction_reason" not in right.content
    assert Event.objects.get(verb="notices.correct_record").facts["reason"] == "姓名记错。"


def test_a_correction_without_its_reason_is_refused_at_the_field(questioned, case_officer, log_in):
    answer = log_in(case_officer).post(correcting(questioned), as_sent(questioned.docket, questioned.content) | once())
    assert answer.status_code == 422
    assert "correction_reason" in answer.context["form"].errors
    with pytest.raises(RuleBroken) as refusal:
        services.write_record(
            kind=KIND, docket=questioned.docket, content=questioned.content, corrects=questioned, by=case_officer
        )
    assert refusal.value.field == "correction_reason"


def test_of_two_who_correct_the_same_record_the_second_is_told(questioned, case_officer, second_officer, log_in):
    sent = as_sent(questioned.docket, questioned.content, correction_reason="地点记错")
    assert log_in(second_officer).post(correcting(questioned), sent | once()).status_code == 302
    answer = log_in(case_officer).post(correcting(questioned), sent | once())
    assert answer.status_code == 422
    assert SiteRecord.objects.filter(corrects=questioned).count() == 1
    assert log_in(case_officer).get(correcting(questioned)).status_code == 302, "his page leads to what came of it"


def test_a_record_that_no_form_wrote_is_not_corrected_here(record, case_officer, log_in):
    assert record.content is None
    assert log_in(case_officer).get(correcting(record)).status_code == 404


def test_an_outsider_corrects_nothing(questioned, outsider, log_in):
    assert log_in(outsider).get(correcting(questioned)).status_code == 404
    assert log_in(outsider).post(correcting(questioned, "preview_correct_record"), {}).status_code == 404


# --- where it lies ----------------------------------------------------------------------------------------------------
def test_it_joins_the_case_file_the_lists_and_what_the_order_rests_on(case, questioned, case_officer):
    titles = [paper.title for paper in casefile.papers(case.docket)]
    assert questioned.title in titles
    assert questioned.title == "调查询问笔录（钱测试）"
    resting = [row["label"] for row in sources.rests_on(case.docket, case_officer)]
    assert questioned.title in resting


def test_its_page_says_what_it_is_and_leads_to_its_correction(questioned, case_officer, legal_reviewer, log_in):
    page = questioned.get_absolute_url()
    assert correcting(questioned) in log_in(case_officer).get(page).content.decode()
    assert correcting(questioned) not in log_in(legal_reviewer).get(page).content.decode()


def test_every_written_kind_is_granted_and_has_a_form_a_label_and_a_sample():
    from notices.rendering.samples import SAMPLES
    from organisation import roles

    written_kinds = [kind for kind in records.all_kinds() if kind.content_form is not None]
    assert len(written_kinds) >= 2
    for kind in written_kinds:
        assert roles.holders(kind.permission), kind.code
        assert SAMPLES[kind.code].template == kind.template
        assert kind.day_field in kind.content_form.base_fields
        assert set(kind.docket_kinds) <= {one.code for one in docket_kinds.all_kinds()}


def test_the_fingerprint_of_the_docket_changes_with_its_party(case):
    before = written.seen_as(case.docket)
    case.docket.enterprise.legal_representative = "换人"
    assert written.seen_as(case.docket) != before


def test_a_draft_with_many_rows_finds_an_input_for_each_of_them(case, case_officer, outsider, log_in):
    client, page = log_in(case_officer), url_of(case.docket)
    draft = [[f"answers-{n}-question", f"第{n}问"] for n in range(9)] + [
        ["answers-x-question", "?"],
        ["person-3-x", "?"],
    ]
    client.post(f"{reverse('organisation:draft')}?form={page}", json.dumps(draft), content_type="application/json")
    shown = client.get(page).content.decode()
    assert 'name="answers-8-question"' in shown
    assert 'name="answers-9-question"' not in shown
    # Another officer's draft makes no room here.
    other = log_in(outsider)
    other.post(f"{reverse('organisation:draft')}?form={page}", json.dumps(draft), content_type="application/json")
    assert other.get(page).status_code == 404


def test_the_preview_button_gives_blank_rows_to_go_on_with(case, case_officer, words, log_in):
    rows = [{"question": f"第{n}问", "answer": "答。"} for n in range(5)]
    sent = as_sent(case.docket, words | {"answers": rows}, look="1")
    page = log_in(case_officer).post(url_of(case.docket), sent | once()).content.decode()
    assert 'name="answers-7-question"' in page
    assert "第4问" in page
    assert "data-given-back" in page
