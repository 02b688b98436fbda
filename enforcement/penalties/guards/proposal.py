"""The proposal: founded on law, in time, inside the band, one fine for one act, and its document says the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from enforcement.leads import competence
from enforcement.penalties import names, time_bar, weighing
from notices import completeness

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def conclusion_is_written(penalty: "Penalty") -> str | None:
    if penalty.conclusion and penalty.grounds.strip():
        return None
    return _("Write what is proposed, with its reasons.")


def report_is_on_file(penalty: "Penalty") -> str | None:
    from enforcement.penalties import papers

    if papers.record(penalty, names.REPORT) is not None:
        return None
    return _(
        "The report that ends the investigation is missing: write it among the documents of the case (行政处罚法第五十七条)."
    )


def cites_a_statute(penalty: "Penalty") -> str | None:
    """A policy document explains why the authority acts; it cannot found a penalty (行政处罚法第十六条)."""
    if penalty.violation.legal_basis.strip() and not penalty.rests_on_policy_only:
        return None
    if not penalty.is_a_penalty:
        return None
    return _("Cite a law, regulation or rule: a policy document alone cannot found a penalty (行政处罚法第十六条).")


def authority_may_punish(penalty: "Penalty") -> str | None:
    if not penalty.is_a_penalty:
        return None  # what is not punished here may be handed on
    return competence.refusal(penalty.violation, penalty.docket.department)


def law_reaches_the_act(penalty: "Penalty") -> str | None:
    """从旧兼从轻 (行政处罚法第三十七条): no law binds backwards. Which of several versions is milder the reviewer decides."""
    lead, violation = penalty.case.lead, penalty.violation
    if lead is None or lead.acted_to is None or violation.valid_from is None:
        return None
    if lead.acted_to >= violation.valid_from or lead.has_earlier_law(violation):
        return None
    return _("The act ended before the provision cited was in force (%(from)s) (行政处罚法第三十七条).") % {
        "from": violation.valid_from
    }


def is_not_out_of_time(penalty: "Penalty") -> str | None:
    lead = penalty.case.lead
    if lead is None or not penalty.is_a_penalty:
        return None
    if not time_bar.is_over(lead.acted_to, lead.received_on, has_harm=penalty.has_harm):
        return None
    facts = {"ended": lead.acted_to, "found": lead.received_on}
    if penalty.has_harm:
        return (
            _(
                "The act ended on %(ended)s and was found on %(found)s, after more than five years: it is not punished any more (行政处罚法第三十六条)."
            )
            % facts
        )
    return (
        _(
            "The act ended on %(ended)s and was found on %(found)s, after more than two years: it is not punished any more, unless harm was done for which the law gives five (行政处罚法第三十六条)."
        )
        % facts
    )


def sanctions_are_named(penalty: "Penalty") -> str | None:
    if not penalty.is_a_penalty:
        return None
    if penalty.sanctions.exists():
        return None
    return _("Name the penalty: a fine, a confiscation, another sanction (行政处罚法第九条).")


def fine_is_inside_the_band(penalty: "Penalty") -> str | None:
    """By the band in force as far as it is certain; what is still to be verified informs and refuses nothing."""
    from enforcement.penalties import fines

    return fines.refusal(penalty) if penalty.is_a_penalty else None


def not_fined_twice(penalty: "Penalty") -> str | None:
    """对当事人的同一个违法行为，不得给予两次以上罚款的行政处罚 (行政处罚法第二十九条)."""
    from enforcement.penalties import selectors

    if not penalty.is_a_penalty or penalty.fine is None:
        return None
    found = selectors.fined_for_the_same_act(penalty)
    if not found:
        return None
    words = _(
        "For the same act a fine has been decided already: %(numbers)s. One act is not fined twice (行政处罚法第二十九条)."
    )
    return words % {"numbers": "、".join(found)}


def proposes_a_penalty(penalty: "Penalty") -> str | None:
    return None if penalty.is_a_penalty else _("No penalty is proposed.")


def proposes_no_penalty(penalty: "Penalty") -> str | None:
    from enforcement.penalties.models.penalty import NO_PENALTY

    return None if penalty.conclusion in NO_PENALTY else _("It is not proposed to leave the act without a penalty.")


def proposes_a_transfer(penalty: "Penalty") -> str | None:
    from enforcement.penalties.models.penalty import TRANSFERS

    return None if penalty.conclusion in TRANSFERS else _("No transfer is proposed.")


def is_discussed_where_required(penalty: "Penalty") -> str | None:
    """对情节复杂或者重大违法行为给予行政处罚，行政机关负责人应当集体讨论决定 (行政处罚法第五十七条第二款)."""
    from enforcement.penalties import papers

    if not penalty.needs_discussion or papers.record(penalty, names.DISCUSSION) is not None:
        return None
    return _("The heads must discuss this penalty collectively: the minutes are missing (行政处罚法第五十七条第二款).")


def not_heavier_than_notified(penalty: "Penalty") -> str | None:
    """Neither because the party argued (第四十五条) nor otherwise without telling it again (第六十二条)."""
    from enforcement.penalties.models import SanctionKind

    if not penalty.is_a_penalty:
        return None
    labels = {kind.value: str(kind.label) for kind in SanctionKind}
    found = weighing.in_words(penalty.notified, [row.as_told() for row in penalty.sanctions.all()], labels)
    if not found:
        return None
    words = _(
        "Heavier than the party was told: %(what)s Nobody is punished more heavily for having argued (行政处罚法第四十五条); on new facts propose anew and notify again (第六十二条)."
    )
    return words % {"what": " ".join(found)}


def document_stands_at(state: str) -> Callable[["Penalty"], str | None]:
    """The document goes through the same hands at the same time as the proposal."""

    def guard(penalty: "Penalty") -> str | None:
        from enforcement.penalties.models.penalty import TRANSFERS

        if penalty.conclusion in TRANSFERS:
            return None  # a transfer goes through hands of its own
        notice = penalty.document
        if notice is None:
            return _("Draft the prior notice first.") if penalty.is_a_penalty else _("Draft the decision first.")
        if notice.state == state:
            return None
        return _("“%(document)s” is at “%(state)s”.") % {"document": notice.label, "state": notice.get_state_display()}

    guard.__name__ = f"document_stands_at_{state}"  # the drawing of the procedure reads it
    return guard


def document_is_complete(penalty: "Penalty") -> str | None:
    notice = penalty.document
    if notice is None:
        return None  # that it is missing another guard says
    lacks = completeness.of(notice)
    return _("The document is not complete: %(what)s") % {"what": " ".join(lacks)} if lacks else None


def document_says_the_same(penalty: "Penalty") -> str | None:
    from enforcement.penalties import agreement

    return " ".join(agreement.differences(penalty)) or None


def checked_up(penalty: "Penalty") -> str | None:
    """案件体检: what would bring the case down, before it goes out of the house."""
    from enforcement.penalties import checkup

    return " ".join(item.words for item in checkup.of(penalty) if item.blocks) or None
