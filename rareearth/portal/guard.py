"""No process outlives the one that started it, however that one ended."""

import ctypes
import os
import signal
import threading
import time

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
PR_SET_CHILD_SUBREAPER = 36

_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int, how: signal.Signals) -> None:
    """Have the kernel send `how` when `parent`, which just forked this process, is gone."""
    _libc.prctl(PR_SET_PDEATHSIG, int(how), 0, 0, 0)
    if os.getppid() != parent:  # it went in between
        os._exit(1)


def follow_parent(*, grace_s: float) -> None:
    """Leave when the parent is gone: politely, and after `grace_s` seconds at once.

    A thread that looks, because the kernel's own signal is tied to the *thread* that forked, and Celery forks from
    threads that end before their process does.
    """
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        if grace_s:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(grace_s)
        os._exit(1)

    threading.Thread(target=look, name="follow-parent", daemon=True).start()


def adopt_orphans() -> None:
    """Have grandchildren whose parent died become children of this process, so that it can end them."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def name_process(name: str) -> None:
    """The name that ps and top show (15 characters)."""
    _libc.prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)
