"""What the party says before the decision, and the hearing (行政处罚法第四十五条、第六十二条至第六十五条)."""

from datetime import date, datetime

import pytest

from core import clock
from core.errors import RuleBroken
from enforcement.penalties import names, services
from enforcement.penalties.models import Hearing, Penalty, Statement
from notices import services as notices
from tests.enforcement.penalties import acts

D = date.fromisoformat
pytestmark = pytest.mark.django_db


def again(penalty) -> Penalty:
    return Penalty.objects.get(pk=penalty.pk)


def say(penalty, by, kind="argues", on="2026-09-10", **given) -> Statement:
    with clock.pinned(D("2026-09-11")):
        return services.record_statement(
            penalty=penalty, kind=kind, received_on=D(on), text="请求从轻处理", by=by, **given
        )


def at(text: str) -> datetime:
    return clock.local(datetime.fromisoformat(f"{text}+08:00"))


@pytest.fixture
def asked(notified, case_officer):
    """The party asks for a hearing on the tenth."""
    say(notified, case_officer, "asks")
    return again(notified)


def arrange(penalty, by, host, clerk, *, when="2026-09-25 09:00", verb=services.go_to_hearing, **given) -> Hearing:
    with clock.pinned(D("2026-09-11")):
        return verb(penalty=penalty, at=at(when), place="第二会议室", host=host, clerk=clerk, by=by, **given)


def test_a_request_in_time_leads_to_a_hearing(asked, case_officer, legal_reviewer, head):
    hearing = arrange(asked, case_officer, legal_reviewer, head)
    now = again(asked)
    assert (now.stage, now.hearing()) == ("hearing", hearing)


def test_a_request_after_the_period_is_refused_at_its_day(notified, case_officer):
    with clock.pinned(D("2026-09-17")), pytest.raises(RuleBroken, match="09-15") as refused:
        services.record_statement(
            penalty=notified, kind="asks", received_on=D("2026-09-16"), text="要求听证", by=case_officer
        )
    assert refused.value.faults[0][0] == "received_on"


def test_nothing_answers_a_notice_before_it_was_served(notified, case_officer):
    with pytest.raises(RuleBroken, match="2026-09-08"):
        say(notified, case_officer, on="2026-09-07")


def test_a_waiver_is_express_and_has_its_paper(notified, case_officer):
    with pytest.raises(RuleBroken, match="第六十二条") as refused:
        say(notified, case_officer, "waives")
    assert refused.value.faults[0][0] == "paper"
    row = say(notified, case_officer, "waives", paper=acts.file("放弃声明.pdf"))
    assert row.paper.title == "放弃陈述申辩权利声明"
    assert notified.docket.deadlines.get(kind="penalties.statement").met_on == D("2026-09-10")


def test_a_decision_waits_for_both_rights(notified, case_officer):
    """The statement was waived; the hearing could still be asked for."""
    say(notified, case_officer, "waives", paper=acts.file("放弃声明.pdf"))
    with clock.pinned(D("2026-09-11")), pytest.raises(RuleBroken, match="第六十二条"):
        services.close_statement(penalty=again(notified), by=case_officer)
    say(notified, case_officer, "waives_hear", paper=acts.file("放弃听证.pdf", acts.PDF + b"2"))
    with clock.pinned(D("2026-09-11")):
        assert services.close_statement(penalty=again(notified), by=case_officer).stage == "deciding"


def test_whoever_argued_is_answered_before_the_decision(notified, case_officer):
    say(notified, case_officer)
    acts.pass_day(notified.docket, D("2026-09-16"))
    with clock.pinned(D("2026-09-16")):
        with pytest.raises(RuleBroken, match="第四十五条"):
            services.close_statement(penalty=again(notified), by=case_officer)
        acts.paper(notified, names.STATEMENT_REVIEW, case_officer)
        assert services.close_statement(penalty=again(notified), by=case_officer).stage == "deciding"


def test_a_hearing_that_was_asked_for_is_held_before_the_decision(asked, case_officer):
    acts.pass_day(asked.docket, D("2026-09-16"))
    with clock.pinned(D("2026-09-16")), pytest.raises(RuleBroken, match="第六十三条"):
        services.close_statement(penalty=again(asked), by=case_officer)


def test_who_investigated_does_not_preside(asked, case_officer, second_officer, head):
    with pytest.raises(RuleBroken, match="第六十四条第四项") as refused:
        arrange(asked, case_officer, second_officer, head)
    assert refused.value.faults[0][0] == "host"


def test_a_hearing_is_notified_seven_working_days_before(asked, case_officer, legal_reviewer, head):
    """Notified on Friday 11 September at the earliest. Seven working days lie between: 14 to 18, the make-up Sunday 20, and 21."""
    with pytest.raises(RuleBroken, match="2026-09-22") as refused:
        arrange(asked, case_officer, legal_reviewer, head, when="2026-09-21 09:00")
    assert refused.value.faults[0][0] == "at"
    arrange(asked, case_officer, legal_reviewer, head, when="2026-09-22 09:00")


def test_a_hearing_behind_closed_doors_says_why(asked, case_officer, legal_reviewer, head):
    with pytest.raises(RuleBroken, match="第六十四条第三项"):
        arrange(asked, case_officer, legal_reviewer, head, is_public=False)


def test_a_hearing_nobody_was_notified_of_is_not_held(asked, case_officer, legal_reviewer, head):
    arrange(asked, case_officer, legal_reviewer, head)
    with clock.pinned(D("2026-09-28")), pytest.raises(RuleBroken, match="第六十四条第二项"):
        services.end_hearing(penalty=again(asked), outcome="held", ended_on=D("2026-09-25"), by=case_officer)


def test_a_hearing_called_off_is_arranged_anew(asked, case_officer, legal_reviewer, head):
    arrange(asked, case_officer, legal_reviewer, head)
    with clock.pinned(D("2026-09-14")):
        services.call_off_hearing(penalty=again(asked), reason="主持人因病不能到场", by=case_officer)
    anew = arrange(
        again(asked), case_officer, legal_reviewer, head, when="2026-09-29 09:00", verb=services.arrange_hearing
    )
    assert again(asked).hearing() == anew


def test_a_withdrawn_request_needs_no_hearing_papers(asked, case_officer, legal_reviewer, head):
    arrange(asked, case_officer, legal_reviewer, head)
    with clock.pinned(D("2026-09-28")):
        services.end_hearing(
            penalty=again(asked), outcome="withdrawn", ended_on=D("2026-09-24"), note="当事人书面撤回", by=case_officer
        )
        assert services.close_hearing(penalty=again(asked), by=case_officer).stage == "deciding"


def test_an_entry_taken_back_stays_and_its_right_runs_on(notified, case_officer):
    row = say(notified, case_officer, "waives", paper=acts.file("放弃声明.pdf"))
    with clock.pinned(D("2026-09-11")):
        services.take_back_statement(penalty=again(notified), statement=row, reason="录错案件", by=case_officer)
    row.refresh_from_db()
    assert row.taken_back_why == "录错案件"
    assert notified.docket.deadlines.get(kind="penalties.statement", cancelled_on=None).met_on is None


def test_an_outsider_records_nothing(notified, outsider):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        say(notified, outsider)


def notify(penalty, by, colleague, head, *, on: str):
    """The notice of the hearing: drafted from what was arranged, issued, and served on that day."""
    with clock.pinned(D(on)):
        notice = notices.draft(kind=names.HEARING_NOTICE, docket=penalty.docket, by=by)
        acts.complete(notice, by)
        notice.refresh_from_db()
        issued = notices.issue(notice=notices.approve(notice=notices.submit(notice=notice, by=by), by=head), by=by)
    acts.serve(issued, by, colleague, on=D(on))


@pytest.fixture
def hearing_notified(asked, case_officer, second_officer, legal_reviewer, head):
    arrange(asked, case_officer, legal_reviewer, head)
    notify(asked, case_officer, second_officer, head, on="2026-09-11")
    return again(asked)


def test_a_hearing_is_held_recorded_and_reported_before_the_decision(hearing_notified, case_officer):
    with clock.pinned(D("2026-09-28")):
        services.end_hearing(penalty=hearing_notified, outcome="held", ended_on=D("2026-09-25"), by=case_officer)
        with pytest.raises(RuleBroken, match="第六十四条第八项"):
            services.close_hearing(penalty=again(hearing_notified), by=case_officer)
        for kind in (names.HEARING_RECORD, names.HEARING_REPORT):
            acts.paper(hearing_notified, kind, case_officer)
        assert services.close_hearing(penalty=again(hearing_notified), by=case_officer).stage == "deciding"


def test_the_decision_tells_that_a_hearing_was_held(hearing_notified, case_officer):
    with clock.pinned(D("2026-09-28")):
        services.end_hearing(penalty=hearing_notified, outcome="held", ended_on=D("2026-09-25"), by=case_officer)
        for kind in (names.HEARING_RECORD, names.HEARING_REPORT):
            acts.paper(hearing_notified, kind, case_officer)
        services.close_hearing(penalty=again(hearing_notified), by=case_officer)
        decision = services.draft_document(penalty=again(hearing_notified), by=case_officer)
    assert decision.content["heard"] == "hearing"
    assert "2026年9月25日" in decision.content["heard_words"][0]


def test_a_notice_served_on_the_last_day_holds_its_hearing(asked, case_officer, second_officer, legal_reviewer, head):
    arrange(asked, case_officer, legal_reviewer, head, when="2026-09-22 09:00")
    notify(asked, case_officer, second_officer, head, on="2026-09-11")
    with clock.pinned(D("2026-09-28")):
        services.end_hearing(penalty=again(asked), outcome="held", ended_on=D("2026-09-22"), by=case_officer)
    assert again(asked).hearing().outcome == "held"
