"""A docket shared with one officer: he sees it and its enterprise, nobody else does, and it ends."""

import pytest

from casework import services
from casework.models import Docket
from core.errors import RuleBroken
from registry.models import Enterprise


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
