"""From a bare machine to a virtual environment with everything in it. Standard library only.

python scripts/prepare.py run    what the portal needs
python scripts/prepare.py dev    and what tests and checks need
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from scripts import system  # noqa: E402
from scripts.console import Console, Failure, must_be_writable, os_failure, stop_with  # noqa: E402

VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
FILES = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}
NO_NETWORK = re.compile(
    r"Temporary failure in name resolution|Name or service not known|NewConnectionError|ConnectTimeoutError"
    r"|Network is unreachable|Connection refused|Read timed out|ProxyError|SSLError|ConnectionResetError"
)


def var_folder() -> Path:
    """The folder everything is written to: PORTAL_VAR, else var/ beside the code."""
    return Path(os.environ.get("PORTAL_VAR") or ROOT / "var").absolute()


def log_file() -> Path:
    return var_folder() / "log" / "setup.log"


def prepare(level: str, console: Console) -> None:
    """Bring the machine to `level`; does nothing, quickly, when all is there."""
    must_be_writable(str(log_file().parent), "the data folder")
    _rotate(log_file())
    _system_packages(console)
    if _stamp(level) == _wanted(level):
        return
    _make_venv(console)
    _install(level, console)


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > 2_000_000:
        log.replace(log.with_suffix(".old.log"))


# --- the operating system -------------------------------------------------------------------------------------------
def _lacks_venv() -> bool:
    """Debian ships Python without the parts that make virtual environments."""
    return not VENV_PYTHON.exists() and not all(map(importlib.util.find_spec, ("venv", "ensurepip")))


def _system_packages(console: Console) -> None:
    libraries = system.missing_libraries()
    venv_package = f"python3.{sys.version_info.minor}-venv"
    wanted = [*([venv_package] if _lacks_venv() else []), *libraries]
    # Asked once: a refusal is kept until the list of missing libraries changes.
    refusal = var_folder() / ".without-pdf"
    if not wanted or (wanted == libraries and refusal.exists() and refusal.read_text() == _refused(libraries)):
        if libraries:
            console.say(f"! Notices cannot be rendered as PDF until this is run: {system.apt_line(libraries)}")
        return
    outcome = _install_packages(wanted, console)
    if _lacks_venv():
        raise Failure(
            "This Python cannot make a virtual environment, and the package for it could not be installed.",
            f"Run this, then make run again: {system.apt_line([venv_package])}",
            f"Details: {log_file()}",
        )
    libraries = system.missing_libraries()
    if not libraries:
        refusal.unlink(missing_ok=True)
        return
    if outcome is system.Outcome.REFUSED:
        refusal.write_text(_refused(libraries))
    console.say("! Going on without PDFs: notices can be written and approved, but neither issued nor printed.")
    if outcome is system.Outcome.FAILED:
        console.say(f"! The packages could not be installed; the next start tries again. Details: {log_file()}")
    console.say(f"! To have them, run this and start again: {system.apt_line(libraries)}")


def _refused(libraries: list[str]) -> str:
    return f"refused: {' '.join(libraries)}"


class _NotInstalled(Exception):
    """Ends the step without its tick."""


def _install_packages(wanted: list[str], console: Console) -> system.Outcome:
    outcome = system.Outcome.NOT_ASKED
    with contextlib.suppress(_NotInstalled), console.step(f"Installing {', '.join(wanted)}"):
        outcome = system.apt_install(wanted, console.say, log=str(log_file()))
        importlib.invalidate_caches()
        if outcome is not system.Outcome.INSTALLED:
            raise _NotInstalled
    return outcome


# --- the virtual environment ----------------------------------------------------------------------------------------
def _stamp(level: str) -> str:
    stamp = VENV / f".installed-{level}"
    return stamp.read_text() if stamp.exists() and VENV_PYTHON.exists() else ""


def _wanted(level: str) -> str:
    """Changes when the requirements or the Python do."""
    content = b"".join((ROOT / name).read_bytes() for name in [*FILES[level], "constraints.txt"])
    return f"{hashlib.sha256(content).hexdigest()} {VENV}"


def _make_venv(console: Console) -> None:
    if VENV_PYTHON.exists() and _works(VENV_PYTHON):
        return
    with console.step("Creating .venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            _run([sys.executable, "-m", "venv", str(VENV)])
        except OSError as error:
            raise os_failure(error, "creating .venv") from error
        except subprocess.CalledProcessError as error:
            raise _explain("Creating .venv", log_file().read_text(errors="replace")[-4000:]) from error


def _works(python: Path) -> bool:
    """A virtual environment outlives neither a move nor the removal of its Python."""
    try:
        question = "import sys, pip; print(sys.version_info >= (3, 11), sys.prefix)"
        answer = subprocess.run([str(python), "-c", question], capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.split() == ["True", str(VENV)]


def _install(level: str, console: Console) -> None:
    arguments = [part for name in FILES[level] for part in ("-r", name)]
    command = [
        str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2",
        "--timeout", os.environ.get("PIP_DEFAULT_TIMEOUT", "20"), "-c", "constraints.txt", *arguments,
    ]  # fmt: skip
    with console.step("Installing Python packages"):
        output = _follow(command, console)
        if output is not None:
            raise _explain("Installing Python packages", output)
    (VENV / f".installed-{level}").write_text(_wanted(level))
    if level == "dev":
        (VENV / ".installed-run").write_text(_wanted("run"))


def _follow(command: list[str], console: Console) -> str | None:
    """Run pip, show how far it is; None when it succeeded, else what it printed."""
    printed: list[str] = []
    packages = 0
    with (
        log_file().open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process,
    ):
        assert process.stdout is not None
        last = 0.0
        for line in process.stdout:
            log.write(line)
            printed.append(line)
            if line.startswith("Collecting "):
                packages += 1
            if line.startswith("Installing collected"):
                console.tick(f"{packages} packages fetched, unpacking")
            elif time.monotonic() - last > 0.2:
                last = time.monotonic()
                console.tick(f"{packages} packages fetched" if packages else "")
    console.detail = f"{packages} packages" if packages else ""
    return None if process.returncode == 0 else "".join(printed)


def _run(command: list[str]) -> None:
    with log_file().open("a", encoding="utf-8") as log:
        subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _explain(doing: str, output: str) -> Failure:
    """What pip or venv printed, as one sentence and the way out of it."""
    details = f"Details: {log_file()}"
    if "No space left on device" in output:
        return Failure(f"{doing} did not work: the disk is full.", "Free about 600 MB and start again.", details)
    if "Permission denied" in output:
        return Failure(
            f"{doing} did not work: this account may not write to {VENV}.",
            f"Give it the folder, for example: sudo chown -R $(id -un) {ROOT}",
            details,
        )
    # Before the network: pip gives a certificate it does not trust as one of the reasons why it reached nothing.
    if "CERTIFICATE_VERIFY_FAILED" in output:
        return Failure(
            f"{doing} did not work: the certificate of the package index is not trusted here.",
            "Where the network has an authority of its own (a proxy that looks into what is loaded), name its certificate:",
            "PIP_CERT=/path/to/ca.pem make run",
            details,
        )
    if NO_NETWORK.search(output):
        return Failure(
            f"{doing} did not work: the package index cannot be reached.",
            "Check the network (and https_proxy), or name a mirror that can be reached, for example:",
            "PIP_INDEX_URL=https://pypi.tuna.tsinghua.edu.cn/simple make run",
            details,
        )
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    return Failure(f"{doing} did not work: {errors[0][7:] if errors else 'see the log'}", details)


def main() -> None:
    level = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        prepare(level, Console())
    except Failure as failure:
        stop_with(failure)
    except OSError as error:
        stop_with(os_failure(error, "preparing"))
    except KeyboardInterrupt:
        Console(sys.stderr).say("Stopped.")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
