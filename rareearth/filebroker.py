"""The embedded message carrier: kombu's file transport with messages that appear whole.

kombu opens the message under its final name and then writes it, so a worker that looks in between reads an empty file
and stops with a JSON error. Here a message is written under another name and renamed. It may still be lost under
kill -9 after it was taken; the job's row in the database is the truth and the sweep finds it again (core.jobs).
"""

import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils import json

# The type stubs make required what kombu fills in.
dumps: Any = json.dumps
loads: Any = json.loads


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_kwargs: Any) -> None:  # type: ignore[override]  # as kombu calls it
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        folder = Path(self.data_folder_out)
        draft = folder / f".{name}"
        draft.write_text(dumps(payload), encoding="utf-8")
        draft.rename(folder / name)

    def _get(self, queue: str, timeout: Any = None) -> Any:
        suffix = f".{queue}.msg"
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.startswith(".") or name.partition(".")[2] != suffix[1:]:
                continue
            taken = Path(self.processed_folder) / name
            try:
                (Path(self.data_folder_in) / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            text = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(text)
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        # Celery asks for two seconds, and looks only between calls whether it was told to stop.
        super().drain_events(connection, timeout=0.4 if timeout is None else min(timeout, 0.4))
