"""In which capacities somebody may receive a document, as the forms of service offer them."""

from django import forms
from django.utils.translation import gettext_lazy

from notices import service_rules
from notices.models import Notice, Relation


def capacity(required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Recipient's capacity"), choices=[("", "—"), *Relation.choices], required=required
    )


def offer_capacities(form: forms.Form, notice: Notice) -> None:
    """A company is served through those who stand for it."""
    if "relation" in form.fields and not service_rules.is_person(notice.addressee_code):
        left = [(value, label) for value, label in Relation.choices if value != Relation.PARTY]
        form.fields["relation"].choices = [("", "—"), *left]  # type: ignore[attr-defined]
