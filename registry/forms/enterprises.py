"""Forms about enterprises and groups."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from organisation.models import Region
from registry.fields import CreditCodeField
from registry.forms.base import FactsForm, RegionField, own_regions
from registry.models import Enterprise, EnterpriseGroup, EnterpriseKind, EnterpriseStatus, MaterialClass
from registry.telephone import is_telephone


class EnterpriseForm(FactsForm):
    credit_code = CreditCodeField(help_text=_("18 characters, as on the business licence."))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=EnterpriseKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everything the enterprise does."),
    )
    region = RegionField(label=_("Region"), queryset=Region.objects.none())
    base = forms.ModelChoiceField(
        label=_("Industrial base"),
        queryset=Region.objects.filter(is_industrial_base=True),
        required=False,
        empty_label=_("None"),
        help_text=_("One of the five bases of 苏政发〔2012〕6号."),
    )
    material_classes = forms.ModelMultipleChoiceField(
        label=_("Material classes"),
        queryset=MaterialClass.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    registered_capital_10k_cny = forms.DecimalField(
        label=_("Registered capital (10 000 CNY)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )

    sections: ClassVar = (
        (_("Identity"), ("credit_code", "name", "short_name")),
        (_("Classification"), ("kinds", "material_classes", "region", "base", "group")),
        (
            _("Registration and contact"),
            (
                "address",
                "legal_representative",
                "contact_name",
                "contact_phone",
                "registered_capital_10k_cny",
                "founded_on",
            ),
        ),
        (_("Service of documents"), ("agreed_electronic_service", "electronic_address")),
        ("", ("note",)),
    )

    class Meta:
        model = Enterprise
        fields = [
            "credit_code",
            "name",
            "short_name",
            "kinds",
            "group",
            "region",
            "base",
            "material_classes",
            "address",
            "legal_representative",
            "contact_name",
            "contact_phone",
            "registered_capital_10k_cny",
            "founded_on",
            "agreed_electronic_service",
            "electronic_address",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance if self.instance.pk else None
        # Checked when the officer leaves the field; without scripts, when the form is sent.
        address = f"{reverse('registry:check_code')}?of={known.pk if known else ''}"
        check = {"hx-get": address, "hx-trigger": "change", "hx-target": "#credit-code-check"}
        self.fields["credit_code"].widget.attrs.update(check)
        region: Any = self.fields["region"]
        region.queryset = own_regions(viewer, known.region if known else None)
        if known:
            # A new name is a verb of its own, so that the former one is kept.
            del self.fields["name"]

    def clean_contact_phone(self) -> str:
        number: str = self.cleaned_data["contact_phone"]
        # What stands in the register already is no fault of who changes something else.
        if number and number != self.initial.get("contact_phone") and not is_telephone(number):
            raise forms.ValidationError(_("“%(value)s” is no telephone number."), params={"value": number})
        return number

    def clean_founded_on(self) -> Any:
        founded_on = self.cleaned_data["founded_on"]
        if founded_on and founded_on > clock.today():
            raise forms.ValidationError(_("This day lies in the future."))
        return founded_on


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=120)
    on = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The day of registration on the new business licence."),
    )
    is_correction = forms.BooleanField(
        label=_("The old name was a slip of the pen and is not kept as a former name"), required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class StatusForm(forms.Form):
    """For enterprises and lines alike."""

    status = forms.ChoiceField(label=_("New status"))
    on = forms.DateField(label=_("In force from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, choices: Any = EnterpriseStatus.choices, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status: Any = self.fields["status"]
        status.choices = [
            ("", "---------"),
            *((code, name) for code, name in choices if code != present),
        ]


class GroupForm(FactsForm):
    class Meta:
        model = EnterpriseGroup
        fields = ["name", "note"]
