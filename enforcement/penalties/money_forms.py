"""Shapes of input on payments, plans of instalments, and reviews."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core import clock
from enforcement.penalties import names
from enforcement.penalties.models.money import Channel, Disposal, Receivable, ThingKind
from enforcement.penalties.surcharge import REASONS, Instalment
from notices.fields import Column, RowsField
from notices.models import Notice, NoticeState
from organisation.forms import DateInput


class PaymentForm(forms.Form):
    paid_on = forms.DateField(label=_("Paid on"), widget=DateInput(), help_text=_("The day on the receipt."))
    amount = forms.DecimalField(label=_("Amount (yuan)"), max_digits=16, decimal_places=2)
    receipt_number = forms.CharField(label=_("Number of the receipt"), max_length=40)
    channel = forms.ChoiceField(label=_("How it was paid"), choices=Channel.choices)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    is_more = forms.BooleanField(
        label=_("More came than was owed"),
        required=False,
        help_text=_("Tick only where the receipt says so: what is too much is given back (退付)."),
    )


class PlanForm(forms.Form):
    applied_on = forms.DateField(
        label=_("Applied for in writing on"), widget=DateInput(), help_text=_("Before the last day for paying is over.")
    )
    agreed_on = forms.DateField(label=_("Agreed to on"), widget=DateInput())
    document = forms.CharField(
        label=_("Document"), max_length=120, help_text=_("Number of the notice by which the authority agreed.")
    )
    instalments = RowsField(
        label=_("Instalments"),
        columns=[Column("due_on", _("Last day (2026-12-31)"), max_length=10), Column("amount", _("Amount (yuan)"), max_length=20)],
        max_rows=24,
        help_text=_("One row where the whole is deferred. Together they are the sum to be paid."),
    )  # fmt: skip

    def __init__(self, *args: Any, receivable: Receivable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].initial = clock.today

    def clean_instalments(self) -> list[Instalment]:
        found, errors = [], []
        for number, row in enumerate(self.cleaned_data["instalments"], start=1):
            try:
                found.append(Instalment(date.fromisoformat(row["due_on"]), _amount(row["amount"])))
            except ValueError:
                words = _now("Row %(row)s: “%(due)s” and “%(amount)s” are not a day such as 2026-12-31 and an amount.")
                errors.append(words % {"row": number, "due": row["due_on"], "amount": row["amount"]})
        if errors:
            raise ValidationError(errors)
        return found


def _amount(text: str) -> Decimal:
    """ "50,000.00" and "50000" alike. ValueError for what is no amount."""
    try:
        return Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as wrong:
        raise ValueError(text) from wrong


class ReviewForm(forms.Form):
    kind = forms.ChoiceField(label=_("Review"), choices=[(reason.value, words) for reason, words in REASONS.items()])
    first_on = forms.DateField(
        label=_("First day"), widget=DateInput(), help_text=_("The day on which it was accepted (受理之日).")
    )
    document = forms.CharField(
        label=_("Document"), max_length=120, help_text=_("Number of the notice that it was accepted.")
    )


class EndReviewForm(forms.Form):
    last_on = forms.DateField(
        label=_("Last day"), widget=DateInput(), help_text=_("The surcharge runs again on the day after.")
    )
    ended_document = forms.CharField(
        label=_("Document"), max_length=120, help_text=_("Number of the decision or judgment that ends it.")
    )


class ConfiscationForm(forms.Form):
    decision = forms.ModelChoiceField(label=_("Decision on the penalty"), queryset=Notice.objects.none())
    kind = forms.ChoiceField(label=_("Kind of thing"), choices=ThingKind.choices)
    name = forms.CharField(label=_("Name and make"), max_length=120)
    quantity = forms.CharField(label=_("Quantity, with its unit"), max_length=60)
    value = forms.DecimalField(
        label=_("Value (yuan)"), max_digits=16, decimal_places=2, required=False, help_text=_("Where it was assessed.")
    )
    received_on = forms.DateField(label=_("Received on"), widget=DateInput())
    kept_at = forms.CharField(label=_("Kept at"), max_length=120)

    def __init__(self, *args: Any, docket: Docket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issued = Notice.objects.filter(docket=docket, state=NoticeState.ISSUED, kind=names.DECISION)
        self.fields["decision"].queryset = issued.order_by("pk")  # type: ignore[attr-defined]
        self.fields["received_on"].initial = clock.today


class DisposalForm(forms.Form):
    disposal = forms.ChoiceField(label=_("What became of it"), choices=Disposal.choices)
    disposed_on = forms.DateField(label=_("Disposed of on"), widget=DateInput())
    document = forms.CharField(
        label=_("Document"), max_length=120, help_text=_("The record of the disposal (罚没物品处理记录).")
    )
    proceeds = forms.DecimalField(
        label=_("Proceeds (yuan)"),
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=_("All of it goes to the treasury."),
    )
    receipt_number = forms.CharField(label=_("Number of the receipt"), max_length=40, required=False)
