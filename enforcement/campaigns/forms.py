"""Shapes of input on campaigns, their tasks, and matters supervised by name."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework import statutes
from casework.models import Docket, Provision
from core import clock
from core.fields import HappenedOn
from enforcement.campaigns import selectors
from enforcement.campaigns.checklist import items_of
from enforcement.campaigns.levels import Level
from enforcement.campaigns.models import Campaign, Target
from enforcement.campaigns.progress import Narrowed
from enforcement.campaigns.results import Answer
from enforcement.campaigns.subjects import Subject
from enforcement.inspections.forms import day
from organisation.models import Department, Officer, Region
from organisation.selectors import handling_cases
from registry.models import Enterprise, EnterpriseKind


def text(label: Any, longest: int = 2000, *, rows: int = 4, required: bool = True, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def policy_documents() -> QuerySet[Provision]:
    return Provision.objects.that_say_something().filter(instrument__nature="policy").select_related("instrument")


class PlanForm(forms.Form):
    """实施方案."""

    name = forms.CharField(label=_("Name"), max_length=80)
    policy_source = forms.ModelChoiceField(
        label=_("Policy source"),
        queryset=Provision.objects.none(),
        help_text=_(
            "The article that orders the campaign. What is done to an enterprise rests on the law its case cites."
        ),
    )
    starts_on = day(label=_("From"))
    ends_on = day(label=_("Until"))
    self_check_due_on = day(label=_("Self-check due on"))
    aims = text(_("Aims"))
    scope = text(_("Scope"))
    steps = text(_("Steps and times"))
    requirements = text(_("Requirements"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields["policy_source"]
        source.queryset = policy_documents()  # type: ignore[attr-defined]
        source.choices = [("", "---------"), *statutes.policy_sources()]  # type: ignore[attr-defined]


class NewCampaignForm(PlanForm):
    subject = forms.ChoiceField(label=_("Subject of the campaign"), choices=[("", "---------"), *Subject.choices])
    field_order = ["subject"]


class EditPlanForm(PlanForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Asked for once the campaign is deployed."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MemberForm(forms.Form):
    department = forms.ModelChoiceField(label=_("Member department"), queryset=Department.objects.none())
    duties = text(_("Duties in the campaign"), 300, rows=3)

    def __init__(self, *args: Any, of: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Department.objects.acting_on(clock.today()).exclude(pk=of.docket.department_id)
        self.fields["department"].queryset = rows.order_by("path")  # type: ignore[attr-defined]


class NarrowForm(forms.Form):
    """Which enterprises of the register are offered as targets."""

    region = forms.ChoiceField(label=_("Region"), choices=(), required=False)
    base = forms.ChoiceField(label=_("Industrial base"), choices=(), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *EnterpriseKind.choices], required=False)

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions, bases = selectors.regions_to_choose(by)
        self.fields["region"].choices = [("", _("All")), *regions]  # type: ignore[attr-defined]
        self.fields["base"].choices = [("", _("All")), *bases]  # type: ignore[attr-defined]


class TargetsForm(forms.Form):
    enterprises = forms.ModelMultipleChoiceField(
        label=_("Enterprises of the campaign"), queryset=Enterprise.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Why they are chosen"), max_length=200)

    def __init__(self, *args: Any, offered: QuerySet[Enterprise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprises"].queryset = offered  # type: ignore[attr-defined]


class SelfCheckForm(forms.Form):
    """One question for each item of the checklist of the campaign's subject."""

    received_on = day(
        kind=HappenedOn,
        label=_("Received on"),
        required=False,
        help_text=_("Leave this and the items empty where nothing was received in time."),
    )
    gaps = text(
        _("Gaps"),
        required=False,
        help_text=_("What the enterprise reports as not in order, and until when it mends it."),
    )

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items_of(target.campaign.subject)
        for item in self.items:
            self.fields[item.code] = forms.ChoiceField(
                label=item.text,
                help_text=item.marked,
                choices=Answer.choices,
                required=False,
                widget=forms.RadioSelect,
            )
        self.order_fields(["received_on", *(item.code for item in self.items), "gaps"])

    def given(self) -> dict[str, Any]:
        """As the verb takes it."""
        cleaned = self.cleaned_data
        answers = {item.code: cleaned[item.code] for item in self.items if cleaned.get(item.code)}
        return {"received_on": cleaned["received_on"], "gaps": cleaned["gaps"], "answers": answers}


class TaskForm(forms.Form):
    department = forms.ModelChoiceField(label=_("Department"), queryset=Department.objects.none())
    officer = forms.ModelChoiceField(
        label=_("Officer in charge there"),
        queryset=Officer.objects.none(),
        required=False,
        help_text=_("Who carries it out there, if that is known. Else its officers see to it."),
    )
    text = text(_("Content of the task"))
    due_on = day(label=_("Task due on"))

    def __init__(self, *args: Any, of: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = of.docket.department_id
        ids = [own, *of.members.values_list("department_id", flat=True)]
        self.fields["department"].queryset = Department.objects.filter(pk__in=ids).order_by("path")  # type: ignore[attr-defined]
        people = handling_cases(Officer.objects.filter(department__in=ids)).order_by("department__path", "username")
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]
        self.fields["officer"].label_from_instance = lambda one: f"{one.department} {one.name}"  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    report = text(_("What was done and found"), 4000, rows=6)


class AcceptanceForm(forms.Form):
    acceptance = text(_("Opinion of acceptance"), rows=6)


class SummaryForm(forms.Form):
    summary = text(_("Summary"), 4000, rows=10)


class MattersForm(forms.Form):
    matters = forms.ModelMultipleChoiceField(
        label=_("Matters"), queryset=Docket.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: QuerySet[Docket], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["matters"]
        field.queryset = offered  # type: ignore[attr-defined]
        field.label_from_instance = selectors.matter_label  # type: ignore[attr-defined]


class ListingForm(forms.Form):
    level = forms.ChoiceField(label=_("Level of supervision"), choices=[("", "---------"), *Level.choices])
    authority = forms.CharField(label=_("Supervising authority"), max_length=80)
    document = forms.CharField(label=_("Document"), max_length=80, help_text=_("Number of the document that lists it."))
    listed_on = day(kind=HappenedOn, label=_("Listed on"))
    due_on = day(label=_("Public deadline"))
    requirements = text(_("What is required"))


class ReleaseForm(forms.Form):
    reason = text(_("Why it is released"), 300, rows=3)
    document = forms.CharField(label=_("Document of release"), max_length=80)


class MoreTimeForm(forms.Form):
    due_on = day(label=_("New deadline"))
    reason = text(_("Reason"), 300, rows=3)
    document = forms.CharField(label=_("Document"), max_length=80, help_text=_("The document that grants it."))


class ProgressForm(forms.Form):
    """What the figures of a campaign are narrowed to."""

    region = forms.ChoiceField(label=_("Region"), choices=(), required=False)
    since = day(label=_("Opened from"), required=False)
    until = day(label=_("Opened until"), required=False)

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions, _bases = selectors.regions_to_choose(by)
        self.fields["region"].choices = [("", _("All")), *regions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return cleaned

    def narrowed(self) -> Narrowed:
        cleaned = self.cleaned_data
        region = Region.objects.get(pk=cleaned["region"]) if cleaned["region"] else None
        return Narrowed(region, cleaned["since"], cleaned["until"])
