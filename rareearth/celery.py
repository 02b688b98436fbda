"""Celery of the portal. The database says what is due; Celery only carries it (see core.jobs)."""

import os

from celery import Celery
from celery.schedules import crontab, schedule
from celery.signals import setup_logging
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES  # type: ignore[attr-defined]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")

app = Celery("rareearth")


def _transport() -> dict[str, object]:
    if settings.REDIS_URL:
        return {
            "broker_url": settings.REDIS_URL,
            "broker_transport_options": {"visibility_timeout": 600, "socket_keepalive": True},
        }
    # The embedded transport: plain files. It may lose a message under kill -9; the sweep finds the job again.
    TRANSPORT_ALIASES["portalfiles"] = "rareearth.filebroker:Transport"
    folder = settings.CELERY_BROKER_FOLDER
    for name in ("queue", "done", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "portalfiles://",
        "broker_transport_options": {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "processed_folder": str(folder / "done"),
            "control_folder": str(folder / "control"),
            "store_processed": False,
            "polling_interval": 0.2,
        },
    }


# The one schedule. `expires` just under the period: a worker that was away does not wake to a backlog.
# Every entry writes a heartbeat (core.heartbeats), shown on the jobs page and at /healthz.
BEAT = {
    "core.sweep_jobs": {"schedule": schedule(30.0), "options": {"expires": 25}},
    "casework.sweep_reminders": {"schedule": crontab(minute="*/10"), "options": {"expires": 540}},
    "casework.sweep_missed": {"schedule": crontab(minute="*/10"), "options": {"expires": 540}},
    "casework.end_shares": {"schedule": crontab(minute="*/10"), "options": {"expires": 540}},
    "casework.ask_for_calendar": {"schedule": crontab(minute=20), "options": {"expires": 3500}},
    "casework.send_reminders": {"schedule": schedule(60.0), "options": {"expires": 55}},
    "casework.send_digests": {"schedule": crontab(minute=40, hour="8-18"), "options": {"expires": 3500}},
    "trail.seal": {"schedule": crontab(minute=5), "options": {"expires": 3500}},
    "core.tidy": {"schedule": crontab(minute=15, hour=3), "options": {"expires": 3500}},
    "organisation.tidy": {"schedule": crontab(minute=25, hour=3), "options": {"expires": 3500}},
}

app.conf.update(
    **_transport(),
    beat_schedule={name: {"task": name, **entry} for name, entry in BEAT.items()},
    beat_schedule_filename=str(settings.VAR / "beat-schedule"),
    timezone=settings.TIME_ZONE,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=500,
    task_serializer="json",
    accept_content=["json"],
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
    task_default_queue="portal",
)
app.autodiscover_tasks(
    ["core", "trail", "organisation", "registry", "casework", "notices", "enforcement.rectification", "oversight"]
)


@setup_logging.connect
def _use_django_logging(**_kwargs: object) -> None:
    """Keep Celery from replacing the logging that Django set up."""
