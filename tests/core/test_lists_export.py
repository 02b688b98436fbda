"""The current view as an Excel file."""

import io
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.storage import default_storage

from casework.models import Docket
from core import clock, jobs
from core.lists import export
from core.models import Job, JobState
from organisation.models import Delegation
from tests import factories
from trail.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    with clock.pinned(TODAY):
        yield


def exported(client, query="tab=all", **data):
    return client.post(f"/cases/export/?{query}", {"_once": str(uuid.uuid4()), **data})


def book(response):
    return openpyxl.load_workbook(io.BytesIO(response.getvalue()))


def lines(response) -> list[list]:
    return [[cell.value for cell in row] for row in book(response).worksheets[0].iter_rows()]


def test_file_has_the_views_columns_rows_and_order(case_officer, log_in):
    for number, opened in (("甲号", date(2026, 1, 2)), ("乙号", date(2026, 3, 4))):
        factories.make_docket(department=case_officer.department, officer=case_officer, number=number, opened_on=opened)
    response = exported(log_in(case_officer), "tab=all&sort=-opened&columns=title&columns=opened")
    heading, *rows = lines(response)
    assert len(heading) == 3
    assert [row[0] for row in rows] == ["乙号", "甲号"]
    assert [row[2] for row in rows] == [datetime(2026, 3, 4), datetime(2026, 1, 2)]


def test_the_page_stays_open_and_hands_out_the_file_again(docket, case_officer, log_in):
    """The button of an open page sends the key of its form again."""
    client, key = log_in(case_officer), str(uuid.uuid4())
    assert [exported(client, _once=key).status_code for _time in range(2)] == [200, 200]


def test_file_is_named_after_list_view_and_day(docket, case_officer, log_in):
    from urllib.parse import unquote

    case_officer.language = "zh-hans"
    name = unquote(exported(log_in(case_officer), "tab=all")["Content-Disposition"])
    assert name.endswith("_20261122.xlsx")
    assert name.count("_") == 2


def test_only_rows_in_scope_are_exported_even_when_others_are_selected(docket, case_officer, outsider, log_in):
    assert len(lines(exported(log_in(outsider)))) == 1
    assert len(lines(exported(log_in(outsider), selected=docket.pk))) == 1
    assert len(lines(exported(log_in(case_officer), selected=docket.pk))) == 2


def test_selected_rows_alone_are_exported(case_officer, log_in):
    dockets = [factories.make_docket(department=case_officer.department, officer=case_officer) for _ in range(3)]
    response = exported(log_in(case_officer), selected=dockets[1].pk)
    assert [row[1] for row in lines(response)[1:]] == [dockets[1].number]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-2+3", "@SUM(A1)", "=cmd|'/c calc'!A0", "http://x.test", "1.32E+17"])
def test_text_that_looks_like_a_formula_stays_text(case_officer, log_in, evil):
    factories.make_docket(department=case_officer.department, officer=case_officer, title=evil)
    sheet = book(exported(log_in(case_officer), "tab=all&columns=title")).worksheets[0]
    cell = sheet.cell(row=2, column=2)
    assert (cell.value, cell.data_type) == (evil, "s")
    assert cell.hyperlink is None


def test_header_is_frozen_with_a_filter_and_codes_are_text(docket, case_officer, log_in):
    sheet = book(exported(log_in(case_officer))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.cell(row=2, column=2).number_format == "@"


def test_export_says_who_when_and_by_which_conditions_and_stands_in_the_trail(docket, case_officer, log_in):
    response = exported(log_in(case_officer), "tab=all&state=open")
    about = [cell.value for row in book(response).worksheets[1].iter_rows() for cell in row]
    assert case_officer.name in about
    assert any("2026-11-22 17:00" in str(value) for value in about)
    event = Event.objects.get(verb="lists.export")
    assert event.actor_id == case_officer.pk
    assert event.facts["rows"] == 1
    assert "state=open" in event.facts["query"]


def test_export_by_wrong_conditions_is_refused_in_words(docket, case_officer, log_in):
    assert exported(log_in(case_officer), "tab=all&due=never").status_code == 409
    assert exported(log_in(case_officer), "tab=all", selected="1;drop").status_code == 409


def test_a_long_list_is_written_by_a_worker_and_fetched_by_its_owner_only(
    case_officer, second_officer, log_in, monkeypatch
):
    for _ in range(4):
        factories.make_docket(department=case_officer.department, officer=case_officer)
    monkeypatch.setattr(export, "AT_ONCE", 3)
    client = log_in(case_officer)
    response = exported(client)
    assert response.status_code == 302
    place = response["Location"]
    assert client.get(place).status_code == 200
    job = Job.objects.get(kind=export.KIND)
    assert client.get(f"{place}file/").status_code == 404  # not yet
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["rows"]) == (JobState.DONE, 4)
    file = client.get(f"{place}file/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content))).worksheets[0]
    assert sheet.max_row == 5
    for path in (place, f"{place}file/"):
        assert log_in(second_officer).get(path).status_code == 404


@pytest.fixture
def long_export(case_officer, log_in, monkeypatch):
    """An export that waits for a worker, of five rows read one by one."""
    for _ in range(5):
        factories.make_docket(department=case_officer.department, officer=case_officer)
    monkeypatch.setattr(export, "AT_ONCE", 3)
    monkeypatch.setattr(export, "CHUNK", 1)
    exported(log_in(case_officer))
    return Job.objects.get(kind=export.KIND)


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_an_export_that_is_cancelled_stops_at_once_and_leaves_neither_file_nor_event(
    long_export, monkeypatch, settings
):
    plain, read = jobs.report, []

    def cancelled_meanwhile(job, **how):
        read.append(how)
        jobs.cancel(job)
        return plain(job, **how)

    monkeypatch.setattr(jobs, "report", cancelled_meanwhile)
    jobs.run(long_export.pk)
    long_export.refresh_from_db()
    assert (long_export.state, len(read)) == (JobState.CANCELLED, 1)
    assert files(settings) == []
    assert not Event.objects.filter(verb="lists.export").exists()


def test_an_export_written_again_after_a_kill_is_one_event(long_export, monkeypatch, settings):
    """The worker dies between the file and its outcome; another one writes the file again."""
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "_finish", lambda *args, **kwargs: None)
        jobs.run(long_export.pk)
    with clock.pinned(clock.now() + jobs.LEASE + timedelta(minutes=1)):
        jobs.run(long_export.pk)
    long_export.refresh_from_db()
    assert (long_export.state, long_export.attempts, long_export.result["rows"]) == (JobState.DONE, 2, 5)
    assert Event.objects.filter(verb="lists.export").count() == 1
    assert [path.name for path in files(settings)] == [f"{long_export.pk}.xlsx"]


@pytest.mark.parametrize("ended", [False, True])
def test_an_export_names_the_colleague_only_while_its_officer_acts_for_him(
    long_export, case_officer, second_officer, ended
):
    days = (TODAY - timedelta(days=3), TODAY - timedelta(days=1) if ended else TODAY)
    Delegation.objects.create(
        principal=second_officer, deputy=case_officer, starts_on=days[0], ends_on=days[1], reason="出差",
        created_by=second_officer, created_at=clock.now(),
    )  # fmt: skip
    Job.objects.update(payload={**long_export.payload, "acting_for": second_officer.pk})
    jobs.run(long_export.pk)
    event = Event.objects.get(verb="lists.export")
    assert event.on_behalf_of == ("" if ended else second_officer.name)


def test_who_lost_the_right_to_a_list_lost_its_files_too(auditor, log_in, monkeypatch):
    monkeypatch.setattr(export, "AT_ONCE", -1)
    client = log_in(auditor)
    place = client.post("/trail/export/", {"_once": str(uuid.uuid4())})["Location"]
    jobs.run(Job.objects.get(kind=export.KIND).pk)
    assert client.get(f"{place}file/").status_code == 200
    auditor.groups.clear()
    for path in (place, f"{place}file/"):
        assert client.get(path).status_code == 403


def test_a_file_is_kept_for_a_week_then_the_officer_is_asked_to_export_again(docket, case_officer, log_in, monkeypatch):
    monkeypatch.setattr(export, "AT_ONCE", 0)
    client = log_in(case_officer)
    place = exported(client)["Location"]
    job = Job.objects.get(kind=export.KIND)
    jobs.run(job.pk)
    path = Job.objects.get().result["file"]
    with clock.pinned(clock.now() + timedelta(days=6)):
        assert export.forget_old() == 0
    with clock.pinned(clock.now() + timedelta(days=8)):
        assert (export.forget_old(), export.forget_old()) == (1, 0)
    assert not default_storage.exists(path)
    answer = client.get(f"{place}file/", follow=True)
    assert answer.status_code == 200
    assert "请重新导出" in answer.content.decode()


def test_rights_at_the_time_of_writing_count(docket, case_officer, log_in, monkeypatch):
    monkeypatch.setattr(export, "AT_ONCE", 0)
    exported(log_in(case_officer))
    case_officer.is_active = False
    case_officer.save()
    job = Job.objects.get(kind=export.KIND)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.result["rows"] == 0


def test_ten_thousand_rows_need_few_statements(case_officer, django_assert_max_num_queries, log_in):
    factories.make_docket(department=case_officer.department, officer=case_officer)
    template = Docket.objects.get()
    rows = []
    for n in range(2500):
        row = Docket(
            **{f.attname: getattr(template, f.attname) for f in Docket._meta.concrete_fields if not f.generated}
        )
        row.pk, row.number = None, f"测〔2026〕{n}号"
        rows.append(row)
    Docket.objects.bulk_create(rows)
    client = log_in(case_officer)
    with django_assert_max_num_queries(32):
        assert len(lines(exported(client))) == 2502
