"""A pytest plugin that notes every test with its markers before any pass leaves some out. With `--collect-only` and COLLECTED set, it
writes them to the file of that name, as JSON."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.plugins import availability

# The tests of a run that was given no files, so of the whole project.
WHOLE: pytest.StashKey[list[dict[str, Any]]] = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    target = os.environ.get("COLLECTED")
    whole = [Path(each).name for each in config.args] == config.getini("testpaths")
    if not whole and not target:
        return
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
    if whole:
        config.stash[WHOLE] = rows
    if target:
        Path(target).write_text(json.dumps(rows))
