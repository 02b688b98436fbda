"""`make bench`: every figure of the bench beside its goal, as a table and in var/bench.json.

    python -m bench              all modules
    python -m bench lists sweep  only these
    SMALL=1                      a short run on small tables: shows that the bench works; goals that mean nothing at this
                                 size are not judged, and say so

Each module has `measure(small: bool)` and returns its lines: {"name", "value", "goal", "unit", "ok"}; `ok` is null where
the goal is not judged. Each runs in a process and a data folder of its own, so that one does not warm or burden the next.
They share one PostgreSQL server (TEST_DATABASE_URL, or the bench's own) and the tables once made.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

from bench.lines import Line
from bench.servers import postgresql_server

ROOT = Path(__file__).resolve().parent.parent
MODULES = ["notice_pdf", "volume", "lists", "permissions", "export", "sweep", "startup"]
KEYS = ["name", "value", "goal", "unit", "ok"]
MARKS = {True: "✓", False: "✗", None: "not judged at this size"}


def main() -> int:
    if sys.argv[1:2] == ["--one"]:
        return _one(sys.argv[2], Path(sys.argv[3]), small=sys.argv[4] == "small")
    small = os.environ.get("SMALL", "") not in {"", "0"}
    names = sys.argv[1:] or MODULES
    if unknown := [name for name in names if name not in MODULES]:
        print(f"✗ There is no bench {', '.join(unknown)}. There are: {', '.join(MODULES)}")
        return 1
    target = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").absolute() / "bench.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    lines: list[Line] = []
    broken = []
    with postgresql_server() as server:
        if server is None:
            print("· No PostgreSQL here: measured on SQLite alone (apt-get install postgresql)")
        else:
            os.environ["TEST_DATABASE_URL"] = server
        for name in names:
            began = time.monotonic()
            print(f"· {name} …", flush=True)
            found = _in_its_own_process(name, target.parent, small=small)
            if found is None:
                broken.append(name)
            else:
                lines += found
            print(f"{'✗' if found is None else '✓'} {name} ({time.monotonic() - began:.0f} s)", flush=True)
    target.write_text(json.dumps(lines, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _print_table(lines)
    missed = [line["name"] for line in lines if line["ok"] is False]
    for name in broken:
        print(f"✗ {name} did not run to its end.")
    if missed:
        print(f"✗ {len(missed)} of {len(lines)} figures miss their goal")
    print(f"Written to {target}")
    # A short run, on a build machine that other work shares, shows that the bench works; only a full run judges the speed.
    return 1 if broken or (missed and not small) else 0


def _in_its_own_process(name: str, var: Path, *, small: bool) -> list[Line] | None:
    folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-", dir=var))
    try:
        answer = folder / "lines.json"
        environment = {
            **os.environ,
            "PORTAL_VAR": str(folder / "var"),
            "PORTAL_ENVIRONMENT": "demo",
            "LOG_LEVEL": "ERROR",
        }
        for variable in ("DATABASE_URL", "REDIS_URL", "HOST", "PORT"):
            environment.pop(variable, None)
        command = [sys.executable, "-m", "bench", "--one", name, str(answer), "small" if small else "full"]
        if subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode:
            return None
        lines: list[Line] = json.loads(answer.read_text(encoding="utf-8"))
        return lines
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _one(name: str, answer: Path, *, small: bool) -> int:
    """In the process of one module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")
    import django

    django.setup()
    lines = importlib.import_module(f"bench.{name}").measure(small=small)
    answer.write_text(json.dumps([{key: line[key] for key in KEYS} for line in lines]), encoding="utf-8")
    return 0


def _print_table(lines: list[Line]) -> None:
    rows = [["figure", "value", "", "goal", ""]]
    for line in lines:
        value = f"{line['value']:,}" if isinstance(line["value"], int | float) else str(line["value"])
        mark = "" if line["goal"] is None else MARKS[line["ok"]]
        rows.append([line["name"], value, line["unit"], "" if line["goal"] is None else str(line["goal"]), mark])
    widths = [max(_columns(row[place]) for row in rows) for place in range(5)]
    print()
    for number, row in enumerate(rows):
        cells = [
            " " * (widths[place] - _columns(cell)) + cell
            if place == 1
            else cell + " " * (widths[place] - _columns(cell))
            for place, cell in enumerate(row)
        ]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("─" * (sum(widths) + 8))
    print()


def _columns(text: str) -> int:
    """Width on a terminal: a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


if __name__ == "__main__":
    raise SystemExit(main())
