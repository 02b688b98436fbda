"""案件体检: what would bring the case down before the prior notice, the decision and the closing, each with where it is mended.

The guards of the procedure refuse the step; this tells all of it at once and early, beside what merely looks odd.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import origins
from core import clock
from enforcement.penalties import fines, guards, names, papers, remedies, rights
from enforcement.penalties.models import Penalty, StatementKind
from enforcement.penalties.workflow import Stage
from notices import proof
from notices.models import SiteRecord
from organisation.models import Officer

WRITING = (Stage.PROPOSING, Stage.REVIEW, Stage.APPROVAL, Stage.NOTIFYING)
AFTER_NOTICE = (Stage.STATEMENT, Stage.HEARING, Stage.DECIDING, Stage.DECISION_REVIEW, Stage.DECISION, Stage.ISSUING)


@dataclass(frozen=True, slots=True)
class Item:
    """`blocks`: the step is refused; else it is to be looked at. `url`: where it is mended."""

    words: str
    url: str
    blocks: bool


def of(penalty: Penalty) -> list[Item]:
    """Everything that is wrong now, the worst first."""
    found = [
        *_people(penalty),
        *_evidence(penalty),
        *_service(penalty),
        *_rights(penalty),
        *_periods(penalty),
        *_amounts(penalty),
    ]
    return sorted(found, key=lambda item: not item.blocks)


def _tab(penalty: Penalty, tab: str) -> str:
    return reverse("casework:docket_tab", args=[penalty.docket_id, tab])


def _people(penalty: Penalty) -> Iterator[Item]:
    """行政处罚法第四十二条: two officers with certificates, at the visit and in the case."""
    team = Officer.objects.filter(teams__docket=penalty.docket).distinct()
    if penalty.stage in (*WRITING, *AFTER_NOTICE) and sum(officer.has_valid_certificate() for officer in team) < 2:
        words = _("Fewer than two officers of the case hold a valid enforcement certificate (行政处罚法第四十二条).")
        yield Item(words, penalty.docket.get_absolute_url(), True)
    if (
        penalty.stage in WRITING
        and (why := guards.two_certified_officers_signed(penalty))
        and penalty.document is not None
    ):
        yield Item(why, reverse("penalties:sign", args=[penalty.pk]), False)


def _evidence(penalty: Penalty) -> Iterator[Item]:
    """没有证据的事实不得处罚 (行政处罚法第四十条、第四十六条)."""
    records = SiteRecord.objects.filter(docket__in=[*origins.chain(penalty.docket), penalty.docket], corrected_by=None)
    if not origins.evidence(penalty.docket) and not records.exists():
        yield Item(_("No evidence is on file (行政处罚法第四十条、第四十六条)."), _tab(penalty, "evidence"), True)
    if papers.record(penalty, names.REPORT) is None:
        words = _(
            "The report that ends the investigation is missing: write it among the documents of the case (行政处罚法第五十七条)."
        )
        yield Item(words, _tab(penalty, "documents"), penalty.stage != Stage.PROPOSING)
    if why := guards.is_discussed_where_required(penalty):
        yield Item(why, _tab(penalty, "documents"), penalty.stage in {Stage.APPROVAL, Stage.DECISION})


def _service(penalty: Penalty) -> Iterator[Item]:
    """Of what was served, the proof is on file."""
    for lack in proof.lacking(penalty.docket):
        if lack.service is not None:
            yield Item(
                lack.words, reverse("notices:attach_receipt", args=[lack.service.pk]), penalty.stage in AFTER_NOTICE
            )
        else:
            yield Item(lack.words, lack.document.get_absolute_url(), False)


def _rights(penalty: Penalty) -> Iterator[Item]:
    if penalty.stage in AFTER_NOTICE and penalty.is_a_penalty and (why := guards.was_notified(penalty)):
        yield Item(why, _tab(penalty, "documents"), True)
    if (
        penalty.is_a_penalty
        and penalty.stage not in {Stage.PROPOSING, Stage.REVIEW}
        and penalty.prior_notice is not None
    ) and (why := guards.hearing_is_offered_where_the_law_says(penalty)):
        yield Item(why, penalty.prior_notice.get_absolute_url(), True)
    if penalty.stage in AFTER_NOTICE and penalty.stage != Stage.STATEMENT and (why := rights.still_open(penalty)):
        yield Item(why, _tab(penalty, "deadlines"), penalty.stage != Stage.HEARING)
    argued = penalty.heard_round().filter(kind=StatementKind.ARGUES)
    if penalty.stage in AFTER_NOTICE and argued.exists() and (why := guards.statement_is_reviewed(penalty)):
        yield Item(
            why, _tab(penalty, "documents"), penalty.stage in {Stage.DECISION_REVIEW, Stage.DECISION, Stage.ISSUING}
        )
    if penalty.stage in AFTER_NOTICE[2:] and (why := guards.hearing_papers_are_on_file(penalty)):
        yield Item(why, _tab(penalty, "documents"), True)


def _periods(penalty: Penalty) -> Iterator[Item]:
    """A period of the authority that has passed: it stands in the file and must be explained, nothing takes it back."""
    today = clock.today()
    for deadline in penalty.docket.deadlines.open().filter(paused_since=None, due_on__lt=today).order_by("due_on"):
        if deadline.actor_side != "party":
            words = _("“%(period)s” ended on %(due)s.") % {"period": deadline.label, "due": deadline.due_on}
            yield Item(words, _tab(penalty, "deadlines"), False)
    if penalty.stage == Stage.URGING and (why := remedies.still_open(penalty)):
        yield Item(why, _tab(penalty, "deadlines"), False)


def _amounts(penalty: Penalty) -> Iterator[Item]:
    edit = reverse("penalties:edit", args=[penalty.pk])
    checked = fines.checked(penalty)
    if penalty.stage in (*WRITING, *AFTER_NOTICE):
        yield from (Item(words, edit, True) for words in checked.refusals)
        yield from (Item(words, edit, False) for words in checked.notes)
        if why := guards.not_fined_twice(penalty):
            yield Item(why, edit, True)
