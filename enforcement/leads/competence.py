"""职权: may this authority act on that violation? The column `agency` of penalty_bases.csv, read as a pure rule.

An authority acts within its powers only (行政处罚法第十七条), and orders rectification of what it may punish (第二十八条). A closed
list that is beyond doubt decides; a list that stays open (工信等, 有关部门), or a row to be verified, only says so: a decision of the
State Council or the province may have moved the power (第十八条).
"""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.labels import in_print
from enforcement.leads import agencies
from organisation.models.places import DepartmentLevel
from organisation.selectors import doubt_of

if TYPE_CHECKING:
    from casework.models import Violation
    from organisation.models import Department

# The lines of administration (Department.kind) behind the words of the column.
LINES = {
    "自然资源": {"MNR"},
    "工信": {"MIIT", "REO"},
    "省级工业主管部门": {"MIIT", "REO"},
    "生态环境": {"EPD"},
    "环保": {"EPD"},
    "发改": {"DRC"},
    "商务": {"COM", "MOFCOM"},
    "海关": {"CUSTOMS"},
}
# Words that name one level of their line, and no other.
AT_LEVEL = {"省级工业主管部门": DepartmentLevel.PROVINCE}
# Lines of which it is known that a list which does not name them leaves them out.
KNOWN = set().union(*LINES.values()) | {"AIC", "SAFE", "FIN", "TAX", "POLICE"}
BETWEEN = re.compile(r"[、，,/]")


class Competence(StrEnum):
    NAMED = "named"
    UNCLEAR = "unclear"
    NOT_NAMED = "not named"


def of(violation: "Violation", kind: str, level: str) -> Competence:
    """May an authority of that line and level act on the violation, as far as the statute book knows? Of the line named, but
    at another level: the power may have been moved down or up."""
    words = [word.strip() for word in BETWEEN.split(violation.agency) if word.strip()]
    naming = [stem for word in words for stem in LINES if word.startswith(stem) and kind in LINES[stem]]
    if naming:
        is_level = any(AT_LEVEL.get(stem, level) == level for stem in naming)
        return Competence.NAMED if is_level else Competence.UNCLEAR
    is_closed = bool(words) and all(word in LINES for word in words)
    if is_closed and violation.is_verified and kind in KNOWN:
        return Competence.NOT_NAMED
    return Competence.UNCLEAR


def refusal(violation: "Violation", department: "Department") -> str | None:
    """Why the authority does not act on it, in words; None where it may, or where that is in doubt. An internal office has the
    powers of the authority it belongs to, and no other."""
    if _of(violation, department) != Competence.NOT_NAMED:
        return None
    return _(
        "%(basis)s gives this violation to %(agency)s; %(department)s may not act on it (行政处罚法第十七条). Hand the matter to the authority that may, or name the provision that fits."
    ) % _facts(violation, department)


def note(violation: "Violation", department: "Department") -> str:
    """What an officer should know of the authority's power; empty where it is beyond doubt. That the authority itself is
    still to be verified refuses nothing."""
    if words := refusal(violation, department):
        return words
    said = []
    if department.acts_as != department:
        said.append(
            _("%(office)s is an internal office: it acts in the name of %(department)s (行政处罚法第十七条).")
            % {"office": department, "department": department.acts_as}
        )
    said.append(doubt_of(department.acts_as))
    if _of(violation, department) != Competence.NAMED:
        said.append(
            _(
                "To be verified: whether %(department)s may act on this violation. %(basis)s names: %(agency)s (行政处罚法第十七条)."
            )
            % _facts(violation, department)
        )
    return " ".join(filter(None, said))


def row(violation: "Violation", department: "Department") -> list[tuple[str, Any]]:
    """The note as a row of facts; none where there is nothing to say."""
    words = note(violation, department)
    return [(_("Power of the authority"), words)] if words else []


def _of(violation: "Violation", department: "Department") -> Competence:
    return of(violation, department.acts_as.kind, department.acts_as.level)


def _facts(violation: "Violation", department: "Department") -> dict[str, str]:
    return {
        "basis": in_print(violation.legal_basis),
        "agency": agencies.in_words(violation.agency),
        "department": str(department.acts_as),
    }


def authority_may_act(matter: Any) -> str | None:
    """The guard of leads and cases."""
    return refusal(matter.violation, matter.docket.department)
