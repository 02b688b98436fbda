"""The values of a row (JSON) as the verbs take them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from registry.imports.known import Known
from registry.imports.sheets import BY_KEY, ENTERPRISES, FACILITIES, LINES
from registry.models import ImportRow

# What an import may not change: each is a verb of its own that asks for a day and a reason.
APART: Final[Mapping[str, tuple[str, ...]]] = {
    ENTERPRISES.key: ("name", "status"),
    FACILITIES.key: (),
    LINES.key: ("status",),
}
# Where a part belongs: named by the row, given to the verb as a record.
BELONGS_TO: Final[Mapping[str, frozenset[str]]] = {
    ENTERPRISES.key: frozenset(),
    FACILITIES.key: frozenset({"credit_code"}),
    LINES.key: frozenset({"credit_code", "facility"}),
}


def gone() -> RuleBroken:
    """For what a row refers to and no longer finds."""
    return RuleBroken(_("What this row refers to no longer exists: check the file again."))


def typed(row: ImportRow, known: Known, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """Values of the fields of the row's record. What vanished since the check raises RuleBroken."""
    convert: dict[str, Callable[[Any], Any]] = {
        "region": lambda code: known.regions[code],
        "base": lambda code: known.regions[code],
        "group": lambda pk: known.groups[pk],
        "material_classes": lambda codes: [known.classes[code] for code in codes],
        "technique": lambda code: known.techniques[code],
        "registered_capital_10k_cny": Decimal,
        "longitude_deg": Decimal,
        "latitude_deg": Decimal,
        "capacity_t_reo_per_year": Decimal,
        "founded_on": date.fromisoformat,
        "commissioned_on": date.fromisoformat,
    }
    skipped = {*without, *BELONGS_TO[BY_KEY[row.sheet].key]}
    try:
        return {
            name: convert[name](value) if name in convert else value
            for name, value in row.values.items()
            if name not in skipped
        }
    except KeyError as error:
        raise gone() from error
