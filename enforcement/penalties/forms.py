"""Shapes of input on penalties."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.models import Violation
from core import clock
from core.fields import CheckedFile
from enforcement.inspections.forms import day
from enforcement.leads.forms import offer
from enforcement.penalties.bands import CIRCUMSTANCES
from enforcement.penalties.fields import SanctionsField
from enforcement.penalties.models import Conclusion, HearingOutcome, StatementKind
from enforcement.rectification.forms import OpinionForm
from organisation.models import Officer

DAMAGED = dict.fromkeys(("required", "invalid"), _("This form is damaged. Open the page again."))
MOST = Decimal("99999999999.99")


def amount(label: Any, **more: Any) -> forms.DecimalField:
    """Yuan and fen."""
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_value=MOST, decimal_places=2, required=False, **more
    )


class ProposalForm(forms.Form):
    """What is proposed, why, and the sanctions: a row of two boxes for each kind (行政处罚法第九条)."""

    violation = forms.ModelChoiceField(
        label=_("Violation and legal basis"),
        queryset=Violation.objects.none(),
        help_text=_("A provision in force at any time since the act (行政处罚法第三十七条)."),
    )
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=[("", "---------"), *Conclusion.choices])
    grounds = forms.CharField(
        label=_("Reasons and circumstances of discretion"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    sanctions = SanctionsField(
        label=_("Sanctions (行政处罚法第九条)"),
        required=False,
        help_text=_("One act has one fine (行政处罚法第二十九条). They stand in the document as you write them here."),
    )
    gains = amount(_("Unlawful gains (yuan)"), help_text=_("0 where it is established that there are none."))
    goods_value = amount(_("Value of the goods (yuan)"))
    investment = amount(_("Total investment of the project (yuan)"))
    discharge_fee = amount(_("Pollution charge due (yuan)"))
    circumstances = forms.MultipleChoiceField(
        label=_("Circumstances that change the band"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code.value, label) for code, label in CIRCUMSTANCES.items()],
    )
    is_mitigated = forms.BooleanField(
        label=_("A statutory reason to go below the lowest fine is on record (行政处罚法第三十二条)"), required=False
    )
    has_harm = forms.BooleanField(
        label=_("Harm was done for which an act is punished for five years (行政处罚法第三十六条)"), required=False
    )
    needs_discussion = forms.BooleanField(
        label=_("The heads discuss it collectively (行政处罚法第五十七条第二款)"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=DAMAGED)

    def __init__(self, *args: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["violation"], Violation.objects.valid_between(since, clock.today()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("conclusion") == Conclusion.PENALTY and not cleaned.get("sanctions") and not self.errors:
            self.add_error(
                "conclusion", _now("Name the penalty: a fine, a confiscation, another sanction (行政处罚法第九条).")
            )
        return cleaned

    @staticmethod
    def of(penalty: Any) -> dict[str, Any]:
        """What the form starts with."""
        names = (
            "violation", "conclusion", "grounds", "gains", "goods_value", "investment", "discharge_fee", "circumstances",
            "is_mitigated", "has_harm", "needs_discussion", "version",
        )  # fmt: skip
        found = {name: getattr(penalty, name) for name in names}
        return found | {"sanctions": [row.as_told() for row in penalty.sanctions.all()]}


class ReviewForm(OpinionForm):
    needs_discussion = forms.BooleanField(
        label=_("Grave or complex: the heads must discuss it collectively (行政处罚法第五十七条第二款)"), required=False
    )


class DraftNoticeForm(forms.Form):
    offers_hearing = forms.BooleanField(
        label=_("Offer a hearing though the law does not ask for it"),
        required=False,
        help_text=_("Where the law asks for it, it is offered anyway."),
    )


class StatementForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", "---------"), *StatementKind.choices])
    received_on = day(label=_("Received on"))
    text = forms.CharField(label=_("What it says"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    paper = CheckedFile(
        label=_("Paper of the party"),
        required=False,
        help_text=_("PDF or picture. A waiver needs one; it is kept as evidence under its fingerprint."),
    )


class HearingForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Day and hour"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    host = forms.ModelChoiceField(
        label=_("Presiding officer"),
        queryset=Officer.objects.none(),
        help_text=_("Somebody who did not investigate this case (行政处罚法第六十四条第四项)."),
    )
    clerk = forms.ModelChoiceField(label=_("Clerk"), queryset=Officer.objects.none())
    is_public = forms.BooleanField(label=_("Held in public"), required=False, initial=True)
    closed_why = forms.CharField(label=_("Why it is not public"), max_length=200, required=False)

    def __init__(self, *args: Any, by: Officer, docket: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Officer.objects.filter(is_active=True, department__in=[docket.department, by.department]).order_by(
            "username"
        )
        for name in ("host", "clerk"):
            self.fields[name].queryset = near  # type: ignore[attr-defined]


class EndHearingForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How the hearing ended"), choices=[("", "---------"), *HearingOutcome.choices])
    ended_on = day(label=_("Ended on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CarriedOutForm(forms.Form):
    on = day(label=_("Carried out on"))
    how = forms.CharField(
        label=_("How they were carried out"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class PublishForm(forms.Form):
    on = day(label=_("Published on"))
    where = forms.CharField(label=_("Published where"), max_length=200)
