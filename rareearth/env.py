"""Typed reading of environment variables: a wrong value stops the start, in words."""

import os
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
LIBPQ = {
    "application_name", "channel_binding", "connect_timeout", "gssencmode", "keepalives", "keepalives_idle", "options",
    "sslcert", "sslkey", "sslmode", "sslrootcert", "target_session_attrs",
}  # fmt: skip
FALSE = {"0", "false", "no", "off", ""}


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if not value:
        return default
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret(name: str) -> str | None:
    """The value of NAME, or the content of the file that NAME_FILE names."""
    if value := os.environ.get(name):
        return value
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read: {why}.") from error
    return None


def database(url: str, sqlite_file: Path) -> dict[str, object]:
    """Django's DATABASES entry for a postgres:// URL, or SQLite in `sqlite_file` when the URL is empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            # IMMEDIATE: a writer waits for its turn at BEGIN instead of failing in the middle.
            # FULL: a committed record survives a power cut.
            # recursive_triggers: a row that INSERT OR REPLACE removes is defended by its DELETE triggers (core.triggers).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=2147418112;"
                    "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;PRAGMA recursive_triggers=ON;"
                ),
            },
        }
    parts = _parts("DATABASE_URL", url, {"postgres", "postgresql"}, "postgres:// (leave it empty for SQLite)")
    if not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgres://user:password@host/portal")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _options(parts.query),
    }


def redis(url: str) -> str:
    """REDIS_URL, looked at: empty, or an address of a Redis."""
    if url:
        _parts("REDIS_URL", url, {"redis", "rediss", "unix"}, "redis:// (leave it empty to carry messages by files)")
    return url


def _parts(name: str, url: str, schemes: set[str], begin: str) -> SplitResult:
    """The pieces of a URL; what is none is refused without repeating it, since it holds a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read as a URL: its password must be percent-encoded (@ is %40, / is %2F, # is %23)."
        ) from error
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with {begin}.")
    if port == 0 or parts.fragment:
        raise ImproperlyConfigured(f"{name} holds a port 0 or a #, which means something else in a URL (write %23).")
    return parts


def _options(query: str) -> dict[str, str]:
    """What follows the ? of DATABASE_URL, for libpq."""
    try:
        options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True)) if query else {}
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL: after the ? stands name=value&name=value.") from error
    if unknown := sorted(set(options) - LIBPQ):
        raise ImproperlyConfigured(
            f"DATABASE_URL: after the ? nobody knows {', '.join(unknown)}; known: {', '.join(sorted(LIBPQ))}."
        )
    return options
