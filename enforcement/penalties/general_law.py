"""What the law on administrative penalties says of every fine, by the day on which the authority decides."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class GeneralLaw:
    """The law in one version: where it says what, in print. 1996, 2009 and 2017 share their articles."""

    since: date
    proportionate: str  # 过罚相当
    void_without_basis: str
    mitigation: str  # 从轻、减轻
    one_fine: str  # 一事不再罚
    takes_highest: bool
    milder_law: str  # 从旧兼从轻; empty where the version is silent
    deferral: str  # 延期、分期缴纳罚款


VERSIONS: Final = (
    GeneralLaw(
        since=date(2021, 7, 15),
        proportionate="行政处罚法第五条第二款",
        void_without_basis="行政处罚法第三十八条第一款",
        mitigation="行政处罚法第三十二条",
        one_fine="行政处罚法第二十九条",
        takes_highest=True,
        milder_law="行政处罚法第三十七条",
        deferral="行政处罚法第六十六条第二款",
    ),
    GeneralLaw(
        since=date(1996, 10, 1),
        proportionate="行政处罚法（1996/2009）第四条第二款",
        void_without_basis="行政处罚法（1996/2009）第三条第二款",
        mitigation="行政处罚法（1996/2009）第二十七条第一款",
        one_fine="行政处罚法（1996/2009）第二十四条",
        takes_highest=False,
        milder_law="",
        deferral="行政处罚法（1996/2009）第五十二条",
    ),
)


def on(day: date) -> GeneralLaw:
    """ValueError for a day before the law came into force."""
    for version in VERSIONS:
        if version.since <= day:
            return version
    raise ValueError(f"the law on administrative penalties was not in force on {day}")
