"""查封、扣押 (行政强制法第二十二条至第二十八条): ordered, extended once, released."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Instrument, InstrumentNature, Unit
from core import clock
from enforcement.measures import deadlines as periods
from enforcement.measures import effects, happenings
from enforcement.measures.documents import common
from enforcement.measures.documents.common import COERCION_LAW, MeasureNotice
from enforcement.measures.happenings import Ending, Kind
from enforcement.rectification import phrases
from notices.fields import Column, LinesField, RowsField
from notices.models import Notice, Service

if TYPE_CHECKING:
    from casework.models import Docket

ORDER, EXTENSION, RELEASE = "seizure_order", "seizure_extension", "seizure_release"
LONGEST = 30  # days, and once as many again (行政强制法第二十五条)
ACTS = [("查封", gettext_lazy("Seal (查封)")), ("扣押", gettext_lazy("Seize (扣押)"))]
# 行政强制法第二十八条第一款.
GROUNDS = [
    ("当事人没有违法行为", gettext_lazy("The party has done nothing unlawful")),
    ("查封、扣押的场所、设施或者财物与违法行为无关", gettext_lazy("It has nothing to do with the unlawful act")),
    (
        "对违法行为已经作出处理决定，不再需要查封、扣押",
        gettext_lazy("The unlawful act has been decided on, and seizure is needed no more"),
    ),
    ("查封、扣押期限已经届满", gettext_lazy("The period has ended")),
    ("不再需要采取查封、扣押措施", gettext_lazy("Seizure is needed no more for another reason")),
]


class SeizureForm(common.WithRemedies):
    """The five contents of 行政强制法第二十四条 that the register does not know."""

    act = forms.ChoiceField(label=gettext_lazy("Measure"), choices=ACTS)
    facts = common.facts()
    evidence = common.evidence()
    reason = common.text(
        gettext_lazy("Why it is sealed or seized"),
        help_text=gettext_lazy("What the things have to do with the act, and what is prevented, as a whole sentence."),
    )
    basis = common.articles(gettext_lazy("Law or regulation that empowers the authority to seize"))
    objects = common.things(gettext_lazy("Places, installations or property"))
    seized_on = common.day(gettext_lazy("Sealed or seized from"))
    days = forms.IntegerField(
        label=gettext_lazy("Period in days"),
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("At most 30 days (行政强制法第二十五条)."),
    )
    duties = LinesField(label=gettext_lazy("Duties of the party (one per line)"), max_items=6)
    officers = common.enforcers()
    carried_out_at = forms.DateTimeField(
        label=gettext_lazy("Carried out on the spot before approval, at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Only in an emergency; approved within 24 hours (行政强制法第十九条)."),
    )

    field_order = [
        "act", "facts", "evidence", "reason", "basis", "objects", "seized_on", "days", "carried_out_at", "duties",
        "officers", "reconsideration_body", "court",
    ]  # fmt: skip

    def clean_evidence(self) -> list[str]:
        return [phrases.clause(item) for item in self.cleaned_data["evidence"]]


class SeizureOrder(MeasureNotice):
    """查封（扣押）决定书."""

    code = ORDER
    label = gettext_lazy("Order to seal or seize")
    document_form = "CFKY"
    title = "查封（扣押）决定书"
    number_word = "查扣"
    template = "notices/measures/seizure_order.html"
    content_form = SeizureForm
    needs_legal_review = True
    names_representative = True
    file_order = 22

    def initial(self, docket: "Docket") -> dict[str, Any]:
        return {
            "act": "查封",
            "facts": common.facts_of(docket),
            "basis": empowering(docket),
            "seized_on": clock.today(),
            "days": LONGEST,
            "duties": [
                "妥善保管就地查封的场所、设施或者财物，不得使用、转移、隐匿、变卖或者损毁",
                "不得损毁封条，不得变更查封状态或者启用已查封的设施、设备",
            ],
            "officers": common.team_of(docket),
            **common.where_to_turn(docket),
        }

    def title_of(self, content: Mapping[str, Any]) -> str:
        act = content.get("act")
        return f"{act}决定书" if act in dict(ACTS) else self.title

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        on = values["seized_on"]
        return [
            *super().validate(notice),
            *common.not_to_come(on, gettext_lazy("Sealed or seized from")),
            *common.two_certified(values["officers"], on, "行政强制法第十八条"),
            *_not_empowered(values["basis"]),
        ]

    def law_allows(self, notice: Notice) -> list[str]:
        at = common.said(notice).get("carried_out_at")
        if at is not None and at > clock.now():
            return [_("The time at which it was carried out lies in the future.")]
        return []

    def warnings(self, notice: Notice) -> list[str]:
        """Approved later than 24 hours after it was carried out: said, for the law does not say that the order falls with it."""
        at = common.said(notice).get("carried_out_at")
        late = at is not None and (clock.now() - at).total_seconds() > 24 * 3600
        words = _("More than 24 hours have passed since it was carried out on the spot (行政强制法第十九条).")
        return [*super().warnings(notice), *([words] if late else [])]

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        on, days = values["seized_on"], values["days"]
        return {
            **super().context(notice, values),
            "title": self.title_of(values),
            "basis": [*values["basis"], *_procedure(values["basis"])],
            "until": common.last_day(on, days) if on and days else "",
        }

    def on_issued(self, notice: Notice) -> None:
        """The days run from the seizure itself; thirty are those of the law, fewer are set by the order."""
        values = common.said(notice)
        on, days, docket = values["seized_on"], values["days"], notice.docket
        effects.order(
            notice=notice, kind=Kind.SEIZURE, since=on, until=common.last_day(on, days), objects=values["objects"]
        )
        length = days if days < LONGEST else None
        effects.begin(docket, happenings.SEIZED, on=on, event=periods.ORDERED, length=length, unit=Unit.CALENDAR_DAY)
        if (at := values["carried_out_at"]) is not None:
            effects.begin(docket, happenings.ON_THE_SPOT, on=clock.local(at).date(), event=periods.CARRIED_OUT)
            effects.meet(docket, happenings.ON_THE_SPOT, on=clock.today())


def _procedure(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The law on coercion is cited beside the law that empowers, once."""
    if any("行政强制法" in row["instrument"] for row in rows):
        return []
    return [{"instrument": COERCION_LAW, "article": "第二十二条、第二十四条"}]


def empowering(docket: "Docket") -> list[dict[str, str]]:
    """The provision that lets this authority seize, as far as it is on file; an empty row where nobody has verified one.

    稀土管理条例第十八条 lets whoever supervises seize products and tools and seal places; 环境保护法第二十五条 held until 2026-08-14.
    """
    kind = docket.department.acts_as.kind
    if kind == "EPD":
        return [{"instrument": "", "article": ""}]
    return [{"instrument": "稀土管理条例", "article": "第十八条"}]


def _not_empowered(rows: list[dict[str, str]]) -> list[str]:
    """行政强制法第二十二条: by an authority that a law or regulation names. The law on coercion itself names none, and neither a
    rule nor a policy document can."""
    others = [row["instrument"] for row in rows if "行政强制法" not in row["instrument"]]
    known = Instrument.objects.filter(title__in=[name.removeprefix("中华人民共和国") for name in others])
    weak = {one.title for one in known if one.nature not in {InstrumentNature.LAW, InstrumentNature.REGULATION}}
    found = [
        _("《%(title)s》 is neither a law nor a regulation: it empowers nobody to seize (行政强制法第二十二条).")
        % {"title": title}
        for title in sorted(weak)
    ]
    if not others:
        found.append(
            _(
                "Name the law or regulation that lets this authority seal or seize; 行政强制法 itself does not (第二十二条)."
            )
        )
    return found


class SeizureExtensionForm(forms.Form):
    order = common.line(gettext_lazy("Number of the order to seal or seize"))
    days = forms.IntegerField(
        label=gettext_lazy("Extended by (days)"),
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("At most 30 days, once (行政强制法第二十五条)."),
    )
    reason = common.text(gettext_lazy("Why the case is complicated"))
    tested = common.line(
        gettext_lazy("What is tested, inspected or appraised"),
        required=False,
        help_text=gettext_lazy("Days of a test are not counted; the party is told which (行政强制法第二十五条第三款)."),
    )
    tested_from = common.day(gettext_lazy("Test from"), required=False)
    tested_to = common.day(gettext_lazy("Test until"), required=False)

    def clean_tested_to(self) -> Any:
        began, ended = self.cleaned_data.get("tested_from"), self.cleaned_data["tested_to"]
        if (began is None) != (ended is None) or (began is None) != (not self.cleaned_data.get("tested")):
            raise forms.ValidationError(_("Name what is tested, from when and until when, or nothing of it."))
        if began is not None and ended < began:
            raise forms.ValidationError(_("The test cannot end before it begins."))
        return ended


class SeizureExtension(MeasureNotice):
    """查封（扣押）延期通知书."""

    code = EXTENSION
    label = gettext_lazy("Notice that sealing or seizure is extended")
    document_form = "CFYQ"
    title = "查封（扣押）延期通知书"
    template = "notices/measures/seizure_extension.html"
    content_form = SeizureExtensionForm
    file_order = 23

    def suits(self, docket: "Docket") -> bool:
        return super().suits(docket) and common.standing(docket, ORDER) is not None

    def initial(self, docket: "Docket") -> dict[str, Any]:
        order = common.standing(docket, ORDER)
        return {"order": order.number if order else "", "days": LONGEST}

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        order = common.in_force_on(notice.docket, values["order"], ORDER)
        found = [*super().validate(notice)]
        return found if order else [*found, _no_order()]

    def law_allows(self, notice: Notice) -> list[str]:
        order = common.in_force_on(notice.docket, common.said(notice).get("order", ""), ORDER)
        if order is None:
            return []  # said where the form is checked
        other = [
            row
            for row in notice.docket.notices.filter(kind=EXTENSION, content__order=order.number).exclude(pk=notice.pk)
            if row.is_in_force and row.pk != notice.supersedes_id
        ]
        found = (
            [_("The seizure has been extended already, and is extended once (行政强制法第二十五条).")] if other else []
        )
        if (end := end_of(order)) is not None and end < clock.today():
            found.append(
                _("The seizure ended on %(day)s: it had to be extended before (行政强制法第二十五条).")
                % {"day": end.isoformat()}
            )
        return found

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        order = common.in_force_on(notice.docket, values["order"], ORDER)
        end = end_of(order) if order else None
        days = values["days"]
        return {
            **super().context(notice, values),
            "title": f"{act_of(order)}延期通知书" if order else self.title,
            "act": act_of(order) if order else "查封（扣押）",
            "ordered": common.cited(order),
            "ends": end or "",
            "until": common.last_day(end, days) if end and days else "",
        }

    def on_issued(self, notice: Notice) -> None:
        values = common.said(notice)
        effects.extend(
            docket=notice.docket, kind=happenings.SEIZED, days=values["days"], reason=values["reason"], notice=notice
        )
        effects.prolong(docket=notice.docket, number=values["order"], days=values["days"])

    def on_superseded(self, notice: Notice, by_notice: Notice) -> None:
        values = common.said(notice)
        effects.take_back(docket=notice.docket, kind=happenings.SEIZED, notice=notice, by_notice=by_notice)
        effects.prolong(docket=notice.docket, number=values["order"], days=-values["days"])


class SeizureReleaseForm(forms.Form):
    order = common.line(gettext_lazy("Number of the order to seal or seize"))
    ground = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=GROUNDS,
        help_text="行政强制法第二十八条第一款",
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What is released"),
        choices=[("全部", gettext_lazy("All of it")), ("部分", gettext_lazy("Part of it"))],
    )
    released_on = common.day(gettext_lazy("Released from"))
    outcome = RowsField(
        label=gettext_lazy("What is released and returned"),
        columns=[
            Column("name", gettext_lazy("Name"), max_length=60),
            Column("quantity", gettext_lazy("Quantity"), max_length=30),
            Column("treatment", gettext_lazy("What is done with it"), max_length=80),
        ],
        max_rows=60,
    )


class SeizureRelease(MeasureNotice):
    """解除查封（扣押）决定书."""

    code = RELEASE
    label = gettext_lazy("Decision that sealing or seizure ends")
    document_form = "JCCF"
    title = "解除查封（扣押）决定书"
    template = "notices/measures/seizure_release.html"
    content_form = SeizureReleaseForm
    file_order = 24

    def suits(self, docket: "Docket") -> bool:
        return super().suits(docket) and common.standing(docket, ORDER) is not None

    def initial(self, docket: "Docket") -> dict[str, Any]:
        order = common.standing(docket, ORDER)
        rows = order.content.get("objects", []) if order else []
        treatment = "启封，交还当事人" if order and act_of(order) == "查封" else "返还当事人"
        return {
            "order": order.number if order else "",
            "ground": GROUNDS[-1][0],
            "scope": "全部",
            "released_on": clock.today(),
            "outcome": [{"name": row["name"], "quantity": row["quantity"], "treatment": treatment} for row in rows],
        }

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        order = common.in_force_on(notice.docket, values["order"], ORDER)
        found = [
            *super().validate(notice),
            *common.not_to_come(values["released_on"], gettext_lazy("Released from")),
        ]
        if order is None:
            return [*found, _no_order()]
        if order.issued_on is not None and values["released_on"] < order.issued_on:
            found.append(_("Nothing is released before it was sealed or seized."))
        return found

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        order = common.in_force_on(notice.docket, values["order"], ORDER)
        act = act_of(order) if order else "查封（扣押）"
        return {
            **super().context(notice, values),
            "title": f"解除{act}决定书",
            "act": act,
            "ordered": common.cited(order),
        }

    def on_issued(self, notice: Notice) -> None:
        values = common.said(notice)
        docket, on = notice.docket, values["released_on"]
        measure = effects.of_number(docket, values["order"])
        effects.meet(docket, happenings.RELEASE_ASKED, on=on)
        if values["scope"] == "全部":
            if measure is not None:
                effects.end(measure=measure, on=on, ending=Ending.RELEASED, by_notice=notice)
            effects.meet(docket, happenings.SEIZED, on=on)
        effects.begin(docket, happenings.RELEASE_SERVED, on=clock.today(), event=periods.RELEASED)

    def on_served(self, notice: Notice, service: Service) -> None:
        if service.served_on is not None:
            effects.meet(notice.docket, happenings.RELEASE_SERVED, on=service.served_on)


def _no_order() -> str:
    return _("No order to seal or seize in force on this case bears that number (行政强制法第二十四条).")


def act_of(order: Notice) -> str:
    """查封 or 扣押, as the order says."""
    return str(order.content.get("act", "查封（扣押）"))


def end_of(order: Notice) -> Any:
    """The last day of an ordered seizure, before any extension."""
    values = common.said(order)
    return common.last_day(values["seized_on"], values["days"])
