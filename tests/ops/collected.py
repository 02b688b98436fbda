"""A pytest plugin for `--collect-only`: writes every test with its markers to the file that COLLECTED names, as JSON."""

import json
import os
from pathlib import Path

import pytest

from tests.plugins import availability


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rows = [
        {
            "name": item.nodeid,
            "markers": sorted({marker.name for marker in item.iter_markers()}),
            "elsewhere": {
                database: availability._belongs_elsewhere(item, on_postgres=database == "postgresql")
                for database in ("sqlite", "postgresql")
            },
        }
        for item in items
    ]
    Path(os.environ["COLLECTED"]).write_text(json.dumps(rows))
