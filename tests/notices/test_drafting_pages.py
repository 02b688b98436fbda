"""Drafting in the browser: what is missing is said, nothing typed is lost, the preview stores nothing."""

import pytest

from core.models import Job
from notices import rendering, services
from notices.models import Notice, NoticeState
from tests.notices.forms import once, typed, url
from tests.notices.words import WORDS

pytestmark = pytest.mark.django_db


def test_the_form_starts_with_what_is_known_and_stores_nothing(docket, case_officer, log_in):
    text = log_in(case_officer).get(url("new", docket.pk, "notice")).content.decode()
    assert case_officer.name in text
    assert not Notice.objects.exists()


def test_save_and_submit_in_one_press(docket, case_officer, log_in):
    response = log_in(case_officer).post(url("new", docket.pk, "notice"), typed(submit="1") | once())
    assert response.status_code == 302
    assert Notice.objects.get().state == NoticeState.SUBMITTED


def test_a_half_filled_draft_is_kept_and_says_what_is_missing(docket, case_officer, log_in):
    client = log_in(case_officer)
    response = client.post(url("new", docket.pk, "notice"), {"subject": "报送", "submit": "1"} | once(), follow=True)
    notice = Notice.objects.get()
    assert (notice.state, notice.content["subject"]) == (NoticeState.DRAFT, "报送")
    assert response.redirect_chain[-1][0] == url("edit", notice.pk) + "?check=1"
    assert "正文" in response.content.decode()


def test_d14_the_same_form_twice_makes_one_draft(docket, case_officer, log_in):
    client, form = log_in(case_officer), typed() | once()
    places = {client.post(url("new", docket.pk, "notice"), form)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Notice.objects.count() == 1


def test_the_second_of_two_editors_is_told_and_keeps_what_he_typed(draft, case_officer, second_officer, log_in):
    services.edit(notice=draft, content={"subject": "甲的改动"}, version=1, by=second_officer)
    response = log_in(case_officer).post(url("edit", draft.pk), typed(subject="乙的改动", version="1") | once())
    text = response.content.decode()
    assert response.status_code == 422
    assert second_officer.name in text
    assert "乙的改动" in text
    draft.refresh_from_db()
    assert draft.content["subject"] == "甲的改动"


@pytest.mark.parametrize("version", ["", "x", "99", "-1", "1e3"])
def test_a_forged_version_overwrites_nothing(draft, case_officer, log_in, version):
    response = log_in(case_officer).post(url("edit", draft.pk), typed(subject="改", version=version) | once())
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.content["subject"] == WORDS["subject"]


def test_the_preview_shows_pages_without_storing(docket, case_officer, log_in):
    response = log_in(case_officer).post(url("preview_new", docket.pk, "notice"), {"subject": "报送"})
    text = response.content.decode()
    assert "data:image/png;base64," in text
    assert "尚缺内容" in text
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


def test_the_preview_says_which_character_cannot_be_printed(draft, case_officer, log_in):
    text = log_in(case_officer).post(url("preview", draft.pk), typed(subject="\U0001f4c5")).content.decode()
    assert "U+1F4C5" in text
    assert "data:image" not in text


def test_without_scripts_the_preview_is_a_button(docket, case_officer, log_in):
    text = log_in(case_officer).post(url("new", docket.pk, "notice"), typed(look="1") | once()).content.decode()
    assert "data:image/png;base64," in text
    assert WORDS["subject"] in text
    assert not Notice.objects.exists()


def test_a_form_without_the_libraries_for_pdf_still_works(docket, case_officer, log_in, monkeypatch):
    from notices import printing

    def missing(html):
        raise rendering.EngineUnavailable("apt-get install libpango-1.0-0")

    monkeypatch.setattr(printing, "draw", missing)
    client = log_in(case_officer)
    assert "apt-get install" in client.post(url("preview_new", docket.pk, "notice"), typed()).content.decode()
    assert client.post(url("new", docket.pk, "notice"), typed() | once()).status_code == 302
    assert "apt-get install" in client.get(url("notice", Notice.objects.get().pk)).content.decode()


def test_what_an_officer_types_is_never_markup(docket, case_officer, log_in, head):
    hostile = typed(subject="<b>x</b>", paragraphs='<img src="file:///etc/passwd"><script>alert(1)</script>')
    client = log_in(case_officer)
    client.post(url("new", docket.pk, "notice"), hostile | once())
    notice = Notice.objects.get()
    text = client.get(url("notice", notice.pk)).content.decode()
    assert "<script>alert" not in text
    notice = services.approve(notice=services.submit(notice=notice, by=case_officer), by=head)
    issued = services.issue(notice=notice, by=case_officer)
    assert "<script>" not in issued.html
    assert "&lt;script&gt;" in issued.html


def test_an_amount_stands_in_the_notice_in_capital_numerals_and_in_figures(docket, case_officer):
    from notices import composing

    notice = services.draft(kind="notice", docket=docket, content=WORDS | {"amount": "1409.50"}, by=case_officer)
    html = composing.draft_html(notice)
    assert "以上款项共计人民币壹仟肆佰零玖元伍角整（¥1,409.50）。" in html
    without = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    assert "以上款项共计" not in composing.draft_html(without)


def test_an_amount_that_is_none_is_refused_on_the_form(docket, case_officer):
    notice = services.draft(kind="notice", docket=docket, content=WORDS | {"amount": "-5"}, by=case_officer)
    assert "amount" in notice.type.form(notice.content).errors
