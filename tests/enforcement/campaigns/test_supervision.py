"""挂牌督办: a case listed with a public deadline, extended, released; its list, its notice, and that it holds the case open."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import InboxMessage
from core import clock
from core.errors import RuleBroken, Stale
from enforcement.campaigns import services as campaigns
from enforcement.campaigns.models import Supervision
from enforcement.campaigns.notices import SupervisionNotice
from enforcement.campaigns.services.supervising import seen_as
from notices import registry
from notices import services as notices
from organisation import roles
from tests import factories
from tests.plugins.matters import DAY
from tests.plugins.stories import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
WORDS = {
    "level": "province", "authority": "江苏省生态环境厅", "document": "苏环督〔2026〕3号", "listed_on": DAY,
    "due_on": DAY + timedelta(days=60), "requirements": "查清废水去向。\n依法作出处理。",
}  # fmt: skip


@story
def listed(written, coordinator) -> Supervision:
    with clock.pinned(DAY):
        return campaigns.list_matter(docket=written.docket, by=coordinator, **WORDS)


class TestListing:
    def test_starts_a_public_deadline_and_tells_who_handles_the_case(self, listed, written, case_officer):
        period = written.docket.deadlines.get(kind="campaigns.supervision")
        assert (period.started_on, period.length) == (DAY, 60)
        assert InboxMessage.objects.filter(recipient=case_officer, docket=written.docket, kind="supervision").exists()

    def test_stands_once_at_a_time(self, listed, written, coordinator):
        with pytest.raises(RuleBroken, match="已在挂牌督办中"):
            campaigns.list_matter(docket=written.docket, by=coordinator, **WORDS)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"level": "county"}, "level"),
            ({"authority": " "}, "authority"),
            ({"document": ""}, "document"),
            ({"requirements": ""}, "requirements"),
            ({"due_on": DAY}, "due_on"),
            ({"listed_on": DAY + timedelta(days=1)}, "listed_on"),
        ],
    )
    def test_without_what_it_must_say_is_refused_at_the_field(self, written, coordinator, changes, field):
        with pytest.raises(RuleBroken) as refused:
            campaigns.list_matter(docket=written.docket, by=coordinator, **(WORDS | changes))
        assert refused.value.field == field

    def test_at_the_level_of_the_province_is_not_a_city_s_to_decide(self, written, head):
        with pytest.raises(RuleBroken, match="只能在本级挂牌督办") as refused:
            campaigns.list_matter(docket=written.docket, by=head, **WORDS)
        assert refused.value.field == "level"
        assert campaigns.list_matter(docket=written.docket, by=head, **(WORDS | {"level": "city"}))

    def test_is_of_leads_and_cases_only(self, inspection, coordinator):
        with pytest.raises(RuleBroken, match="仅线索和案件"):
            campaigns.list_matter(docket=inspection.docket, by=coordinator, **WORDS)

    def test_is_no_case_officer_s_nor_another_city_s(self, written, case_officer, outsider, log_in):
        url = f"/dockets/{written.docket_id}/supervision/"
        assert log_in(case_officer).post(url, WORDS).status_code == 403
        assert log_in(outsider).post(url, WORDS).status_code == 404
        with pytest.raises(PermissionDenied):
            campaigns.list_matter(docket=written.docket, by=case_officer, **WORDS)

    def test_in_the_browser_pressed_twice_lists_once(self, written, coordinator, log_in):
        url = f"/dockets/{written.docket_id}/supervision/"
        client = log_in(coordinator)
        once = client.get(url).content.decode().split('name="_once" value="')[1].split('"')[0]
        for _time in range(2):
            assert client.post(url, {**WORDS, "_once": once}).status_code == 302
        assert Supervision.objects.count() == 1


class TestMoreTime:
    def test_moves_the_public_deadline_with_reason_and_document(self, listed, written, coordinator):
        later = DAY + timedelta(days=90)
        with pytest.raises(RuleBroken) as refused:
            campaigns.extend(
                supervision=listed, due_on=later, reason="", document="苏环督〔2026〕9号", seen=seen_as(listed),
                by=coordinator,
            )  # fmt: skip
        assert refused.value.field == "reason"
        done = campaigns.extend(
            supervision=listed, due_on=later, reason="鉴定未完成", document="苏环督〔2026〕9号", seen=seen_as(listed),
            by=coordinator,
        )  # fmt: skip
        assert done.due_on == later
        assert written.docket.deadlines.get(kind="campaigns.supervision").length == 90
        assert [row.was_due_on for row in done.extensions.all()] == [WORDS["due_on"]]

    def test_is_not_granted_by_the_authority_that_is_supervised(self, listed, head):
        with pytest.raises(RuleBroken, match="只能由其延期或者解除"):
            campaigns.extend(
                supervision=listed, due_on=DAY + timedelta(days=90), reason="忙", document="1号", seen=seen_as(listed),
                by=head,
            )  # fmt: skip

    def test_granted_by_two_at_once_is_granted_once(self, listed, coordinator, province_epb):
        other = factories.make_officer(
            roles.COORDINATION_OFFICER, department=province_epb, name="协测试", username="xt2"
        )
        seen = seen_as(listed)
        given = {"supervision": listed, "reason": "鉴定", "document": "9号", "seen": seen}
        campaigns.extend(**given, due_on=DAY + timedelta(days=90), by=coordinator)
        with pytest.raises(Stale):
            campaigns.extend(**given, due_on=DAY + timedelta(days=99), by=other)


class TestRelease:
    def test_needs_reason_and_document_and_ends_the_deadline(self, listed, written, coordinator):
        with pytest.raises(RuleBroken) as refused:
            campaigns.release(supervision=listed, reason=" ", document="", seen=seen_as(listed), by=coordinator)
        assert {field for field, _words in refused.value.faults} == {"reason", "document"}
        done = campaigns.release(
            supervision=listed, reason="整改到位", document="苏环督〔2026〕12号", seen=seen_as(listed), by=coordinator
        )
        assert done.released_on == DAY
        assert written.docket.deadlines.get(kind="campaigns.supervision").met_on == DAY
        with clock.pinned(DAY + timedelta(days=1)):
            again = WORDS | {"listed_on": DAY + timedelta(days=1)}
            assert campaigns.list_matter(docket=written.docket, by=coordinator, **again)

    def test_is_not_the_supervised_authority_s(self, listed, head, log_in):
        words = {"reason": "已办", "document": "1号", "seen": seen_as(listed)}
        page = log_in(head).post(f"/supervision/{listed.pk}/release/", words)
        assert page.status_code == 422
        listed.refresh_from_db()
        assert listed.released_on is None

    def test_is_what_a_listed_case_waits_for_before_it_closes(self, listed, written, coordinator):
        (why,) = campaigns.still_listed(written.docket)
        assert "解除督办后方可结案" in why
        campaigns.release(supervision=listed, reason="到位", document="12号", seen=seen_as(listed), by=coordinator)
        assert campaigns.still_listed(written.docket) == []


class TestTheList:
    def test_shows_number_enterprise_requirement_and_progress_to_those_who_see_the_case(
        self, listed, written, case_officer, outsider, log_in
    ):
        page = log_in(case_officer).get("/supervision/").content.decode()
        for words in (written.docket.number, written.enterprise.name, "查清废水去向", "省级挂牌督办"):
            assert words in page
        assert written.docket.number not in log_in(outsider).get("/supervision/").content.decode()

    def test_says_how_long_a_matter_is_overdue(self, listed, case_officer, log_in):
        with clock.pinned(WORDS["due_on"] + timedelta(days=3)):
            assert "超期3天" in log_in(case_officer).get("/supervision/?tab=late").content.decode()

    def test_marks_the_page_of_the_case(self, listed, written, case_officer, coordinator, log_in):
        page = log_in(case_officer).get(written.get_absolute_url()).content.decode()
        assert "省级挂牌督办" in page
        assert f"/supervision/{listed.pk}/release/" not in page
        assert (
            f"/supervision/{listed.pk}/release/" in log_in(coordinator).get(written.get_absolute_url()).content.decode()
        )


class TestTheNotice:
    def test_is_offered_on_a_listed_case_only(self, written, coordinator):
        kind = registry.get("supervision_notice")
        assert not kind.is_offered_on(written.docket)
        campaigns.list_matter(docket=written.docket, by=coordinator, **WORDS)
        assert kind.is_offered_on(written.docket)

    def test_is_the_supervising_authority_s_and_addressed_to_the_one_in_charge(self, listed, written, case_officer):
        kind = SupervisionNotice()
        draft = notices.draft(
            docket=written.docket, kind="supervision_notice", content=kind.initial(written.docket), by=case_officer
        )
        assert kind.agency(draft).code == "JS-EPD"
        assert kind.addressee(draft).name == "测试常州市生态环境局"
        assert kind.context(draft, kind.initial(written.docket) | {"contact": "", "cc": []})["level"] == "省级挂牌督办"
        assert kind.validate(draft) == []

    def test_with_another_day_than_the_listing_says_so(self, listed, written, case_officer):
        kind = SupervisionNotice()
        words = kind.initial(written.docket) | {"due_on": DAY + timedelta(days=5)}
        draft = notices.draft(docket=written.docket, kind="supervision_notice", content=words, by=case_officer)
        assert any("不一致" in why for why in kind.validate(draft))

    @pytest.mark.pdf
    def test_holds_matter_requirement_time_limit_responsible_unit_and_feedback(self):
        from notices.rendering import render
        from notices.rendering.samples import SAMPLES
        from tests.notices.rendered_pages import text_of

        sample = SAMPLES["supervision_notice"]
        found = text_of(render(sample.template, sample.context()).pdf)
        for heading in (
            "一、督办事项",
            "二、责任单位",
            "三、督办要求",
            "四、办理时限",
            "五、反馈要求",
            "2027年2月26日前办结",
        ):
            assert heading in found
