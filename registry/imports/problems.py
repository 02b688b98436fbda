"""What is wrong with a row, as it is kept: column, value, reason, and how to put it right."""

from registry.imports.sheets import BY_KEY
from registry.models import ImportAction, ImportRow


def blame(row: ImportRow, name: str, value: str, reason: str, fix: str) -> None:
    """Add a problem with the column of this field; the row is no longer imported."""
    row.action = ImportAction.BAD
    heading = BY_KEY[row.sheet].by_name[name].heading
    row.problems.append({"column": heading, "value": value[:200], "reason": reason, "fix": fix})
