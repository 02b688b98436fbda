"""What officers stumbled over while they played the main case: who can be named, who is led where, what a page tells."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from casework import deadlines, kinds, selectors
from casework.models import Evidence
from core import clock
from core.errors import RuleBroken
from enforcement.inspections import services as inspections
from enforcement.inspections.models import Inspection
from enforcement.rectification import services as cases
from enforcement.rectification.docket_kind import actions, facts
from notices.forms import LeftForm
from organisation.models import Officer
from organisation.services import delegations
from registry.models import Facility
from tests import factories
from tests.factories import PASSWORD
from tests.plugins.matters import DAY, reinspect

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
ON = date(2026, 9, 15)


@pytest.fixture
def deputy(case_officer, legal_reviewer, inspector):
    """An inspector of the department stands in for the case officer, on the days of these tests."""
    with clock.pinned(DAY):
        ends = DAY + timedelta(days=60)
        delegations.give(
            principal=case_officer, deputy=inspector, starts_on=DAY, ends_on=ends, reason="休假", by=case_officer
        )
    return Officer.objects.get(pk=inspector.pk)  # nothing remembered of the time before


def text(client, url) -> str:
    return client.get(url).content.decode()


def test_an_account_without_a_role_is_no_inspector(log_in, inspector, case_officer, enterprise):
    nobody = factories.make_officer(department=inspector.department, name="丁空白", username="ding")
    page = text(log_in(inspector), "/inspections/new/")
    assert case_officer.name in page
    assert nobody.name not in page
    with pytest.raises(RuleBroken, match="丁空白"):
        inspections.open_inspection(
            enterprise=enterprise, inspected_on=ON, began_at=time(9), place="车间", inspectors=[inspector, nobody],
            attended_by="某", credentials_shown=True, by=inspector,
        )  # fmt: skip


def test_a_deputy_is_not_led_to_a_signature_that_is_refused(written, deputy, case_officer, log_in):
    with clock.pinned(DAY):
        cases.draft_order(case=written, by=case_officer)
        written.refresh_from_db()
        assert "签署案件" in [action.label for action in actions(written.docket, case_officer)]
        assert "签署案件" not in [action.label for action in actions(written.docket, deputy)]
        answer = log_in(deputy).get(reverse("rectification:sign", args=[written.pk]))
    assert "不能代为签字" in answer.content.decode()
    assert "password" not in answer.content.decode()


def test_a_returned_case_is_marked_on_the_work_page_until_it_is_handed_in_again(
    submitted, case_officer, legal_reviewer, log_in
):
    with clock.pinned(DAY):
        cases.return_from_review(case=submitted, opinion="证据不足", by=legal_reviewer)
        [item] = [item for item in selectors.my_work(case_officer).mine if item.docket_id == submitted.docket_id]
        assert item.status["label"] == "退回"
        page = text(log_in(case_officer), reverse("rectification:take_step", args=[submitted.pk, "submit"]))
        assert "退回后未作任何修改" in page
        assert "证据不足" in page
        submitted.refresh_from_db()
        cases.submit(case=submitted, by=case_officer)
        marks = [item.status["label"] for item in selectors.my_work(case_officer).waiting]
        assert "退回" not in marks


def test_what_a_deputy_does_for_a_colleague_bears_the_colleagues_name(written, deputy, case_officer, log_in):
    with clock.pinned(DAY):
        page = text(log_in(deputy), "/")
        [item] = [item for item in selectors.my_work(deputy).mine if item.docket_id == written.docket_id]
        assert f"代 {case_officer.name}" in item.title
        assert case_officer.name not in selectors.my_work(case_officer).mine[0].title
    assert f"您今日代{case_officer.name}办理" in page
    assert "本人经办和代办超期" in page


def test_the_overview_tells_what_the_head_decided(approved, case_officer, head, log_in):
    page = text(log_in(case_officer), approved.get_absolute_url())
    panel = page[page.index(">审批</h2>") :]
    assert head.name in panel[: panel.index("</ul>")]


def test_whoever_closes_reads_the_case_and_what_the_last_look_found(served, case_officer, inspector, head, log_in):
    case = reinspect(served, inspector, case_officer, done=True)
    with clock.pinned(date(2026, 9, 28)):
        cases.confirm_rectified(case=case, by=case_officer)
        page = text(log_in(head), reverse("rectification:take_step", args=[case.pk, "close"]))
    for words in ("废水处理设施未运行。", "复查情况", "恢复废水处理设施正常运行", case.order.number):
        assert words in page


def test_the_overview_tells_the_end_of_the_period_as_it_was_extended(served, head, case_officer):
    def told() -> str:
        return str(dict(facts(served.docket, case_officer))["改正期限"])

    period = served.period()
    with clock.pinned(ON):
        assert told() == f"自送达之日起30日，至{period.due_on}"
        deadlines.extend(
            deadline=period, length=10, unit="calendar_day", reason="设备到货延迟", document="常环监〔2026〕1号", by=head
        )  # fmt: skip
        assert told() == "自送达之日起30日，经延长或者中止后至2026-10-19"


def test_the_page_of_a_period_and_the_case_cite_the_same_basis_for_a_pause(served, head, log_in):
    period = served.period()
    with clock.pinned(ON):
        deadlines.pause(
            deadline=period, reason_code="suspension", reason="停电", document="常环监〔2026〕1号", from_on=ON, by=head
        )  # fmt: skip
        why = log_in(head).get(reverse("casework:why", args=[period.pk])).context["events"][0]
        told = log_in(head).get(reverse("casework:docket_tab", args=[served.docket_id, "history"])).context["events"]
    assert why in told
    assert "常环监" in str(why["facts"])
    assert "常环监" not in str(why["basis"])


def visit(enterprise, *inspectors, **given):
    return {
        "enterprise": enterprise.pk, "inspected_on": "2026-09-10", "began_at": "09:00", "place": "", "site": "",
        "inspectors": [officer.pk for officer in inspectors], "attended_by": "某", "credentials_shown": "on",
    } | given  # fmt: skip


def test_the_plants_of_the_enterprise_are_offered_and_the_chosen_one_is_the_place(
    log_in, inspector, case_officer, outsider, enterprise
):
    Facility.objects.create(enterprise=enterprise, name="二厂区", region=enterprise.region, address="新北区测试路9号")
    page = text(log_in(inspector), f"/inspections/new/sites/?enterprise={enterprise.pk}")
    assert page.index(enterprise.address) < page.index("二厂区（新北区测试路9号）")
    assert "二厂区" not in text(log_in(outsider), f"/inspections/new/sites/?enterprise={enterprise.pk}")
    sent = visit(enterprise, inspector, case_officer, site="二厂区（新北区测试路9号）", place="萃取车间")
    assert log_in(inspector).post("/inspections/new/", sent).status_code == 302
    assert Inspection.objects.get().place == "二厂区（新北区测试路9号），萃取车间"


def test_the_same_visit_entered_again_is_asked_about_first(log_in, inspector, case_officer, enterprise):
    client, sent = log_in(inspector), visit(enterprise, inspector, case_officer, place="萃取车间")
    assert client.post("/inspections/new/", sent).status_code == 302
    first = Inspection.objects.get()
    asked = client.post("/inspections/new/", sent)
    assert asked.status_code == 422
    assert str(first) in asked.content.decode()
    assert Inspection.objects.count() == 1
    assert client.post("/inspections/new/", sent | {"is_another": "on"}).status_code == 302
    assert Inspection.objects.count() == 2


def test_a_time_never_entered_is_entered_and_not_corrected(lead, case_officer):
    def offered() -> list[str]:
        return [action.label for action in kinds.get("lead").actions(lead.docket, case_officer)]

    lead.acted_from = lead.acted_to = None
    lead.save()
    assert "登记行为发生时间" in offered()
    lead.acted_from = DAY
    lead.save()
    lead.docket.refresh_from_db()
    assert "更正行为发生时间" in offered()


def test_what_is_on_file_is_offered_as_a_picture_only_where_it_is_one(issued, case_officer):
    def on_file(title: str, media_type: str, kind: str = "document") -> Evidence:
        return Evidence.objects.create(
            docket=issued.docket, kind=kind, title=title, proves="某", made_by="某", made_at=clock.now(), place="某",
            filename=title, media_type=media_type, size_bytes=1, sha256=title, uploaded_by=case_officer,
            uploaded_at=clock.now(),
        )  # fmt: skip

    on_file("排污许可证副本", "application/pdf")
    shown = {on_file("留置照片", "image/jpeg"), on_file("留置录像", "video/mp4", "audiovisual")}
    assert set(LeftForm(notice=issued.order, viewer=case_officer).fields["record"].queryset) == shown


def test_an_inspector_finds_inspections_and_leads_in_the_menu_and_sees_where_he_is(log_in, inspector):
    menu = log_in(inspector).get("/cases/?tab=all&kind=lead").context["menu"]()
    entries = {str(item["label"]): item for section in menu for item in section["items"]}
    assert entries["现场检查"]["url"] == "/cases/?tab=all&kind=inspection"
    assert [label for label, item in entries.items() if item["active"]] == ["线索"]


def test_whoever_records_the_look_reads_each_requirement_by_itself_and_answers_with_his_password(
    served, inspector, case_officer, log_in
):
    served.requirements = "恢复废水处理设施\n拆除暗管"
    served.save()
    with clock.pinned(date(2026, 9, 28)):
        cases.call_reinspection(case=served, inspectors=[inspector, case_officer], by=inspector)
        client, address = log_in(inspector), reverse("rectification:reinspect", args=[served.pk])
        page = text(client, address)
        assert "<div>恢复废水处理设施</div><div>拆除暗管</div>" in page
        sent = {
            "inspected_on": "2026-09-28", "began_at": "00:00", "ended_at": "00:00", "place": "车间", "is_done": "yes",
            "inspectors": [inspector.pk, case_officer.pk], "findings": "已恢复",
        }  # fmt: skip
        assert client.post(address, sent | {"password": "wrong"}).status_code == 422
        assert served.last_reinspection() is None
        assert client.post(address, sent | {"password": PASSWORD}).status_code == 302
    assert served.last_reinspection().recorded_by == inspector
