"""compose.yaml: read by the real tool, and without a secret in it."""

import json
import os
import re
import subprocess

import pytest
import yaml

from rareearth.portal import larger
from tests.plugins.processes import ROOT


@pytest.fixture(scope="module")
def config() -> dict:
    """What docker-compose makes of the file."""
    done = subprocess.run(
        ["docker-compose", "-f", "compose.yaml", "config"], cwd=ROOT, text=True, capture_output=True,
        env={**os.environ, "PORTAL_HOST": "portal.example.gov.cn", "SECRETS_DIR": "/etc/portal/secrets"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)


@pytest.mark.compose
def test_the_real_tool_accepts_the_file_and_sees_every_part(config: dict) -> None:
    assert set(config["services"]) == {"prepare", "web", "worker", "beat", "postgres", "redis"}
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert config["services"][name]["healthcheck"], name
        assert config["services"][name]["restart"] == "unless-stopped", name


@pytest.mark.compose
def test_no_secret_stands_in_the_file(config: dict) -> None:
    text = json.dumps(config)
    assert not re.search(r"(?i)(password|secret_key|token)\"?: \"?(?!/run/secrets|/etc/portal|\{)[^\"\s,}]", text)
    for service in config["services"].values():
        for name, value in (service.get("environment") or {}).items():
            if re.search("SECRET|PASSWORD|TOKEN|DATABASE_URL", name):
                assert name.endswith("_FILE"), name
                assert str(value).startswith("/run/secrets/")


@pytest.mark.compose
def test_only_the_proxy_of_this_machine_reaches_the_web_server(config: dict) -> None:
    ports = [port for service in config["services"].values() for port in service.get("ports", [])]
    assert len(ports) == 1
    assert str(ports[0]).startswith("127.0.0.1:")


@pytest.mark.compose
def test_containers_units_and_the_local_variant_start_the_same_commands(config: dict) -> None:
    """What the tests prove of the local variant is true of the others only as long as the commands are the same."""
    units = {path.stem: path.read_text() for path in (ROOT / "deploy" / "systemd").glob("*.service")}
    for name, command in (
        ("web", larger.web_command("")),
        ("worker", larger.worker_command(1)),
        ("beat", larger.beat_command()),
    ):
        words = [word for word in command[1:] if word and word != "--bind" and not word.startswith("worker1@")]
        words = [word for word in words if word != "--hostname"]
        unit = units[{"web": "portal-web", "worker": "portal-worker@", "beat": "portal-beat"}[name]]
        for word in words:
            assert word in config["services"][name]["command"], f"{word} in compose.yaml, {name}"
            assert f" {word}" in unit, f"{word} in the unit of {name}"


def test_every_file_that_the_example_names_is_made_by_the_steps() -> None:
    example, steps = (ROOT / ".env.example").read_text(), (ROOT / "docs" / "deploy.md").read_text()
    named = re.findall(r"^[A-Z_]+_FILE=(\S+)$", example, re.MULTILINE)
    assert "/etc/portal/email_password" in named
    assert [path for path in named if not re.search(rf"> {re.escape(path)}\b", steps)] == []


def test_an_upgrade_stops_the_web_server_before_it_changes_the_tables() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text()
    upgrade = text[text.index("## Upgrade") : text.index("## Health")]
    stop = upgrade.index("systemctl stop portal-web")
    assert stop < upgrade.index("manage.py backup") < upgrade.index("checkout") < upgrade.index("sh deploy/prepare.sh")


def test_every_setting_of_the_code_is_in_the_example() -> None:
    code = (ROOT / "rareearth" / "settings.py").read_text() + (ROOT / "deploy" / "gunicorn.conf.py").read_text()
    names = set(re.findall(r"env\.(?:text|flag|number|words|secret)\(\s*\"([A-Z_]+)\"", code))
    names |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", code)) - {"ACCESS_LOG", "WEB_LOG_LEVEL", "WEB_TIMEOUT_S"}
    example = (ROOT / ".env.example").read_text()
    missing = sorted(name for name in names if not re.search(rf"^#? ?{name}(_FILE)?=", example, re.MULTILINE))
    assert missing == []
