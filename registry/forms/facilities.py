"""Forms about sites, lines and products."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from organisation.models import Region
from registry.forms.base import FactsForm, RegionField
from registry.models import Element, Facility, HsCode, ProcessLine, Product, Technique


class FacilityForm(FactsForm):
    region = RegionField(
        label=_("Region"),
        queryset=Region.objects.select_related("parent").order_by("code"),
        help_text=_("Where the site lies."),
    )
    longitude_deg = forms.DecimalField(
        label=_("Longitude (°E, WGS-84)"),
        max_digits=9,
        decimal_places=6,
        required=False,
        help_text=_("Such as 119.486100."),
    )
    latitude_deg = forms.DecimalField(
        label=_("Latitude (°N, WGS-84)"),
        max_digits=8,
        decimal_places=6,
        required=False,
        help_text=_("Such as 31.420300."),
    )

    sections: ClassVar = (
        ("", ("name", "region", "address")),
        (_("Position"), ("longitude_deg", "latitude_deg", "accuracy_m", "coordinate_source")),
        ("", ("is_closed", "note")),
    )

    class Meta:
        model = Facility
        fields = [
            "name",
            "region",
            "address",
            "longitude_deg",
            "latitude_deg",
            "accuracy_m",
            "coordinate_source",
            "is_closed",
            "note",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["is_closed"]


class TechniqueField(forms.ModelChoiceField):
    """Techniques; those to be phased out say so."""

    def label_from_instance(self, obj: Any) -> str:
        return _("%(technique)s (to be phased out)") % {"technique": obj.label} if obj.is_obsolete else obj.label


class LineForm(FactsForm):
    technique = TechniqueField(label=_("Technique"), queryset=Technique.objects.all())
    capacity_t_reo_per_year = forms.DecimalField(
        label=_("Capacity (t REO per year)"),
        max_digits=12,
        decimal_places=3,
        help_text=_("Tonnes of rare-earth oxides per year, as approved."),
    )

    class Meta:
        model = ProcessLine
        fields = ["name", "technique", "capacity_t_reo_per_year", "commissioned_on", "status", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # A change of status asks for a day and a reason.
            del self.fields["status"]

    def clean_commissioned_on(self) -> Any:
        day = self.cleaned_data["commissioned_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day lies in the future."))
        return day


class HsCodeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


class ElementsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} {obj.symbol}"


class ProductForm(FactsForm):
    elements = ElementsField(
        label=_("Elements"), queryset=Element.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    hs_code = HsCodeField(label=_("HS code"), queryset=HsCode.objects.none(), required=False)
    reo_percent = forms.DecimalField(
        label=_("Content of REO (per cent)"), max_digits=6, decimal_places=3, required=False
    )

    class Meta:
        model = Product
        fields = ["name", "material_class", "elements", "hs_code", "reo_percent", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = HsCode.objects.filter(pk=self.instance.hs_code_id or 0)
        field: Any = self.fields["hs_code"]
        field.queryset = HsCode.objects.valid_on(clock.today()) | present
