"""Shape of what officers type about notices: decisions, attempts, services. The words of a notice are its type's own form."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from casework.models import Evidence
from core import clock
from core.fields import CheckedFile, HappenedAt, HappenedOn
from notices import content, service_rules
from notices.capacities import capacity, offer_capacities
from notices.models import Effect, Ending, Failure, Method, Notice, Relation, Service, SiteRecord
from organisation.forms import OwnPasswordForm
from organisation.models import Officer

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.webp"
ACCEPTED_RECORD = f"{ACCEPTED},.mp4,.mov"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DecisionForm(OwnPasswordForm):
    """Statement, tick and password: the officer who decides is the one at the keyboard, and says what he decides."""

    confirmed = forms.BooleanField(label="")
    remark = forms.CharField(
        label=gettext_lazy("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["confirmed", "remark", "password"]
    # The words that lay before the officer: a draft changed meanwhile is not decided unseen.
    seen = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("This form is damaged. Open the page again.")},
    )

    def __init__(self, *args: Any, request: HttpRequest, statement: str, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.initial["seen"] = content.fingerprint(notice.kind, notice.content)
        self.statement = statement
        self.fields["confirmed"].label = statement


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What must be changed"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SupersedeForm(forms.Form):
    effect = forms.ChoiceField(
        label=gettext_lazy("What the new notice does"),
        choices=Effect.choices,
        widget=forms.RadioSelect,
        initial=Effect.REPLACES,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if notice.type.is_led_by_docket:
            # It goes the way of its case: what is offered is what the case allows.
            self.fields["effect"].choices = [(Effect.REVOKES.value, Effect.REVOKES.label)]  # type: ignore[attr-defined]
            self.initial["effect"] = Effect.REVOKES


class Colleagues(forms.ModelChoiceField):
    """A second officer of the department; may be left open."""

    def __init__(self) -> None:
        super().__init__(Officer.objects.none(), label=gettext_lazy("Second serving officer"), required=False)

    def among(self, notice: Notice, viewer: Officer) -> None:
        people = Officer.objects.filter(is_active=True, department=notice.docket.department).exclude(pk=viewer.pk)
        self.queryset = people.exclude(certificate_number="").order_by("name")


# What the rule takes (`service_rules.shows_it`), asked of the database.
PICTURED = Q(kind__in=service_rules.RECORDINGS)
for _start in service_rules.PICTURES:
    PICTURED |= Q(media_type__startswith=_start)


class ServiceForm(forms.Form):
    """What every way of serving has. Fields are the keyword arguments of `services.record_service`."""

    method: str
    at = HappenedAt(label=gettext_lazy("When"), widget=MomentInput())
    co_server = Colleagues()
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=150, required=False)

    def __init__(self, *args: Any, notice: Notice, viewer: Officer, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "at": clock.local(clock.now()).replace(tzinfo=None),
            "place": notice.addressee_address,
            **self.suggested(notice),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        self.fields["co_server"].among(notice, viewer)  # type: ignore[attr-defined]
        offer_capacities(self, notice)
        on_file = Evidence.objects.filter(docket=notice.docket, withdrawn_at=None)
        offered = {"receipt": on_file, "record": on_file.filter(PICTURED)}
        for name in offered.keys() & self.fields.keys():
            self.fields[name].queryset = offered[name]  # type: ignore[attr-defined]

    def suggested(self, notice: Notice) -> dict[str, Any]:
        return {}


def _place(required: bool = True) -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Place"), max_length=200, required=required)


def _recipient() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Recipient"), max_length=40)


def _on_file(label: Any, help_text: Any = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Evidence.objects.none(), label=label, required=False, help_text=help_text)


def _upload(label: Any, help_text: Any, accept: str = ACCEPTED) -> CheckedFile:
    return CheckedFile(
        label=label, required=False, help_text=help_text, widget=forms.ClearableFileInput(attrs={"accept": accept})
    )


RECEIPT_HELP = gettext_lazy(
    "Scan or photograph of the signed receipt. It becomes evidence of the docket; it may follow later."
)


class DirectForm(ServiceForm):
    method = Method.DIRECT
    place = _place()
    recipient = _recipient()
    relation = capacity()
    receipt_file = _upload(gettext_lazy("Signed receipt"), RECEIPT_HELP)
    field_order = ["at", "place", "recipient", "relation", "co_server", "receipt_file", "remark"]

    def suggested(self, notice: Notice) -> dict[str, Any]:
        return {"recipient": notice.addressee_representative, "relation": Relation.LEGAL_REPRESENTATIVE}


class LeftForm(ServiceForm):
    method = Method.LEFT
    place = _place()
    refusal_reason = forms.CharField(label=gettext_lazy("Reason given for refusing"), max_length=200)
    witness_name = forms.CharField(label=gettext_lazy("Witness"), max_length=40, required=False)
    witness_organisation = forms.CharField(
        label=gettext_lazy("Witness's organisation"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "A representative of the local community or of the party's own organisation. Needed with a witness."
        ),
    )
    record_file = _upload(
        gettext_lazy("Photograph or video"),
        gettext_lazy("Of the document being left. Needed when there is no witness."),
        ACCEPTED_RECORD,
    )
    record = _on_file(gettext_lazy("Or a photograph or video on file"))
    field_order = [
        "at", "place", "refusal_reason", "witness_name", "witness_organisation", "record_file", "record", "co_server", "remark",
    ]  # fmt: skip


class PostForm(ServiceForm):
    method = Method.POST
    tracking_number = forms.CharField(label=gettext_lazy("Tracking number"), max_length=40)
    place = _place(required=False)
    served_on = forms.DateField(
        label=gettext_lazy("Day on the receipt"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Leave empty while the letter is on its way; enter it when the receipt comes back."),
    )
    recipient = forms.CharField(label=gettext_lazy("Recipient"), max_length=40, required=False)
    receipt_file = _upload(gettext_lazy("Receipt of the post"), RECEIPT_HELP)
    field_order = ["at", "tracking_number", "place", "served_on", "recipient", "receipt_file", "co_server", "remark"]


class ElectronicForm(ServiceForm):
    method = Method.ELECTRONIC
    electronic_address = forms.CharField(label=gettext_lazy("Electronic address"), max_length=120)
    receipt_file = _upload(
        gettext_lazy("Proof of arrival"), gettext_lazy("Screen shot or log of the system. May follow later.")
    )
    field_order = ["at", "electronic_address", "receipt_file", "co_server", "remark"]

    def suggested(self, notice: Notice) -> dict[str, Any]:
        enterprise = notice.docket.enterprise
        return {"electronic_address": enterprise.electronic_address if enterprise else ""}


class EntrustedForm(ServiceForm):
    method = Method.ENTRUSTED
    entrusted_to = forms.CharField(label=gettext_lazy("Entrusted authority"), max_length=80)
    served_on = forms.DateField(
        label=gettext_lazy("Day on the receipt"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Leave empty until the entrusted authority reports."),
    )
    recipient = forms.CharField(label=gettext_lazy("Recipient"), max_length=40, required=False)
    relation = capacity(required=False)
    receipt_file = _upload(gettext_lazy("Signed receipt"), RECEIPT_HELP)
    field_order = ["at", "entrusted_to", "served_on", "recipient", "relation", "receipt_file", "co_server", "remark"]


class PublicForm(ServiceForm):
    method = Method.PUBLIC
    published_in = forms.CharField(
        label=gettext_lazy("Published in"),
        max_length=120,
        help_text=gettext_lazy("Newspaper, notice board or website."),
    )
    no_other_way = forms.CharField(
        label=gettext_lazy("Why no other way is possible"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Needed when no failed attempt is on file."),
    )
    field_order = ["at", "published_in", "no_other_way", "co_server", "remark"]


SERVICE_FORMS: dict[str, type[ServiceForm]] = {
    form.method: form for form in (DirectForm, LeftForm, PostForm, ElectronicForm, EntrustedForm, PublicForm)
}


class AttemptForm(ServiceForm):
    """An attempt that failed. Fields are the keyword arguments of `services.record_attempt`."""

    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Method.choices)  # type: ignore[assignment]
    failure = forms.ChoiceField(label=gettext_lazy("Why it was not served"), choices=[("", "—"), *Failure.choices])
    place = _place(required=False)
    record_file = _upload(
        gettext_lazy("Photograph or video"),
        gettext_lazy("Of the closed door, the returned letter. Not required."),
        ACCEPTED_RECORD,
    )
    field_order = ["method", "failure", "at", "place", "record_file", "co_server", "remark"]


class CompleteForm(forms.Form):
    """The receipt of a letter or of an entrusted authority came back."""

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_capacities(self, notice)

    served_on = HappenedOn(label=gettext_lazy("Day on the receipt"), widget=DayInput())
    recipient = forms.CharField(label=gettext_lazy("Recipient"), max_length=40, required=False)
    relation = capacity(required=False)
    receipt_file = _upload(gettext_lazy("Signed receipt"), RECEIPT_HELP)


def correction_form(service: Service, *args: Any) -> ServiceForm:
    """The form by which the service was recorded, filled with the record, and why that is wrong. Its fields are arguments of
    `services.correct_service`, those of `correcting.FACTS` by way of `facts_of`."""
    wrong = {field.name: getattr(service, field.name) for field in Service._meta.concrete_fields}
    initial = wrong | {"at": clock.local(service.at).replace(tzinfo=None), "co_server": service.co_server}
    # Second officers are offered as they were to the one who served it.
    form = SERVICE_FORMS[service.method](*args, notice=service.notice, viewer=service.server, initial=initial)
    form.fields.pop("no_other_way", None)
    relation = form.fields.get("relation")
    if isinstance(relation, forms.ChoiceField) and service.relation not in dict(relation.choices):  # type: ignore[arg-type]
        # As it was recorded before the list was drawn up: it stays what it is until it is found wrong.
        relation.choices = [*relation.choices, (service.relation, service.get_relation_display())]  # type: ignore[misc]
    if "served_on" in form.fields:
        form.fields["served_on"].required = True
        form.fields["served_on"].help_text = ""
    form.fields["remark"] = forms.CharField(label=gettext_lazy("Remark"), max_length=300, required=False)
    if service.receipt is not None and "receipt_file" in form.fields:
        form.fields["receipt_file"].help_text = gettext_lazy("Takes the place of the one on file.")
        form.fields["without_receipt"] = forms.BooleanField(
            label=gettext_lazy("The signed receipt on file does not belong to this service: take it off"),
            required=False,
        )
    form.fields["reason"] = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands in the remarks of the new receipt of service."),
    )
    return form


class FailForm(forms.Form):
    """What was under way did not arrive: only reasons that fit the way it was sent."""

    failure = forms.ChoiceField(label=gettext_lazy("Why it was not served"), choices=[("", "—"), *Failure.choices])
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=150, required=False)

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = service_rules.FAILURES[Method(service.method)]
        self.fields["failure"].choices = [("", "—"), *((one.value, one.label) for one in fitting)]  # type: ignore[attr-defined]


class ReceiptForm(forms.Form):
    receipt_file = CheckedFile(
        label=gettext_lazy("Signed receipt"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt_file"].label = service.receipt_called


class NoteScanForm(forms.Form):
    scan = CheckedFile(
        label=gettext_lazy("Signed note"),
        help_text=gettext_lazy(
            "Scan or photograph of the note with its signatures. It becomes evidence of the docket."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class SigningForm(forms.Form):
    """How a record ended with the party. Fields are the keyword arguments of `services.record_signing`."""

    outcome: str
    on = HappenedOn(label=gettext_lazy("Day"), widget=DayInput())

    def __init__(self, *args: Any, record: SiteRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = clock.today()


def _witness(help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Witness"), max_length=40, required=False, help_text=help_text)


def _witness_organisation() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Witness's organisation"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "If there is one. Only of a document left at the premises the law asks that the witness stand for the local community or the party's own organisation (民事诉讼法第八十九条)."
        ),
    )


class SignedForm(SigningForm):
    outcome = Ending.SIGNED
    signatory = forms.CharField(label=gettext_lazy("Who signed for the party"), max_length=40)
    scan = CheckedFile(
        label=gettext_lazy("Signed page"),
        help_text=gettext_lazy(
            "Scan or photograph of the whole record with the signature. It becomes evidence of the docket."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class RefusedForm(SigningForm):
    outcome = Ending.REFUSED
    reason = forms.CharField(
        label=gettext_lazy("Reason for not signing"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    witness_name = _witness(gettext_lazy("If one was there."))
    witness_organisation = _witness_organisation()


class AbsentForm(SigningForm):
    outcome = Ending.ABSENT
    reason = forms.CharField(
        label=gettext_lazy("What happened"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    witness_name = _witness(gettext_lazy("Must sign the record when nobody is there for the party."))
    witness_organisation = _witness_organisation()


SIGNING_FORMS: dict[str, type[SigningForm]] = {form.outcome: form for form in (SignedForm, RefusedForm, AbsentForm)}
