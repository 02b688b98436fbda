"""Papers that are drawn from what was recorded: no name stands where a person signs, no paper is dated by its upload, and the
index calls the author as he was called on the day."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from core import clock, jobs
from core.models import Job
from notices import casefile, casefile_pages, receipts, services
from notices.models import Method, Service
from notices.templatetags.notice_text import cn_moment
from organisation.models import Department, DepartmentName
from tests.notices.forms import once
from tests.notices.serving import direct, scan
from tests.notices.test_service import left
from tests.plugins.matters import DAY

pytestmark = pytest.mark.django_db


def cells(html: str) -> dict[str, str]:
    """Each heading of the receipt with the cell beside it."""
    plain = re.sub(r"<br>", "", html)
    return {name: text.strip() for name, text in re.findall(r"<th>(.*?)</th><td[^>]*>(.*?)</td>", plain, re.DOTALL)}


# --- 送达回证 --------------------------------------------------------------------------------------------------------------
def test_nobody_has_signed_the_receipt_that_is_drawn_from_the_record(printed, case_officer, second_officer):
    found = cells(direct(printed, case_officer, co_server=second_officer).html)
    assert [found[name] for name in ("收件人签名或者盖章", "见证人签名", "送达人签名")] == ["", "", ""]
    assert (found["收件人"], found["送达人"]) == ("钱测试", f"{case_officer.name}、{second_officer.name}")
    assert "收到时间" in found


def test_the_receipt_says_that_it_takes_the_place_of_no_signed_one(printed, case_officer):
    assert "不代替经签名的送达回证" in direct(printed, case_officer).html
    assert "不代替" not in receipts.blank_html(printed)


def test_a_document_left_at_the_premises_was_received_by_nobody(printed, case_officer):
    facts = {"witness_name": "孙见证", "witness_organisation": "某社区居民委员会"}
    service = left(printed, case_officer, **facts)
    found = cells(service.html)
    assert "收到时间" not in found
    at = clock.local(service.at)
    assert found["留置时间"] == f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"
    assert (found["见证人"], found["见证人签名"]) == ("孙见证　某社区居民委员会", "")


def test_of_two_receipts_the_file_says_which_one_counts(printed, case_officer, head):
    with clock.pinned(clock.now() + timedelta(hours=1)):
        wrong = direct(printed, case_officer)
        right = services.correct_service(service=wrong, at=wrong.at - timedelta(minutes=9), reason="时刻录错", by=head)
    for service in (wrong, right):
        jobs.run(Job.objects.get(unique_key=f"notices.render_receipt:{service.pk}").pk)
    titles = [paper.title for paper in casefile.papers(printed.docket) if "回证" in paper.title]
    assert titles == ["送达回证（登记有误，已被更正）", "送达回证（更正后，以此为准）"]


# --- when a paper was made -------------------------------------------------------------------------------------------------
def test_a_signed_receipt_uploaded_later_was_made_when_the_document_was_handed_over(printed, case_officer):
    service = direct(printed, case_officer)
    with clock.pinned(clock.now() + timedelta(minutes=5)):
        kept = services.attach_receipt(service=service, receipt_file=scan(), by=case_officer).receipt
    assert kept.made_at == service.at


def test_the_receipt_of_a_letter_was_made_on_the_day_it_names_at_no_known_hour(approved, case_officer):
    with clock.pinned(DAY):
        letter = services.issue(notice=approved, by=case_officer)
        jobs.run(Job.objects.get(unique_key=f"notices.render:{letter.pk}").pk)
        service = services.record_service(notice=letter, method=Method.POST, by=case_officer, tracking_number="1")
    with clock.pinned(DAY + timedelta(days=5)):
        done = services.complete_service(
            service=service, served_on=DAY + timedelta(days=2), receipt_file=scan(), by=case_officer
        )
    assert clock.local(done.receipt.made_at).date() == DAY + timedelta(days=2)
    on = DAY + timedelta(days=2)
    assert cn_moment(done.receipt.made_at) == f"{on.year}年{on.month}月{on.day}日"


def test_the_hour_is_said_where_it_is_known():
    assert cn_moment(datetime(2026, 11, 23, 9, 16, tzinfo=clock.SHANGHAI)) == "2026年11月23日9时16分"


# --- who made it -----------------------------------------------------------------------------------------------------------
def test_the_index_names_the_author_in_full_as_he_was_called_on_the_day(printed, case_officer):
    service = direct(printed, case_officer)
    jobs.run(Job.objects.get(unique_key=f"notices.render_receipt:{service.pk}").pk)
    old, today = printed.agency_name, clock.today()
    department = printed.docket.department
    DepartmentName.objects.filter(department=department).delete()
    names = ((old, None, today), ("常州市生态资源局", today + timedelta(days=1), None))
    for name, since, until in names:
        DepartmentName.objects.create(department=department, name=name, valid_from=since, valid_to=until)
    Department.objects.filter(pk=department.pk).update(name="常州市生态资源局", short_name="市生态资源局")
    with clock.pinned(today + timedelta(days=3)):
        docket = type(printed.docket).objects.get(pk=printed.docket_id)
        assert {paper.author for paper in casefile.papers(docket)} == {old}
        assert casefile_pages._author(docket) == "常州市生态资源局"


def test_a_receipt_bears_the_name_of_the_day_of_service(printed, case_officer):
    service = direct(printed, case_officer)
    assert receipts.agency_of(Service.objects.get(pk=service.pk)) == printed.agency_name


# --- what a refused document has -------------------------------------------------------------------------------------------
def test_nobody_is_asked_for_a_receipt_signed_by_who_refused(printed, case_officer, log_in):
    service = left(printed, case_officer, witness_name="孙见证", witness_organisation="某居民委员会")
    client = log_in(case_officer)
    url = reverse("notices:attach_receipt", args=[service.pk])
    asked = client.get(url).content.decode()
    answer = client.post(url, {"receipt_file": scan()} | once(), follow=True)
    assert "补传签收" not in asked
    assert "补传载明拒收事由、由送达人和见证人签名的送达回证" in asked
    assert "载明拒收事由、由送达人和见证人签名的送达回证已归入本案" in answer.content.decode()


def test_who_took_it_is_asked_for_his_signature(printed, case_officer, log_in):
    service = direct(printed, case_officer)
    page = log_in(case_officer).get(reverse("notices:attach_receipt", args=[service.pk])).content.decode()
    assert "补传签收的送达回证" in page
