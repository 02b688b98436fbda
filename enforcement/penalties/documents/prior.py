"""行政处罚事先告知书 and 行政处罚事先（听证）告知书: what the authority means to decide, and what the party may say to it first."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from core import clock
from enforcement.penalties.documents import law, parts
from enforcement.penalties.documents.base import PenaltyDocument, investigated
from notices.fields import LinesField

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice

STATEMENT_DAYS = 5


class PriorNoticeForm(parts.ContactForm, parts.SanctionsForm, parts.BasisForm, parts.FactsForm):
    """What is meant to be decided, with facts, reasons and basis (行政处罚法第四十四条)."""

    reasons = LinesField(
        label=gettext_lazy("Reasons for this penalty and its amount (one paragraph per line)"),
        max_item_length=800,
        help_text=gettext_lazy("Circumstances that weigh for and against, and the standard of discretion."),
    )
    statement_days = forms.IntegerField(
        label=gettext_lazy("Days for statement and defence"),
        min_value=3,
        max_value=30,
        help_text=gettext_lazy(
            "Working days since 2021-07-15, calendar days before. 行政处罚法 names no number; five is the portal's proposal (to be verified)."
        ),
    )
    field_order = (
        "investigated_from", "investigated_to", "facts", "evidence", "violated", "basis", "reasons", "sanctions", "gains",
        "fine", "statement_days", "contact", "telephone", "address",
    )  # fmt: skip


class PriorNotice(PenaltyDocument):
    """行政处罚事先告知书 (罚告): statement and defence."""

    code = "prior_notice"
    label = gettext_lazy("Prior notice of a penalty")
    document_form = "CFGZ"
    title = "行政处罚事先告知书"
    number_word = "罚告"
    template = "notices/penalties/prior_notice.html"
    content_form = PriorNoticeForm
    docket_kinds = None  # started by the penalty procedure
    file_order = 20
    offers_hearing: ClassVar[bool] = False

    def initial(self, docket: "Docket") -> dict[str, Any]:
        return {
            **parts.facts(docket),
            **parts.reasons(docket),
            "statement_days": STATEMENT_DAYS,
            **parts.contact(docket),
        }

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        today = clock.today()
        return {
            **super().context(notice, values),
            "investigated": investigated(values),
            "sanctions": parts.sanctions(values),
            "statement_within": law.days(values["statement_days"], today) if values["statement_days"] else parts.GAP,
            "hearing_within": law.period(law.REQUEST_HEARING, today) if self.offers_hearing else "",
        }


class PriorNoticeWithHearing(PriorNotice):
    """行政处罚事先（听证）告知书 (听告): the party may also demand a hearing (行政处罚法第六十三条)."""

    code = "prior_notice_with_hearing"
    label = gettext_lazy("Prior notice of a penalty, with the right to a hearing")
    title = "行政处罚事先（听证）告知书"
    number_word = "听告"
    offers_hearing = True


PRIOR_NOTICES = (PriorNotice.code, PriorNoticeWithHearing.code)
