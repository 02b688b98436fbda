"""Following a docket: it stands among one's followed matters. No trail: it changes nothing about the matter."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Docket, Follow
from core import clock
from organisation.models import Officer


@transaction.atomic
def follow(*, docket: Docket, by: Officer) -> None:
    Follow.objects.get_or_create(docket=docket, officer=by, defaults={"since": clock.now()})


@transaction.atomic
def unfollow(*, docket: Docket, by: Officer) -> None:
    Follow.objects.filter(docket=docket, officer=by).delete()


def is_followed(docket: Docket, viewer: Officer) -> bool:
    return Follow.objects.filter(docket=docket, officer=viewer).exists()


def button(docket: Docket, viewer: Officer) -> dict[str, Any]:
    """The Action for the docket's menu."""
    followed = is_followed(docket, viewer)
    return {
        "label": _("No longer follow") if followed else _("Follow"),
        "url": reverse("casework:follow", args=[docket.pk]),
        "method": "post",
        "icon": "star",
        "fields": {"stop": "1"} if followed else {},
    }
