"""The files of a site in deploy/ are read by the programs they are written for, and a check that cannot be made is counted."""

import shutil
from pathlib import Path

import pytest

from scripts import checks, site_files


@pytest.mark.nginx
def test_nginx_accepts_the_site(tmp_path: Path) -> None:
    assert site_files.nginx(tmp_path, (site_files.DEPLOY / "nginx.conf").read_text()) == ""


@pytest.mark.nginx
@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("proxy_pass http", "proxy_pas http", 'unknown directive "proxy_pas"'),
        ("client_max_body_size 60m;", "client_max_body_size 60 m;", "invalid number of arguments"),
        ("location / {", "location / ", "site.conf"),
    ],
)
def test_nginx_finds_what_is_wrong_with_a_site(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    site = (site_files.DEPLOY / "nginx.conf").read_text()
    assert right in site
    assert words in site_files.nginx(tmp_path, site.replace(right, wrong))


def _units(folder: Path) -> list[Path]:
    shutil.copytree(site_files.DEPLOY / "systemd", folder / "units")
    (folder / "scratch").mkdir()
    return sorted((folder / "units").iterdir())


@pytest.mark.systemd
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    assert site_files.systemd(tmp_path / "scratch", _units(tmp_path)) == ""


@pytest.mark.systemd
@pytest.mark.parametrize(
    ("unit", "right", "wrong", "words"),
    [
        ("portal-worker@.service", "Restart=always", "Restart=alway", "Failed to parse service restart specifier"),
        ("portal-worker@.service", "RestartSec=2", "RestartSeconds=2", "Unknown key"),
        ("portal-web.service", ".venv/bin/python -m", "venv/bin/python -m", "is not executable"),
        ("portal-beat.service", "PrivateTmp=yes", "PrivateTmp=maybe", "Failed to parse boolean"),
        ("portal-backup.timer", "02:20:00", "02:99:00", "Failed to parse calendar specification"),
    ],
)
def test_systemd_finds_what_is_wrong_with_a_unit(tmp_path: Path, unit: str, right: str, wrong: str, words: str) -> None:
    units = _units(tmp_path)
    (broken,) = [path for path in units if path.name == unit]
    assert right in broken.read_text()
    broken.write_text(broken.read_text().replace(right, wrong))
    assert words in site_files.systemd(tmp_path / "scratch", units)


# --- the last line of `make check` ----------------------------------------------------------------------------------
def test_the_last_line_counts_and_names_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    assert checks.verdict(12, 0, []) == "✓ 12 checks passed"
    assert checks.verdict(12, 0, ["nginx site"]) == "✓ 11 of 12 checks passed; 1 left out: nginx site"
    assert checks.verdict(12, 2, ["nginx site"]) == "✗ 2 of 12 checks failed; 1 left out: nginx site"


def _outcome(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answers: list[str | None]) -> tuple:
    """(exit status, last line) of `make check` with checks that answer this; None: cannot be made here."""

    def check(answer: str | None):
        def made() -> str:
            if answer is None:
                raise checks.Omitted("the tool is not here: apt-get install tool")
            return answer

        return made

    monkeypatch.setattr(checks, "CHECKS", [(f"check {n}", check(answer)) for n, answer in enumerate(answers)])
    status = checks.main()
    return status, capsys.readouterr().out.strip().splitlines()[-1]


def test_a_check_left_out_is_a_failure_only_when_all_is_required(monkeypatch, capsys) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    assert _outcome(monkeypatch, capsys, ["", None]) == (0, "✓ 1 of 2 checks passed; 1 left out: check 1")
    assert _outcome(monkeypatch, capsys, ["", "wrong", None])[0] == 1
    monkeypatch.setenv("REQUIRE_ALL", "1")
    assert _outcome(monkeypatch, capsys, ["", ""]) == (0, "✓ 2 checks passed")
    status, line = _outcome(monkeypatch, capsys, ["", None])
    assert status == 1
    assert line.startswith("✗ 1 of 2 checks passed; 1 left out: check 1 (REQUIRE_ALL=1")


@pytest.mark.parametrize("name", ["nginx_site", "systemd_units", "shellcheck"])
def test_without_its_program_a_check_is_left_out_with_the_way_to_get_it(monkeypatch, name: str) -> None:
    monkeypatch.setattr(site_files, "program", lambda name: None)
    with pytest.raises(checks.Omitted, match="apt-get install"):
        getattr(checks, name)()
