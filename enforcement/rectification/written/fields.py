"""Fields that the forms of written records share: officers with certificates, moments, long tables."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Docket
from core.fields import HappenedAt, HappenedOn
from enforcement.rectification.written import people
from notices.fields import Column, LinesField, RowsField
from notices.forms import DayInput, MomentInput
from notices.record_forms import RecordForm
from organisation.models import Officer


class CertifiedOfficers(forms.ModelMultipleChoiceField):
    """Officers who may sign a record; the docket tells who is offered."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Enforcement officers"))
        kwargs.setdefault("help_text", _("At least two with valid certificates (行政处罚法第四十二条)."))
        super().__init__(Officer.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.certificate_number}）"


class OneOfficer(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Officer.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.department.short_name}）"


class OfficersForm(RecordForm):
    """A record that officers of the case stand for."""

    officers = CertifiedOfficers()

    def prepare(self) -> None:
        offer(self, "officers", self.docket)


def offer(form: forms.Form, name: str, docket: Docket) -> None:
    form.fields[name].queryset = people.certified(docket)  # type: ignore[attr-defined]


def moment(label: Any, **kwargs: Any) -> HappenedAt:
    return HappenedAt(label=label, widget=MomentInput(), **kwargs)


def day(label: Any, **kwargs: Any) -> HappenedOn:
    return HappenedOn(label=label, widget=DayInput(), **kwargs)


def text(label: Any, max_length: int = 200, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=max_length, **kwargs)


def lines(label: Any, **kwargs: Any) -> LinesField:
    """Paragraphs of the record, one a line."""
    kwargs.setdefault("max_items", 40)
    kwargs.setdefault("max_item_length", 1000)
    return LinesField(label=label, **kwargs)


def rows(label: Any, *columns: Column, **kwargs: Any) -> RowsField:
    return RowsField(label=label, columns=columns, **kwargs)


def money(label: Any, **kwargs: Any) -> forms.DecimalField:
    """Yuan."""
    return forms.DecimalField(label=label, min_value=0, max_digits=14, decimal_places=2, **kwargs)
