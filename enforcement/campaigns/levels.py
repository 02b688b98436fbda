"""By whom a matter is supervised by name."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    CITY = "city", _("Supervised by the city")
    PROVINCE = "province", _("Supervised by the province")
    MINISTRY = "ministry", _("Supervised by a ministry")
