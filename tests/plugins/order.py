"""The longest files first: what is begun last must be short, or one process works while the others have nothing left to do.

pytest-xdist hands files out in the order of collection under `--dist loadfile --no-loadscope-reorder`.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
# Files that take half a minute and more, by the clock of a run on two cores; where one stands matters little, that it is here does.
LONGEST = (
    "browser/test_pages.py",
    "ops/test_make_run.py",
    "ops/test_larger.py",
    "browser/test_main_job.py",
    "ops/test_first_run.py",
    "ops/test_reminding.py",
    "ops/test_restore_drill.py",
    "ops/test_backup.py",
    "notices/test_killed_worker.py",
    "browser/test_styleguide.py",
    "browser/test_shell_behaviour.py",
)
_PLACES = {TESTS / name: place for place, name in enumerate(LONGEST)}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _PLACES.get(item.path, len(_PLACES)))
