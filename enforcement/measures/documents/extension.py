"""同意延期整改: the party has asked in time, and is given more time for what the order wants."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.deadlines import reckoning
from casework.models import Deadline, Extension, Unit
from core import clock
from enforcement.measures import effects
from enforcement.measures.documents import common
from enforcement.measures.documents.common import MeasureNotice
from enforcement.rectification.deadlines import PERIOD
from enforcement.rectification.workflow import Stage
from notices.models import Notice

if TYPE_CHECKING:
    from casework.models import Docket

CODE = "rectification_extension"
LONGEST = 180


class ExtensionForm(forms.Form):
    asked_on = common.day(gettext_lazy("The party asked on"))
    asked_in = common.line(gettext_lazy("Title of its request"))
    reason = common.text(
        gettext_lazy("Why it cannot be done in time"),
        help_text=gettext_lazy("Completes “found that …”, without full stop."),
    )
    days = forms.IntegerField(label=gettext_lazy("Extended by (days)"), min_value=1, max_value=LONGEST)
    meanwhile = common.text(
        gettext_lazy("What the party must do meanwhile"), help_text=gettext_lazy("As a whole sentence.")
    )


class RectificationExtension(MeasureNotice):
    """同意延期整改通知书."""

    code = CODE
    label = gettext_lazy("Notice that the period for rectification is extended")
    document_form = "YQZG"
    template = "notices/measures/rectification_extension.html"
    content_form = ExtensionForm
    stages = (Stage.RECTIFYING.value,)
    file_order = 12

    def initial(self, docket: "Docket") -> dict[str, Any]:
        return {
            "asked_on": clock.today(),
            "asked_in": "延期整改申请",
            "meanwhile": "延期期间，你单位应当采取有效措施，防止违法行为和危害后果继续发生。",
        }

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        return [*super().validate(notice), *common.not_to_come(values["asked_on"], gettext_lazy("The party asked on"))]

    def law_allows(self, notice: Notice) -> list[str]:
        """More time is given before the time has run out, to whoever asked before that."""
        case = notice.docket.rectification_case
        period = case.period()
        if period is None or not period.is_open:
            return [_("No period for rectification is running.")]
        asked_on = common.said(notice).get("asked_on")
        if period.paused_since is None and clock.today() > period.due_on:
            return [
                _("The period for rectification ended on %(due)s: it had to be extended before.")
                % {"due": period.due_on}
            ]
        if asked_on is not None and asked_on > period.due_on:
            return [_("The party asked after the period had ended (%(due)s).") % {"due": period.due_on}]
        return []

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        case = notice.docket.rectification_case
        period = case.period()
        return {
            **super().context(notice, values),
            "order": common.cited(case.order),
            "until": extended_to(period, values["days"]) if period is not None and values["days"] else "",
        }

    def on_issued(self, notice: Notice) -> None:
        values = common.said(notice)
        effects.extend(docket=notice.docket, kind=PERIOD, days=values["days"], reason=values["reason"], notice=notice)

    def on_superseded(self, notice: Notice, by_notice: Notice) -> None:
        effects.take_back(docket=notice.docket, kind=PERIOD, notice=notice, by_notice=by_notice)


def extended_to(period: Deadline, days: int) -> Any:
    """The last day of the period with so many more calendar days, as it will stand after the issue."""
    added = Extension(
        length=days, unit=Unit.CALENDAR_DAY, created_at=clock.now(), granted_on=clock.today(), follows_on=period.due_on
    )
    return reckoning.foreseen(period, extension=added).due_on
