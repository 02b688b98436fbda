"""The page on which the next version of a statutory period is added. Reads only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import rule_versions, statutes
from casework.deadlines.showing import length_of
from casework.models import PeriodRule, Unit
from casework.rule_versions import LONGEST, Wording
from organisation.forms import DateInput

MOST_SHOWN = 200


class VersionForm(forms.Form):
    """What the new version says."""

    valid_from = forms.DateField(
        label=_("First day in force"), widget=DateInput(), help_text=_("The former version ends on the day before.")
    )
    length = forms.IntegerField(label=_("Length"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=200, help_text=_("Law, version and article, as it is to be cited.")
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Where the text was read: gazette, number, day.")
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"),
        choices=[(degree, statutes.DEGREES[degree]) for degree in ("high", "medium-high", "medium", "low")],
        help_text=_("All but “certain” is marked “to be verified” wherever it is shown."),
    )
    note = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def wording(self) -> Wording:
        return Wording(**self.cleaned_data)


def initial(latest: PeriodRule) -> dict[str, Any]:
    return {"length": latest.length, "unit": latest.unit, "legal_basis": latest.legal_basis, "confidence": "high"}


def preview(rule: PeriodRule, wording: Wording) -> dict[str, Any]:
    """What would be stored and which running periods it concerns. RuleBroken when the version cannot be added."""
    planned = rule_versions.draft(rule, wording)
    concerned = list(rule_versions.impact(planned))
    moves = [move for move in concerned if move.moves]
    return {
        "version": planned.version,
        "former": planned.former,
        "former_until": planned.former_until,
        "length": length_of(planned.version),
        "former_length": length_of(planned.former),
        "moves": moves[:MOST_SHOWN],
        "moved_count": len(moves),
        "basis_count": len(concerned) - len(moves),
        "keeping_count": rule_versions.keeping(planned),
    }
