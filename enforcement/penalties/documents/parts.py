"""What several documents of a penalty have in common: parts of their forms, and what a draft starts with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import statutes
from casework.models import Instrument, InstrumentNature
from core import clock
from core.numerals import amount_in_capitals, amount_in_figures
from enforcement.rectification import phrases
from enforcement.rectification.models import POLICY_MARKS
from notices.content import GAP
from notices.fields import Column, LinesField, RowsField
from notices.models import Notice
from notices.templatetags.notice_text import cn_date

if TYPE_CHECKING:
    from casework.models import Docket

COURT: Final = "有管辖权的人民法院"
WARNINGS_ALONE: Final = ("警告", "通报批评")  # they are performed by being said
MOST: Final = Decimal("99999999999.99")


# --- fields -----------------------------------------------------------------------------------------------------------
def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def amount_field(label: Any, **more: Any) -> forms.DecimalField:
    """Yuan and fen, more than nothing."""
    return forms.DecimalField(
        label=label, min_value=Decimal("0.01"), max_value=MOST, max_digits=14, decimal_places=2, **more
    )


def text_field(label: Any, *, most: int = 300, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def not_to_come(day: date | None) -> date | None:
    if day is not None and day > clock.today():
        raise forms.ValidationError(_("The day lies in the future: the document tells what has happened."))
    return day


class FactsForm(forms.Form):
    """What was found, by what it is proved, and which provisions it violates."""

    investigated_from = day_field(gettext_lazy("Investigated from"))
    investigated_to = day_field(gettext_lazy("Investigated until"), required=False)
    facts = LinesField(label=gettext_lazy("Facts found (one paragraph per line)"), max_item_length=2000)
    evidence = LinesField(label=gettext_lazy("Evidence, each with what it proves (one per line)"), max_items=60)
    violated = RowsField(
        label=gettext_lazy("Provisions violated"),
        columns=[
            Column("instrument", gettext_lazy("Instrument")),
            Column("article", gettext_lazy("Article"), max_length=40),
            Column("content", gettext_lazy("What it demands"), required=False, wide=True),
        ],
    )

    def clean_investigated_from(self) -> date | None:
        return not_to_come(self.cleaned_data["investigated_from"])

    def clean_investigated_to(self) -> date | None:
        began, ended = self.cleaned_data.get("investigated_from"), self.cleaned_data["investigated_to"]
        if began is not None and ended is not None and ended < began:
            raise forms.ValidationError(_("The investigation cannot end before it begins."))
        return not_to_come(ended) if ended != began else None

    def clean_evidence(self) -> list[str]:
        return [phrases.clause(item) for item in self.cleaned_data["evidence"]]

    def clean_violated(self) -> list[dict[str, str]]:
        return [
            row | {"instrument": phrases.title(row["instrument"]), "content": phrases.demand(row["content"])}
            for row in self.cleaned_data["violated"]
        ]


class BasisForm(forms.Form):
    """The law that a decision rests on. What supports it besides (裁量基准) stands among the reasons."""

    basis = RowsField(
        label=gettext_lazy("Legal basis"),
        columns=[
            Column("instrument", gettext_lazy("Instrument")),
            Column("article", gettext_lazy("Article"), max_length=40),
        ],
        help_text=gettext_lazy(
            "Law, regulation or rule. A policy document cannot found a penalty (行政处罚法第十六条)."
        ),
    )

    def clean_basis(self) -> list[dict[str, str]]:
        return [row | {"instrument": phrases.title(row["instrument"])} for row in self.cleaned_data["basis"]]


class SanctionsForm(forms.Form):
    """The kinds of penalty (行政处罚法第九条): those in words, then the amounts."""

    sanctions = LinesField(
        label=gettext_lazy("Penalties other than money (one per line)"),
        required=False,
        max_items=8,
        max_item_length=200,
        help_text=gettext_lazy(
            "As the decision words them, without number or full stop: 警告; 没收违法生产的氧化镨钕32.600吨; 责令停产停业."
        ),
    )
    gains = amount_field(gettext_lazy("Unlawful gains confiscated, in yuan"), required=False)
    fine = amount_field(gettext_lazy("Fine, in yuan"), required=False)

    def clean_sanctions(self) -> list[str]:
        return [phrases.clause(phrases.unnumbered(item)) for item in self.cleaned_data["sanctions"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = ("sanctions", "gains", "fine")
        if not any(name in self.errors for name in names) and not any(cleaned.get(name) for name in names):
            self.add_error("fine", _("Say which penalty it is: an amount, or a penalty in words."))
        return cleaned


class HeardForm(forms.Form):
    """What the party was told before, and what it said (行政处罚法第四十四条、第四十五条、第六十二条)."""

    told_number = forms.CharField(label=gettext_lazy("Number of the prior notice"), max_length=60)
    told_title = forms.CharField(label=gettext_lazy("Title of the prior notice"), max_length=40)
    told_on = day_field(gettext_lazy("Prior notice served on"))
    heard = forms.ChoiceField(
        label=gettext_lazy("What the party said to it"),
        choices=[
            ("", "—"),
            ("silent", gettext_lazy("Nothing within its period")),
            ("waived", gettext_lazy("It expressly waived its rights")),
            ("statement", gettext_lazy("Statement or defence")),
            ("hearing", gettext_lazy("A hearing was held")),
        ],
    )
    heard_words = LinesField(
        label=gettext_lazy("What it said, and what was found on it (one paragraph per line)"),
        required=False,
        max_item_length=1000,
        help_text=gettext_lazy(
            "Facts, reasons and evidence that it brought, their review, and whether they were accepted (行政处罚法第四十五条)."
        ),
    )

    def clean_told_on(self) -> date | None:
        return not_to_come(self.cleaned_data["told_on"])

    def clean_heard_words(self) -> list[str]:
        words: list[str] = self.cleaned_data["heard_words"]
        if self.cleaned_data.get("heard") in {"statement", "hearing"} and not words:
            raise forms.ValidationError(
                _("Say what the party brought forward and what the review of it found (行政处罚法第四十五条).")
            )
        return words


class PaymentForm(forms.Form):
    """Where money is paid: to the named bank or by electronic payment, not to the authority (行政处罚法第六十七条)."""

    payee = forms.CharField(label=gettext_lazy("Payee (name of the account)"), max_length=80, required=False)
    bank = forms.CharField(label=gettext_lazy("Bank that collects"), max_length=80, required=False)
    account = forms.CharField(label=gettext_lazy("Account, or code of the payment"), max_length=60, required=False)

    def money(self, cleaned: Mapping[str, Any]) -> bool:
        """Is there something to be paid?"""
        return bool(cleaned.get("fine") or cleaned.get("gains"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.money(cleaned):
            for name in ("payee", "bank", "account"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Say where the money is to be paid (行政处罚法第六十七条)."))
        return cleaned


class RemediesForm(forms.Form):
    reconsideration_body = forms.CharField(label=gettext_lazy("Reconsideration by"), max_length=80)
    court = forms.CharField(
        label=gettext_lazy("Court"),
        max_length=60,
        help_text=gettext_lazy("Name the court where it is certain which one has jurisdiction (溧阳市人民法院)."),
    )


class ContactForm(forms.Form):
    contact = forms.CharField(label=gettext_lazy("Contact person"), max_length=40)
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40)
    address = forms.CharField(label=gettext_lazy("Address of the authority"), max_length=120)


def row_date(text: str, place: int, column: str) -> date:
    """A day in a row of a table. ValidationError, naming the row."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise forms.ValidationError(
            _("Row %(row)s: write the day as 2026-09-30.") % {"row": place}, params={"place": f"{place - 1}-{column}"}
        ) from error


# --- what a draft starts with --------------------------------------------------------------------------------------------
def last(docket: "Docket", *kinds: str) -> Notice | None:
    """The latest issued document of these kinds that is in force."""
    found = docket.notices.filter(kind__in=kinds).exclude(number=None).order_by("-id")
    return next((notice for notice in found if notice.is_in_force), None)


def served_on(notice: Notice | None) -> date | None:
    service = notice.services.that_count().first() if notice else None
    return service.served_on if service else None


def facts(docket: "Docket") -> dict[str, Any]:
    """The facts of the case by the fields of FactsForm and BasisForm: as its order tells them, else as the case has them. An order
    that says nothing wrong of a penalty has the same facts, evidence and provisions violated."""
    from enforcement.rectification.notices import RectificationOrder

    case = docket.rectification_case
    words = RectificationOrder().initial(docket)
    if case.order is not None:
        words |= {name: case.order.content[name] for name in ("violated",) if case.order.content.get(name)}
    basis = [
        {"instrument": title, "article": article} for title, article in statutes.in_full(case.violation.legal_basis)
    ]
    return {name: words[name] for name in FactsForm.base_fields if name in words} | {"basis": basis}


def proposal(docket: "Docket") -> dict[str, Any]:
    """What is proposed in the penalty that is pursued; nothing where none is."""
    from enforcement.penalties import selectors

    penalty = selectors.current(docket)
    return {"conclusion": penalty.conclusion, "grounds": penalty.grounds} if penalty else {}


def reasons(docket: "Docket") -> dict[str, Any]:
    """The grounds of the proposal as paragraphs."""
    lines = [line.strip() for line in proposal(docket).get("grounds", "").splitlines()]
    return {"reasons": list(filter(None, lines))}


def remedies(docket: "Docket") -> dict[str, Any]:
    return {"reconsideration_body": docket.department.acts_as.reconsidered_by, "court": COURT}


def contact(docket: "Docket") -> dict[str, Any]:
    return {"contact": docket.officer.name if docket.officer else ""}


def as_told(docket: "Docket", *, names: Iterable[str], kinds: Sequence[str]) -> dict[str, Any]:
    """The words of the latest of these documents, so far as they are asked for."""
    notice = last(docket, *kinds)
    return {name: notice.content[name] for name in names if name in notice.content} if notice else {}


# --- checks -------------------------------------------------------------------------------------------------------------
def is_policy(title: str) -> bool:
    """Is this instrument a policy document (规范性文件), by its number or by the statute book?"""
    name = phrases.title(title)
    if any(mark in name for mark in POLICY_MARKS):
        return True
    stem = statutes.VERSION.sub("", name)
    rows = Instrument.objects.filter(nature=InstrumentNature.POLICY).values_list("title", "full_title")
    return any(stem and stem in {statutes.VERSION.sub("", known) for known in row} for row in rows)


def rests_on_law(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """A policy document explains why the authority acts; it cannot itself found a decision."""
    titles = [row.get("instrument", "") for row in rows]
    if any(title.strip() and not is_policy(title) for title in titles):
        return [
            _(
                "《%(title)s》 is a policy document: it belongs among the reasons, not in the legal basis (行政处罚法第十六条)."
            )
            % {"title": phrases.title(title)}
            for title in titles
            if title.strip() and is_policy(title)
        ]
    return [_("Cite a law, regulation or rule: a policy document alone cannot found a decision (行政处罚法第十六条).")]


# --- what is printed ----------------------------------------------------------------------------------------------------
def day(value: date | str | None) -> str:
    """A day as a document writes it; where it is missing, a preview shows the gap."""
    return cn_date(value) if value else GAP


def yuan(value: Decimal | str | None) -> str:
    """人民币壹拾万元整（¥100,000.00）."""
    return f"{amount_in_capitals(value)}（{amount_in_figures(value)}）" if value else GAP


def cited(rows: Sequence[Mapping[str, str]]) -> str:
    """《稀土管理条例》第二十五条和《中华人民共和国行政处罚法》第二十八条第二款."""
    named = [f"《{row['instrument']}》{row['article']}" for row in rows]
    return "和".join(filter(None, ["、".join(named[:-1]), named[-1]])) if named else GAP


def amount(words: Mapping[str, Any], name: str) -> Decimal | None:
    """An amount of a stored draft; None where there is none or it is wrong (the form says so)."""
    try:
        return forms.DecimalField(max_digits=14, decimal_places=2).clean(words.get(name)) if words.get(name) else None
    except forms.ValidationError:
        return None


def sanctions(values: Mapping[str, Any]) -> list[str]:
    """The penalties as they are numbered in a document, the amounts in capitals and figures."""
    found = list(values["sanctions"] or [])
    if values["gains"]:
        found.append(f"没收违法所得{yuan(values['gains'])}")
    if values["fine"]:
        found.append(f"罚款{yuan(values['fine'])}")
    return found or [GAP]
