"""Approving and issuing in the browser: statement, tick and password; the second press does nothing."""

import pytest

from core.models import Job
from notices import content
from notices.models import Notice, NoticeState
from tests.factories import PASSWORD
from tests.notices.forms import once, typed, url

pytestmark = pytest.mark.django_db


# --- deciding -----------------------------------------------------------------------------------------------------------
def decision(notice: Notice, **more) -> dict[str, str]:
    seen = content.fingerprint(notice.kind, notice.content)
    return {"confirmed": "on", "password": PASSWORD, "seen": seen, **once(), **more}


def test_approval_asks_for_statement_tick_and_password(submitted, head, log_in):
    client = log_in(head)
    page = client.get(url("decide", submitted.pk)).content.decode()
    assert "逐字审阅" in page
    assert "data:image/png;base64," in page
    for wrong in (
        decision(submitted, password="falsch-1234"),
        decision(submitted, password=""),
        *({k: v for k, v in decision(submitted).items() if k != left_out} for left_out in ("confirmed", "seen")),
    ):
        assert client.post(url("decide", submitted.pk), wrong).status_code == 422
    assert Notice.objects.get(pk=submitted.pk).state == NoticeState.SUBMITTED
    assert client.post(url("decide", submitted.pk), decision(submitted, remark="同意")).status_code == 302
    approval = Notice.objects.get(pk=submitted.pk).approvals.get()
    assert "逐字审阅" in approval.statement
    assert approval.remark == "同意"


def test_the_password_is_never_sent_back(submitted, head, log_in):
    text = log_in(head).post(url("decide", submitted.pk), {"password": PASSWORD} | once()).content.decode()
    assert PASSWORD not in text


def test_a_draft_is_returned_with_a_reason(submitted, head, log_in):
    client = log_in(head)
    assert client.post(url("return", submitted.pk), {"reason": ""} | once()).status_code == 422
    assert client.post(url("return", submitted.pk), {"reason": "期限写错"} | once()).status_code == 302
    assert "期限写错" in client.get(url("notice", submitted.pk)).content.decode()


# --- issuing ------------------------------------------------------------------------------------------------------------
def test_issue_wants_the_word_typed(approved, case_officer, log_in):
    client = log_in(case_officer)
    refused = client.post(url("issue", approved.pk), {"typed": "发"} | once())
    assert refused.status_code == 409
    assert "制发" in refused.content.decode()
    assert Notice.objects.get(pk=approved.pk).number is None


def test_d14_issue_pressed_twice_issues_once(approved, case_officer, log_in):
    client, form = log_in(case_officer), {"typed": "制发"} | once()
    assert [client.post(url("issue", approved.pk), form).status_code for _ in range(2)] == [302, 302]
    assert client.post(url("issue", approved.pk), {"typed": "制发"} | once()).status_code == 409
    assert Notice.objects.get(pk=approved.pk).serial == 1
    assert Job.objects.filter(kind="notices.render").count() == 1


def test_a_template_becomes_an_issued_notice_in_four_presses(docket, case_officer, head, log_in):
    """Scorecard 5: open the form, submit; after the approval of another: issue, confirm."""
    client = log_in(case_officer)
    client.get(url("new", docket.pk, "notice"))  # 1
    client.post(url("new", docket.pk, "notice"), typed(submit="1") | once())  # 2
    notice = Notice.objects.get()
    log_in(head).post(url("decide", notice.pk), decision(notice))
    page = client.get(url("notice", notice.pk)).content.decode()
    assert 'href="#issue"' in page  # 3
    client.post(url("issue", notice.pk), {"typed": "制发"} | once())  # 4
    assert Notice.objects.get().number
