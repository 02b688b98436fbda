"""The project: settings, urls, Celery, the portal command. Imported by nobody."""

from rareearth.celery import app as celery_app

__all__ = ["celery_app"]
