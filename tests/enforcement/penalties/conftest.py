"""Documents of a penalty that others go on from."""

from datetime import date

from core import clock
from notices.models import Notice
from tests.enforcement.penalties.papers import CONTACT, VIOLATED, drafted, issued_and_served
from tests.plugins.stories import story

TOLD_ON = date(2026, 9, 4)


@story
def told(written, case_officer, second_officer, head) -> Notice:
    """The prior notice with the right to a hearing: issued, and served on 4 September."""
    with clock.pinned(date(2026, 9, 3)):
        notice = drafted(
            "prior_notice_with_hearing",
            written,
            case_officer,
            violated=VIOLATED,
            evidence=["监测报告（证明排放浓度）"],
            reasons=["首次违法，从轻处罚。"],
            fine="50000",
            **CONTACT,
        )
        return issued_and_served(notice, case_officer, second_officer, head, on=TOLD_ON)
