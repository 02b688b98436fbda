"""The longest texts that the forms of service take are kept whole, on both databases."""

import pytest

from core import clock
from notices.forms import AttemptForm, FailForm, PublicForm, ReturnForm, SupersedeForm

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def longest(form, name: str, character: str) -> str:
    return character * form.base_fields[name].max_length


def now() -> str:
    return f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"


def test_a_public_notice_that_failed_keeps_every_remark_made_on_it(printed, statute_book, case_officer, log_in):
    why = longest(PublicForm, "no_other_way", "甲")
    remark = longest(PublicForm, "remark", "乙")
    failure = longest(FailForm, "remark", "丙")
    browser = log_in(case_officer)
    typed = {"at": now(), "published_in": "政府网站", "no_other_way": why, "remark": remark}
    assert browser.post(f"/documents/{printed.pk}/serve/?method=public", typed).status_code == 302
    service = printed.services.get()
    done = browser.post(f"/documents/services/{service.pk}/fail/", {"failure": "other", "remark": failure})
    assert done.status_code == 302
    service.refresh_from_db()
    assert service.remark == f"{why}；{remark}；{failure}"


def test_the_longest_remark_on_an_attempt_is_kept_whole(printed, case_officer, log_in):
    remark = longest(AttemptForm, "remark", "丁")
    place = longest(AttemptForm, "place", "常")
    typed = {"method": "direct", "failure": "other", "at": now(), "place": place, "remark": remark}
    assert log_in(case_officer).post(f"/documents/{printed.pk}/attempt/", typed).status_code == 302
    attempt = printed.services.get()
    assert (attempt.remark, attempt.place) == (remark, place)


def test_the_longest_reason_for_returning_is_kept_whole(submitted, head, log_in):
    reason = longest(ReturnForm, "reason", "戊")
    assert log_in(head).post(f"/documents/{submitted.pk}/return/", {"reason": reason}).status_code == 302
    assert submitted.approvals.get().remark == reason


def test_the_longest_reason_for_superseding_is_kept_whole(issued, case_officer, log_in):
    typed = {"effect": "replaces", "reason": longest(SupersedeForm, "reason", "己")}
    assert log_in(case_officer).post(f"/documents/{issued.pk}/supersede/", typed).status_code == 302
    assert issued.successor.supersede_reason == typed["reason"]
