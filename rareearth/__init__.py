"""The project: settings, urls, Celery, the portal command. Imported by nobody."""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

try:
    from rareearth.celery import app as celery_app
except ImproperlyConfigured as error:
    # These two have no place of their own where a wrong setting could be said in words.
    if {"gunicorn", "celery"} & set(Path(sys.argv[0]).parts):
        from scripts.failures import SETTINGS

        raise SystemExit(f"✗ A setting is wrong: {error}\n  {SETTINGS}") from None
    raise

__all__ = ["celery_app"]
