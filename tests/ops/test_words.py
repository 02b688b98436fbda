"""What can go wrong before the portal runs is said in words, with what to do."""

import errno
import io
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import address, prepare
from scripts.console import Console, Failure, must_be_writable, os_failure
from tests.plugins.processes import ROOT


# --- the address ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "8o80", "８０８０", "80.5", "1e3"])
def test_a_port_that_is_none_is_refused_in_words(text: str) -> None:
    with pytest.raises(Failure, match="PORT must be a number from 1 to 65535"):
        address.parse_port(text)


def test_a_taken_port_names_its_holder_and_a_free_one() -> None:
    with address.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Failure) as refusal:
            address.listen("127.0.0.1", port)
    assert f"Port {port} is taken by " in str(refusal.value)
    assert f"process {os.getpid()}" in str(refusal.value)
    assert "make run PORT=" in refusal.value.advice[0]


@pytest.mark.parametrize("host", ["192.0.2.77", "no such host", "256.1.1.1"])
def test_a_host_that_is_not_ours_is_refused_in_words(host: str) -> None:
    with pytest.raises(Failure, match="is not an address of this machine"):
        address.listen(host, 0)


def test_a_port_that_needs_an_administrator_says_so() -> None:
    refusal = address._refused("127.0.0.1", 80, PermissionError(errno.EACCES, "denied"))
    assert "only an administrator" in str(refusal)


def test_an_ipv6_address_works_and_is_shown_in_brackets() -> None:
    if not socket.has_ipv6:
        with pytest.raises(Failure):
            address.listen("::1", 0)
        return
    address.listen("::1", 0).close()
    assert address.urls("::1", 8000) == ["http://[::1]:8000/"]


# --- the disk -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "No permission to write"),
        (errno.EROFS, "The file system is read-only"),
        (errno.EIO, "did not work"),
    ],
)
def test_an_error_of_the_disk_is_put_in_words(number: int, words: str) -> None:
    failure = os_failure(OSError(number, os.strerror(number), "/data"), "preparing the data folder")
    assert words in str(failure)
    assert "/data" in str(failure)


def test_a_data_folder_that_cannot_be_made_is_refused_before_anything_else() -> None:
    with pytest.raises(Failure, match="/dev/null/var"):
        must_be_writable("/dev/null/var", "the data folder")


def test_the_trial_of_the_data_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    must_be_writable(str(tmp_path / "var"), "the data folder")
    assert list((tmp_path / "var").iterdir()) == []


# --- pip ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
         "the package index cannot be reached"),
        ("Could not fetch URL https://pypi.org/simple/x/: There was a problem confirming the ssl certificate: Max retries exceeded "
         "(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
         "unable to get local issuer certificate (_ssl.c:992)')))",
         "the certificate of the package index is not trusted here"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'", "may not write"),
        ("ERROR: No matching distribution found for Django==99", "No matching distribution found for Django==99"),
        ("something else", "see the log"),
    ],
)  # fmt: skip
def test_what_pip_says_becomes_one_sentence(output: str, words: str) -> None:
    failure = prepare._explain("Installing Python packages", output)
    assert words in str(failure)
    assert any("setup.log" in line for line in failure.advice)


def test_whoever_is_behind_a_proxy_with_an_authority_of_its_own_is_told_where_to_name_it() -> None:
    failure = prepare._explain(
        "Installing Python packages", "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"
    )
    assert "PIP_CERT=/path/to/ca.pem make run" in failure.advice
    assert "cannot be reached" not in str(failure)


def test_without_a_network_the_first_start_ends_in_words_and_no_trace(tmp_path: Path) -> None:
    clone = _bare_copy(tmp_path)
    done = _run_bare(clone, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_EXTRA_INDEX_URL="", PIP_FIND_LINKS="",
                     PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="0", PIP_NO_CACHE_DIR="1")  # fmt: skip
    assert done.returncode != 0
    assert "the package index cannot be reached" in done.stdout + done.stderr
    assert "PIP_INDEX_URL=" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_an_unwritable_data_folder_ends_the_start_in_words_and_no_trace(tmp_path: Path) -> None:
    done = _run_bare(_bare_copy(tmp_path), PORTAL_VAR="/dev/null/var")
    assert done.returncode != 0
    assert "/dev/null/var" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_taken_port_is_said_before_anything_is_installed(tmp_path: Path) -> None:
    clone = _bare_copy(tmp_path)
    with address.listen("127.0.0.1", 0) as taken:
        done = _run_bare(clone, PORT=str(taken.getsockname()[1]))
    assert "is taken by" in done.stderr
    assert not (clone / ".venv").exists()
    assert "Traceback" not in done.stdout + done.stderr


def _bare_copy(folder: Path) -> Path:
    """Only what is there before the first start: scripts and requirements."""
    clone = folder / "clone"
    (clone / "scripts").mkdir(parents=True)
    for path in (ROOT / "scripts").glob("*.*"):
        (clone / "scripts" / path.name).write_bytes(path.read_bytes())
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "constraints.txt"):
        (clone / name).write_bytes((ROOT / name).read_bytes())
    return clone


def _run_bare(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": os.environ["PATH"], "HOME": str(clone), "PORT": "0", "PORTAL_VAR": str(clone / "var")}
    port = {"PORT": str(address.listen("127.0.0.1", 0).getsockname()[1])}
    return subprocess.run(
        [sys.executable, "scripts/run.py"], cwd=clone, env={**base, **port, **environment}, text=True,
        capture_output=True, stdin=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip


# --- Python and the system ------------------------------------------------------------------------------------------
def test_a_python_that_is_too_old_is_named_with_the_way_out(tmp_path: Path) -> None:
    fake = tmp_path / "python3"
    fake.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "scripts/with_python.sh"), "scripts/run.py"], env={"PATH": str(tmp_path)}, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; here is Python 3.9.2" in done.stderr
    assert "apt-get install" in done.stderr


def test_without_any_python_the_way_out_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "scripts/with_python.sh"), "x"], env={"PATH": str(tmp_path)}, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "there is no python3 on the PATH" in done.stderr


def test_a_sign_the_terminal_cannot_show_is_no_reason_to_stop() -> None:
    raw = io.BytesIO()
    console = Console(io.TextIOWrapper(raw, encoding="gbk"))
    console.say("✓ 稀土")
    assert raw.getvalue().decode("gbk").strip() == "? 稀土"
