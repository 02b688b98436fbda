"""The history of a case and its periods are read in English without a Chinese word of the portal's own in them."""

import re

import pytest
from django.utils import translation

from casework import history
from casework.deadlines import explain, kinds, showing
from casework.deadlines.services import OWN_DAY
from core.known_words import said_again
from core.labels import stored
from enforcement.rectification import events
from enforcement.rectification.deadlines import NEXT_LOOK
from organisation import lists, trail_pages
from organisation.models import Officer
from trail import sentences
from trail.models import Event

pytestmark = pytest.mark.django_db

HAN = re.compile("[\u4e00-\u9fff]+")
# The names of legal documents are said as they are printed.
CITED = re.compile(r"《[^》]*》|行政处罚法[^\s,;.)]*")


def chinese_in(words: str) -> list[str]:
    return HAN.findall(CITED.sub("", words))


def of_periods(docket) -> list[Event]:
    return list(Event.objects.filter(docket_id=docket.pk, subject_type="casework.deadline"))


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_the_history_names_periods_and_their_events_in_english(served, english):
    told = [history.entry(event)["title"] for event in of_periods(served.docket)]
    assert any("“Rectification by the party” started on" in title for title in told)
    assert any("“Period for handling the case” was met on" in title for title in told)
    assert [title for title in told if chinese_in(title)] == []


def test_the_trail_keeps_the_chinese_words_and_a_chinese_screen_says_them(served):
    event = Event.objects.get(verb="deadline.start", facts__label="改正期限", docket_id=served.docket_id)
    with translation.override("zh-hans"):
        title = history.entry(event)["title"]
    assert "改正期限" in title
    assert event.facts["event"] in title
    assert chinese_in(event.facts["event"])


def test_the_whole_trail_and_the_page_of_an_event_say_them_too(served, english):
    for event in of_periods(served.docket):
        page = trail_pages.event_page(event)
        assert chinese_in(page["title"]) == []
        assert [row for row in page["facts"] if row["label"] in {"Name", "Event"} and chinese_in(row["value"])] == []
        assert [row["value"] for row in page["rows"] if row["label"] == "On what" and chinese_in(row["value"])] == []
    what = next(column for column in lists.TRAIL.columns if column.key == "what")
    assert [event for event in of_periods(served.docket) if chinese_in(str(what.value(event)))] == []


def test_the_beginning_of_a_period_is_told_in_english(served, english):
    for deadline in served.docket.deadlines.all():
        assert chinese_in(showing.summary(deadline)) == []
        assert [step for step in explain.steps(deadline.reasons) if chinese_in(step)] == []
        why = explain.panel(deadline.reasons)
        assert chinese_in(why["start_event"]) == []
    assert "(The rectification order was served)" in showing.summary(served.period())


def test_an_event_in_an_officers_own_words_stays_as_he_wrote_it(served, english):
    deadline = served.period()
    deadline.started_by = "当事人签收决定书"
    assert "(当事人签收决定书)" in showing.summary(deadline)


def test_the_portal_acting_by_itself_is_named_in_the_readers_language(served, log_in, case_officer):
    event = of_periods(served.docket)[0]
    by_portal = Event.objects.filter(docket_id=served.docket_id, actor_name="系统", actor_id=None).first()
    for language, name in (("en", "The portal"), ("zh-hans", "系统")):
        with translation.override(language):
            assert history.entry(by_portal)["who"] == name
            assert trail_pages.told([by_portal])[0]["who"] == name
    assert event.actor_name
    Officer.objects.filter(pk=case_officer.pk).update(language="en")
    page = log_in(case_officer).get(f"/dockets/{served.docket_id}/history/").content.decode()
    assert "系统" not in page
    assert "The portal" in page


def test_an_officer_of_the_same_name_keeps_it(served, english):
    event = Event.objects.filter(docket_id=served.docket_id).exclude(actor_id=None).first()
    event.actor_name = "系统"
    assert history.entry(event)["who"] == "系统"


def test_a_reason_the_portal_gave_is_said_in_english_and_an_officers_as_he_wrote_it(english):
    assert sentences.reason({"reason": stored(events.RUNS_AGAIN)}) == "The clock of the party's period runs again"
    assert sentences.reason({"reason": "当事人申请"}) == "当事人申请"


def test_an_event_with_words_of_the_portal_around_it_is_said_whole(english):
    kept = stored(OWN_DAY, event=stored(events.SERVED))
    assert said_again(kept) == "The rectification order was served; the day is one the authority sets itself"


def test_every_word_a_kind_of_period_keeps_is_known_again(english):
    for kind in kinds.all_kinds():
        if kind.code.startswith("test."):
            continue  # another test's, registered in this process
        assert chinese_in(said_again(stored(kind.label))) == []
    assert kinds.get(NEXT_LOOK).basis is events.OWN_PLAN
    assert chinese_in(said_again(stored(events.OWN_PLAN))) == []
