"""compose.yaml: read by the real tool, and without a secret in it."""

import json
import os
import re
import subprocess

import pytest
import yaml
from django.core.management import get_commands
from django.http.request import validate_host

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
    assert set(config["services"]) == {"prepare", "web", "worker", "beat", "backup", "postgres", "redis"}
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert config["services"][name]["healthcheck"], name
        assert config["services"][name]["restart"] == "unless-stopped", name


@pytest.mark.compose
def test_no_secret_stands_in_the_file(config: dict) -> None:
    text = json.dumps(config)
    assert not re.search(r"(?i)(password|secret_key|token)\"?: \"?(?!/run/secrets|/etc/portal|\{)[^\"\s,}]", text)
    for service in config["services"].values():
        for name, value in (service.get("environment") or {}).items():
            if re.search("SECRET|PASSWORD(?!_MAX_AGE)|TOKEN|DATABASE_URL", name):
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


@pytest.mark.compose
def test_a_backup_is_made_on_demand_from_the_data_of_the_others_into_a_folder_of_the_machine(config: dict) -> None:
    backup, web = config["services"]["backup"], config["services"]["web"]
    assert backup["profiles"] == ["backup"], "`up` starts no backup"
    assert backup["restart"] == "no"
    assert [*backup["entrypoint"], *backup["command"]] == ["python", "manage.py", "backup", "/backups", "--keep", "30"]
    mounted = dict(str(volume).rsplit(":", 1)[0].split(":", 1) for volume in map(_short, backup["volumes"]))
    assert mounted == {"data": "/data", "/var/backups/portal": "/backups"}
    assert "data:/data" in "".join(map(_short, web["volumes"]))
    # The same database, the same settings; but no `prepare`, which would fill the empty database that a restore needs.
    same = set(backup["environment"].items()) - set(web["environment"].items())
    assert same == set()
    assert list(backup["depends_on"]) == ["postgres"]


def _short(volume: str | dict) -> str:
    """`source:target:rw`, whichever way this version of the tool writes it."""
    return f"{volume['source']}:{volume['target']}:rw" if isinstance(volume, dict) else volume


@pytest.mark.compose
def test_every_setting_of_the_example_reaches_the_containers(config: dict) -> None:
    example = (ROOT / ".env.example").read_text()
    names = {name.removesuffix("_FILE") for name in re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)} - {"DEBUG"}
    given = {name.removesuffix("_FILE") for name in config["services"]["web"]["environment"]}
    assert sorted(names - given) == []


@pytest.mark.compose
def test_the_commands_of_the_page_name_services_and_options_that_are_there(config: dict) -> None:
    """Every docker-compose line of docs/deploy.md, down to the command of manage.py and the mounted folder."""
    lines = [line for line in _commands() if line.startswith("docker-compose ")]
    assert len(lines) > 8
    known = set(config["services"])
    for line in lines:
        words = line.split()
        assert words[1] in {"up", "run", "exec", "stop"}, line
        if words[1] == "stop":
            assert set(words[2:]) <= known, line
        for scaled in re.findall(r"--scale (\w+)=", line):
            assert scaled in known, line
        if words[1] in {"run", "exec"}:
            assert [word for word in words[2:] if word in known], line
    assert "docker-compose run --rm backup" in lines
    (restore,) = [line for line in lines if " restore " in line]
    assert restore.startswith("docker-compose run --rm backup restore /backups/")
    (appoint,) = [line for line in lines if "appoint_administrators" in line]
    assert appoint.startswith("docker-compose run --rm --no-deps web python manage.py appoint_administrators")


def _commands() -> list[str]:
    """The shell lines of docs/deploy.md without their comments, continued lines joined."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "docs" / "deploy.md").read_text(), re.DOTALL | re.MULTILINE)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [re.sub(r"\s+#.*|^#.*", "", line).strip() for line in lines]


def test_every_command_of_manage_py_on_the_page_is_there() -> None:
    named = {
        found
        for line in _commands()
        for found in re.findall(r"(?:manage\.(?:py|sh)|run --rm(?: -T)? backup) ([a-z_]+)", line)
    }
    assert {"backup", "restore", "appoint_administrators"} <= named
    assert named <= set(get_commands())


def test_health_and_metrics_can_be_asked_for_on_the_machine_itself() -> None:
    """The page's own example scrapes 127.0.0.1: a site that allows only its public name would answer 400."""
    example, compose = (ROOT / ".env.example").read_text(), (ROOT / "compose.yaml").read_text()
    for hosts in (
        re.search(r"^ALLOWED_HOSTS=(\S+)", example, re.MULTILINE).group(1),
        re.search(r"^ +ALLOWED_HOSTS: (\S+)", compose, re.MULTILINE).group(1),
    ):
        assert validate_host("127.0.0.1", hosts.split(","))
        assert validate_host("localhost", hosts.split(","))


def test_every_file_that_the_example_names_is_made_by_the_steps() -> None:
    example, steps = (ROOT / ".env.example").read_text(), (ROOT / "docs" / "deploy.md").read_text()
    named = re.findall(r"^[A-Z_]+_FILE=(\S+)$", example, re.MULTILINE)
    assert "/etc/portal/email_password" in named
    assert [path for path in named if not re.search(rf"> {re.escape(path)}\b", steps)] == []


def test_an_upgrade_stops_the_web_server_before_it_changes_the_tables() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text()
    upgrade = text[text.index("## Upgrade") : text.index("## Health")]
    stop = upgrade.index("systemctl stop portal-web")
    assert stop < upgrade.index("manage.sh backup") < upgrade.index("checkout") < upgrade.index("sh deploy/prepare.sh")
    stop = upgrade.index("docker-compose stop web")
    backup, checkout = upgrade.index("docker-compose run --rm backup"), upgrade.index("git checkout", stop)
    assert stop < backup < checkout < upgrade.index("docker-compose up -d --build")


def test_every_setting_of_the_code_is_in_the_example() -> None:
    code = (ROOT / "rareearth" / "settings.py").read_text() + (ROOT / "deploy" / "gunicorn.conf.py").read_text()
    names = set(re.findall(r"env\.(?:text|flag|number|words|secret)\(\s*\"([A-Z_]+)\"", code))
    names |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", code)) - {"ACCESS_LOG", "WEB_LOG_LEVEL", "WEB_TIMEOUT_S"}
    example = (ROOT / ".env.example").read_text()
    missing = sorted(name for name in names if not re.search(rf"^#? ?{name}(_FILE)?=", example, re.MULTILINE))
    assert missing == []
