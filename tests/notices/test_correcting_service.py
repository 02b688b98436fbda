"""更正送达记录: a wrong record of service stays on file, marked; the right one takes its place, with its own receipt."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from casework import evidence
from casework.models import Evidence
from core import clock, jobs
from core.errors import RuleBroken
from core.models import Job
from notices import registry, services
from notices.models import Frozen, Method, NoticeState, Outcome, Relation, Service
from organisation import roles
from tests import factories
from trail.models import Event

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
DAY = timedelta(days=1)


@pytest.fixture
def heard(monkeypatch):
    """What the type was told: (wrong day, right day)."""
    told: list[tuple[object, object]] = []
    kind = type(registry.get("notice"))
    monkeypatch.setattr(
        kind,
        "on_service_corrected",
        lambda self, notice, service: told.append((service.corrects.served_on, service.served_on)),
    )
    return told


@pytest.fixture
def served(printed, case_officer):
    """Handed over today; recorded three days later, as if it had been on the third."""
    with clock.pinned(clock.today() + 3 * DAY):
        service = services.record_service(
            notice=printed, method=Method.DIRECT, by=case_officer, place="厂区", recipient="钱测试",
            relation=Relation.LEGAL_REPRESENTATIVE, receipt_file=SimpleUploadedFile("错.pdf", PDF),
        )  # fmt: skip
        yield service


def correct(service, by, **given):
    return services.correct_service(service=service, by=by, **{"reason": "送达日期录错", **given})


def form(service, **changed):
    at = clock.local(changed.pop("at", service.at))
    fields = {
        "_once": str(uuid.uuid4()), "at": f"{at:%Y-%m-%dT%H:%M}", "place": service.place, "recipient": service.recipient,
        "relation": service.relation, "reason": "送达日期录错",
    }  # fmt: skip
    return fields | changed


def test_the_head_corrects_a_mistyped_day_in_the_browser_and_both_records_stay(served, head, heard, log_in):
    client, url = log_in(head), reverse("notices:correct_service", args=[served.pk])
    assert url in client.get(served.notice.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    answer = client.post(url, form(served, at=served.at - 2 * DAY))
    assert answer.status_code == 302
    wrong, right = Service.objects.order_by("pk")
    assert right.served_on == wrong.served_on - 2 * DAY
    assert (wrong.outcome, wrong.counts, right.counts) == (Outcome.SERVED, False, True)
    assert (right.corrects, right.correction_reason) == (wrong, "送达日期录错")
    assert (right.receipt, right.server, right.recipient) == (wrong.receipt, wrong.server, wrong.recipient)
    assert right.notice.state == NoticeState.SERVED
    assert heard == [(wrong.served_on, right.served_on)]
    page = client.get(answer.url).content.decode()
    assert "本记录有误" in page
    assert page.count("送达日期录错") == 2
    event = Event.objects.get(verb="notices.correct_service")
    assert event.facts["reason"] == "送达日期录错"
    assert event.facts["before"]["served_on"] == wrong.served_on.isoformat()
    assert client.post(url, form(served, at=served.at - DAY)).status_code == 422  # corrected already


def test_the_receipt_is_drawn_anew_and_says_what_it_corrects(served, head):
    right = correct(served, head, at=served.at - DAY)
    jobs.run(Job.objects.get(unique_key=f"notices.render_receipt:{right.pk}").pk)
    right.refresh_from_db()
    assert right.is_printed
    assert "更正理由：送达日期录错" in right.html
    assert right.html != Service.objects.get(pk=served.pk).html
    assert Service.objects.get(pk=served.pk).title == "送达回证（登记有误，已被更正）"


def test_a_wrong_signed_receipt_is_replaced_with_the_day_unchanged_and_may_then_be_withdrawn(
    served, head, case_officer
):
    with pytest.raises(RuleBroken):
        evidence.withdraw(evidence=served.receipt, reason="传错", by=case_officer)
    right = correct(served, head, receipt_file=SimpleUploadedFile("对.pdf", PDF + b"2"), reason="签收件传错")
    assert right.served_on == served.served_on
    assert right.receipt.filename == "对.pdf"
    assert Service.objects.get(pk=served.pk).receipt.filename == "错.pdf"
    evidence.withdraw(evidence=served.receipt, reason="传错", by=case_officer)
    assert Evidence.objects.get(filename="错.pdf").withdrawn_at is not None
    with pytest.raises(RuleBroken):
        evidence.withdraw(evidence=right.receipt, reason="传错", by=case_officer)


def test_a_receipt_of_another_service_is_taken_off_and_the_right_one_follows(served, head, case_officer, log_in):
    client, url = log_in(head), reverse("notices:correct_service", args=[served.pk])
    assert client.post(url, form(served, without_receipt="on", reason="他案回证")).status_code == 302
    right = Service.objects.latest("pk")
    assert right.receipt is None
    again = services.attach_receipt(
        service=right, receipt_file=SimpleUploadedFile("对.pdf", PDF + b"2"), by=case_officer
    )
    assert again.receipt.filename == "对.pdf"


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": ""},
        {},  # nothing was changed
        {"recipient": ""},
        {"days": 1},  # in the future
        {"days": -4},  # before the day of issue
    ],
)
def test_a_wrong_correction_changes_nothing_and_says_why(served, head, heard, log_in, changed):
    days = changed.pop("days", 0) if changed else 0
    given = form(served, at=served.at + days * DAY, **changed)
    assert log_in(head).post(reverse("notices:correct_service", args=[served.pk]), given).status_code == 422
    assert Service.objects.get().counts
    assert heard == []


def test_a_letter_keeps_its_number_and_takes_the_right_day_of_its_receipt(printed, case_officer, head):
    with clock.pinned(clock.today() + 5 * DAY):
        sent = services.record_service(
            notice=printed, method=Method.POST, by=case_officer, at=clock.now() - 4 * DAY,
            served_on=clock.today(), tracking_number="1234567890123",
        )  # fmt: skip
        right = correct(sent, head, served_on=clock.today() - DAY)
        assert (right.served_on, right.tracking_number) == (clock.today() - DAY, "1234567890123")
        with pytest.raises(RuleBroken):
            correct(right, head, served_on=clock.today() - 5 * DAY)  # before it was sent


def test_a_public_notice_of_another_day_counts_from_that_day_once_it_has_run(printed, case_officer, head, statute_book):
    with clock.pinned(clock.today() + 40 * DAY):
        served = services.record_service(
            notice=printed, method=Method.PUBLIC, by=case_officer, at=clock.now() - 35 * DAY, published_in="常州日报",
            no_other_way="下落不明",
        )  # fmt: skip
        with pytest.raises(RuleBroken):
            correct(served, head, at=served.at + 10 * DAY)
        right = correct(served, head, at=served.at + 2 * DAY)
        assert right.served_on == right.effective_on == served.served_on + 2 * DAY


def test_a_failed_attempt_and_a_superseded_document_have_no_record_to_correct(printed, case_officer, head):
    failed = services.record_attempt(notice=printed, method=Method.DIRECT, failure="nobody", by=case_officer)
    with pytest.raises(RuleBroken):
        correct(failed, head, at=failed.at - DAY)


def test_who_served_it_does_not_correct_his_own_record(served, case_officer, inspector, log_in):
    url = reverse("notices:correct_service", args=[served.pk])
    for officer in (case_officer, inspector):
        with pytest.raises(PermissionDenied):
            correct(served, officer, at=served.at - DAY)
        assert log_in(officer).post(url, form(served, at=served.at - DAY)).status_code == 403
    assert url not in log_in(case_officer).get(served.notice.get_absolute_url()).content.decode()


def test_a_head_of_another_city_does_not_find_it(served, outsider, log_in):
    stranger = factories.make_officer(roles.DEPARTMENT_HEAD, department=outsider.department)
    url = reverse("notices:correct_service", args=[served.pk])
    assert log_in(stranger).get(url).status_code == 404
    assert log_in(stranger).post(url, form(served, at=served.at - DAY)).status_code == 404
    assert Service.objects.get().counts


def test_d14_the_same_correction_sent_twice_makes_one_record(served, head, heard, log_in):
    client, given = log_in(head), form(served, at=served.at - DAY)
    for _press in range(2):
        client.post(reverse("notices:correct_service", args=[served.pk]), given)
    assert Service.objects.count() == 2
    assert len(heard) == 1


def test_neither_record_is_rewritten_afterwards(served, head):
    right = correct(served, head, at=served.at - DAY)
    right.correction_reason = "改口"
    with pytest.raises(Frozen):
        right.save()
    for changed in (
        {"corrected_at": None},
        {"corrected_at": clock.now() + DAY},
        {"served_on": clock.today() - 9 * DAY},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Service.objects.filter(pk=served.pk).update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Service.objects.filter(pk=right.pk).update(correction_reason="改口")


def test_who_served_it_reads_who_corrects_his_record(served, case_officer, head, log_in):
    page = log_in(case_officer).get(served.notice.get_absolute_url()).content.decode()
    assert f"登记有误的，由部门负责人更正：{head.name}。" in page
    assert "由部门负责人更正" not in log_in(head).get(served.notice.get_absolute_url()).content.decode()


def test_a_capacity_that_is_not_in_the_list_stays_as_it_was_recorded(printed, case_officer, head, log_in):
    with clock.pinned(clock.today() + 3 * DAY):
        service = services.record_service(
            notice=printed,
            method=Method.DIRECT,
            by=case_officer,
            place="厂区",
            recipient="钱测试",
            relation="办公室负责人",
        )
        url = reverse("notices:correct_service", args=[service.pk])
        client = log_in(head)
        assert '<option value="办公室负责人" selected>' in client.get(url).content.decode()
        assert client.post(url, form(service, at=service.at - DAY)).status_code == 302
    assert Service.objects.latest("pk").relation == "办公室负责人"
