"""The list of documents: what awaits a decision, what is to be issued, what is to be served."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy
from django_filters import CharFilter, ChoiceFilter, DateFilter

from core import clock
from core.lists import ALL, Column, ListFilterSet, ListPage, Sort, Tab
from core.lists.page import Empty
from notices import numbers, registry, selectors, work
from notices.forms import DayInput
from notices.models import Notice, NoticeState

State = NoticeState
OPEN = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.ISSUED, State.UNSERVED)


class DocumentFilters(ListFilterSet):
    q = CharFilter(label=_("Number, party or title"), method="by_text")
    kind = ChoiceFilter(label=_("Document"), choices=registry.choices, empty_label=ALL)
    state = ChoiceFilter(label=_("State"), choices=NoticeState.choices, empty_label=ALL)
    issued_from = DateFilter(label=_("Issued from"), field_name="issued_on", lookup_expr="gte", widget=DayInput())
    issued_to = DateFilter(label=_("Issued until"), field_name="issued_on", lookup_expr="lte", widget=DayInput())

    def by_text(self, rows: QuerySet[Notice], name: str, value: str) -> QuerySet[Notice]:
        number = numbers.normalise(value)
        return rows.filter(
            Q(number__contains=number)
            | Q(addressee_name__contains=value)
            | Q(docket__enterprise__name__contains=value)
            | Q(title__contains=value)
        )


def rows_of(viewer: Any) -> QuerySet[Notice]:
    return Notice.objects.visible_to(viewer).live().defer("html").select_related("docket__enterprise", "drafted_by")


def served_kinds() -> list[str]:
    return [kind.code for kind in registry.all_types() if kind.needs_service]


def _start(viewer: Any) -> str:
    """Where no document waits for him, an officer begins with all he sees, not with an empty page."""
    return "mine" if rows_of(viewer).filter(work.on_his_list(viewer)).exists() else "all"


def _of_party(notice: Notice) -> str:
    enterprise = notice.docket.enterprise
    return notice.addressee_name or (enterprise.name if enterprise else "")


DOCUMENTS = ListPage(
    name="documents",
    title=_("Documents and service"),
    url_name="notices:documents",
    unit=npgettext_lazy("unit of a list", "document", "documents"),
    permission="notices.view_notice",
    rows=rows_of,
    filters=DocumentFilters,
    sort="-updated",
    start=_start,
    empty=Empty(
        _("No document here."),
        _("Documents appear when they are drafted on a docket. Those of other states stand under the other tabs."),
    ),
    tabs=(
        Tab("mine", _("For me to do"), lambda rows, viewer: rows.filter(work.on_his_list(viewer)), counted=True),
        Tab("drafts", _("Drafts"), lambda rows, viewer: rows.filter(state=State.DRAFT), counted=True),
        Tab("decide", _("Awaiting approval"), lambda rows, viewer: rows.filter(state=State.SUBMITTED), counted=True),
        Tab("issue", _("To be issued"), lambda rows, viewer: rows.filter(state=State.APPROVED), counted=True),
        Tab(
            "serve",
            _("To be served"),
            lambda rows, viewer: rows.filter(state__in=[State.ISSUED, State.UNSERVED], kind__in=served_kinds()),
            counted=True,
        ),
        Tab("all", _("All"), lambda rows, viewer: rows),
    ),
    columns=(
        Column("document", _("Document"), value=lambda n: n.label, link=True, phone="main", width=36, fixed=True),
        Column("number", _("Document number"), value=lambda n: n.number or "", width=26),
        Column("party", _("Party"), value=_of_party, width=36),
        Column(
            "state",
            _("State"),
            value=lambda n: selectors.state_tag(n)["label"],
            cell=lambda n: {"tag": selectors.state_tag(n)},
        ),
        Column("docket", _("Docket"), value=lambda n: str(n.docket), width=26),
        Column("drafter", _("Drafted by"), value=lambda n: n.drafted_by.name),
        Column("issued", _("Issued on"), value=lambda n: n.issued_on, sort=Sort("issued_on", empty=date.max)),
        Column(
            "updated",
            _("Last change"),
            value=lambda n: clock.local(n.updated_at).date(),
            sort="updated_at",
            shown=False,
        ),
    ),
)
