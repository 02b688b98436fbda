"""`make check`, second half: everything that can be known without running the portal.

Goes through all checks, as many at once as there are processors, shows the output of those that fail, and ends with a count of
the passed, the failed and the left out. REQUIRE_ALL=1 makes a check that cannot be made here (no docker-compose) a failure.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

PYTHON = sys.executable


class Omitted(Exception):
    """This machine cannot make the check; says how it could."""


def _command(*command: str, **environment: str) -> str:
    """Empty when the command succeeded, else what it said."""
    done = subprocess.run(
        command, cwd=ROOT, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, **environment},
    )  # fmt: skip
    return "" if done.returncode == 0 else (done.stdout.strip() or f"exit status {done.returncode}")


def lint() -> str:
    return _command(PYTHON, "-m", "ruff", "check", "--quiet", ".")


def formatting() -> str:
    return _command(PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".") and _command(
        PYTHON, "-m", "ruff", "format", "--check", "."
    )


def types() -> str:
    return _command(PYTHON, "-m", "mypy", *_packages(), PORTAL_VAR=_scratch())


def _packages() -> list[str]:
    from scripts import messages

    return [*[name for name in messages.PACKAGES if (ROOT / name).is_dir()], "scripts", "bench", "tests"]


def production_settings() -> str:
    """Django's own checks, with the environment of a production site."""
    return _command(
        PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING",
        PORTAL_ENVIRONMENT="production", SECRET_KEY=secrets.token_urlsafe(60), HTTPS="1", PORTAL_VAR=_scratch(),
        ALLOWED_HOSTS="portal.example.gov.cn", CSRF_TRUSTED_ORIGINS="https://portal.example.gov.cn",
        PORTAL_URL="https://portal.example.gov.cn", DATABASE_URL="postgres://portal@127.0.0.1/portal",
        REDIS_URL="redis://127.0.0.1:6379/0",
    )  # fmt: skip


def migrations() -> str:
    return _command(PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", PORTAL_VAR=_scratch())


def translations() -> str:
    """Every message of the code has its Chinese text, with no placeholder the code does not know; nobody contradicts anybody;
    no text outlives what it was said of."""
    os.environ.setdefault("PORTAL_VAR", _scratch())
    from rareearth import translations as catalogue
    from scripts import messages

    joined, conflicts = catalogue.joined()
    known = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry for entry in joined}
    problems = [f"translated differently: {conflict}" for conflict in conflicts]
    problems += [f"no code says any longer: {text!r}" for text in messages.said_nowhere(known)]
    for message, place in messages.in_code().items():
        entry = known.get((message.context, message.text, message.plural))
        chinese = "" if entry is None else (entry.msgstr_plural.get(0, "") if message.plural else entry.msgstr)
        if not chinese:
            problems.append(f"{place}: no Chinese for {message.text!r}")
        elif unknown := messages.placeholders(chinese) - messages.placeholders(message.text + message.plural):
            # One left out may be good Chinese; one that the code does not fill in is an error on the page.
            problems.append(f"{place}: the code gives no {', '.join(unknown)} for {message.text!r}: {chinese!r}")
    return "\n".join(problems)


def architecture() -> str:
    if not any((ROOT / "tests" / "architecture").glob("test_*.py")):
        return "tests/architecture is empty"
    return _command(PYTHON, "-m", "pytest", "-q", "tests/architecture", PORTAL_VAR=_scratch())


def compose_file() -> str:
    """The real tool reads compose.yaml with the example settings filled in."""
    tool = ["docker-compose"] if shutil.which("docker-compose") else []
    if not tool and shutil.which("docker"):
        tool = ["docker", "compose"]
    if not tool:
        raise Omitted("docker-compose is not here: apt-get install docker-compose")
    return _command(
        *tool, "-f", "compose.yaml", "config", "--quiet",
        PORTAL_HOST="portal.example.gov.cn", PORTAL_VERSION="check", SECRETS_DIR="./deploy/secrets",
    )  # fmt: skip


def nginx_site() -> str:
    """nginx itself reads deploy/nginx.conf."""
    from scripts import site_files

    _needs("nginx", "nginx")
    _needs("openssl", "openssl")
    with tempfile.TemporaryDirectory(prefix="portal-check-") as folder:
        return site_files.nginx(Path(folder), (site_files.DEPLOY / "nginx.conf").read_text())


def systemd_units() -> str:
    """systemd itself reads deploy/systemd/."""
    from scripts import site_files

    _needs("systemd-analyze", "systemd")
    with tempfile.TemporaryDirectory(prefix="portal-check-") as folder:
        return site_files.systemd(Path(folder), sorted((site_files.DEPLOY / "systemd").iterdir()))


def _needs(name: str, package: str) -> None:
    from scripts import site_files

    if site_files.program(name) is None:
        raise Omitted(f"{name} is not here: apt-get install --no-install-recommends {package}")


def _shell_scripts() -> list[str]:
    return [*map(str, ROOT.glob("deploy/*.sh")), *map(str, ROOT.glob("scripts/*.sh")), str(ROOT / ".ci" / "run")]


def shell_syntax() -> str:
    return "\n".join(filter(None, (_command("bash", "-n", path) for path in _shell_scripts())))


def shellcheck() -> str:
    _needs("shellcheck", "shellcheck")
    return _command("shellcheck", "-S", "warning", *_shell_scripts())


def pinned() -> str:
    """Every requirement has one exact version."""
    problems = []
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            requirement = line.partition("#")[0].strip()
            if requirement and not re.fullmatch(r"-r \S+|[\w.\[\],-]+==[\w.!+]+(\s*;.*)?", requirement):
                problems.append(f"{name}:{number}: not pinned: {requirement}")
    return "\n".join(problems)


_folders: list[str] = []


def _scratch() -> str:
    """A data folder for what a check writes, its own: another may run beside it. main() removes it."""
    _folders.append(tempfile.mkdtemp(prefix="portal-check-"))
    return _folders[-1]


CHECKS: list[tuple[str, Callable[[], str]]] = [
    ("lint", lint),
    ("format", formatting),
    ("pinned requirements", pinned),
    ("shell syntax", shell_syntax),
    ("shellcheck", shellcheck),
    ("types", types),
    ("production settings", production_settings),
    ("migrations", migrations),
    ("translations", translations),
    ("architecture", architecture),
    ("compose.yaml", compose_file),
    ("nginx site", nginx_site),
    ("systemd units", systemd_units),
]
# These decide how long it takes.
LONG = {"types", "architecture"}


@dataclass(frozen=True)
class Outcome:
    """`problem`: empty when all is well. `omitted`: why this machine cannot make the check."""

    problem: str = ""
    omitted: str = ""
    seconds: float = 0.0


def _outcome(check: Callable[[], str]) -> Outcome:
    began = time.monotonic()
    try:
        return Outcome(problem=check(), seconds=time.monotonic() - began)
    except Omitted as omission:
        return Outcome(omitted=str(omission))


def main() -> int:
    """All checks, as many at once as there are processors: the long ones begin first, and all are told in the order of CHECKS."""
    failed = 0
    omitted: list[str] = []
    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        begun = {
            name: at_once.submit(_outcome, check) for name, check in sorted(CHECKS, key=lambda one: one[0] not in LONG)
        }
        for name, _check in CHECKS:
            outcome = begun[name].result()
            if outcome.omitted:
                omitted.append(name)
                print(f"– {name} left out: {outcome.omitted}", flush=True)
                continue
            print(f"{'✗' if outcome.problem else '✓'} {name} ({outcome.seconds:.1f} s)", flush=True)
            if outcome.problem:
                failed += 1
                print("  " + outcome.problem.replace("\n", "\n  "), flush=True)
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)
    print(verdict(len(CHECKS), failed, omitted))
    return 1 if failed or (omitted and _require_all()) else 0


def verdict(checks: int, failed: int, omitted: list[str]) -> str:
    """The last line: a tick only over what was really looked at, and what was not, by name."""
    left_out = f"; {len(omitted)} left out: {', '.join(omitted)}" if omitted else ""
    if omitted and _require_all():
        left_out += " (REQUIRE_ALL=1: leaving a check out is a failure)"
    if failed:
        return f"✗ {failed} of {checks} checks failed{left_out}"
    sign = "✗" if omitted and _require_all() else "✓"
    return f"{sign} {checks - len(omitted)} {f'of {checks} ' if omitted else ''}checks passed{left_out}"


def _require_all() -> bool:
    return os.environ.get("REQUIRE_ALL") == "1"


if __name__ == "__main__":
    raise SystemExit(main())
