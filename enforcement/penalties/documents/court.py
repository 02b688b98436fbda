"""强制执行申请书: the court is asked to enforce a decision (行政强制法第五十三条至第五十五条)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from enforcement.penalties import names
from enforcement.penalties.documents import law, parts
from enforcement.penalties.documents.base import PenaltyDocument
from enforcement.penalties.documents.performing import DecidedForm, beyond_the_ledger, decided, decision, owed_on
from notices.fields import LinesField
from notices.registry import Addressee

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice

# The materials of 行政强制法第五十五条 beside the application itself: a word that names each, and what it is.
MATERIALS: Final = (
    ("决定书", gettext_lazy("the decision, with its facts, reasons and basis")),
    ("意见", gettext_lazy("the opinion of the party")),
    ("催告", gettext_lazy("the reminder and its service")),
    ("标的", gettext_lazy("the object of enforcement")),
)
ANNEXES: Final = (
    "行政处罚决定书及作出决定的事实、理由和依据",
    "当事人的意见",
    "督促履行义务催告书及送达回证",
    "申请强制执行标的情况说明",
    "行政处罚决定书送达回证",
    "法定代表人身份证明、授权委托书",
)


class ApplicationForm(DecidedForm):
    """What the court needs to know, and the materials that go with it."""

    court = forms.CharField(
        label=gettext_lazy("Court that is asked"),
        max_length=60,
        help_text=gettext_lazy(
            "The court at the seat of the authority; where it is immovable property, that of its place (行政强制法第五十四条)."
        ),
    )
    head = forms.CharField(label=gettext_lazy("Head of the authority, and post"), max_length=60)
    own_address = forms.CharField(label=gettext_lazy("Address of the authority"), max_length=120)
    demand_number = forms.CharField(label=gettext_lazy("Number of the reminder"), max_length=60)
    demand_served_on = parts.day_field(gettext_lazy("Reminder served on"))
    opinion = parts.text_field(
        gettext_lazy("Opinion of the party, and how it was answered"),
        most=500,
        help_text=gettext_lazy("What it brought forward on decision and reminder; or that it brought nothing forward."),
    )
    fine = parts.amount_field(gettext_lazy("Fine not yet paid, in yuan"), required=False)
    surcharge = parts.amount_field(gettext_lazy("Surcharge not yet paid, in yuan"), required=False)
    gains = parts.amount_field(gettext_lazy("Unlawful gains not yet paid, in yuan"), required=False)
    obligations = LinesField(
        label=gettext_lazy("Other duties to be enforced (one per line)"), required=False, max_items=8
    )
    object_state = parts.text_field(
        gettext_lazy("State of what is to be enforced"),
        most=800,
        help_text=gettext_lazy("Property, accounts and premises of the party that are known."),
    )
    annexes = LinesField(
        label=gettext_lazy("Materials"), max_items=12, max_item_length=60, help_text=gettext_lazy("One per line.")
    )
    field_order = (
        "court", "head", "own_address", "decision_title", "decision_number", "decision_on", "decision_served_on",
        "demand_number", "demand_served_on", "opinion", "fine", "surcharge", "gains", "obligations", "object_state",
        "annexes",
    )  # fmt: skip

    def clean_demand_served_on(self) -> date | None:
        return parts.not_to_come(self.cleaned_data["demand_served_on"])

    def clean_opinion(self) -> str:
        return str(self.cleaned_data["opinion"]).strip().rstrip("。；，")

    def clean_annexes(self) -> list[str]:
        lines: list[str] = self.cleaned_data["annexes"]
        missing = [str(label) for word, label in MATERIALS if not any(word in line for line in lines)]
        if missing:
            raise forms.ValidationError(
                _("Among the materials is missing: %(what)s (行政强制法第五十五条).") % {"what": "；".join(missing)}
            )
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("fine", "surcharge", "gains", "obligations")) and not self.errors:
            self.add_error("fine", _("Say what is to be enforced."))
        return cleaned


class EnforcementApplication(PenaltyDocument):
    """强制执行申请书 (执申), to the court, signed by the head of the authority."""

    code = names.APPLICATION
    label = gettext_lazy("Application to the court for enforcement")
    document_form = "QZZX"
    template = "notices/penalties/enforcement_application.html"
    content_form = ApplicationForm
    needs_legal_review = True
    docket_kinds = ("rectification",)
    file_order = 44

    def addressee(self, notice: "Notice") -> Addressee:
        return Addressee(str(notice.content.get("court") or ""))

    def initial(self, docket: "Docket") -> dict[str, Any]:
        demand = parts.last(docket, names.DEMAND)
        owed = owed_on(docket)
        if demand is not None:
            others = {name: demand.content[name] for name in ("obligations",) if demand.content.get(name)}
            owed |= others | {"demand_number": demand.number, "demand_served_on": parts.served_on(demand)}
        return {**decided(docket), **owed, "annexes": list(ANNEXES)}

    def lacks(self, notice: "Notice") -> Iterator[str]:
        yield from super().lacks(notice)
        today, form = clock.today(), self.form(notice.content)
        if today < law.SURCHARGE_CAPPED_SINCE:
            yield _("The application rests on 行政强制法, in force only since 2012-01-01.")
        elif form.is_valid():
            yield from _too_early(form.cleaned_data, today)

    def oddities(self, notice: "Notice") -> Iterator[str]:
        yield from super().oddities(notice)
        form = self.form(notice.content)
        form.is_valid()
        yield from beyond_the_ledger(notice)
        served = form.cleaned_data.get("decision_served_on")
        if served and clock.today() > (latest := law.end_of(law.APPLY_TO_COURT, remedies_lapse(served))):
            yield (
                _(
                    "The court is asked within three months of the end of the remedies: by this service until %(day)s (行政强制法第五十三条). Where payment was granted later or in instalments, the period runs from the end of that time (行政处罚法第七十二条第二款)."
                )
                % {"day": latest}
            )

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        amounts = (("fine", "罚款"), ("surcharge", "加处罚款"), ("gains", "没收的违法所得"))
        demands = [f"{words}{parts.yuan(values[name])}" for name, words in amounts if values[name]]
        return {
            **super().context(notice, values),
            "decision": decision(values),
            "demand": {"number": values["demand_number"], "served_on": parts.day(values["demand_served_on"])},
            "demands": [*demands, *(values["obligations"] or [])] or [parts.GAP],
            "annexes": values["annexes"] or None,
        }


def _too_early(values: Mapping[str, Any], today: date) -> Iterator[str]:
    """Ten working days after the reminder (第五十四条), and once both remedies have lapsed (第五十三条)."""
    answer_until = law.end_of(law.AFTER_REMINDER, values["demand_served_on"])
    if today <= answer_until:
        yield (
            _("The party has until %(day)s to perform: ten working days after the reminder (行政强制法第五十四条).")
            % {"day": answer_until}
        )
    lapsed_on = remedies_lapse(values["decision_served_on"])
    if today <= lapsed_on:
        yield (
            _("The party may still sue or ask for reconsideration until %(day)s (行政强制法第五十三条).")
            % {"day": lapsed_on}
        )


def remedies_lapse(served_on: date) -> date:
    """The last day of the longer of the two remedies, where neither was used."""
    return max(law.end_of(law.RECONSIDER, served_on), law.end_of(law.SUE, served_on))
