"""限制生产、停产整治 (环境保护主管部门实施限制生产、停产整治办法, 30号令), and 限期治理 of the law before 2015."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import calendar, statutes
from casework.deadlines import periods
from casework.models import PeriodRule, Unit
from core import clock
from enforcement.measures import deadlines as periods_of
from enforcement.measures import effects, happenings
from enforcement.measures.documents import common
from enforcement.measures.documents.common import MeasureNotice
from enforcement.measures.happenings import Kind
from enforcement.rectification import phrases
from notices.fields import LinesField
from notices.models import Notice, Service

if TYPE_CHECKING:
    from casework.models import Docket

LIMIT, STOP, TREATMENT = "production_limit", "production_stop", "treatment_order"
RULES: Final = "环境保护主管部门实施限制生产、停产整治办法"
SHORT: Final = "限制生产、停产整治办法"
LONGEST = 3  # months, and once as many again (第十五条)
LAST_TREATMENT = date(2014, 12, 31)

# 第五条 and 第六条: for what production is limited, and for what it is stopped.
LIMIT_GROUNDS = [
    ("超过污染物排放标准", gettext_lazy("A discharge standard is exceeded")),
    ("超过重点污染物日最高允许排放总量控制指标", gettext_lazy("The daily total of a key pollutant is exceeded")),
]
STOP_GROUNDS = [
    (
        "通过逃避监管的方式排放污染物，超过污染物排放标准",
        gettext_lazy("Discharge in a way that evades supervision, above the standard (item 1)"),
    ),
    (
        "非法排放含重金属、持久性有机污染物等严重危害环境、损害人体健康的污染物超过污染物排放标准三倍以上",
        gettext_lazy("Heavy metals or persistent organic pollutants, three times the standard or more (item 2)"),
    ),
    (
        "超过重点污染物排放总量年度控制指标排放污染物",
        gettext_lazy("The yearly total of a key pollutant is exceeded (item 3)"),
    ),
    (
        "被责令限制生产后仍然超过污染物排放标准排放污染物",
        gettext_lazy("Still above the standard after production was limited (item 4)"),
    ),
    (
        "因突发事件造成污染物排放超过排放标准或者重点污染物排放总量控制指标",
        gettext_lazy("Above a standard or a total because of an incident (item 5)"),
    ),
    ("法律、法规规定的其他情形", gettext_lazy("Another case that a law or regulation names (item 6)")),
]
HEARD = [
    (
        "在规定期限内未提出陈述、申辩意见，也未要求举行听证",
        gettext_lazy("Said nothing and asked for no hearing in time"),
    ),
    ("提出了陈述、申辩意见，未要求举行听证", gettext_lazy("Stated its case, asked for no hearing")),
    ("要求举行听证，听证已经依法举行", gettext_lazy("Asked for a hearing, which was held")),
    ("书面放弃陈述、申辩和要求举行听证的权利", gettext_lazy("Waived its rights in writing")),
]


class StoppingForm(common.WithRemedies):
    """The five contents of 30号令第十三条 that the register does not know."""

    facts = common.facts()
    evidence = common.evidence()
    violated = common.articles(gettext_lazy("Provisions violated"))
    basis = common.articles(gettext_lazy("Legal basis of the decision"))
    informed_on = common.day(gettext_lazy("Party told of its rights on"))
    informed_by = common.line(
        gettext_lazy("Number of the notice of its rights"),
        help_text=gettext_lazy("Facts, basis, the right to state its case and to a hearing (30号令第十一条)."),
    )
    heard = forms.ChoiceField(label=gettext_lazy("What the party did"), choices=HEARD)
    review = common.text(
        gettext_lazy("How its statement was reviewed"),
        required=False,
        help_text=gettext_lazy("A whole sentence; only where it stated its case or was heard."),
    )
    manner = LinesField(label=gettext_lazy("How it must rectify (one per line)"), max_items=10)
    duties = LinesField(label=gettext_lazy("Duties of the party (one per line)"), max_items=8)

    def clean_evidence(self) -> list[str]:
        return [phrases.clause(item) for item in self.cleaned_data["evidence"]]

    def clean_violated(self) -> list[dict[str, str]]:
        return [row | {"instrument": phrases.title(row["instrument"])} for row in self.cleaned_data["violated"]]

    def clean_manner(self) -> list[str]:
        return [phrases.clause(phrases.unnumbered(item)) for item in self.cleaned_data["manner"]]

    def clean_duties(self) -> list[str]:
        return [phrases.clause(phrases.unnumbered(item)) for item in self.cleaned_data["duties"]]


class LimitForm(StoppingForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground of limiting production"), choices=LIMIT_GROUNDS)
    extent = common.text(
        gettext_lazy("How far production is limited"),
        help_text=gettext_lazy("Completes “produce no more than …”, such as: 一号萃取线日处理量不超过设计能力的50%."),
    )
    months = forms.IntegerField(
        label=gettext_lazy("Period in months"),
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("At most three months (30号令第十五条)."),
    )


class StopForm(StoppingForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground of stopping production"), choices=STOP_GROUNDS)
    extent = common.text(
        gettext_lazy("What is stopped"),
        help_text=gettext_lazy("Completes “stop …”, such as: 一号、二号萃取线的生产."),
    )
    hearing_offered = forms.BooleanField(
        label=gettext_lazy("The notice told the party of its right to a hearing"),
        help_text=gettext_lazy("Always, before production is stopped (行政处罚法第六十三条；30号令第十一条)."),
    )


class _Stopping(MeasureNotice):
    """What both decisions share: who may take them, and that the party was told before."""

    needs_legal_review = True
    names_representative = True

    def suits(self, docket: "Docket") -> bool:
        return super().suits(docket) and docket.department.is_environmental

    def initial(self, docket: "Docket") -> dict[str, Any]:
        case = docket.rectification_case
        return {
            "facts": common.facts_of(docket),
            "violated": [
                {"instrument": name, "article": article}
                for name, article in statutes.in_full(case.violation.duty_article)
            ],
            "basis": [
                *(
                    {"instrument": name, "article": article}
                    for name, article in statutes.in_full(case.violation.legal_basis)
                ),
                {"instrument": RULES, "article": self.article},
            ],
            **common.where_to_turn(docket),
        }

    article: str

    def validate(self, notice: Notice) -> list[str]:
        values = common.said(notice)
        found = [
            *super().validate(notice),
            *common.not_to_come(values["informed_on"], gettext_lazy("Party told of its rights on")),
        ]
        argued = values["heard"] in {HEARD[1][0], HEARD[2][0]}
        if argued and not values["review"]:
            found.append(
                _("Say how the party's statement was reviewed: whoever argued is answered (行政处罚法第四十五条).")
            )
        return found

    def law_allows(self, notice: Notice) -> list[str]:
        found = []
        if not notice.docket.department.is_environmental:
            found.append(
                _("Only an environmental authority limits or stops production by this procedure (30号令第二条).")
            )
        if _rule("D15") is None:
            found.append(_("30号令 is in force from 2015-01-01 only."))
        values = common.said(notice)
        if values.get("heard") == HEARD[0][0] and (on := values.get("informed_on")) is not None:
            end = hearing_ends(on)
            if end is not None and end >= clock.today():
                found.append(
                    _("The party may ask for a hearing until %(day)s (行政处罚法第六十四条): decide after that day.")
                    % {"day": end.isoformat()}
                )
        return found

    def warnings(self, notice: Notice) -> list[str]:
        found = [*super().warnings(notice), doubt_of_rules()]
        number = common.said(notice).get("informed_by", "")
        if number and not notice.docket.notices.filter(number=number).exists():
            found.append(
                _("No document with the number %(number)s is on file here: check the notice of the party's rights.")
                % {"number": number}
            )
        return list(filter(None, found))

    informed_title: str
    kind: str

    def on_issued(self, notice: Notice) -> None:
        on = clock.today()
        effects.order(notice=notice, kind=self.kind, since=on)
        effects.begin(notice.docket, happenings.STOP_SERVED, on=on, event=periods_of.ISSUED)

    def on_served(self, notice: Notice, service: Service) -> None:
        """From service the party's fifteen days for its plan run, and the months of limited production."""
        on = service.served_on
        if on is None:
            return
        effects.meet(notice.docket, happenings.STOP_SERVED, on=on)
        effects.begin(notice.docket, happenings.PLAN, on=on, event=periods_of.SERVED)

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        told = notice.docket.notices.filter(number=values["informed_by"]).first()
        return {**super().context(notice, values), "informed_title": told.title if told else self.informed_title}


def _rule(code: str) -> PeriodRule | None:
    return statutes.chosen((code,), clock.today(), PeriodRule.objects.called(code))


def hearing_ends(informed_on: date) -> date | None:
    """The last day on which a hearing is asked for: five working days (行政处罚法第六十四条、第八十五条); None where no rule on file
    was in force then."""
    rule = statutes.chosen(("D22", "D23"), informed_on, PeriodRule.objects.called("D22", "D23"))
    if rule is None or rule.length is None:
        return None
    unit = periods.as_unit(rule.unit)
    return periods.compute(informed_on, rule.length, unit, calendar.current().calendar, "party").due_on


def doubt_of_rules() -> str:
    """30号令 rests on a law that ended on 2026-08-14: whether it still holds nobody has verified."""
    rule = _rule("D15")
    if rule is None or rule.is_verified:
        return ""
    return _("To be verified: %(note)s") % {"note": rule.note}


class ProductionLimit(_Stopping):
    """责令限制生产决定书."""

    code = LIMIT
    label = gettext_lazy("Order to limit production")
    document_form = "XCSC"
    template = "notices/measures/production_limit.html"
    content_form = LimitForm
    article = "第五条"
    informed_title = "行政处罚事先（听证）告知书"
    kind = Kind.LIMIT.value
    file_order = 25

    def initial(self, docket: "Docket") -> dict[str, Any]:
        we = docket.department.acts_as.own_name_in_text
        return {
            **super().initial(docket),
            "months": LONGEST,
            "duties": [
                f"收到本决定书后立即整改，并在十五个工作日内将整改方案报{we}备案并向社会公开",
                "整改期间排放污染物不得超过污染物排放标准或者重点污染物日最高允许排放总量控制指标，按照环境监测技术规范进行监测，"
                "保存监测记录",
                f"完成整改任务的，在十五个工作日内将整改任务完成情况和整改信息社会公开情况报{we}备案，并提交监测报告以及整改期间"
                "生产用电量、用水量、主要产品产量与整改前的对比情况等材料",
            ],
        }

    def on_served(self, notice: Notice, service: Service) -> None:
        super().on_served(notice, service)
        if service.served_on is not None:
            months = common.said(notice)["months"]
            length = months if months < LONGEST else None
            effects.begin(
                notice.docket, happenings.LIMITED, on=service.served_on, event=periods_of.SERVED, length=length,
                unit=Unit.MONTH,
            )  # fmt: skip


class ProductionStop(_Stopping):
    """责令停产整治决定书."""

    code = STOP
    label = gettext_lazy("Order to stop production until rectified")
    document_form = "TCZZ"
    template = "notices/measures/production_stop.html"
    content_form = StopForm
    article = "第六条"
    informed_title = "行政处罚听证告知书"
    kind = Kind.STOP.value
    file_order = 26

    def initial(self, docket: "Docket") -> dict[str, Any]:
        we = docket.department.acts_as.own_name_in_text
        return {
            **super().initial(docket),
            "duties": [
                f"收到本决定书后立即停产整改，并在十五个工作日内将整改方案报{we}备案并向社会公开",
                f"完成整改任务的，在十五个工作日内将整改任务完成情况和整改信息社会公开情况报{we}备案，并提交监测报告以及整改期间"
                "生产用电量、用水量、主要产品产量与整改前的对比情况等材料",
                "停产整治决定解除前不得擅自恢复生产",
            ],
        }


class TreatmentForm(common.WithRemedies):
    """限期治理: what must be reached by when, under the law of 2008 (水污染防治法第七十四条)."""

    facts = common.facts()
    evidence = common.evidence()
    basis = common.articles(gettext_lazy("Legal basis of the decision"))
    task = LinesField(label=gettext_lazy("What must be reached (one per line)"), max_items=10)
    until = common.day(gettext_lazy("Treated by"))
    meanwhile = common.text(
        gettext_lazy("What holds until then"),
        help_text=gettext_lazy("Limited or stopped production or discharge, as a whole sentence."),
    )

    def clean_evidence(self) -> list[str]:
        return [phrases.clause(item) for item in self.cleaned_data["evidence"]]

    def clean_task(self) -> list[str]:
        return [phrases.clause(phrases.unnumbered(item)) for item in self.cleaned_data["task"]]


class TreatmentOrder(MeasureNotice):
    """限期治理决定书: of decisions until 2014-12-31."""

    code = TREATMENT
    label = gettext_lazy("Order to treat pollution within a time (until 2014)")
    document_form = "XQZL"
    title = "限期治理决定书"
    template = "notices/measures/treatment_order.html"
    content_form = TreatmentForm
    needs_legal_review = True
    names_representative = True
    file_order = 27

    def suits(self, docket: "Docket") -> bool:
        """Where the act was committed before 2015: later it is of no use, and refused in words on older cases."""
        if not (super().suits(docket) and docket.department.is_environmental):
            return False
        case = getattr(docket, "rectification_case", None)
        lead = case.lead if case is not None else None
        began = lead.acted_from if lead is not None else None
        return clock.today() <= LAST_TREATMENT or (began is not None and began <= LAST_TREATMENT)

    def initial(self, docket: "Docket") -> dict[str, Any]:
        return {
            "facts": common.facts_of(docket),
            "basis": [{"instrument": "中华人民共和国水污染防治法", "article": "第七十四条第一款"}],
            "meanwhile": "限期治理期间，你单位应当限制生产、限制排放或者停产整治。",
            **common.where_to_turn(docket),
        }

    def validate(self, notice: Notice) -> list[str]:
        until = common.said(notice)["until"]
        found = [*super().validate(notice)]
        if until > _a_year_after(clock.today()):
            found.append(_("Pollution is treated within a year at most (水污染防治法（2008）第七十四条)."))
        if until < clock.today():
            found.append(_("The day by which it must be treated lies in the past."))
        return found

    def law_allows(self, notice: Notice) -> list[str]:
        if clock.today() <= LAST_TREATMENT:
            return []
        return [
            _(
                "Orders to treat pollution within a time ended with 2014: since 2015 production is limited or stopped instead (环境保护法（2014）第六十条；30号令)."
            )
        ]

    def on_issued(self, notice: Notice) -> None:
        effects.order(notice=notice, kind=Kind.TREATMENT, since=clock.today(), until=common.said(notice)["until"])


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
