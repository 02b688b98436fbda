"""An error page says what happened, what to do, and which request number to quote."""

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.template.loader import render_to_string
from django.test import RequestFactory

from core import error_pages


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/cases/")
    request.request_id = "0f3ac91b77de"
    return request


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "413", "500", "503"])
def test_every_error_page_names_a_next_step_and_the_request(code):
    page = render_to_string(f"errors/{code}.html", {"request_id": "0f3ac91b77de"})
    assert 'class="btn btn-primary" href="/"' in page
    assert "0f3ac91b77de" in page
    assert page.count("<h1>") == 1


def test_a_stranger_gets_the_error_page_without_the_menu():
    assert 'class="public"' in render_to_string("errors/404.html", {"viewer": None})
    assert 'class="public"' in render_to_string("errors/404.html")


def test_a_refused_step_lists_its_reasons():
    page = render_to_string("errors/refused.html", {"reasons": ["须由两名执法人员签名。"]})
    assert "<li>须由两名执法人员签名。</li>" in page


def test_a_request_that_is_too_large_is_told_so(request_):
    answer = error_pages.bad_request(request_, RequestDataTooBig("too big"))
    assert answer.status_code == 413
    assert error_pages.bad_request(request_, BadRequest()).status_code == 400


def test_a_defect_shows_the_request_number_and_needs_no_context_processor(request_):
    answer = error_pages.server_error(request_)
    assert answer.status_code == 500
    assert "0f3ac91b77de" in answer.content.decode()


def test_a_form_with_a_wrong_token_is_explained(request_):
    assert error_pages.csrf_failure(request_, "CSRF token missing").status_code == 403


def test_a_form_without_its_token_is_told_with_the_status_it_gets(db):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "x"})
    assert answer.status_code == 403
    assert '<p class="error-code">403</p>' in answer.content.decode()
