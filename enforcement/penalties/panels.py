"""What the penalty shows on pages of lower floors."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import powers
from casework.kinds import Action
from enforcement.penalties.models import Penalty
from enforcement.penalties.workflow import HANDLE


def pursue(case: Any, viewer: Any) -> list[Action]:
    """On the page of a case that is open, where none is pursued yet or the last has ended."""
    if case.docket.closed_on is not None or not powers.may(viewer, HANDLE, case.docket):
        return []
    if Penalty.objects.filter(case=case).open().exists():
        return []
    return [Action(_("Pursue a penalty"), reverse("penalties:pursue", args=[case.pk]))]
