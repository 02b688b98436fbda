"""The end of a case: what closing asks for, what withdrawing leaves, and the ways back from both."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Docket
from core import clock
from core.errors import RuleBroken
from enforcement.rectification import services as cases
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.workflow import Stage
from notices import proof
from notices import services as notices
from notices.models import Method, NoticeState
from tests.plugins.matters import DAY, close, draw, receipt, reinspect, serve
from tests.plugins.stories import story
from trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
LATER = date(2026, 9, 29)


@story
def done(served, inspector, case_officer):
    return reinspect(served, inspector, case_officer, done=True)


@story
def unproven(issued, case_officer, second_officer, inspector):
    """Rectified and confirmed; the signed receipt of its order never came into the file."""
    case = reinspect(serve(issued, case_officer, second_officer), inspector, case_officer, done=True)
    with clock.pinned(LATER):
        confirmed = cases.confirm_rectified(case=case, by=case_officer)
        draw(confirmed)
        return confirmed


def test_a_rectified_case_is_closed_by_the_head(done, case_officer, head):
    case = close(done, officer=case_officer, head=head)
    docket = Docket.objects.get(pk=case.docket_id)
    assert (case.stage, docket.stage, docket.closed_on) == ("closed", "closed", LATER)
    assert docket.next_due_on is None


def test_a_case_is_not_closed_without_the_signed_receipt(unproven, case_officer, head):
    with clock.pinned(LATER):
        with pytest.raises(RuleBroken, match=unproven.order.number):
            cases.close(case=unproven, by=head)
        notices.attach_receipt(service=unproven.order.services.get(), receipt_file=receipt(), by=case_officer)
        assert cases.close(case=unproven, by=head).stage == Stage.CLOSED


def test_the_page_says_what_is_missing_and_leads_to_it(unproven, case_officer, head, log_in):
    where = reverse("notices:attach_receipt", args=[unproven.order.services.get().pk])
    assert f'href="{where}"' in log_in(case_officer).get(unproven.get_absolute_url()).content.decode()
    assert "缺少" in log_in(head).get(unproven.get_absolute_url()).content.decode()


def test_another_document_of_the_case_must_be_served_or_given_up(done, case_officer, head):
    draft = notices.draft(kind="notice", docket=done.docket, by=case_officer)
    assert ["草稿" in lack.words for lack in proof.lacking(done.docket)][-1:] == [True]
    with pytest.raises(RuleBroken, match="草稿"):
        close(done, officer=case_officer, head=head)
    done.refresh_from_db()
    notices.withdraw(notice=draft, reason="不再需要", by=case_officer)
    with clock.pinned(LATER):
        assert cases.close(case=done, by=head).stage == Stage.CLOSED


def test_what_was_left_at_the_premises_is_proven_by_a_picture_of_it(issued, case_officer, second_officer):
    draw(issued)
    issued.order.refresh_from_db()
    picture = SimpleUploadedFile("留置.pdf", receipt().read() + b"\n", "application/pdf")
    with clock.pinned(date(2026, 9, 3)):
        service = notices.record_service(
            notice=issued.order, method=Method.LEFT, by=case_officer, co_server=second_officer, place="萃取车间",
            refusal_reason="不认可检查结论", record_file=picture,
        )  # fmt: skip
    assert proof.is_proven(service)


def test_of_a_document_left_with_a_witness_the_file_wants_what_they_signed_not_what_the_party_refused(
    issued, case_officer, second_officer
):
    draw(issued)
    issued.order.refresh_from_db()
    with clock.pinned(date(2026, 9, 3)):
        service = notices.record_service(
            notice=issued.order, method=Method.LEFT, by=case_officer, co_server=second_officer, place="萃取车间",
            refusal_reason="不认可检查结论", witness_name="孙见山", witness_organisation="某社区居民委员会",
        )  # fmt: skip
    assert not proof.is_proven(service)
    (lack,) = [lack for lack in proof.lacking(issued.docket) if lack.service == service]
    assert "由送达人和见证人签名" in lack.words
    assert "经签收" not in lack.words


def test_a_case_closed_before_receipts_were_asked_for_still_takes_its_receipt(unproven, case_officer, outsider):
    Docket.objects.filter(pk=unproven.docket_id).update(closed_on=LATER)
    service = unproven.order.services.get()
    with pytest.raises(PermissionDenied):
        notices.attach_receipt(service=service, receipt_file=receipt(), by=outsider)
    assert notices.attach_receipt(service=service, receipt_file=receipt(), by=case_officer).receipt_id


def test_the_head_refuses_a_closing_with_a_reason(done, inspector, case_officer, head):
    with clock.pinned(LATER):
        case = cases.confirm_rectified(case=done, by=case_officer)
        with pytest.raises(PermissionDenied):
            cases.return_from_closing(case=case, reason="结论不清", by=case_officer)
        with pytest.raises(RuleBroken):
            cases.return_from_closing(case=case, reason=" ", by=head)
        case = cases.return_from_closing(case=case, reason="复查结论与照片不符", by=head)
    assert case.stage == Stage.REINSPECTION
    case = reinspect(case, inspector, case_officer, done=False, correction="照片显示未改正")
    assert not case.last_reinspection().is_done


def test_the_head_sends_the_inspectors_out_once_more(done, inspector, case_officer, head):
    with clock.pinned(LATER):
        case = cases.confirm_rectified(case=done, by=case_officer)
        with pytest.raises(PermissionDenied):
            cases.look_again(case=case, reason="照片不清", by=case_officer)
        case = cases.look_again(case=case, reason="照片不清", by=head)
    assert (case.stage, case.last_reinspection()) == (Stage.REINSPECTION, None)
    assert case.docket.deadlines.open().get().kind == cases.NEXT_LOOK
    case = reinspect(case, inspector, case_officer, done=True, on=date(2026, 9, 30))
    assert list(case.reinspections.values_list("for_round", "corrects")) == [(1, None), (2, None)]
    assert not case.docket.deadlines.open().exists()


def test_the_page_of_the_case_offers_the_head_both_ways_back(done, case_officer, head, outsider, log_in):
    with clock.pinned(LATER):
        cases.confirm_rectified(case=done, by=case_officer)
        page = log_in(head).get(done.get_absolute_url()).content.decode()
        for name in ("return_from_closing", "look_again"):
            url = reverse("rectification:take_step", args=[done.pk, name])
            assert url in page
            assert log_in(outsider).post(url, {"reason": "照片不清"}).status_code == 404
        assert log_in(head).post(url, {"reason": "照片不清"}).status_code == 302
    done.refresh_from_db()
    assert done.round == 2


def test_d11_a_closed_case_is_reopened_with_a_reason_and_a_clock(done, case_officer, head, inspector):
    case = close(done, officer=case_officer, head=head)
    with clock.pinned(LATER):
        with pytest.raises(RuleBroken):
            cases.reopen(case=case, reason=" ", by=head)
        case = cases.reopen(case=case, reason="群众反映设施再次停运", by=head)
    docket = Docket.objects.get(pk=case.docket_id)
    assert (case.stage, docket.closed_on) == (Stage.REINSPECTION, None)
    look = docket.deadlines.open().get()
    assert (look.kind, look.started_on, look.started_by) == (cases.NEXT_LOOK, LATER, "案件恢复办理")
    assert docket.next_due_on == look.due_on
    with pytest.raises(RuleBroken) as early:
        reinspect(case, inspector, case_officer, done=False, on=date(2026, 9, 20))
    assert early.value.field == "inspected_on"


def test_a_withdrawn_case_leaves_no_period_running(case, head):
    case = cases.withdraw(case=case, reason="当事人主体认定错误", by=head)
    assert case.stage == Stage.WITHDRAWN
    assert not case.docket.deadlines.open().exists()


def test_a_case_is_withdrawn_with_its_draft_order(written, case_officer, head, outsider, log_in):
    with clock.pinned(DAY):
        order = cases.draft_order(case=written, by=case_officer)
        url = f"/cases/{written.pk}/step/withdraw/"
        assert log_in(outsider).post(url, {"reason": "误立"}).status_code == 404
        assert log_in(head).post(url, {"reason": "误立"}).status_code == 302
    written.refresh_from_db()
    order.refresh_from_db()
    assert (written.stage, order.state) == (Stage.WITHDRAWN, NoticeState.WITHDRAWN)


def test_a_case_withdrawn_by_mistake_goes_on_with_its_period(written, case_officer, head):
    handling = written.docket.deadlines.get(kind=cases.HANDLING)
    with clock.pinned(DAY):
        cases.draft_order(case=written, by=case_officer)
        withdrawn = cases.withdraw(case=written, reason="误点", by=head)
        with pytest.raises(PermissionDenied):
            cases.reopen_withdrawn(case=withdrawn, reason="误点", by=case_officer)
        case = cases.reopen_withdrawn(case=withdrawn, reason="系误操作，应当继续办理", by=head)
        case = RectificationCase.objects.get(pk=case.pk)
        assert (case.stage, case.docket.closed_on) == (Stage.INVESTIGATING, None)
        running = case.docket.deadlines.open().get()
        assert (running.pk, running.due_on) == (handling.pk, handling.due_on)
        assert Event.objects.get(verb="rectification.reopen_withdrawn").facts["reason"] == "系误操作，应当继续办理"
        assert cases.draft_order(case=case, by=case_officer).state == NoticeState.DRAFT


def test_a_case_reopened_twice_on_one_day_has_one_period_to_look_again(done, case_officer, head, inspector):
    case = close(done, officer=case_officer, head=head)
    with clock.pinned(LATER):
        case = cases.reopen(case=case, reason="群众反映设施再次停运", by=head)
        case = reinspect(case, inspector, case_officer, done=True, on=LATER)
        case = close(case, officer=case_officer, head=head)
        case = cases.reopen(case=case, reason="又有反映", by=head)
    assert case.docket.deadlines.open().get().started_on == LATER
