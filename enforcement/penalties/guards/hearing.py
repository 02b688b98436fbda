"""The party's rights before the decision: told, heard, and a hearing where the law says (行政处罚法第四十四条、第四十五条、第六十二条至第六十五条)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from enforcement.penalties import names

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def hearing_is_offered_where_the_law_says(penalty: "Penalty") -> str | None:
    from enforcement.penalties import fines

    owed = fines.hearing(penalty)
    if not owed.must_offer or penalty.offers_hearing:
        return None
    words = _("The party must be told that it may ask for a hearing: %(why)s (行政处罚法第六十三条).")
    return words % {"why": owed.why}


def notice_is_served(penalty: "Penalty") -> str | None:
    return None if penalty.notified_on else _("There is no proof that the prior notice was served.")


def was_notified(penalty: "Penalty") -> str | None:
    """未依照规定告知，或者拒绝听取陈述、申辩，不得作出行政处罚决定 (第六十二条)."""
    if penalty.notified_on and penalty.prior_notice is not None and penalty.prior_notice.is_in_force:
        return None
    return _(
        "No penalty is decided before the party was told of it and of its rights (行政处罚法第四十四条、第六十二条)."
    )


def hearing_was_requested(penalty: "Penalty") -> str | None:
    from enforcement.penalties import rights

    if not penalty.offers_hearing:
        return _("The prior notice offers no hearing.")
    if rights.asks_for_hearing(penalty):
        return None
    return _("The party has not asked for a hearing.")


def no_hearing_is_owed(penalty: "Penalty") -> str | None:
    from enforcement.penalties import rights

    if penalty.offers_hearing and rights.asks_for_hearing(penalty) and penalty.hearing() is None:
        return _("The party has asked for a hearing: it is held before the decision (行政处罚法第六十三条).")
    return None


def rights_were_used_or_ran_out(penalty: "Penalty") -> str | None:
    from enforcement.penalties import rights

    return rights.still_open(penalty)


def statement_is_reviewed(penalty: "Penalty") -> str | None:
    """必须充分听取当事人的意见，对当事人提出的事实、理由和证据，应当进行复核 (第四十五条)."""
    from enforcement.penalties import papers
    from enforcement.penalties.models import StatementKind

    if not penalty.heard_round().filter(kind=StatementKind.ARGUES).exists():
        return None
    last = penalty.heard_round().filter(kind=StatementKind.ARGUES).order_by("-received_on", "-pk").first()
    found = papers.record(penalty, names.STATEMENT_REVIEW)
    if found is not None and last is not None and found.completed_at >= last.recorded_at:
        return None
    return _("The party has argued: write the review of its statement first (行政处罚法第四十五条).")


def hearing_is_over(penalty: "Penalty") -> str | None:
    hearing = penalty.hearing()
    if hearing is None:
        return _("Arrange the hearing first.")
    return None if hearing.outcome else _("Record how the hearing ended.")


def hearing_papers_are_on_file(penalty: "Penalty") -> str | None:
    """听证应当制作笔录 (第六十四条第八项); 根据听证笔录作出决定 (第六十五条)."""
    from enforcement.penalties import papers
    from enforcement.penalties.models import HearingOutcome

    hearing = penalty.hearing()
    if hearing is None or hearing.outcome != HearingOutcome.HELD:
        return None
    lacks = []
    if papers.record(penalty, names.HEARING_RECORD) is None:
        lacks.append(_("The record of the hearing is missing (行政处罚法第六十四条第八项)."))
    if papers.record(penalty, names.HEARING_REPORT) is None:
        lacks.append(_("The report on the hearing is missing."))
    return " ".join(lacks) or None
