"""How the portal looks to one officer. No events: it is nobody's business but his."""

from typing import Any

from django.conf import settings
from django.db import transaction

from organisation.models import Density, Officer, Theme

NAMES = ("language", "theme", "density", "hotkeys_on", "mail_on", "digest_on")
_CHOICES = {"theme": Theme.values, "density": Density.values, "language": [code for code, _name in settings.LANGUAGES]}


@transaction.atomic
def set_preferences(*, by: Officer, **wanted: Any) -> Officer:
    """Keep the given preferences; a value that is no choice is refused as a mistake of the caller (ValueError)."""
    for name, value in wanted.items():
        if name not in NAMES or (name in _CHOICES and value not in _CHOICES[name]):
            raise ValueError(f"{name}={value!r} is no preference")
        setattr(by, name, value)
    by.save(update_fields=list(wanted))
    return by
