"""System check: `manage.py check` says when notices cannot become PDFs here. Registered by importing this module."""

from typing import Any

from django.core import checks

from .status import engine_status


@checks.register()
def pdf_engine(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A warning, not an error: a portal without PDFs still does everything else."""
    status = engine_status()
    if status.state == "missing":
        return [checks.Warning(status.message, hint=status.apt_line, id="notices.W001")]
    return []
