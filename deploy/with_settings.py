#!/usr/bin/env python3
"""Run a command with the settings of /etc/portal/portal.env, read as systemd reads an EnvironmentFile: nothing is evaluated.

    python3 deploy/with_settings.py .venv/bin/python manage.py check

So a password with & ; $ or a space in it means what it says. PORTAL_ENV_FILE names another file. Standard library only.
"""

import os
import re
import sys
from pathlib import Path

FILE = "/etc/portal/portal.env"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def read(text: str) -> dict[str, str]:
    """The settings of the file. Raises ValueError that names the line which is none."""
    settings: dict[str, str] = {}
    # A backslash at the end of a line goes on with the next one.
    lines = iter(enumerate(text.split("\n"), 1))
    for number, line in lines:
        stripped = line.lstrip()
        if not stripped or stripped[0] in "#;":
            continue
        while _goes_on(stripped):
            stripped = stripped[:-1] + next(lines, (0, ""))[1]
        name, sign, value = stripped.partition("=")
        if not sign or not NAME.fullmatch(name.strip()):
            raise ValueError(f"line {number} is not NAME=value")
        settings[name.strip()] = _value(value, number)
    return settings


def _goes_on(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _value(text: str, number: int) -> str:
    """The value without its quotes: '…' as it stands, "…" with \\ before " \\ $ `, none with \\ before anything."""
    text = text.strip()
    if text[:1] not in {"'", '"'}:
        return re.sub(r"\\(.)", r"\1", text)
    quote = text[0]
    if len(text) < 2 or text[-1] != quote:
        raise ValueError(f"the quote that begins in line {number} does not end there")
    return text[1:-1] if quote == "'" else re.sub(r'\\(["\\$`])', r"\1", text[1:-1])


def main() -> None:
    file = os.environ.get("PORTAL_ENV_FILE") or FILE
    if len(sys.argv) < 2:
        print("✗ Name the command: python3 deploy/with_settings.py COMMAND …", file=sys.stderr)
        raise SystemExit(2)
    try:
        settings = read(Path(file).read_text(encoding="utf-8"))
        os.execvpe(sys.argv[1], sys.argv[1:], {**os.environ, **settings})
    except ValueError as error:
        print(f"✗ {file}: {error}.", file=sys.stderr)
    except OSError as error:
        print(f"✗ {error.filename or file}: {error.strerror}.", file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
