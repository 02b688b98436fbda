"""The garbage collector looks less often: at what stays for the whole run (Django, the models, the collected tests) it looked
again and again, for a twentieth of the processor time."""

import gc

import pytest

gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.freeze()
