"""Shape and cleaning of what is entered of departments; the rules are in services.departments."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core import clock
from organisation.forms import DateInput
from organisation.lists import LINES
from organisation.models import Department, DepartmentLevel, Region


class RegionChoice(forms.ModelChoiceField):
    def label_from_instance(self, region: Any) -> str:
        return f"{region.name} {region.code}"


class NameForm(forms.Form):
    """A name, from when it is borne, and the document that gives it."""

    name = forms.CharField(label=_("Official name"), max_length=80)
    short_name = forms.CharField(label=_("Short name"), max_length=40, help_text=_("Shown in lists and menus."))
    valid_from = forms.DateField(label=_("In force from"), widget=DateInput())
    basis = forms.CharField(
        label=_("Document it rests on"),
        max_length=200,
        help_text=_("Title and number of the document that decides it."),
    )


class RenameForm(NameForm):
    """A new name, and where documents are numbered by other characters from then on, those."""

    brand = forms.CharField(
        label=_("New characters for document numbers"),
        max_length=20,
        required=False,
        help_text=_(
            "Leave empty where they stay. Numbers already issued stay as they are; the new characters begin with no. 1 of a series of their own."
        ),
    )
    brand_from = forms.DateField(
        label=_("New characters used from"),
        required=False,
        widget=DateInput(),
        help_text=_("Only with new characters."),
    )
    field_order = ["name", "short_name", "valid_from", "basis", "brand", "brand_from"]


class NewDepartmentForm(NameForm):
    code = forms.CharField(
        label=_("Department code"),
        max_length=20,
        help_text=_("Never changes. Region and line, for example 3204-EPD."),
        validators=[
            RegexValidator(r"^[A-Z0-9]+(-[A-Z0-9]+)*$", _("Use capital letters, digits and hyphens between them."))
        ],
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("Choose")), *DepartmentLevel.choices])
    kind = forms.ChoiceField(label=_("Line of administration"), choices=[("", _("Choose")), *LINES])
    region = RegionChoice(label=_("Administrative region"), queryset=Region.objects.none(), empty_label=_("Choose"))
    parent = forms.ModelChoiceField(
        label=_("Superior"), queryset=Department.objects.none(), required=False, empty_label=_("None")
    )
    is_internal = forms.BooleanField(
        label=_("Internal office of its superior"),
        required=False,
        help_text=_(
            "It acts in the name of the authority above it: name, characters and numbers of its documents are that authority’s."
        ),
    )
    brand = forms.CharField(
        label=_("Characters for document numbers"),
        max_length=20,
        required=False,
        help_text=_("Such as 常环. Without them the department issues no documents; an internal office needs none."),
    )
    calls_itself = forms.CharField(
        label=_("How it speaks of itself"), max_length=10, required=False, help_text=_("In its documents: 我局, 我厅 …")
    )
    field_order = [
        "name", "short_name", "code", "level", "kind", "region", "parent", "is_internal", "brand", "calls_itself",
        "valid_from", "basis",
    ]  # fmt: skip

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["region"].queryset = Region.objects.valid_on(today).order_by("code")  # type: ignore[attr-defined]
        self.fields["parent"].queryset = (  # type: ignore[attr-defined]
            Department.objects.visible_to(viewer).filter(abolished_on=None).order_by("path")
        )
