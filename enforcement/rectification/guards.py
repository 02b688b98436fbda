"""What must be true before a case moves on. A guard answers with the reason to refuse, in words, or with None."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework import origins, powers, strands
from notices import completeness, proof

if TYPE_CHECKING:
    from enforcement.rectification.models import RectificationCase


def facts_are_written(case: "RectificationCase") -> str | None:
    return None if case.facts.strip() else _("Describe the facts found.")


def requirements_are_written(case: "RectificationCase") -> str | None:
    return None if case.requirements.strip() else _("State what must be rectified.")


def cites_a_statute(case: "RectificationCase") -> str | None:
    """A policy document explains why the authority acts; it cannot itself found a decision."""
    if case.violation.legal_basis.strip() and not case.violation_is_policy_only:
        return None
    return _("Cite a law, regulation or rule: a policy document alone cannot found a decision (行政处罚法第十六条).")


def law_reaches_the_act(case: "RectificationCase") -> str | None:
    """No law binds backwards. Where an earlier version is on file, which of them is milder the reviewer decides (第三十七条)."""
    lead, violation = case.lead, case.violation
    if lead is None or lead.acted_to is None or violation.valid_from is None:
        return None
    if lead.acted_to >= violation.valid_from or lead.has_earlier_law(violation):
        return None
    return _("The act ended before the provision cited was in force (%(from)s) (行政处罚法第三十七条).") % {
        "from": violation.valid_from
    }


def two_certified_officers_signed(case: "RectificationCase") -> str | None:
    signed = [s for s in case.current_signatures() if s.certificate_valid]
    if len(signed) >= 2:
        return None
    facts = {"count": len(signed)}
    if case.signatures.exists() and not signed:
        return (
            _(
                "The case or its order was changed after it was signed: two officers with valid certificates must sign the present text (行政处罚法第四十二条); so far %(count)d."
            )
            % facts
        )
    return _("Two officers with valid certificates must sign (行政处罚法第四十二条); so far %(count)d.") % facts


def order_says_the_same(case: "RectificationCase") -> str | None:
    if case.order is None:
        return _("Draft the rectification order first.")
    return " ".join(case.order_differences()) or None


def order_stands_at(state: str) -> Callable[["RectificationCase"], str | None]:
    """The order goes through the same hands at the same time as its case."""

    def guard(case: "RectificationCase") -> str | None:
        if case.order is None:
            return _("Draft the rectification order first.")
        if case.order.state == state:
            return None
        return _("The order is at “%(state)s”.") % {"state": case.order.get_state_display()}

    guard.__name__ = f"order_stands_at_{state}"  # the drawing of the procedure reads it
    return guard


def order_is_complete(case: "RectificationCase") -> str | None:
    """At every step that hands the order on, by the rules of today: also an order drafted before a rule changed."""
    if case.order is None:
        return None  # that it is missing another guard says
    lacks = completeness.of(case.order)
    return _("The order is not complete: %(what)s") % {"what": " ".join(lacks)} if lacks else None


def order_is_issued(case: "RectificationCase") -> str | None:
    return None if case.order_is_issued else _("The order has not been issued.")


def order_is_served(case: "RectificationCase") -> str | None:
    return None if case.served_on else _("There is no proof that the order was served.")


def reinspected_by_two(case: "RectificationCase") -> str | None:
    return None if case.last_reinspection() else _("Record the re-inspection first.")


def reinspection_found_it_done(case: "RectificationCase") -> str | None:
    """Where nobody has looked in this round yet, another guard says so: of no look there is no result."""
    last = case.last_reinspection()
    if last is None or last.is_done:
        return None
    return _("The last re-inspection did not find the rectification done.")


def reinspection_found_it_not_done(case: "RectificationCase") -> str | None:
    last = case.last_reinspection()
    return _("The last re-inspection found the rectification done.") if last and last.is_done else None


def records_are_answered(case: "RectificationCase") -> str | None:
    """A look is over when it is on record how its document ended with the party: whoever looked is still on the case then."""
    return " ".join(lack.words for lack in proof.unanswered(case.docket)) or None


def period_has_run_out(case: "RectificationCase") -> str | None:
    """Nobody is ordered again while the time he was given still runs."""
    due_on = case.period_runs_until()
    if due_on is None:
        return None
    return _("The period for rectification runs until %(due)s: let the rectification go on.") % {"due": due_on}


def looked_after_the_period(case: "RectificationCase") -> str | None:
    """What was seen while the party still had time does not show that it let its time pass, whoever asked for that look."""
    ended_on = case.period_ended_after_the_look()
    if ended_on is None:
        return None
    return _(
        "The re-inspection on record was made before the party's period ended on %(due)s: look again before rectification is ordered again."
    ) % {"due": ended_on}


def had_its_time_unless_it_discharges(case: "RectificationCase") -> str | None:
    """Ordered again is who let his time pass; and at once who goes on discharging: that was to stop immediately
    (环境保护主管部门实施按日连续处罚办法第八条), and the penalty is counted up to the look that found it (第十七条). The time of
    the order is for what else must be rectified. What is only perhaps a discharge keeps its time. So is at once who has not
    done what the order wanted done at once: for that he was given no time."""
    if case.is_a_discharge or case.still_open_at_once():
        return None
    return period_has_run_out(case) or looked_after_the_period(case)


def looked_before_its_end(case: "RectificationCase") -> str | None:
    if case.last_reinspection() is None or case.period_ended_after_the_look() is not None:
        return None
    return _("The re-inspection on record was made after the party's period.")


def period_still_runs(case: "RectificationCase") -> str | None:
    return _("The period for rectification has run out.") if case.period_runs_until() is None else None


def no_order_in_force(case: "RectificationCase") -> str | None:
    """A case does not end beside an order that still binds the party."""
    orders = case.docket.notices.filter(kind="rectification_order").exclude(number=None)
    numbers = [str(order.number) for order in orders.order_by("pk") if order.is_in_force]
    if not numbers:
        return None
    return _("Still in force: %(numbers)s. Revoke it first.") % {"numbers": "、".join(numbers)}


def no_open_drafts(case: "RectificationCase") -> str | None:
    """The draft order falls with its case; any other document is issued or given up first."""
    drafts = case.docket.notices.live().filter(number=None).order_by("pk")
    titles = [notice.label for notice in drafts if notice.pk != case.order_id]
    if not titles:
        return None
    return _("Neither issued nor withdrawn: %(titles)s.") % {"titles": "、".join(titles)}


def nothing_is_running(case: "RectificationCase") -> str | None:
    return (
        _("A period is still running.")
        if case.docket.deadlines.filter(met_on=None, cancelled_on=None).exists()
        else None
    )


# What an upper floor says still stands in the way of closing a case: docket -> words.
_hindrances: list[Callable[[Any], list[str]]] = []


def hindered_by(ask: Callable[[Any], list[str]]) -> None:
    if ask not in _hindrances:
        _hindrances.append(ask)


def nothing_runs_beside(case: "RectificationCase") -> str | None:
    """One case, one end: what runs beside the order has ended before it is closed or withdrawn (docs/decisions/0040)."""
    words = [*strands.open_on(case.docket), *(why for ask in _hindrances for why in ask(case.docket))]
    return " ".join(words) or None


def documents_are_complete(case: "RectificationCase") -> str | None:
    words = [lack.words for lack in proof.lacking(case.docket)]
    if (last := case.without_document()) is not None:
        text = _("The re-inspection of %(on)s has no document yet. Make it, for the party to read and sign.")
        words.append(text % {"on": last.inspected_on})
    return " ".join(words) or None


def not_a_signatory(case: "RectificationCase", by: Any) -> str | None:
    """Who investigates does not review and does not approve: neither who signed nor who only drafted, wrote or looked, on the
    case or on the visit it came from. A lead is received and decided on by heads as well: in itself that is no investigation,
    and only keeps deputies from the case (casework.powers)."""
    visits = [earlier for earlier in origins.chain(case.docket) if earlier.kind == "inspection"]
    if case.signatures.filter(officer_id=by.pk).exists() or powers.handles(by, case.docket, *visits):
        return _("Whoever handled the case may not review or approve it.")
    return None


def is_legally_qualified(case: "RectificationCase", by: Any) -> str | None:
    return (
        None
        if by.legally_qualified
        else _("A legal reviewer must hold the legal-profession qualification (行政处罚法第五十八条).")
    )


def did_not_review(case: "RectificationCase", by: Any) -> str | None:
    if case.reviews.filter(reviewer_id=by.pk, round=case.round).exists():
        return _("Whoever reviewed the case may not approve it.")
    return None
