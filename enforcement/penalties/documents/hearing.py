"""行政处罚听证通知书: day, place, who presides, and what the party may do (行政处罚法第六十四条)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from enforcement.penalties import hearings, names
from enforcement.penalties.documents import law, parts
from enforcement.penalties.documents.base import PenaltyDocument
from notices.templatetags.notice_text import cn_time

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice

# Why a hearing is not public (第六十四条第三项), as the notice says it.
CLOSED: Final = {"state_secret": "国家秘密", "trade_secret": "商业秘密", "privacy": "个人隐私"}


class HearingNoticeForm(parts.ContactForm):
    """When, where, before whom (行政处罚法第六十四条第二项至第四项)."""

    told_title = forms.CharField(label=gettext_lazy("Title of the prior notice"), max_length=40)
    told_number = forms.CharField(label=gettext_lazy("Number of the prior notice"), max_length=60)
    requested_on = parts.day_field(gettext_lazy("Hearing demanded on"))
    held_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour of the hearing"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=gettext_lazy("Place of the hearing"), max_length=200)
    openness = forms.ChoiceField(
        label=gettext_lazy("Held in public"),
        choices=[
            ("", "—"),
            ("public", gettext_lazy("Yes")),
            ("state_secret", gettext_lazy("No: state secret")),
            ("trade_secret", gettext_lazy("No: business secret")),
            ("privacy", gettext_lazy("No: privacy")),
        ],
    )
    host = forms.CharField(label=gettext_lazy("Presiding officer"), max_length=40)
    members = forms.CharField(label=gettext_lazy("Further members"), max_length=80, required=False)
    clerk = forms.CharField(label=gettext_lazy("Clerk"), max_length=40)
    field_order = (
        "told_title", "told_number", "requested_on", "held_at", "place", "openness", "host", "members", "clerk",
        "contact", "telephone", "address",
    )  # fmt: skip

    def clean_requested_on(self) -> date | None:
        return parts.not_to_come(self.cleaned_data["requested_on"])


class HearingNotice(PenaltyDocument):
    """行政处罚听证通知书 (听通)."""

    code = names.HEARING_NOTICE
    label = gettext_lazy("Notice of a hearing")
    document_form = "TZTZ"
    template = "notices/penalties/hearing_notice.html"
    content_form = HearingNoticeForm
    docket_kinds = ("rectification",)
    file_order = 25

    def initial(self, docket: "Docket") -> dict[str, Any]:
        notice = parts.last(docket, names.PRIOR_NOTICE_HEARING)
        told = {"told_title": notice.title, "told_number": notice.number} if notice else {}
        return {**told, "openness": "public", **arranged(docket), **parts.contact(docket)}

    def lacks(self, notice: "Notice") -> Iterator[str]:
        yield from super().lacks(notice)
        form = self.form(notice.content)
        if not form.is_valid():
            return
        values = form.cleaned_data
        held_on, first = clock.local(values["held_at"]).date(), earliest(clock.today())
        if held_on < first:
            yield (
                _(
                    "The party is notified seven days before the hearing: served today, the earliest day is %(day)s (行政处罚法第六十四条第二项)."
                )
                % {"day": first}
            )
        if values["host"] == values["clerk"]:
            yield _("Whoever presides does not keep the record.")
        named = [values["host"], values["members"]]
        for row in notice.docket.team.select_related("officer").order_by("pk"):
            if any(row.officer.name in text for text in named):
                yield (
                    _(
                        "%(officer)s investigated this case: a hearing is presided over by somebody who did not (行政处罚法第六十四条第四项)."
                    )
                    % {"officer": row.officer.name}
                )

    def oddities(self, notice: "Notice") -> Iterator[str]:
        yield from super().oddities(notice)
        if "听证" not in str(notice.content.get("told_title", "听证")):
            yield _("The prior notice named offered no hearing: name the one on which the hearing is demanded.")

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        held_at = values["held_at"]
        return {
            **super().context(notice, values),
            "requested_on": parts.day(values["requested_on"]),
            "held_at": cn_time(held_at) if held_at else parts.GAP,
            "closed_for": CLOSED.get(values["openness"], ""),
        }


def earliest(served_on: date) -> date:
    """The first day for a hearing whose notice is served that day; until 2021-07-14 in calendar days (第四十二条第一款第二项)."""
    if law.on(served_on).days_are_working:
        return hearings.earliest(served_on)
    return served_on + timedelta(days=hearings.NOTICE_DAYS + 1)


def arranged(docket: "Docket") -> dict[str, Any]:
    """The hearing that is arranged in the penalty that is pursued, by the fields of the form."""
    from enforcement.penalties import selectors
    from enforcement.penalties.models import StatementKind

    penalty = selectors.current(docket)
    hearing = penalty.hearing() if penalty else None
    if penalty is None or hearing is None:
        return {}
    asked = penalty.heard_round().filter(kind=StatementKind.ASKS_FOR_HEARING).first()
    return {
        "held_at": _to_the_minute(hearing.at),
        "place": hearing.place,
        "host": hearing.host.name,
        "clerk": hearing.clerk.name,
        # For which of the reasons it is closed, the officer chooses: the row has them in words.
        "openness": "public" if hearing.is_public else "",
    } | ({"requested_on": asked.received_on} if asked else {})


def _to_the_minute(at: datetime) -> str:
    """As the field of the form is typed."""
    return f"{clock.local(at):%Y-%m-%dT%H:%M}"
