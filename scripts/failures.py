"""What an administrator can put right, in words: a wrong setting, a database that is away or refuses. Anything else keeps its trace."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from scripts.console import Failure

SETTINGS = "Settings are environment variables; see .env.example."


def in_words(error: BaseException) -> Failure | None:
    """The Failure for an error of the settings or of the database, or None when only the trace can tell."""
    if isinstance(error, ImproperlyConfigured):
        return Failure(f"A setting is wrong: {error}", SETTINGS)
    if isinstance(error, DatabaseError):
        return of_database(error)
    return None


def of_database(error: DatabaseError) -> Failure | None:
    """The database's refusal in words, or None."""
    text = str(error).strip()
    if "relation" in text or "no such table" in text:
        return Failure(
            f"The database lacks a table: {text.splitlines()[0]}", "Bring it to this version first: manage.py migrate"
        )
    database = settings.DATABASES["default"]
    if connection.vendor == "postgresql":
        if any(word in text for word in ("connect", "password", "does not exist", "resolve")):
            where = f"{database['HOST'] or 'the local socket'}:{database['PORT'] or 5432}"
            return Failure(
                f"PostgreSQL at {where} refused: {text.splitlines()[0]}", "Check DATABASE_URL and that the server runs."
            )
        return None
    for sign, what, advice in (
        ("full", "The disk is full: {} cannot grow.", "Free some space and start again."),
        ("readonly", "This account may not write to {}.", "Give it the file and its folder (chown)."),
        ("unable to open", "This account may not open {}.", "Give it the file and its folder (chown)."),
        ("malformed", "{} is damaged.", "Restore a backup (docs/deploy.md), or move the file away to begin anew."),
        ("not a database", "{} is damaged.", "Restore a backup (docs/deploy.md), or move the file away to begin anew."),
        ("locked", "Another program keeps {} locked.", "Stop the other portal or the backup, then start again."),
    ):
        if sign in text:
            return Failure(what.format(database["NAME"]), advice)
    return None
