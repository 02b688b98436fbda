"""Service of documents: each method's conditions, attempts, receipts; clocks start from service, once."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from casework import evidence
from casework.models import Evidence
from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from notices import registry, service_rules, services
from notices.models import Failure, Method, Notice, NoticeState, Outcome, Relation, Service
from notices.service_rules import Delivery
from tests.factories import make_docket
from tests.notices.conftest import drawn
from tests.notices.serving import PDF, direct, scan
from tests.notices.words import WORDS

pytestmark = pytest.mark.django_db


def test_handed_over_counts_from_the_day_of_the_signature(printed, case_officer, heard):
    service = direct(printed, case_officer)
    assert (service.outcome, service.served_on) == (Outcome.SERVED, clock.today())
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.SERVED
    assert heard == [("served", clock.today())]


def test_clocks_start_from_service_not_from_printing(issued, heard):
    drawn(issued)
    assert heard == []


def test_d14_a_service_is_recorded_once(printed, case_officer, heard):
    direct(printed, case_officer)
    with pytest.raises(RuleBroken):
        direct(printed, case_officer)
    assert len(heard) == 1
    assert Service.objects.count() == 1


@pytest.mark.parametrize("lacking", ["recipient", "relation"])
def test_handed_over_names_the_recipient_and_his_capacity(printed, case_officer, lacking):
    with pytest.raises(RuleBroken) as refusal:
        direct(printed, case_officer, **{lacking: " "})
    assert refusal.value.field == lacking


def test_an_inspector_may_serve_a_head_may_not(printed, inspector, head):
    with pytest.raises(PermissionDenied):
        direct(printed, head)
    assert direct(printed, inspector).server == inspector


def test_nothing_is_served_before_its_pdf_is_there(issued, case_officer):
    with pytest.raises(RuleBroken) as refusal:
        direct(issued, case_officer)
    assert "PDF" in str(refusal.value)


@pytest.mark.parametrize("days", [-3, 1])
def test_the_day_lies_between_issue_and_today(printed, case_officer, days):
    with pytest.raises(RuleBroken):
        direct(printed, case_officer, at=clock.now() + timedelta(days=days))


def test_the_second_officer_is_another_person(printed, case_officer, inspector):
    with pytest.raises(RuleBroken):
        direct(printed, case_officer, co_server=case_officer)
    assert direct(printed, case_officer, co_server=inspector).servers == [case_officer, inspector]


def test_the_receipt_of_service_is_a_frozen_document_of_its_own(printed, case_officer):
    service = direct(printed, case_officer)
    jobs.run(Job.objects.get(unique_key=f"notices.render_receipt:{service.pk}").pk)
    service.refresh_from_db()
    assert service.pdf_bytes().startswith(b"%PDF")
    for words in (printed.number, printed.addressee_name, "钱测试", "直接送达", "法定代表人"):
        assert words in service.html


def test_the_receipt_of_service_is_in_chinese_whatever_the_screen_of_the_officer(printed, case_officer):
    with translation.override("en"):
        service = direct(printed, case_officer)
    assert "直接送达" in service.html
    assert "法定代表人" in service.html


def test_a_signed_receipt_becomes_evidence_with_maker_time_and_place(printed, case_officer):
    service = direct(printed, case_officer, receipt_file=scan())
    assert service.receipt.docket == printed.docket
    assert (service.receipt.made_by, service.receipt.place) == (case_officer.name, "厂区")


def test_a_disguised_receipt_is_refused_and_nothing_is_recorded(printed, case_officer, heard):
    with pytest.raises(RuleBroken) as refusal:
        direct(printed, case_officer, receipt_file=scan("回证.pdf", b"<html><script>alert(1)</script></html>"))
    assert refusal.value.field == "receipt_file"
    assert (Service.objects.count(), Evidence.objects.count(), heard) == (0, 0, [])


def test_a_signed_receipt_may_follow_once(printed, case_officer):
    service = direct(printed, case_officer)
    assert services.attach_receipt(service=service, receipt_file=scan(), by=case_officer).receipt is not None
    with pytest.raises(RuleBroken):
        services.attach_receipt(service=service, receipt_file=scan(content=PDF + b"2"), by=case_officer)


def test_the_receipt_on_which_a_service_rests_is_not_withdrawn(printed, case_officer):
    service = services.attach_receipt(service=direct(printed, case_officer), receipt_file=scan(), by=case_officer)
    with pytest.raises(RuleBroken, match="送达以此为凭"):
        evidence.withdraw(evidence=service.receipt, reason="错传", by=case_officer)
    assert Evidence.objects.get().withdrawn_at is None


def test_evidence_of_another_docket_is_no_receipt(printed, case_officer):
    elsewhere = make_docket(
        department=case_officer.department, officer=case_officer, enterprise=printed.docket.enterprise
    )
    item = evidence.add(
        docket=elsewhere, upload=scan(), kind="document", title="别案", proves="别案", made_by="某", made_at=clock.now(),
        place="别处", by=case_officer,
    )  # fmt: skip
    with pytest.raises(RuleBroken):
        direct(printed, case_officer, receipt=item)


def left(notice, by, **fields):
    facts = {"place": "厂区门卫室", "refusal_reason": "以负责人不在为由拒收", **fields}
    return services.record_service(notice=notice, method=Method.LEFT, by=by, **facts)


def test_left_at_the_premises_needs_a_witness_or_a_photograph(printed, case_officer):
    with pytest.raises(RuleBroken) as refusal:
        left(printed, case_officer)
    assert "见证人" in str(refusal.value)
    photo = scan("留置.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 64)
    assert left(printed, case_officer, record_file=photo).record is not None


def test_left_with_a_witness_counts_from_that_day(printed, case_officer, heard):
    service = left(printed, case_officer, witness_name="吴见证", witness_organisation="某社区居民委员会")
    assert service.served_on == clock.today()
    assert len(heard) == 1


def test_a_witness_stands_for_an_organisation(printed, case_officer):
    with pytest.raises(RuleBroken) as refused:
        left(printed, case_officer, witness_name="吴见证")
    assert refused.value.field == "witness_organisation"


def test_left_at_the_premises_names_the_reason_of_the_refusal(printed, case_officer):
    with pytest.raises(RuleBroken):
        left(printed, case_officer, refusal_reason="", witness_name="吴见证", witness_organisation="某社区居民委员会")


def posted(notice, by, **fields):
    return services.record_service(
        notice=notice, method=Method.POST, by=by, **{"tracking_number": "1234567890123", **fields}
    )


def test_a_letter_is_under_way_until_its_receipt_comes_back(printed, case_officer, heard):
    service = posted(printed, case_officer)
    assert (service.outcome, service.served_on, heard) == (Outcome.PENDING, None, [])
    done = services.complete_service(service=service, served_on=clock.today(), recipient="收发室", by=case_officer)
    assert (done.outcome, done.served_on) == (Outcome.SERVED, clock.today())
    assert heard == [("served", clock.today())]
    with pytest.raises(RuleBroken):
        services.complete_service(service=service, served_on=clock.today(), by=case_officer)


def test_a_letter_whose_receipt_is_there_counts_from_the_day_on_it(approved, case_officer, heard):
    with clock.pinned(clock.today() - timedelta(days=5)):
        printed = drawn(services.issue(notice=approved, by=case_officer))
    sent = clock.now() - timedelta(days=4)
    service = posted(printed, case_officer, at=sent, served_on=clock.today() - timedelta(days=2))
    assert service.served_on == clock.today() - timedelta(days=2)
    assert heard == [("served", service.served_on)]


def test_a_letter_needs_its_tracking_number(printed, case_officer):
    with pytest.raises(RuleBroken):
        posted(printed, case_officer, tracking_number="")


def test_a_letter_is_not_received_before_it_was_sent(printed, case_officer):
    service = posted(printed, case_officer)
    with pytest.raises(RuleBroken):
        services.complete_service(service=service, served_on=clock.today() - timedelta(days=1), by=case_officer)


def test_a_letter_that_came_back_leaves_the_notice_unserved(printed, case_officer, heard):
    service = posted(printed, case_officer)
    services.fail_service(service=service, failure=Failure.RETURNED, by=case_officer)
    assert Notice.objects.get(pk=printed.pk).state == NoticeState.UNSERVED
    assert heard == [("unserved", Failure.RETURNED)]
    assert direct(printed, case_officer).outcome == Outcome.SERVED


def test_while_a_letter_is_under_way_no_second_one_begins(printed, case_officer):
    posted(printed, case_officer)
    with pytest.raises(RuleBroken):
        posted(printed, case_officer, tracking_number="9999")
    with pytest.raises(RuleBroken):
        services.record_attempt(notice=printed, method=Method.DIRECT, failure=Failure.NOBODY, by=case_officer)


def test_electronic_service_needs_the_consent_of_the_party(printed, case_officer, enterprise):
    facts = {"notice": printed, "method": Method.ELECTRONIC, "electronic_address": "a@example.test", "by": case_officer}
    with pytest.raises(RuleBroken) as refusal:
        services.record_service(**facts)
    assert "同意" in str(refusal.value)
    enterprise.agreed_electronic_service, enterprise.electronic_address = True, "a@example.test"
    enterprise.save()
    assert services.record_service(**facts).served_on == clock.today()


def test_another_authority_serves_and_reports(printed, case_officer):
    service = services.record_service(
        notice=printed, method=Method.ENTRUSTED, entrusted_to="江阴市生态环境局", by=case_officer
    )
    assert service.outcome == Outcome.PENDING
    with pytest.raises(RuleBroken):
        services.complete_service(service=service, served_on=clock.today(), by=case_officer)
    done = services.complete_service(service=service, served_on=clock.today(), recipient="钱测试", by=case_officer)
    assert done.outcome == Outcome.SERVED


def test_a_receipt_that_follows_locks_the_notice_before_its_service(printed, case_officer, locks):
    service = direct(printed, case_officer)
    locks.clear()
    services.attach_receipt(service=service, receipt_file=scan(), by=case_officer)
    assert locks.index(Notice) < locks.index(Service)


def test_attempts_that_failed_stay_on_file_and_are_told_once(printed, case_officer, heard):
    for failure in (Failure.NOBODY, Failure.REFUSED):
        services.record_attempt(notice=printed, method=Method.DIRECT, failure=failure, by=case_officer)
    direct(printed, case_officer)
    assert [service.outcome for service in printed.services.all()] == ["failed", "failed", "served"]
    assert [event for event, _fact in heard] == ["unserved", "served"]


def test_a_failed_attempt_says_why(printed, case_officer):
    for failure, remark in (("", ""), (Failure.OTHER, ""), ("nonsense", "x")):
        with pytest.raises(RuleBroken):
            services.record_attempt(
                notice=printed, method=Method.DIRECT, failure=failure, remark=remark, by=case_officer
            )


def test_a_document_that_is_not_served_takes_no_service(docket, case_officer, head, monkeypatch):
    monkeypatch.setattr(registry.get("notice"), "needs_service", False)
    draft = services.draft(kind="notice", docket=docket, content=WORDS, by=case_officer)
    approved = services.approve(notice=services.submit(notice=draft, by=case_officer), by=head)
    printed = drawn(services.issue(notice=approved, by=case_officer))
    with pytest.raises(RuleBroken):
        direct(printed, case_officer)


def delivery(method: str, day: date, **fields) -> Delivery:
    given = {"addressee_code": ""} | fields
    return Delivery(method=method, done_on=day, served_on=day, issued_on=day, today=day, **given)


def test_before_2013_a_photograph_did_not_replace_the_witness():
    facts = {"place": "厂区", "refusal_reason": "拒收", "has_record": True}
    assert service_rules.refusals(delivery(Method.LEFT, date(2012, 12, 31), **facts))
    assert not service_rules.refusals(delivery(Method.LEFT, date(2013, 1, 1), **facts))


def test_before_2013_there_was_no_electronic_service():
    facts = {"electronic_address": "a@example.test", "agreed_electronically": True}
    assert service_rules.refusals(delivery(Method.ELECTRONIC, date(2012, 12, 31), **facts))
    assert not service_rules.refusals(delivery(Method.ELECTRONIC, date(2013, 1, 1), **facts))


@pytest.mark.parametrize(
    ("code", "refused"), [("91320411MA1EXAMPL1", ["relation"]), ("92320411MA1EXAMPL1", []), ("", [])]
)
def test_a_company_cannot_receive_in_person(code, refused):
    found = service_rules.refusals(
        delivery(Method.DIRECT, date(2026, 1, 5), addressee_code=code, recipient="钱测试", relation=Relation.PARTY)
    )
    assert [field for field, _reason in found] == refused


def test_a_letter_that_came_back_signed_in_person_by_a_company_is_refused_at_that_field(printed, case_officer):
    letter = services.record_service(notice=printed, method=Method.POST, tracking_number="EX123", by=case_officer)
    with pytest.raises(RuleBroken) as refused:
        services.complete_service(
            service=letter, served_on=clock.today(), recipient="钱测试", relation=Relation.PARTY, by=case_officer
        )
    assert refused.value.field == "relation"


def test_every_method_names_its_articles():
    assert all("民事诉讼法" in service_rules.basis_of(method, date(2026, 1, 1)) for method in Method.values)


def test_the_moment_is_read_in_shanghai(printed, case_officer):
    day = clock.today() + timedelta(days=1)  # the day after its issue
    late = datetime(day.year, day.month, day.day, 0, 30, tzinfo=clock.SHANGHAI)
    with clock.pinned(late + timedelta(hours=1)):
        assert direct(printed, case_officer, at=late).served_on == clock.today()
