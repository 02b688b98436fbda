"""Shapes of input when a lead is taken in, merged, or its informant is recorded."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework.forms import ReasonForm
from casework.models import Violation
from core import clock
from core.errors import say_all
from core.fields import HappenedOn
from enforcement.inspections.forms import day
from enforcement.leads import duplicates, informants
from enforcement.leads.forms import act_checked, began_on, ended_on, offer
from enforcement.leads.informants import Given
from enforcement.leads.intake import Answer, source_faults
from enforcement.leads.models import Lead, Origin
from enforcement.leads.workflow import Stage
from organisation.models import Officer
from registry.models import Enterprise

DISTINCT: Final = "distinct"
ACCEPTED: Final = "naming_accepted"
READ: Final = (
    "facts",
    "source_name",
    "source_number",
    "likeness_reason",
)  # what everybody who handles the matter reads


def accepts_naming() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have looked: the words do not give the informant away, and stay as they are."), required=False
    )


class InformantFields(forms.Form):
    """Never kept as a draft, here or in the browser: the names begin with `informant_` (docs/decisions/0042)."""

    informant_name = forms.CharField(
        label=_("Informant’s name"),
        max_length=80,
        required=False,
        help_text=_(
            "Kept apart and secret: not shown with the lead, not found by search, in no document. Leave empty for an anonymous report."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    informant_contact = forms.CharField(
        label=_("Informant’s telephone, address or e-mail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    informant_traits = forms.CharField(
        label=_("What else would give the informant away"),
        max_length=300,
        required=False,
        help_text=_("For example: an employee of the enterprise, a neighbour. Do not write it into the facts."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def given(self, cleaned: dict[str, Any]) -> Given:
        return Given(*(cleaned.pop(f"informant_{part}", "") for part in ("name", "contact", "traits")))


class InformantForm(InformantFields):
    """Who reported, of a lead on record."""

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead = lead

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = self.given(cleaned)
        if informants.is_named_in(self.lead.facts, given):
            self.fields[ACCEPTED] = accepts_naming()
        accepted = self.data.get(ACCEPTED) == "on"
        say_all(
            self, informants.faults(given, self.lead.origin, {"informant_name": self.lead.facts}, accepted=accepted)
        )
        return {"given": given, "accepted": accepted}


class LeadForm(InformantFields):
    enterprise = forms.ModelChoiceField(label=_("Enterprise"), queryset=Enterprise.objects.none())
    origin = forms.ChoiceField(
        label=_("Origin"), choices=[(o.value, o.label) for o in Origin if o not in {Origin.INSPECTION, Origin.RULE}]
    )
    source_name = forms.CharField(
        label=_("Transferring authority or platform"),
        max_length=80,
        required=False,
        help_text=_("Of a transfer: the authority it came from. Of a complaint: the platform, for example 12345."),
    )
    source_number = forms.CharField(label=_("Number of the letter or complaint"), max_length=60, required=False)
    received_on = day(kind=HappenedOn, label=_("Received on"), initial=clock.today)
    acted_from = began_on()
    acted_to = ended_on()
    violation = forms.ModelChoiceField(
        label=_("Suspected violation"),
        queryset=Violation.objects.none(),
        help_text=_("A provision in force at any time since the act (行政处罚法第三十七条)."),
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Without a word on who reported them."),
    )
    field_order = [
        "enterprise", "origin", "source_name", "source_number", "received_on", "acted_from", "acted_to", "violation", "facts",
    ]  # fmt: skip

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.like: duplicates.Found | None = None
        self.fields["enterprise"].queryset = Enterprise.objects.visible_to(by)  # type: ignore[attr-defined]
        # Which of them fit is known once the day of the act is.
        offer(self.fields["violation"], Violation.objects.filter(valid_from__lte=clock.today()))

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said at once; `take_in` has the last word."""
        cleaned: dict[str, Any] = super().clean() or {}
        act_checked(self, cleaned, cleaned.get("received_on"))
        say_all(self, source_faults(cleaned.get("origin", ""), cleaned.get("source_name", "")))
        cleaned["answer"] = self._answer(cleaned)
        cleaned["informant"] = self.given(cleaned)
        cleaned[ACCEPTED] = self._naming(cleaned["informant"], cleaned)
        return cleaned

    def _naming(self, given: Given, cleaned: dict[str, Any]) -> bool:
        """Has the officer confirmed words that hold the informant's name? He is asked only where they do."""
        read = {name: self.data.get(name, "") for name in READ}
        if any(informants.is_named_in(text, given) for text in read.values()):
            self.fields[ACCEPTED] = accepts_naming()
        accepted = self.data.get(ACCEPTED) == "on"
        say_all(self, informants.faults(given, cleaned.get("origin", ""), read, accepted=accepted))
        return accepted

    def _answer(self, cleaned: dict[str, Any]) -> Answer | None:
        """Asks, once the rest is in order, whether it is one of the leads that look like the same matter."""
        asked = ("enterprise", "violation", "facts", "received_on")
        if any(cleaned.get(name) is None for name in asked):
            return None
        said = {name: cleaned[name] for name in asked}
        self.like = duplicates.found(
            viewer=self.by, acted_from=cleaned.get("acted_from"), acted_to=cleaned.get("acted_to"), **said
        )
        if not self.like.seen:
            return None
        leads = {str(one.lead.pk): one.lead for one in self.like.seen if one.lead.stage != Stage.DISMISSED}
        self._ask(leads)
        try:
            chosen = self.fields["likeness"].clean(self.data.get("likeness"))
            reason = self.fields["likeness_reason"].clean(self.data.get("likeness_reason"))
        except ValidationError:
            # Said at the fields below, each with its own words.
            for name in ("likeness", "likeness_reason"):
                self._say(name)
            return None
        return Answer(leads.get(chosen), reason)

    def _ask(self, leads: dict[str, Lead]) -> None:
        same = [
            (key, _now("The same matter as %(lead)s: merge into it") % {"lead": lead}) for key, lead in leads.items()
        ]
        self.fields["likeness"] = forms.ChoiceField(
            label=_("Is it one of the leads on record?"),
            choices=[(DISTINCT, _("Not the same")), *same],
            widget=forms.RadioSelect,
        )
        self.fields["likeness_reason"] = forms.CharField(
            label=_("Why it is, or is not, the same"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
        )

    def _say(self, name: str) -> None:
        try:
            self.fields[name].clean(self.data.get(name))
        except ValidationError as wrong:
            self.add_error(name, wrong)


class MergeForm(ReasonForm):
    into = forms.ModelChoiceField(
        label=_("The earlier lead"),
        queryset=Lead.objects.none(),
        help_text=_("A lead of the same enterprise that was registered before this one and is not dismissed."),
    )
    field_order = ["into", "reason"]

    def __init__(self, *args: Any, lead: Lead, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = Lead.objects.visible_to(by).filter(enterprise=lead.enterprise_id, pk__lt=lead.pk)
        rows = earlier.exclude(stage=Stage.DISMISSED).select_related("docket", "violation").order_by("-received_on")
        field: Any = self.fields["into"]
        field.queryset = rows
        field.label_from_instance = lambda one: f"{one}（{one.received_on.isoformat()} {one.violation.act}）"


class LookForm(ReasonForm):
    reason = forms.CharField(
        label=_("Why you need to know who reported"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
