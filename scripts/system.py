"""Libraries of the operating system that the portal needs for PDFs: which are missing, and how to get them.

Standard library only: this runs before anything is installed.
"""

import ctypes
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


def apt_install(packages: list[str], say: Callable[[str], None], *, log: str, ask: bool = True) -> bool:
    """Install Debian packages: directly as root, else through sudo, asked once. False when that was not possible."""
    if shutil.which("apt-get") is None:
        return False
    command = ["sh", "-c", _script(packages)]
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            return False
        quietly = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
        if not quietly and not (ask and os.isatty(0)):
            return False
        if not quietly:
            say("Administrator rights are needed once to install: " + " ".join(packages))
            say("sudo asks for your password now; Ctrl-C goes on without.")
        command = ["sudo", *(["-n"] if quietly else []), *command]
    with open(log, "a", encoding="utf-8") as output:
        try:
            return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output).returncode == 0
        except KeyboardInterrupt:
            return False


def _script(packages: list[str]) -> str:
    """One shell script, so that sudo asks once: install; refresh the lists and try again; then one by one."""
    install = "DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get install -y -qq --no-install-recommends"
    one_by_one = "; ".join(f"{install} {package} || failed=1" for package in packages)
    everything = f"{install} {' '.join(packages)}"
    return f"{everything} || {{ apt-get update -qq; {everything}; }} || {{ failed=0; {one_by_one}; exit $failed; }}"
