"""How a self-check came out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CheckResult(TextChoices):
    IN_ORDER = "in_order", _("No gaps reported")
    GAPS = "gaps", _("Gaps reported")
    NOT_RECEIVED = "not_received", _("Not received")


class Answer(TextChoices):
    """To one item of the checklist."""

    YES = "yes", _("In order")
    NO = "no", _("Not in order")
    NONE = "none", _("Does not concern it")
