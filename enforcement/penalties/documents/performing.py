"""同意分期（延期）缴纳罚款通知书 and 督促履行义务催告书: more time to pay, and the last reminder before the court is asked."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock, numerals
from enforcement.penalties import names
from enforcement.penalties.documents import daily_decision, law, parts
from enforcement.penalties.documents.base import PenaltyDocument
from notices.fields import Column, LinesField, RowsField
from notices.models import Notice

if TYPE_CHECKING:
    from casework.models import Docket

# Decisions by which something is owed.
DECISIONS = (names.DECISION, names.DAILY, names.SUMMARY)


class DecidedForm(forms.Form):
    """The decision that is to be performed."""

    decision_title = forms.CharField(label=gettext_lazy("Title of the decision"), max_length=40)
    decision_number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=60)
    decision_on = parts.day_field(gettext_lazy("Day of the decision"))
    decision_served_on = parts.day_field(gettext_lazy("Decision served on"))

    def clean_decision_on(self) -> date | None:
        return parts.not_to_come(self.cleaned_data["decision_on"])

    def clean_decision_served_on(self) -> date | None:
        served, decided = self.cleaned_data["decision_served_on"], self.cleaned_data.get("decision_on")
        if decided is not None and served < decided:
            raise forms.ValidationError(_("A decision is not served before it is made."))
        return parts.not_to_come(served)


def decided(docket: "Docket") -> dict[str, Any]:
    """The latest decision in force, by the fields of DecidedForm; nothing where there is none."""
    notice = parts.last(docket, *DECISIONS)
    if notice is None:
        return {}
    return {
        "decision_title": notice.title,
        "decision_number": notice.number,
        "decision_on": notice.issued_on,
        "decision_served_on": parts.served_on(notice),
    }


def decided_fine(notice: Notice) -> Decimal | None:
    """The fine of a decision, in yuan: as it is typed, or for a penalty by the day the product; None where it fines nobody."""
    return daily_decision.total(notice) if notice.kind == names.DAILY else parts.amount(notice.content, "fine")


def owed(notice: Notice) -> dict[str, Any]:
    """What is still to be paid on a decision, by the names of the fields: by the ledger, or where it has no claim on it as decided."""
    from enforcement.penalties import account
    from enforcement.penalties.models.money import Receivable

    if Receivable.objects.filter(decision=notice).standing().exists():
        return account.still_owed(notice)
    found = {"fine": decided_fine(notice), "gains": parts.amount(notice.content, "gains")}
    return {name: amount for name, amount in found.items() if amount}


def owed_on(docket: "Docket") -> dict[str, Any]:
    """The same of the latest decision in force; nothing where there is none."""
    notice = parts.last(docket, *DECISIONS)
    return owed(notice) if notice else {}


def beyond_the_ledger(notice: Notice) -> Iterator[str]:
    """Amounts of the draft that are higher than what the ledger still has open today, in words."""
    named = notice.docket.notices.filter(
        number=notice.content.get("decision_number") or None, kind__in=DECISIONS
    ).first()
    if named is None:
        return
    known = owed(named)
    for name, label in (("fine", _("fine")), ("gains", _("confiscation of gains")), ("surcharge", _("surcharge"))):
        typed, is_open = parts.amount(notice.content, name), known.get(name) or Decimal(0)
        if typed is not None and typed > is_open:
            facts = {"what": label, "typed": numerals.amount_in_figures(typed)}
            facts["open"] = numerals.amount_in_figures(is_open)
            yield _("%(what)s: the document asks for %(typed)s, still to be paid is %(open)s today.") % facts


def decision(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "title": values["decision_title"],
        "number": values["decision_number"],
        "on": parts.day(values["decision_on"]),
        "served_on": parts.day(values["decision_served_on"]),
    }


# --- more time --------------------------------------------------------------------------------------------------------
class DeferralForm(DecidedForm):
    """暂缓或者分期缴纳 (行政处罚法第六十六条第二款)."""

    fine = parts.amount_field(gettext_lazy("Fine decided, in yuan"))
    outstanding = parts.amount_field(gettext_lazy("Of it still to be paid, in yuan"))
    applied_on = parts.day_field(gettext_lazy("Application received on"))
    hardship = parts.text_field(
        gettext_lazy("Economic hardship that was found"),
        help_text=gettext_lazy("As the sentence “经审查，你单位…” goes on, without full stop."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("What is granted"),
        choices=[
            ("", "—"),
            ("defer", gettext_lazy("Payment later")),
            ("parts", gettext_lazy("Payment in instalments")),
        ],
    )
    plan = RowsField(
        label=gettext_lazy("Days and amounts"),
        columns=[
            Column("due", gettext_lazy("Last day (2026-09-30)"), max_length=10),
            Column("amount", gettext_lazy("Amount in yuan"), max_length=20),
        ],
        max_rows=24,
    )
    field_order = (
        "decision_title", "decision_number", "decision_on", "decision_served_on", "fine", "outstanding", "applied_on",
        "hardship", "mode", "plan",
    )  # fmt: skip

    def clean_applied_on(self) -> date | None:
        return parts.not_to_come(self.cleaned_data["applied_on"])

    def clean_hardship(self) -> str:
        return str(self.cleaned_data["hardship"]).strip().rstrip("。；，")

    def clean_plan(self) -> list[dict[str, Any]]:
        """Rows of {due: date, amount: Decimal}, each day later than the one before."""
        found: list[dict[str, Any]] = []
        for place, row in enumerate(self.cleaned_data["plan"], start=1):
            due = parts.row_date(row["due"], place, "due")
            try:
                amount = numerals.yuan(row["amount"].replace(",", ""))
            except numerals.NotAnAmount as error:
                raise forms.ValidationError(str(error), params={"place": f"{place - 1}-amount"}) from error
            if not amount:
                raise forms.ValidationError(_("Row %(row)s: an instalment of nothing.") % {"row": place})
            if found and due <= found[-1]["due"]:
                raise forms.ValidationError(
                    _("Row %(row)s: its day is not later than the one before.") % {"row": place}
                )
            found.append({"due": due, "amount": amount})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        plan, mode = cleaned.get("plan"), cleaned.get("mode")
        fine, outstanding = cleaned.get("fine"), cleaned.get("outstanding")
        if fine and outstanding and outstanding > fine:
            self.add_error("outstanding", _("More than the fine is not still to be paid."))
        if not plan:
            return cleaned
        total = sum((row["amount"] for row in plan), Decimal(0))
        if outstanding and total != outstanding:
            facts = {"total": numerals.amount_in_figures(total), "due": numerals.amount_in_figures(outstanding)}
            self.add_error("plan", _("The amounts come to %(total)s; still to be paid is %(due)s.") % facts)
        if mode == "defer" and len(plan) != 1:
            self.add_error("plan", _("Payment later has one day; for several choose instalments."))
        if mode == "parts" and len(plan) < 2:
            self.add_error("plan", _("Instalments are at least two."))
        return cleaned


class PaymentDeferral(PenaltyDocument):
    """同意分期（延期）缴纳罚款通知书 (缓缴)."""

    code = names.INSTALMENTS
    label = gettext_lazy("Consent to pay later or in instalments")
    document_form = "YQJN"
    title = "同意分期（延期）缴纳罚款通知书"
    template = "notices/penalties/payment_deferral.html"
    content_form = DeferralForm
    docket_kinds = ("rectification",)
    file_order = 40

    def initial(self, docket: "Docket") -> dict[str, Any]:
        notice = parts.last(docket, *DECISIONS)
        fine = decided_fine(notice) if notice else None
        amounts = {"fine": fine, "outstanding": owed_on(docket).get("fine")}
        return {**decided(docket), **{name: amount for name, amount in amounts.items() if amount}}

    def title_of(self, content: Mapping[str, Any]) -> str:
        titles = {"defer": "同意延期缴纳罚款通知书", "parts": "同意分期缴纳罚款通知书"}
        return titles.get(str(content.get("mode") or ""), self.title)

    def lacks(self, notice: Notice) -> Iterator[str]:
        yield from super().lacks(notice)
        form = self.form(notice.content)
        if form.is_valid() and form.cleaned_data["plan"][0]["due"] <= clock.today():
            yield _("The first day to pay has passed: more time lies ahead.")

    def oddities(self, notice: Notice) -> Iterator[str]:
        yield from super().oddities(notice)
        form = self.form(notice.content)
        form.is_valid()
        served, applied = form.cleaned_data.get("decision_served_on"), form.cleaned_data.get("applied_on")
        if served and applied and applied > (due := law.end_of(law.PAY, served)):
            yield (
                _(
                    "The application came after the period to pay had ended on %(due)s: say in the grounds why it is granted still, and what becomes of the surcharge."
                )
                % {"due": due}
            )

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        plan = values["plan"] or []
        return {
            **super().context(notice, values),
            "title": self.title_of(notice.content),
            "decision": decision(values),
            "applied_on": parts.day(values["applied_on"]),
            "fine": parts.yuan(values["fine"]),
            "outstanding": parts.yuan(values["outstanding"]) if values["outstanding"] != values["fine"] else "",
            "in_parts": values["mode"] != "defer",
            "plan": [
                {"due": parts.day(row["due"]), "amount": parts.yuan(row["amount"])}
                for row in plan
                if isinstance(row.get("due"), date)
            ]
            or [{"due": parts.GAP, "amount": parts.GAP}],
            "surcharge_is_capped": clock.today() >= law.SURCHARGE_CAPPED_SINCE,
        }


# --- the reminder ------------------------------------------------------------------------------------------------------
LEAST_DAYS = 10  # 行政强制法第五十四条; working days (第六十九条)


class DemandForm(parts.ContactForm, parts.PaymentForm, DecidedForm):
    """The four contents of 行政强制法第三十五条: period, how, amount and how it is paid, statement and defence."""

    decided_fine = parts.amount_field(gettext_lazy("Fine decided, in yuan"), required=False)
    fine = parts.amount_field(gettext_lazy("Fine not yet paid, in yuan"), required=False)
    gains = parts.amount_field(gettext_lazy("Unlawful gains not yet paid, in yuan"), required=False)
    surcharge = parts.amount_field(gettext_lazy("Surcharge not yet paid, in yuan"), required=False)
    surcharge_until = parts.day_field(gettext_lazy("Surcharge counted until"), required=False)
    obligations = LinesField(
        label=gettext_lazy("Other duties not yet performed, each with how it is performed (one per line)"),
        required=False,
        max_items=8,
    )
    within_days = forms.IntegerField(
        label=gettext_lazy("Period to perform (working days)"),
        min_value=LEAST_DAYS,
        max_value=60,
        help_text=gettext_lazy(
            "The court is asked ten days after service at the earliest (行政强制法第五十四条); ten days are working days (第六十九条)."
        ),
    )
    field_order = (
        "decision_title", "decision_number", "decision_on", "decision_served_on", "decided_fine", "fine", "surcharge",
        "surcharge_until", "gains", "obligations", "within_days", "payee", "bank", "account", "contact", "telephone",
        "address",
    )  # fmt: skip

    def money(self, cleaned: Mapping[str, Any]) -> bool:
        return super().money(cleaned) or bool(cleaned.get("surcharge"))

    def clean_surcharge_until(self) -> date | None:
        return parts.not_to_come(self.cleaned_data["surcharge_until"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("fine", "gains", "surcharge", "obligations")) and not self.errors:
            self.add_error("fine", _("Say what is to be performed (行政强制法第三十五条)."))
        self._check_amounts(cleaned)
        return cleaned

    def _check_amounts(self, cleaned: Mapping[str, Any]) -> None:
        whole, fine, surcharge = cleaned.get("decided_fine"), cleaned.get("fine"), cleaned.get("surcharge")
        if (fine or surcharge) and not whole and "decided_fine" not in self.errors:
            self.add_error("decided_fine", _("Give the fine that was decided."))
        if whole and fine and fine > whole:
            self.add_error("fine", _("More than the fine is not still to be paid."))
        if whole and surcharge and surcharge > whole:
            self.add_error("surcharge", _("The surcharge is no higher than the fine (行政强制法第四十五条第二款)."))
        if surcharge and not cleaned.get("surcharge_until") and "surcharge_until" not in self.errors:
            self.add_error("surcharge_until", _("Say until which day the surcharge is counted."))


class PerformanceDemand(PenaltyDocument):
    """督促履行义务催告书 (催)."""

    code = names.DEMAND
    label = gettext_lazy("Reminder to perform")
    document_form = "CGS"
    template = "notices/penalties/performance_demand.html"
    content_form = DemandForm
    docket_kinds = ("rectification",)
    file_order = 42

    def initial(self, docket: "Docket") -> dict[str, Any]:
        notice = parts.last(docket, *DECISIONS)
        fine = decided_fine(notice) if notice else None
        whole = {"decided_fine": fine} if fine else {}
        where = parts.as_told(docket, names=("payee", "bank", "account"), kinds=DECISIONS)
        return {
            **decided(docket),
            **owed_on(docket),
            **whole,
            **where,
            "within_days": LEAST_DAYS,
            **parts.contact(docket),
        }

    def lacks(self, notice: Notice) -> Iterator[str]:
        yield from super().lacks(notice)
        if clock.today() < law.SURCHARGE_CAPPED_SINCE:
            yield _("The reminder rests on 行政强制法, in force only since 2012-01-01.")

    def oddities(self, notice: Notice) -> Iterator[str]:
        yield from super().oddities(notice)
        form = self.form(notice.content)
        form.is_valid()
        served, money = form.cleaned_data.get("decision_served_on"), form.money(form.cleaned_data)  # type: ignore[attr-defined]
        if served and money and (due := law.end_of(law.PAY, served)) >= clock.today():
            yield _("The period to pay runs until %(due)s.") % {"due": due}
        yield from beyond_the_ledger(notice)

    def context(self, notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
        amounts = owed_amounts(values)
        return {
            **super().context(notice, values),
            "decision": decision(values),
            "duties": [*amounts, *(values["obligations"] or [])] or [parts.GAP],
            "within": f"{law.in_words(values['within_days'])}个工作日" if values["within_days"] else parts.GAP,
            "payment": {name: values[name] or parts.GAP for name in ("payee", "bank", "account")} if amounts else None,
        }


def owed_amounts(values: Mapping[str, Any]) -> list[str]:
    """What is still to be paid, in words and figures."""
    found = []
    if values["fine"]:
        found.append(f"缴纳罚款{parts.yuan(values['fine'])}")
    if values["surcharge"]:
        until = parts.day(values["surcharge_until"])
        found.append(f"缴纳加处罚款{parts.yuan(values['surcharge'])}（计算至{until}）")
    if values["gains"]:
        found.append(f"缴纳没收的违法所得{parts.yuan(values['gains'])}")
    return found
