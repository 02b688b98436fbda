"""`make assets`: build the browser files again from the pinned sources in frontend/. Needs Node; nothing else does."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from scripts.console import Console, Failure, stop_with  # noqa: E402


def main() -> None:
    if shutil.which("npm") is None:
        stop_with(
            Failure(
                "Building the browser files needs Node and npm; running and testing the portal does not.",
                "sudo apt-get install -y --no-install-recommends nodejs npm",
            )
        )
    console = Console()
    for name, command in (
        ("Fetching the pinned libraries (npm ci)", ["npm", "ci", "--no-audit", "--no-fund", "--silent"]),
        ("Building static/", ["node", "build.mjs"]),
    ):
        with console.step(name):
            done = subprocess.run(command, cwd=ROOT / "frontend", capture_output=True, text=True)
        if done.returncode:
            stop_with(Failure(f"{name} did not work: {done.stderr.strip()[-2000:] or done.stdout.strip()[-2000:]}"))
    changed = subprocess.run(["git", "status", "--short", "static"], cwd=ROOT, capture_output=True, text=True).stdout
    console.say(f"Changed:\n{changed}" if changed.strip() else "The files in static/ are what frontend/ makes.")


if __name__ == "__main__":
    main()
