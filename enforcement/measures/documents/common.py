"""What the documents of measures share: fields of their forms, the stages at which they are offered, and what each must hold."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.kinds import cause_of
from core import clock
from core.labels import Label
from enforcement.measures import effects
from enforcement.rectification import phrases
from enforcement.rectification.workflow import Stage
from notices import content
from notices.content import GAP
from notices.fields import Column, LinesField, RowsField
from notices.models import Notice, Service
from notices.registry import NoticeType
from organisation.models import Officer

if TYPE_CHECKING:
    from casework.models import Docket

COURT: Final = "有管辖权的人民法院"
OPEN_STAGES: Final = tuple(stage.value for stage in Stage if stage not in {Stage.CLOSED, Stage.WITHDRAWN})
PENAL_LAW, COERCION_LAW = "中华人民共和国行政处罚法", "中华人民共和国行政强制法"


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def text(label: Any, *, longest: int = 300, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, help_text=help_text)


def line(label: Any, *, longest: int = 80, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text)


def facts() -> LinesField:
    return LinesField(label=gettext_lazy("Facts found (one paragraph per line)"), max_item_length=2000)


def evidence() -> LinesField:
    return LinesField(label=gettext_lazy("Evidence, each with what it proves (one per line)"), max_items=60)


def articles(label: Any) -> RowsField:
    return RowsField(
        label=label,
        columns=[
            Column("instrument", gettext_lazy("Instrument")),
            Column("article", gettext_lazy("Article"), max_length=40),
        ],
    )


def things(label: Any) -> RowsField:
    """清单: what is registered, sealed or seized, and where it is."""
    return RowsField(
        label=label,
        columns=[
            Column("name", gettext_lazy("Name"), max_length=60),
            Column("model", gettext_lazy("Model or feature"), max_length=60, required=False),
            Column("quantity", gettext_lazy("Quantity"), max_length=30),
            Column("place", gettext_lazy("Where it is kept"), max_length=80),
            Column("note", gettext_lazy("Note"), max_length=80, required=False),
        ],
        max_rows=60,
    )


def enforcers() -> RowsField:
    return RowsField(
        label=gettext_lazy("Enforcement officers"),
        columns=[
            Column("name", gettext_lazy("Name"), max_length=40),
            Column("certificate", gettext_lazy("Number of the enforcement certificate"), max_length=40),
        ],
        max_rows=6,
    )


def copies() -> LinesField:
    label = gettext_lazy("Copies to (one per line)")
    return LinesField(label=label, required=False, max_items=10, max_item_length=60)


class ArticlesMixin(forms.Form):
    """Instruments are named without the marks that the template sets around them."""

    def clean_basis(self) -> list[dict[str, str]]:
        return [row | {"instrument": phrases.title(row["instrument"])} for row in self.cleaned_data["basis"]]


class WithRemedies(ArticlesMixin):
    reconsideration_body = forms.CharField(label=gettext_lazy("Reconsideration by"), max_length=80)
    court = forms.CharField(label=gettext_lazy("Court"), max_length=60)


class MeasureNotice(NoticeType):
    """A document beside the order and the penalty, started by hand on a case. `law_allows` says when it may not be issued."""

    docket_kinds = ("rectification",)
    needs_seal = True
    needs_service = True
    stages: ClassVar[Sequence[str]] = OPEN_STAGES

    def is_offered_on(self, docket: "Docket") -> bool:
        return super().is_offered_on(docket) and docket.closed_on is None and self.suits(docket)

    def suits(self, docket: "Docket") -> bool:
        """Is it ever of use on this case? Where it is, and the law does not allow it now, the officer reads why."""
        return docket.stage in self.stages

    def guards(self, notice: Notice) -> list[str]:
        docket = notice.docket
        found = [] if docket.stage in self.stages else [_("The case stands at a stage at which this is not decided.")]
        return [*found, *self.law_allows(notice)]

    def law_allows(self, notice: Notice) -> list[str]:
        """Why the law does not allow the document today, in words. Empty: it does."""
        return []

    def validate(self, notice: Notice) -> list[str]:
        """What is missing beyond the form's fields. The party is named with whoever represents it, as every form here asks."""
        addressee = self.addressee(notice)
        if addressee is not None and not addressee.representative and self.names_representative:
            return [
                _(
                    "The legal representative or principal of %(party)s is missing in the register: the document names him."
                )
                % {"party": addressee.name}
            ]
        return []

    names_representative: ClassVar[bool] = False

    def common(self, notice: Notice) -> dict[str, Any]:
        """Of every template: who speaks, about what, and the party."""
        enterprise = notice.docket.enterprise
        return {
            "we": self.agency(notice).own_name_in_text,
            "cause": cause_of(notice.docket).removesuffix("案").removeprefix("涉嫌"),
            "party": {
                "name": enterprise.name if enterprise else GAP,
                "uscc": (enterprise.credit_code if enterprise else "") or GAP,
                "legal_representative": (enterprise.legal_representative if enterprise else "") or GAP,
                "address": (enterprise.address if enterprise else "") or GAP,
            },
        }

    def on_superseded(self, notice: Notice, by_notice: Notice) -> None:
        effects.revoked(notice=notice, reason=by_notice.supersede_reason)

    def on_service_corrected(self, notice: Notice, service: Service) -> None:
        wrong = service.corrects.served_on if service.corrects else None
        if wrong is not None and service.served_on is not None and wrong != service.served_on:
            effects.served_on_another_day(
                notice=notice, wrong=wrong, right=service.served_on, reason=service.correction_reason
            )

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, **self.common(notice), "remedies": remedies(values)}


def remedies(values: Mapping[str, Any]) -> dict[str, str] | None:
    """行政复议法第二十条 and 行政诉讼法第四十六条: sixty days, six months. None where the document has none."""
    if "court" not in values:
        return None
    return {
        "reconsideration_body": values["reconsideration_body"],
        "reconsideration_period": "六十日",
        "court": values["court"],
        "litigation_period": "六个月",
    }


def where_to_turn(docket: "Docket") -> dict[str, str]:
    return {"reconsideration_body": docket.department.acts_as.reconsidered_by, "court": COURT}


def facts_of(docket: "Docket") -> list[str]:
    return list(filter(None, docket.rectification_case.facts.splitlines()))


def team_of(docket: "Docket") -> list[dict[str, str]]:
    """The officers of the case with their certificates, whoever leads it first."""
    people = [docket.officer] if docket.officer else []
    people += [row.officer for row in docket.team.exclude(part="task").select_related("officer").order_by("pk")]
    return [
        {"name": one.name, "certificate": one.certificate_number}
        for one in dict.fromkeys(people)
        if one.certificate_number
    ]


def two_certified(rows: Iterable[Mapping[str, str]], on: date, basis: str) -> list[str]:
    """Two officers with valid certificates, as the law asks on the spot; a certificate that is not on file is not valid."""
    typed = {row["certificate"].strip(): row["name"].strip() for row in rows if row.get("certificate")}
    held = {
        one.certificate_number: one
        for one in Officer.objects.filter(certificate_number__in=typed)
        if one.has_valid_certificate(on) and one.name == typed[one.certificate_number]
    }
    found = [
        _("%(name)s holds no valid enforcement certificate with the number %(number)s on %(on)s (%(basis)s).")
        % {"name": name, "number": number, "on": on.isoformat(), "basis": basis}
        for number, name in typed.items()
        if number not in held
    ]
    if len(held) < 2:
        found.append(_("Two officers with valid enforcement certificates carry it out (%(basis)s).") % {"basis": basis})
    return found


def in_force_on(docket: "Docket", number: str, *kinds: str) -> Notice | None:
    """The issued document of these kinds on this case that bears the number, as far as it is in force."""
    row = docket.notices.filter(kind__in=kinds, number=number.strip()).first() if number.strip() else None
    return row if row is not None and row.is_in_force else None


def standing(docket: "Docket", kind: str) -> Notice | None:
    """The newest issued document of a kind that is in force on this case."""
    rows = docket.notices.filter(kind=kind).exclude(number=None).order_by("-pk")
    return next((row for row in rows if row.is_in_force), None)


def not_to_come(on: date | None, label: Label) -> list[str]:
    if on is not None and on > clock.today():
        return [_("%(label)s: the day lies in the future.") % {"label": label}]
    return []


def last_day(began: date, days: int) -> date:
    """The last of so many calendar days; the day of the event is not counted."""
    return began + timedelta(days=days)


def cited(notice: Notice | None) -> dict[str, Any]:
    """An earlier document as a template names it; gaps where none is found."""
    if notice is None:
        return {"title": GAP, "number": GAP, "on": ""}
    return {"title": notice.title, "number": notice.number, "on": notice.issued_on}


def said(notice: Notice) -> dict[str, Any]:
    """The clean values of a document's form; fields that are missing or wrong are left out."""
    return content.clean(notice.type.form(notice.content))
