"""What the party owes on a penalty, and what it has paid."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.numerals import amount_in_figures

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def outstanding_words(penalty: "Penalty") -> str | None:
    """What is still to be paid, in words; None: nothing."""
    owed = sum((row.yuan for row in penalty.sanctions.all()), start=0)
    if not owed:
        return None
    return _("Still to be paid: %(amount)s.") % {"amount": amount_in_figures(owed)}


def pending_remedy(penalty: "Penalty") -> str | None:
    """Why the court is not asked yet: reconsideration or litigation is pending."""
    return None
