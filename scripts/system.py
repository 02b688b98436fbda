"""Libraries of the operating system that the portal needs for PDFs: which are missing, and how to get them.

Standard library only: this runs before anything is installed.
"""

import ctypes
import enum
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable

# What WeasyPrint loads at run time, and the Debian/Ubuntu package that brings it. Without the third a Chinese page
# takes nine seconds instead of a tenth of one.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
PDF_PACKAGES = list(PDF_LIBRARIES.values())


def missing_libraries() -> list[str]:
    """Packages whose library cannot be loaded."""
    missing = []
    for library, package in PDF_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def apt_line(packages: Iterable[str]) -> str:
    """The line an administrator can paste."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


class Outcome(enum.Enum):
    """How an installation ended. Only a refusal is an answer: whoever was not asked is asked at the next start."""

    INSTALLED = "installed"
    REFUSED = "refused"  # a person was asked for administrator rights and did not give them
    NOT_ASKED = "not asked"  # nobody to ask: no terminal, no sudo, or not a Debian
    FAILED = "failed"  # the rights were there; the packages were not (no network, another apt at work)


# What the installing script ends with when apt could not; any other failure is sudo's own.
APT_FAILED = 77


def administrator() -> list[str] | None:
    """The words before a command that needs administrator rights; None where nobody can give them now."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if os.isatty(0) else None


def apt_install(packages: list[str], say: Callable[[str], None], *, log: str) -> Outcome:
    """Install Debian packages: directly as root, else through sudo, which asks once."""
    rights = administrator()
    if rights is None:
        return Outcome.NOT_ASKED
    asks = rights == ["sudo"]
    if asks:
        say("Administrator rights are needed once to install: " + " ".join(packages))
        say("sudo asks for your password now; Ctrl-C goes on without.")
    with open(log, "a", encoding="utf-8") as output:
        try:
            command = [*rights, "sh", "-c", _script(packages)]
            status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output).returncode
        except KeyboardInterrupt:
            return Outcome.REFUSED if asks else Outcome.FAILED
    if status == 0:
        return Outcome.INSTALLED
    return Outcome.REFUSED if asks and status != APT_FAILED else Outcome.FAILED


def _script(packages: list[str]) -> str:
    """One shell script, so that sudo asks once: install; refresh the lists and try again; then one by one."""
    install = "DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get install -y -qq --no-install-recommends"
    one_by_one = "; ".join(f"{install} {package} || failed={APT_FAILED}" for package in packages)
    everything = f"{install} {' '.join(packages)}"
    return f"{everything} || {{ apt-get update -qq; {everything}; }} || {{ failed=0; {one_by_one}; exit $failed; }}"
