"""What nginx and systemd say of the files in deploy/: the real programs read them, on a machine that has none of their places.

Whatever a site has and this machine has not (certificates, ports, /opt/portal) is put into a scratch folder; every other word
of the files is read as it stands.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"

# What Debian's nginx.conf holds around a site, without an address or a folder of this machine.
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    access_log off;
    include {folder}/site.conf;
}}
"""


def program(name: str) -> str | None:
    """Where the program is; Debian keeps some where only an administrator's PATH looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


def nginx(scratch: Path, site: str) -> str:
    """What `nginx -t` finds wrong with a site's text; empty when nothing."""
    certificate = scratch / "certificate.pem"
    made = _said(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=portal.example.gov.cn",
        "-keyout", str(certificate), "-out", str(scratch / "public.pem"),
    )  # fmt: skip
    if made:
        return made
    with certificate.open("a") as both:
        both.write((scratch / "public.pem").read_text())
    here = re.sub(r"(ssl_certificate(?:_key)?\s+)\S+;", rf"\g<1>{certificate};", site)
    here = re.sub(r"(access_log\s+)\S+;", rf"\g<1>{scratch}/access.log;", here)
    # nginx opens what it listens on even for a test: sockets instead of ports that others may hold.
    here = re.sub(r"(listen\s+)(?:\[::\]:)?(\d+)", lambda found: f"{found[1]}unix:{scratch}/{found.start()}.sock", here)
    (scratch / "site.conf").write_text(here)
    (scratch / "nginx.conf").write_text(AROUND.format(folder=scratch))
    return _said(
        program("nginx") or "nginx", "-t", "-q", "-e", "stderr", "-p", f"{scratch}/", "-c", f"{scratch}/nginx.conf"
    )


def systemd(scratch: Path, units: list[Path]) -> str:
    """What `systemd-analyze verify` finds wrong with the units; empty when nothing."""
    portal = scratch / "portal"
    python = portal / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/bin/true")
    copies = []
    for unit in units:
        copies.append(scratch / unit.name)
        copies[-1].write_text(unit.read_text().replace("/opt/portal", str(portal)))
    # What is wrong with units that these only mention is this machine's matter.
    return _said("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *map(str, copies))


def _said(*command: str) -> str:
    """Empty when the command succeeded, else what it said."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    return "" if done.returncode == 0 else (done.stderr + done.stdout).strip() or f"exit status {done.returncode}"
