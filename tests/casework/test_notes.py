"""Notes: read in whole where they were written, bound to the trail, and calling exactly whom they name."""

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import trail
from casework import history, notes, services
from casework.models import InboxMessage, Mention, Note
from core import clock
from core.errors import RuleBroken
from organisation import roles
from tests.factories import make_docket, make_officer
from trail import recording
from trail.models import Event

pytestmark = pytest.mark.django_db
LONG = "现场核查情况如下：\n一、原料仓库台账与过磅单不一致；\n二、萃取车间三号线未报备。\n" + "须进一步核对。" * 40


def send(client, docket, text):
    return client.post(f"/dockets/{docket.pk}/notes/", {"text": text, "_once": str(uuid.uuid4())}, follow=True)


def told_by(note) -> list[str]:
    return list(Mention.objects.filter(note=note).order_by("pk").values_list("officer__username", flat=True))


class TestReading:
    def test_a_colleague_reads_the_whole_of_a_long_note_with_its_lines(
        self, written, case_officer, second_officer, log_in
    ):
        assert len(LONG) > 300
        send(log_in(case_officer), written.docket, LONG)
        for address in (f"/dockets/{written.docket.pk}/", f"/dockets/{written.docket.pk}/history/"):
            assert f'<p class="event-text prewrap">{LONG}</p>' in log_in(second_officer).get(address).content.decode()

    def test_an_outsider_neither_reads_nor_writes_it(self, written, case_officer, outsider, log_in):
        notes.add(docket=written.docket, text=LONG, by=case_officer)
        client = log_in(outsider)
        for address in ("", "history/"):
            assert client.get(f"/dockets/{written.docket.pk}/{address}").status_code == 404
        assert send(client, written.docket, "外地").status_code == 404
        assert Note.objects.count() == 1

    def test_hostile_text_is_shown_as_text(self, written, case_officer, log_in):
        page = send(log_in(case_officer), written.docket, "<script>alert(1)</script>\n<b>粗</b>").content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;\n&lt;b&gt;粗&lt;/b&gt;" in page
        assert "<script>alert" not in page

    def test_notes_stand_among_the_other_events_in_their_order(self, docket, case_officer, head):
        notes.add(docket=docket, text="第一条", by=case_officer)
        services.restrict(docket=docket, reason="涉密线索", by=head)
        notes.add(docket=docket, text="第二条", by=case_officer)
        told = [event.get("text", event["reason"]) for event in history.latest(docket, 10)]
        assert told == ["第二条", "作出限制知悉范围决定，保留查阅", "涉密线索", "第一条"]

    def test_many_notes_are_read_in_one_statement(self, docket, case_officer):
        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                history.latest(docket, 50)
            return len(asked)

        notes.add(docket=docket, text="一", by=case_officer)
        few = statements()
        for number in range(20):
            notes.add(docket=docket, text=f"第{number}条", by=case_officer)
        assert statements() == few


class TestBoundToTheTrail:
    def test_the_event_keeps_the_fingerprint_and_the_trail_holds(self, docket, case_officer):
        note = notes.add(docket=docket, text=LONG, by=case_officer)
        assert Event.objects.get(verb="casework.add_note").facts["sha256"] == note.sha256
        assert recording.verify().flaws == []

    def test_a_text_altered_past_the_portal_is_found_and_said_on_the_docket(self, docket, case_officer, monkeypatch):
        monkeypatch.setattr(recording, "AT_ONCE", 2)
        for number in range(5):
            notes.add(docket=docket, text=f"第{number}条", by=case_officer)
        altered = Note.objects.get(text="第1条")
        Note.objects.filter(pk=altered.pk).update(text="第1条，另有内情")
        event = Event.objects.get(subject_type="casework.note", subject_id=str(altered.pk))
        flaws = recording.verify(f"docket:{docket.pk}").flaws
        assert [flaw.place for flaw in flaws] == [f"docket:{docket.pk} #{event.position}"]
        shown = [entry for entry in history.latest(docket, 10) if entry.get("tone") == "red"]
        assert [entry["text"] for entry in shown] == ["第1条，另有内情"]
        assert "改动" in shown[0]["title"]

    def test_a_note_that_vanished_is_found(self, docket, case_officer):
        notes.add(docket=docket, text="会被删去", by=case_officer)
        Note.objects.all().delete()
        assert len(recording.verify().flaws) == 1

    def test_notes_from_before_their_fingerprint_was_kept_are_read_without_complaint(self, docket, case_officer):
        note = Note.objects.create(docket=docket, text="早先的备注", author=case_officer, at=clock.now())
        with transaction.atomic():
            trail.record("casework.add_note", note, by=case_officer, docket=docket)
        assert recording.verify().flaws == []
        entry = history.latest(docket, 1)[0]
        assert (entry["text"], entry.get("tone")) == ("早先的备注", None)


class TestCalling:
    @pytest.mark.parametrize(
        "text",
        [
            "材料发至 huanbao@czepb.gov.cn",
            "请发邮箱huanbao.2026@czepb.gov.cn，今日内",
            "wang_lei-2@example.test 已收到",
            "a@b.cn;c@d.cn",
        ],
    )
    def test_an_e_mail_address_calls_nobody(self, docket, case_officer, text):
        assert told_by(notes.add(docket=docket, text=text, by=case_officer)) == []

    @pytest.mark.parametrize(
        "text",
        [
            "@李测试 请看",
            "请@李测试核对台账原件",
            "@李测试请今日内核对",
            "（@李测试）",
            "抄送：@李测试，@李测试",
            "@anjian2 请看",
            "请@anjian2核对",
            "Please check, @anjian2.",
            "@Anjian2: ok",
            "@李测试 即 @anjian2",
            "发至huanbao@czepb.gov.cn并告知@李测试",
        ],
    )
    def test_a_colleague_is_called_once_however_his_name_is_written(self, docket, case_officer, second_officer, text):
        assert told_by(notes.add(docket=docket, text=text, by=case_officer)) == [second_officer.username]
        assert InboxMessage.objects.filter(recipient=second_officer, kind="mention").count() == 1

    def test_the_longest_name_that_may_see_the_docket_is_meant(
        self, docket, case_officer, second_officer, changzhou_epb, xuzhou_epb
    ):
        longer = make_officer(roles.CASE_OFFICER, department=changzhou_epb, name="李测试明", username="liming")
        make_officer(roles.CASE_OFFICER, department=xuzhou_epb, name="李测试明天", username="mingtian")
        assert told_by(notes.add(docket=docket, text="@李测试明天来", by=case_officer)) == [longer.username]

    def test_an_unknown_name_is_refused_at_the_field_and_what_was_typed_stays(self, written, case_officer, log_in):
        answer = send(log_in(case_officer), written.docket, "@查无此人 请看")
        assert answer.status_code == 422
        assert "没有名为“查无此人”的人员" in str(answer.context["note_form"].errors["text"])
        assert "@查无此人 请看</textarea>" in answer.content.decode()
        assert not Note.objects.exists()

    def test_a_colleague_who_may_not_see_the_docket_is_named_and_hears_nothing(self, docket, case_officer, outsider):
        with pytest.raises(RuleBroken, match="外测试无权查阅本案卷") as refused:
            notes.add(docket=docket, text="@外测试 请协助", by=case_officer)
        assert refused.value.field == "text"
        assert not Note.objects.exists()
        assert not InboxMessage.objects.exists()

    def test_of_two_of_one_name_the_author_is_asked_to_choose_by_user_name(self, docket, case_officer, changzhou_epb):
        for username in ("zhang1", "zhang2"):
            make_officer(roles.CASE_OFFICER, department=changzhou_epb, name="张同名", username=username)
        with pytest.raises(RuleBroken, match=r"@zhang1.*@zhang2"):
            notes.add(docket=docket, text="@张同名 请看", by=case_officer)
        assert told_by(notes.add(docket=docket, text="@zhang2 请看", by=case_officer)) == ["zhang2"]

    def test_of_two_of_one_name_who_see_it_the_own_colleague_is_meant_and_the_author_reads_who_was_told(
        self, written, case_officer, changzhou_epb, province_epb, log_in
    ):
        make_officer(roles.CASE_OFFICER, department=changzhou_epb, name="张同名", username="zhang1")
        make_officer(roles.SUPERVISOR, department=province_epb, name="张同名", username="zhang2")
        answer = send(log_in(case_officer), written.docket, "@张同名 请看")
        assert "已提醒张同名（常州市生态环境局）" in answer.content.decode()
        assert told_by(Note.objects.get()) == ["zhang1"]

    def test_one_who_may_not_see_the_docket_does_not_make_a_name_ambiguous(
        self, docket, case_officer, second_officer, xuzhou_epb
    ):
        make_officer(roles.CASE_OFFICER, department=xuzhou_epb, name=second_officer.name, username="tongming")
        assert told_by(notes.add(docket=docket, text="@李测试 请看", by=case_officer)) == [second_officer.username]

    def test_what_is_offered_while_typing_writes_the_user_name_where_two_bear_the_name(
        self, case_officer, second_officer, xuzhou_epb, log_in
    ):
        def offered() -> dict[str, str]:
            results = log_in(case_officer).get("/officers/suggest/", {"q": "测试"}).json()["results"]
            return {result["key"]: result["text"] for result in results}

        assert offered()["李测试"] == "李测试"
        make_officer(roles.CASE_OFFICER, department=xuzhou_epb, name="李测试", username="tongming")
        assert {"anjian2": "李测试", "tongming": "李测试", "王测试": "王测试"}.items() <= offered().items()

    def test_a_restricted_docket_calls_its_team_and_no_other_colleague(self, case_officer, second_officer):
        docket = make_docket(department=case_officer.department, officer=case_officer, confidentiality="restricted")
        with pytest.raises(RuleBroken):
            notes.add(docket=docket, text="@李测试 请看", by=case_officer)
