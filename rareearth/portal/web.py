"""The web server as a child of the supervisor: gunicorn on a socket that the supervisor keeps open.

While the server is started again, new connections wait in that socket instead of being refused.
"""

import os
import signal
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

from rareearth.portal import guard


def runner(listener_fd: int, *, workers: int) -> Callable[[], int]:
    """The child's work: serve the portal on the open socket."""

    def run() -> int:
        _Server(listener_fd, workers).run()
        return 0

    return run


class _Server(BaseApplication):
    def __init__(self, listener_fd: int, workers: int) -> None:
        self._listener_fd = listener_fd
        self._workers = workers
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"fd://{self._listener_fd}",
            "workers": self._workers,
            "worker_class": "sync",
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 5,
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108 -- gunicorn's own use
            "loglevel": "warning",
            "when_ready": ignore_ctrl_c,
            "post_fork": follow_master,
            "post_worker_init": ignore_ctrl_c_in_worker,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from rareearth.wsgi import application

        return application


def ignore_ctrl_c(_arbiter: Any) -> None:
    """Ctrl-C reaches the whole process group; the supervisor says who stops, and how."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def ignore_ctrl_c_in_worker(_worker: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def follow_master(arbiter: Any, _worker: Any) -> None:
    guard.die_with_parent(arbiter.pid, signal.SIGTERM)
