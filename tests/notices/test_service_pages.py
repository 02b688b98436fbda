"""Service in the browser: each method has its form, and what it lacks is said at its field."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.utils import translation

from core import clock, jobs
from core.models import Job
from notices import service_rules, services
from notices.forms import correction_form
from notices.models import Notice, NoticeState, Service
from tests.notices.forms import once, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["direct", "left", "post", "electronic", "entrusted", "public", "nonsense"])
def test_each_method_has_its_form(printed, inspector, log_in, method):
    assert log_in(inspector).get(url("serve", printed.pk) + f"?method={method}").status_code == 200


def served_form(**more) -> dict[str, str]:
    at = f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"
    return {"at": at, "place": "厂区", "recipient": "钱测试", "relation": "legal_representative", **once(), **more}


def test_a_service_is_recorded_in_the_browser(printed, inspector, log_in):
    client = log_in(inspector)
    assert client.post(url("serve", printed.pk), served_form()).status_code == 302
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.SERVED
    text = client.get(url("notice", printed.pk)).content.decode()
    assert "钱测试" in text
    assert url("attach_receipt", Service.objects.get().pk) in text


def test_what_a_method_lacks_is_said_at_its_field(printed, case_officer, log_in):
    form = served_form(refusal_reason="拒收")
    response = log_in(case_officer).post(url("serve", printed.pk) + "?method=left", form)
    assert response.status_code == 422
    assert "见证人" in response.content.decode()
    assert not Service.objects.exists()


def test_a_forged_second_officer_or_file_is_refused(printed, case_officer, outsider, log_in):
    client = log_in(case_officer)
    assert client.post(url("serve", printed.pk), served_form(co_server=str(outsider.pk))).status_code == 422
    left = served_form(refusal_reason="拒收", record="987654")
    assert client.post(url("serve", printed.pk) + "?method=left", left).status_code == 422


def test_a_failed_attempt_is_recorded_in_the_browser(printed, inspector, log_in):
    form = served_form(method="direct", failure="nobody")
    assert log_in(inspector).post(url("attempt", printed.pk), form).status_code == 302
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.UNSERVED


def test_a_letter_is_completed_in_the_browser(printed, case_officer, log_in):
    client = log_in(case_officer)
    client.post(url("serve", printed.pk) + "?method=post", served_form(tracking_number="123"))
    service = Service.objects.get()
    assert url("complete", service.pk) in client.get(url("notice", printed.pk)).content.decode()
    day = clock.today().isoformat()
    assert client.post(url("complete", service.pk), {"served_on": day} | once()).status_code == 302
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.SERVED


def test_the_receipt_to_be_signed_is_a_pdf(printed, inspector, log_in):
    assert log_in(inspector).get(url("blank_receipt", printed.pk)).content.startswith(b"%PDF")


def test_a_day_in_the_future_is_said_once(printed, case_officer, log_in):
    tomorrow = clock.local(clock.now() + timedelta(days=1))
    form = served_form(at=f"{tomorrow:%Y-%m-%dT%H:%M}")
    response = log_in(case_officer).post(url("serve", printed.pk) + "?method=direct", form)
    errors = response.context["form"].errors
    assert (response.status_code, list(errors), len(errors["at"])) == (422, ["at"], 1)


def test_a_damaged_receipt_is_checked_and_drawn_again_by_who_serves(printed, inspector, supervisor, outsider, log_in):
    client = log_in(inspector)
    client.post(url("serve", printed.pk), served_form())
    service = Service.objects.get()
    again = url("print_receipt_again", service.pk)
    assert again not in client.get(url("notice", printed.pk)).content.decode()  # it is being drawn
    jobs.run(Job.objects.get(unique_key=f"notices.render_receipt:{service.pk}").pk)
    assert again in client.get(url("notice", printed.pk)).content.decode()
    service.refresh_from_db()
    before = service.pdf_bytes()
    Path(service.pdf.path).write_bytes(b"x" * service.pdf_size_bytes)  # only reading it shows that
    assert client.post(again, once()).status_code == 302
    jobs.run(Job.objects.get(unique_key=f"notices.render_receipt:{service.pk}").pk)
    assert Path(service.pdf.path).read_bytes() == before
    assert again not in log_in(supervisor).get(url("notice", printed.pk)).content.decode()
    assert log_in(outsider).post(again, once()).status_code == 404


def test_the_file_that_is_there_stands_after_a_colon_of_chinese_print(db):
    held = SimpleNamespace(url="/media/a.pdf")
    with translation.override("zh-hans"):
        shown = forms.ClearableFileInput().render("file", held)
    assert "：<a" in shown
    assert ": <a" not in shown


def test_a_company_does_not_receive_in_person(printed, inspector, log_in):
    """It has a legal representative and people who receive for it."""
    page = log_in(inspector).get(url("serve", printed.pk) + "?method=direct")
    assert "party" not in dict(page.context["form"].fields["relation"].choices)


@pytest.mark.parametrize(("code", "may"), [("91320411MA1EXAMPL1", False), ("92320411MA1EXAMPL1", True), ("", True)])
def test_a_sole_trader_may_sign_himself(code, may):
    assert service_rules.is_person(code) == may


def test_who_was_recorded_in_person_before_stands_so_in_the_form_that_corrects_the_record(
    printed, case_officer, monkeypatch
):
    monkeypatch.setattr(service_rules, "is_person", lambda code: True)  # as when nobody asked
    service = services.record_service(
        notice=printed, method="direct", by=case_officer, recipient="钱测试", relation="party"
    )
    monkeypatch.undo()
    assert "party" in dict(correction_form(service).fields["relation"].choices)
