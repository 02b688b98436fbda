"""Forms of the Excel import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.models import ImportMode


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Excel file"),
        allow_empty_file=True,  # said in the same words as everything else that is wrong with a file
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = _("The file is too large. Divide it into several.")


class DecisionForm(forms.Form):
    mode = forms.ChoiceField(label=_("What to import"), choices=ImportMode.choices, widget=forms.RadioSelect)
