"""按日连续处罚: for which violations the law provides it, and since when. Reads reference/daily_penalty.csv.

It follows on an unlawful discharge of pollutants only (环境保护法第五十九条; since 2026-08-15 生态环境法典第一千零六十条;
环境保护主管部门实施按日连续处罚办法第五条), and only environmental authorities may impose it. Where a provision leaves that in
doubt, the authority binds itself and not the party: it keeps the 30 days for looking again, and threatens nothing. A local
regulation may add kinds of violation (环境保护法第五十九条第三款；办法第六条), and none is on file here: an environmental authority
that names the penalty is not refused, only asked for the regulation.
"""

import csv
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from casework.models import Violation
    from organisation.models import Department

NAME = "按日连续处罚"
RULES = "环境保护主管部门实施按日连续处罚办法"
# The law that lets an environmental authority punish by the day, by the day from which it is in force.
BASIS = (
    (date(2026, 8, 15), "《中华人民共和国生态环境法典》第一千零六十条"),
    (date(2015, 1, 1), "《中华人民共和国环境保护法》第五十九条第一款"),
)


class Reach(StrEnum):
    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


@cache
def table() -> dict[str, Reach]:
    """By the code of the violation."""
    with (settings.ROOT / "reference" / "daily_penalty.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Reach(row["reach"]) for row in csv.DictReader(file)}


def basis_on(day: date) -> str | None:
    return next((law for since, law in BASIS if since <= day), None)


def reach(violation: "Violation", department: "Department") -> Reach:
    """Is a violation punished by the day, by this authority? A provision that nobody has placed yet is in doubt."""
    if not department.is_environmental:
        return Reach.NO
    return table().get(violation.code, Reach.UNSURE)


def note(violation: "Violation", department: "Department", threat: str) -> str:
    """What those who decide should know of an order that threatens the penalty where nothing on file provides it."""
    if NAME not in threat or not department.is_environmental or reach(violation, department) != Reach.NO:
        return ""
    return _(
        "To be verified: the order names the penalty by the day, and no provision on file provides it for this violation. A local regulation may (按日连续处罚办法第六条): cite it in the order, or take the words out."
    )
