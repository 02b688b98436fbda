"""Who may act: two certified officers investigate, others review and decide (行政处罚法第四十二条、第五十七条、第五十八条)."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework import origins, powers

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def two_certified_officers_signed(penalty: "Penalty") -> str | None:
    signed = [row for row in penalty.current_signatures() if row.certificate_valid]
    if len({row.officer_id for row in signed}) >= 2:
        return None
    words = _(
        "Two officers with valid certificates must sign the proposal and its document as they stand now (行政处罚法第四十二条); so far %(count)d."
    )
    return words % {"count": len(signed)}


def no_hand_in_the_case(penalty: "Penalty", by: Any) -> str | None:
    """Who investigates neither reviews nor decides, in the case, its penalty or the visit it came from."""
    visits = [earlier for earlier in origins.chain(penalty.docket) if earlier.kind == "inspection"]
    if penalty.signatures.filter(officer_id=by.pk).exists() or powers.handles(by, penalty.docket, *visits):
        return _(
            "Whoever handled the case may neither review the penalty nor decide on it (行政处罚法第五十七条、第五十八条)."
        )
    return None


def is_legally_qualified(penalty: "Penalty", by: Any) -> str | None:
    if by.legally_qualified:
        return None
    return _("A legal reviewer must hold the legal-profession qualification (行政处罚法第五十八条).")


def did_not_review(penalty: "Penalty", by: Any) -> str | None:
    if penalty.reviews.filter(reviewer_id=by.pk, round=penalty.round).exists():
        return _("Whoever reviewed the penalty may not decide on it (行政处罚法第五十七条、第五十八条).")
    return None
