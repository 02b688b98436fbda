"""A docket shared with one officer: he sees it and its enterprise, nobody else does, and it ends."""

from datetime import timedelta

import pytest

from casework import services, tasks
from casework.forms import ShareForm
from casework.models import Docket, DocketShare
from core import clock
from core.errors import RuleBroken
from registry.models import Enterprise
from trail.models import Event


def test_an_outsider_sees_neither_docket_nor_enterprise(docket, outsider):
    assert not Docket.objects.visible_to(outsider).exists()
    assert not Enterprise.objects.visible_to(outsider).filter(pk=docket.enterprise_id).exists()


def test_whoever_a_docket_is_shared_with_sees_it_and_its_enterprise_until_it_ends(docket, outsider, head):
    share = services.share(docket=docket, officer=outsider, reason="跨市协查", by=head)
    assert Docket.objects.visible_to(outsider).get() == docket
    assert Enterprise.objects.visible_to(outsider).filter(pk=docket.enterprise_id).exists()
    services.end_share(share=share, by=head)
    assert not Docket.objects.visible_to(outsider).exists()
    assert not Enterprise.objects.visible_to(outsider).filter(pk=docket.enterprise_id).exists()


def test_a_share_needs_a_reason_and_is_made_once(docket, outsider, head):
    with pytest.raises(RuleBroken):
        services.share(docket=docket, officer=outsider, reason=" ", by=head)
    services.share(docket=docket, officer=outsider, reason="跨市协查", by=head)
    with pytest.raises(RuleBroken):
        services.share(docket=docket, officer=outsider, reason="再次", by=head)


def test_closing_the_docket_ends_the_sharing(docket, outsider, head):
    services.share(docket=docket, officer=outsider, reason="跨市协查", by=head)
    services.close_docket(docket, by=head)
    assert not Docket.objects.visible_to(outsider).exists()


def in_days(days):
    return clock.pinned(clock.now() + timedelta(days=days))


def test_a_share_until_a_day_shows_the_docket_on_that_day_and_no_longer(docket, outsider, head):
    until = clock.today() + timedelta(days=3)
    services.share(docket=docket, officer=outsider, reason="跨市协查", by=head, until=until)
    with in_days(3):
        assert Docket.objects.visible_to(outsider).get() == docket
        assert Enterprise.objects.visible_to(outsider).filter(pk=docket.enterprise_id).exists()
    with in_days(4):
        assert not Docket.objects.visible_to(outsider).exists()
        assert not Enterprise.objects.visible_to(outsider).filter(pk=docket.enterprise_id).exists()


def test_the_schedule_ends_a_share_whose_last_day_is_over_and_the_trail_says_so(docket, outsider, head):
    share = services.share(docket=docket, officer=outsider, reason="跨市协查", by=head, until=clock.today())
    tasks.end_shares()
    assert DocketShare.objects.get().ended_at is None
    with in_days(1):
        tasks.end_shares()
        tasks.end_shares()
    share.refresh_from_db()
    assert share.ended_at is not None
    event = Event.objects.get(verb="casework.end_share")
    assert (event.actor_name, event.facts["officer"]) == ("系统", outsider.name)


def test_a_docket_can_be_shared_again_after_the_last_day_of_the_first_share(docket, outsider, head):
    services.share(docket=docket, officer=outsider, reason="跨市协查", by=head, until=clock.today())
    with in_days(1):
        services.share(docket=docket, officer=outsider, reason="继续协查", by=head)
        assert Docket.objects.visible_to(outsider).get() == docket


def test_a_closed_docket_is_shared_with_nobody(docket, outsider, head):
    services.close_docket(docket, by=head)
    with pytest.raises(RuleBroken, match="案卷已办结"):
        services.share(docket=docket, officer=outsider, reason="跨市协查", by=head)
    assert not Docket.objects.visible_to(outsider).exists()


def test_a_docket_is_offered_to_officers_who_handle_cases_and_to_no_administrator(
    docket, outsider, coordinator, auditor, sysadmin, secadmin
):
    offered = set(ShareForm(docket=docket).fields["officer"].queryset)
    assert {outsider, coordinator} <= offered
    assert not offered & {auditor, sysadmin, secadmin}
