"""What waits for an officer because of a notice: shown on his my-work page. Notices that a procedure of the docket leads are
not here: their docket is."""

from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.due import DueWords, calendar_for
from casework.models.dockets import NO_DATE
from casework.selectors import SHOWN, WorkItem
from notices import record_pages, records, registry, selectors
from notices.models import Notice, NoticeState, SiteRecord
from organisation.scope import scope_of

State = NoticeState


def waiting(viewer: Any) -> list[WorkItem]:
    """At most SHOWN, the docket's next date first. Two statements."""
    if scope_of(viewer).is_empty:
        return []
    words = DueWords(calendar_for(viewer))
    found = Notice.objects.visible_to(viewer).filter(for_him(viewer))
    rows = found.defer("html").select_related("docket__enterprise", "drafted_by").order_by("docket__due_key", "pk")
    notices = list(rows[:SHOWN])
    words.about(notice.docket for notice in notices)
    return [_item(notice, words) for notice in notices]


def unsigned(viewer: Any) -> list[WorkItem]:
    """Records that he completed and that lack the party's signing, or their own: his, wherever their docket has gone on to. Two
    statements."""
    officers = scope_of(viewer).officers
    if not officers:
        return []
    is_note = Q(kind=records.NOTE, signed_scan=None) & ~Q(pdf_sha256="")  # drawn: there is something to sign
    unanswered = ~Q(kind__in=records.not_signed_by_party()) & Q(signing=None, corrected_by=None, docket__closed_on=None)
    rows = SiteRecord.objects.visible_to(viewer).filter(is_note | unanswered, completed_by__in=officers)
    rows = rows.defer("html").select_related("docket__enterprise").order_by("docket__due_key", "pk")
    words = DueWords(calendar_for(viewer))
    found = list(rows[:SHOWN])
    words.about(record.docket for record in found)
    return [_unsigned(record, words) for record in found]


def _unsigned(record: SiteRecord, words: DueWords) -> WorkItem:
    is_note = record.kind == records.NOTE
    label = _("Add the signed note: %(document)s") if is_note else _("Record the party's signature: %(document)s")
    page = "notices:attach_note_scan" if is_note else "notices:record_signing"
    docket = record.docket
    party = docket.enterprise.name if docket.enterprise else docket.title
    return WorkItem(
        label=label % {"document": f"{record.title}（{record.dated}）"},
        url=reverse(page, args=[record.pk]),
        title=" · ".join(filter(None, [docket.number, party])),
        due_on=docket.next_due_on or NO_DATE,
        due=words.of(docket).get("due"),
        status=record_pages.tag(record),
        docket_id=docket.pk,
        with_docket=True,
        key=f"record {record.pk}",
    )


def _own_kinds() -> list[str]:
    return [kind.code for kind in registry.all_types() if not kind.is_led_by_docket]


def for_him(viewer: Any) -> Q:
    """What waits for him on his my-work page, of the notices he sees: what a case leads waits there as the case."""
    return Q(kind__in=_own_kinds()) & _his_turn(viewer)


def on_his_list(viewer: Any) -> Q:
    """The same on the list of documents, where each document stands for itself: besides, what a case leads and his drafts."""
    wanted = _his_turn(viewer)
    if viewer.has_perm("notices.draft_notice"):
        wanted |= Q(state=State.DRAFT, docket__closed_on=None) & _handled_by(viewer)
    return wanted


def _handled_by(viewer: Any) -> Q:
    officers = scope_of(viewer).officers
    handled = Q(drafted_by__in=officers) | Q(docket__officer__in=officers) | Q(docket__team__officer__in=officers)
    return Q(pk__in=Notice.objects.filter(handled).values("pk"))


def _his_turn(viewer: Any) -> Q:
    """To decide: by role, but not on one's own words; on what a case leads not whoever handles the case, and the head after the
    legal reviewer. To finish, to issue, to serve: by those who handle the matter."""
    mine, led = _handled_by(viewer), ~Q(kind__in=_own_kinds())
    decided = Q(pk__in=Notice.objects.filter(_reviewed()).values("pk"))
    undecided = Q(state=State.SUBMITTED) & ~Q(drafted_by=viewer) & ~Q(edited_by=viewer) & ~(led & mine)
    wanted = Q(pk__in=[])
    if viewer.has_perm("notices.approve_notice"):
        wanted |= undecided & (~led | decided)
    if viewer.has_perm("notices.review_notice"):
        reviewed = [kind.code for kind in registry.all_types() if kind.needs_legal_review]
        wanted |= undecided & Q(kind__in=reviewed) & ~decided
    if viewer.has_perm("notices.draft_notice"):
        wanted |= Q(state=State.DRAFT, submissions__gt=0) & mine  # returned to him
    if viewer.has_perm("notices.issue_notice"):
        wanted |= Q(state=State.APPROVED) & mine
    if viewer.has_perm("notices.serve_notice"):
        served = [kind.code for kind in registry.all_types() if kind.needs_service]
        wanted |= Q(state__in=[State.ISSUED, State.UNSERVED], kind__in=served) & mine
    return wanted


def _reviewed() -> Q:
    return Q(approvals__decision="reviewed", approvals__submission=F("submissions"))


def _what(notice: Notice) -> str:
    verbs = {
        State.DRAFT: _("Change the returned draft: %(document)s"),
        State.SUBMITTED: _("Decide on: %(document)s"),
        State.APPROVED: _("Issue: %(document)s"),
    }
    return verbs.get(State(notice.state), _("Serve: %(document)s"))


def _item(notice: Notice, words: DueWords) -> WorkItem:
    docket = notice.docket
    party = docket.enterprise.name if docket.enterprise else docket.title
    url = reverse("notices:decide", args=[notice.pk]) if notice.state == State.SUBMITTED else notice.get_absolute_url()
    return WorkItem(
        label=_what(notice) % {"document": notice.label},
        url=url,
        title=" · ".join(filter(None, [notice.number or docket.number, party])),
        due_on=docket.next_due_on or NO_DATE,
        due=words.of(docket).get("due"),
        status=selectors.state_tag(notice),
        docket_id=docket.pk,
        key=f"notice {notice.pk}",
    )
