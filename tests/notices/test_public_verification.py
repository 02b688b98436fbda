"""/v/<code>: is this document genuine? For everybody, without log-in or cookie; a wrong code tells nothing."""

import hashlib
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from notices import services
from notices.models import Effect, Lookup
from notices.public import LIMIT_PER_MINUTE
from tests.notices.test_superseding import issued_answer
from tests.notices.words import WORDS

pytestmark = pytest.mark.django_db
WRONG = "/v/AAAA-BBBB-CCCC"


@pytest.fixture
def citizen() -> Client:
    return Client()


def page(citizen, path, **more):
    response = citizen.get(path, **more)
    return response, response.content.decode()


def test_a_genuine_document_shows_what_the_paper_says_and_hides_the_party(citizen, printed):
    response, text = page(citizen, f"/v/{printed.code_grouped}")
    assert response.status_code == 200
    for words in (
        "通知书",
        printed.number,
        printed.agency_name,
        printed.issued_on.isoformat(),
        printed.pdf_sha256,
    ):
        assert words in text
    assert "文书真实有效" in text
    assert printed.addressee_name not in text
    assert "**有限公司" in text
    for private in (printed.docket.number, printed.drafter_name, printed.addressee_address, printed.addressee_code):
        assert private not in text


def test_what_an_officer_typed_as_subject_is_not_told_to_the_public(citizen, docket, case_officer, head):
    """The title “关于……的通知书” may name the very party that the page masks."""
    party = docket.enterprise.name
    words = WORDS | {"subject": f"责成{party}报送台账"}
    draft = services.draft(kind="notice", docket=docket, content=words, by=case_officer)
    approved = services.approve(notice=services.submit(notice=draft, by=case_officer), by=head)
    issued = services.issue(notice=approved, by=case_officer)
    assert party in issued.title
    response, text = page(citizen, f"/v/{issued.code_grouped}")
    assert response.status_code == 200
    assert issued.number in text
    assert "通知书" in text
    assert party not in text
    assert "责成" not in text


def test_the_fingerprint_by_the_national_standard_stands_beside_the_other(citizen, printed, monkeypatch):
    # GB/T 32905-2016, appendix A.1: the fingerprint of "abc".
    assert hashlib.new("sm3", b"abc").hexdigest().startswith("66c7f0f462eeedd9d1f2d46bdc10e4e2")
    sm3 = hashlib.new("sm3", printed.pdf_bytes()).hexdigest()
    assert sm3 in page(citizen, f"/v/{printed.code_grouped}")[1]

    def without_sm3(name, *data):
        raise ValueError(f"unsupported hash type {name}")

    with monkeypatch.context() as patch:
        patch.setattr("notices.public.hashlib.new", without_sm3)
        text = page(citizen, f"/v/{printed.code_grouped}")[1]
    assert sm3 not in text
    assert "暂无法计算" in text
    assert printed.pdf_sha256 in text


def test_no_fingerprint_is_computed_from_a_damaged_file(citizen, printed):
    Path(printed.pdf.path).write_bytes(b"%PDF other")
    text = page(citizen, f"/v/{printed.code_grouped}")[1]
    assert hashlib.new("sm3", b"%PDF other").hexdigest() not in text
    assert "暂无法计算" in text


@pytest.mark.parametrize(
    "shape", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("0", "O").replace("1", "l")]
)
def test_the_code_is_read_as_people_type_it(citizen, printed, shape):
    assert printed.number in page(citizen, f"/v/{shape(printed.code_grouped)}")[1]


@pytest.mark.parametrize("path", [WRONG, "/v/x", "/v/%3Cscript%3E", "/v/" + "7" * 300])
def test_a_wrong_code_gets_the_same_page_and_the_same_work(citizen, printed, path):
    good = f"/v/{printed.code_grouped}"
    with clock.pinned(clock.now()):
        page(citizen, good)
        with CaptureQueriesContext(connection) as for_a_good_one:
            page(citizen, good)
        with CaptureQueriesContext(connection) as for_a_wrong_one:
            response, text = page(citizen, path)
    assert len(for_a_wrong_one) == len(for_a_good_one)
    assert response.status_code == 200
    assert "未查到" in text
    assert "<script>" not in text


def test_a_draft_has_no_page(citizen, approved):
    assert approved.verification_code is None
    assert "未查到" in page(citizen, "/v/000000000000")[1]


def test_neither_page_sets_a_cookie_and_caches_may_keep_it_five_minutes(citizen, printed):
    for path in ("/v/", WRONG, f"/v/{printed.code_grouped}", f"/v/{printed.code_grouped}?lang=en"):
        response, _text = page(citizen, path)
        assert not response.cookies, path
        assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert not citizen.cookies


def test_a_typed_code_leads_to_its_address(citizen, printed):
    response = citizen.get("/v/", {"code": f" {printed.verification_code.lower()} "})
    assert (response.status_code, response["Location"]) == (302, f"/v/{printed.code_grouped}")
    assert "未查到" in page(citizen, "/v/?code=nonsense")[1]


def test_the_page_speaks_english_by_its_address(citizen, printed):
    response, text = page(citizen, f"/v/{printed.code_grouped}?lang=en")
    assert response["Content-Language"] == "en"
    assert "The document is genuine and in force" in text


@pytest.mark.parametrize(("effect", "words"), [(Effect.REPLACES, "已变更"), (Effect.REVOKES, "已撤销")])
def test_the_page_says_when_a_document_was_changed_or_revoked(citizen, printed, case_officer, head, effect, words):
    assert words not in page(citizen, f"/v/{printed.code_grouped}")[1]
    answer = services.supersede(notice=printed, reason="错", effect=effect, by=case_officer)
    assert words not in page(citizen, f"/v/{printed.code_grouped}")[1], "a draft changes nothing"
    issued_answer(answer, case_officer, head)
    text = page(citizen, f"/v/{printed.code_grouped}")[1]
    assert words in text
    assert "真实有效" not in text


def test_more_than_sixty_questions_a_minute_from_one_address_are_refused(citizen, printed):
    path = f"/v/{printed.code_grouped}"
    with clock.pinned(clock.now()):
        assert {citizen.get(path).status_code for _ in range(LIMIT_PER_MINUTE)} == {200}
        refused = citizen.get(path)
        assert (refused.status_code, refused["Cache-Control"], refused["Retry-After"]) == (429, "no-store", "60")
        assert printed.number not in refused.content.decode()
        assert citizen.get(path, REMOTE_ADDR="192.0.2.7").status_code == 200, "others are not affected"


def test_the_tally_keeps_no_address_and_forgets_after_minutes(citizen, printed):
    from datetime import timedelta

    now = clock.now()
    with clock.pinned(now):
        citizen.get(WRONG, REMOTE_ADDR="192.0.2.7")
    assert "192.0.2.7" not in Lookup.objects.get().address_hash
    with clock.pinned(now + timedelta(minutes=5)):
        citizen.get(WRONG, REMOTE_ADDR="192.0.2.8")
    assert Lookup.objects.count() == 1


def test_only_questions_are_answered(citizen, printed):
    assert citizen.post(f"/v/{printed.code_grouped}").status_code == 405


def test_the_qr_code_of_the_paper_leads_to_the_page(printed, settings):
    from notices.composing import verify_url

    assert verify_url(printed.verification_code) == f"{settings.PORTAL_URL}/v/{printed.code_grouped}"
