"""Form fields of the registry."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry import credit_code


class CreditCodeField(forms.CharField):
    """A unified social credit code: normalised, and refused with the place and the reason.

    Blanks and full-width characters are put right without a word; nothing else is.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Unified social credit code"))
        # Longer than a code: a pasted one may hold blanks, and a code of 19 characters deserves its own answer.
        options.setdefault("max_length", 60)
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        own = {
            "class": "mono",
            "data-upper": True,
            "autocapitalize": "characters",
            "spellcheck": "false",
            "autocomplete": "off",
        }
        return super().widget_attrs(widget) | own

    def to_python(self, value: Any) -> str:
        return credit_code.normalise(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (messages := credit_code.examine(value).messages):
            raise ValidationError([ValidationError(message, code="credit_code") for message in messages])
