"""What a form lets through, its column can hold: PostgreSQL refuses a text that is longer, SQLite takes anything.

Each text field of each form is told here where it goes. A new form is added to `WRITES` with the model whose columns have
the names of its fields; what goes elsewhere stands in `ALSO` or `NO_COLUMN`.
"""

from collections.abc import Iterator

import pytest
from django import forms
from django.db import models
from django.urls import get_resolver

from casework import calendar_pages, handover, rule_pages
from casework import forms as casework
from casework.deadlines import forms as deadlines
from casework.models import (
    CalendarEdition,
    Custody,
    Deadline,
    DocketShare,
    Evidence,
    Extension,
    InboxMessage,
    Note,
    Pause,
    PeriodRule,
    SavedView,
)
from core.lists.forms import SavedViewForm
from enforcement.campaigns import forms as campaigns
from enforcement.campaigns.models import Campaign, Member, Supervision, SupervisionExtension, Target, Task
from enforcement.inspections import forms as inspections
from enforcement.inspections.models import Finding, Inspection, MissingSignature
from enforcement.leads.forms import ReceiptOfLeadForm
from enforcement.leads.intake_forms import InformantFields, LeadForm
from enforcement.leads.models import Informant, Lead
from enforcement.measures import forms as measures
from enforcement.measures.models import ChildMeasure, Feedback, MeasureEvent
from enforcement.penalties import forms as penalties
from enforcement.penalties import money_forms as money
from enforcement.penalties.models import (
    Confiscation,
    Entry,
    Hearing,
    Penalty,
    Plan,
    Receivable,
    Review,
    Statement,
)
from enforcement.rectification import forms as cases
from enforcement.rectification.models import LegalReview, RectificationCase, Reinspection
from notices import forms as notices
from notices import registry
from notices.models import Notice, NoticeApproval, PartySigning, Service
from notices.record_forms import RecordForm
from organisation import department_forms
from organisation import forms as organisation
from organisation.models import Delegation, Department, DepartmentName, Officer
from registry.forms import enterprises
from registry.models import Enterprise, FormerName
from tests.architecture.source import PACKAGES

# A form → the model whose columns of the same names it fills; forms derived from it too.
WRITES: dict[type[forms.BaseForm], type[models.Model]] = {
    casework.EvidenceForm: Evidence,
    casework.CustodyForm: Custody,
    casework.NoteForm: Note,
    casework.ShareForm: DocketShare,
    calendar_pages.YearForm: CalendarEdition,
    rule_pages.VersionForm: PeriodRule,
    deadlines.ExtendForm: Extension,
    deadlines.PauseForm: Pause,
    deadlines.CorrectPauseForm: Pause,
    inspections.InspectionForm: Inspection,
    inspections.RecordForm: Inspection,
    inspections.MissingSignatureForm: MissingSignature,
    inspections.FindingForm: Finding,
    LeadForm: Lead,
    campaigns.PlanForm: Campaign,
    campaigns.MemberForm: Member,
    campaigns.TargetsForm: Target,
    campaigns.SelfCheckForm: Target,
    campaigns.TaskForm: Task,
    campaigns.ReportForm: Task,
    campaigns.AcceptanceForm: Campaign,
    campaigns.SummaryForm: Campaign,
    campaigns.ListingForm: Supervision,
    campaigns.MoreTimeForm: SupervisionExtension,
    penalties.ProposalForm: Penalty,
    penalties.StatementForm: Statement,
    penalties.HearingForm: Hearing,
    penalties.EndHearingForm: Hearing,
    cases.CaseForm: RectificationCase,
    measures.RecordForm: MeasureEvent,
    measures.ChildMeasureForm: ChildMeasure,
    measures.SendForm: ChildMeasure,
    measures.FeedbackForm: Feedback,
    cases.ReinspectionForm: Reinspection,
    notices.DecisionForm: NoticeApproval,
    money.PaymentForm: Entry,
    money.PlanForm: Plan,
    money.ReviewForm: Review,
    money.EndReviewForm: Review,
    money.ConfiscationForm: Confiscation,
    money.DisposalForm: Confiscation,
    notices.ServiceForm: Service,
    notices.CompleteForm: Service,
    notices.FailForm: Service,
    notices.SigningForm: PartySigning,
    organisation.AccountForm: Officer,
    organisation.DelegationForm: Delegation,
    department_forms.NameForm: Department,
    enterprises.RenameForm: FormerName,
}
# Fields that fill columns of other names, or further ones.
ALSO: dict[tuple[type[forms.BaseForm], str], list[tuple[type[models.Model], str]]] = {
    (SavedViewForm, "name"): [(SavedView, "name")],
    (casework.ReasonForm, "reason"): [
        (Evidence, "withdrawn_reason"),
        (NoticeApproval, "remark"),
        (Entry, "reason"),
        (Plan, "taken_back_reason"),
        (Review, "taken_back_reason"),
        (Confiscation, "taken_back_reason"),
    ],
    (inspections.NoLeadForm, "reason"): [(Finding, "no_lead_reason")],
    (ReceiptOfLeadForm, "reason"): [(Deadline, "cancel_reason")],
    **{(InformantFields, f"informant_{column}"): [(Informant, column)] for column in ("name", "contact", "traits")},
    (handover.ReassignForm, "reason"): [(InboxMessage, "body")],
    (campaigns.ReleaseForm, "reason"): [(Supervision, "release_reason")],
    (campaigns.ReleaseForm, "document"): [(Supervision, "release_document")],
    (penalties.CarriedOutForm, "how"): [(Penalty, "carried_out_how")],
    (cases.ReinspectionForm, "correction"): [(Reinspection, "correction_reason")],
    (cases.OpinionForm, "reason"): [(LegalReview, "opinion"), (NoticeApproval, "remark")],
    (notices.ReturnForm, "reason"): [(NoticeApproval, "remark")],
    (notices.SupersedeForm, "reason"): [(Notice, "supersede_reason")],
    (notices.PublicForm, "no_other_way"): [(Service, "remark")],
    (notices.ServiceForm, "place"): [(Evidence, "place")],
    (deadlines.CorrectionForm, "reason"): [
        (Deadline, "cancel_reason"),
        (Pause, "taken_back_reason"),
        (Extension, "taken_back_reason"),
    ],
    (deadlines.CorrectPauseForm, "reason"): [(Pause, "taken_back_reason")],
    (deadlines.ResumeForm, "reason"): [(Pause, "ended_reason")],
    (deadlines.ResumeForm, "document"): [(Pause, "ended_document")],
    (enterprises.RenameForm, "name"): [(Enterprise, "name")],
    (department_forms.NameForm, "name"): [(DepartmentName, "name")],
    (department_forms.NameForm, "basis"): [(Department, "source")],
}
# Passwords and codes are compared, confirmations checked, reasons of these acts kept in the trail, which cuts nothing.
NO_COLUMN = {
    "password", "old_password", "new_password", "new_password_again", "code", "confirmation", "seen",
    "WithdrawForm.reason", "ClosingForm.reason", "ReasonForm.reason", "TimeOfActForm.reason", "RoleForm.reason", "StatusForm.reason",
    "EditPlanForm.reason",  # told in the trail
    "LogInForm.username", "YearForm.text", "DismissForm.transferred_to",
    "PublishForm.where",  # told in the trail
    "SavedViewForm.query",  # the store shortens it, and says when it is still too long
}  # fmt: skip
# What is copied when a notice is issued or decided: from → to.
COPIES = [
    (Enterprise, "name", Notice, "addressee_name"),
    (Notice, "addressee_name", Receivable, "payer"),
    (Enterprise, "credit_code", Notice, "addressee_code"),
    (Enterprise, "address", Notice, "addressee_address"),
    (Enterprise, "legal_representative", Notice, "addressee_representative"),
    (Enterprise, "address", Service, "place"),
    (Enterprise, "electronic_address", Service, "electronic_address"),
    (Department, "name", Notice, "agency_name"),
    (DepartmentName, "name", Notice, "agency_name"),
    (Department, "brand", Notice, "agency_brand"),
    (Officer, "name", Notice, "drafter_name"),
    (Officer, "name", Notice, "signatory_name"),
    (Officer, "name", NoticeApproval, "officer_name"),
    (Officer, "name", NoticeApproval, "on_behalf_of"),
    (Officer, "name", Evidence, "made_by"),
    (Officer, "post", NoticeApproval, "post"),
]


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _text_fields() -> Iterator[tuple[type[forms.BaseForm], str, forms.CharField]]:
    """Of every form of the portal that is no ModelForm (Django compares those itself) and no content of a document (JSON)."""
    assert get_resolver().url_patterns  # read, it imports every doorway, and with it every form
    # With the forms they are derived from.
    contents = {form for kind in registry.all_types() for form in kind.content_form.__mro__}
    for form in set(_below(forms.BaseForm)):
        is_ours = form.__module__.startswith(PACKAGES) and not form.__module__.startswith("core.styleguide")
        is_content = form in contents or issubclass(form, RecordForm)
        if is_ours and not issubclass(form, forms.BaseModelForm) and not is_content:
            for name, field in form.base_fields.items():
                if isinstance(field, forms.CharField):
                    yield form, name, field


def _columns(form: type[forms.BaseForm], name: str) -> list[models.Field]:
    found: list[tuple[type[models.Model], str]] = []
    for kind in form.__mro__:
        model = WRITES.get(kind)
        if model is not None and name in {field.name for field in model._meta.concrete_fields}:
            found.append((model, name))
        found += ALSO.get((kind, name), [])
    return [model._meta.get_field(column) for model, column in found]


def test_whatever_a_form_lets_through_its_column_can_hold():
    too_long, unknown = [], []
    for form, name, field in _text_fields():
        columns = _columns(form, name)
        if not columns and not {name, f"{form.__name__}.{name}"} & NO_COLUMN:
            unknown.append(f"{form.__module__}.{form.__name__}.{name}")
        for column in columns:
            if column.max_length is not None and (field.max_length is None or field.max_length > column.max_length):
                too_long.append(f"{form.__name__}.{name} ({field.max_length}) → {column} ({column.max_length})")
    assert sorted(too_long) == []
    assert sorted(unknown) == [], "say in this file where these texts go"


@pytest.mark.parametrize(
    ("source", "name", "target", "copy"), COPIES, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_copy_is_as_long_as_its_original(source, name, target, copy):
    longest = target._meta.get_field(copy).max_length
    assert longest is None or source._meta.get_field(name).max_length <= longest
