"""What is wrong with a field, said of the field by its name: 请填写企业, 改正期限不得超过365日.

One place for every form: the renderer makes each bound field a `NamedField`. What a form says itself stays.
"""

import re
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

LONGEST_NAME: Final = 16  # a label longer than this is a sentence or a hint, not a name
_BRACKET: Final = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_SENTENCE: Final = re.compile(r"^请|^Type |[。？?“”]")


class NamedField(BoundField):
    """A field of a form whose refusals name it."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        # The browser cuts a paste at `maxlength` without a word. The server refuses it in words; near the limit a counter shows it.
        if (limit := field.widget.attrs.pop("maxlength", None)) is not None and not field.widget.is_hidden:
            field.widget.attrs["data-limit"] = limit
        self.noun, self.unit = name_and_unit(str(self.label or ""))
        if not field.widget.is_hidden:
            usual = _usual(field)
            field.error_messages |= {
                code: text
                for code, text in refusals(field, self.noun, self.unit).items()
                if field.error_messages.get(code) is usual.get(code)
            }


def name_and_unit(label: str) -> tuple[str, str]:
    """改正期限（日） → (改正期限, 日). No name where the label is a sentence, no unit where the bracket says something else."""
    found = _BRACKET.search(label)
    noun = _BRACKET.sub("", label).strip()
    if not noun or _SENTENCE.search(noun) or (len(noun) > LONGEST_NAME and not noun.isascii()):
        return "", ""
    unit = found[1] if found else ""
    return noun, "" if not unit or re.search("[,，、;；-]", unit) else unit


def refusals(field: forms.Field, noun: str, unit: str = "") -> dict[str, str]:
    """Messages by the code of the error. Limits are filled in by the validators."""
    if not noun:
        return {
            "required": _("Please fill in this field."),
            "invalid_choice": _("Please choose one of the offered values."),
        }
    facts = {"name": noun.replace("%", "%%"), "unit": unit.replace("%", "%%")}
    found = {
        "required": _("Please fill in “%(name)s”."),
        "max_length": _("“%(name)s” may have at most %%(limit_value)d characters; it has %%(show_value)d."),
        "min_length": _("“%(name)s” needs at least %%(limit_value)d characters; it has %%(show_value)d."),
    }
    if isinstance(field, forms.FileField):
        found["required"] = found["missing"] = found["invalid"] = _("Please upload “%(name)s”.")
        found["empty"] = _("The file of “%(name)s” is empty.")
        found["max_length"] = _("The name of the file of “%(name)s” is longer than %%(max)d characters.")
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        found["required"] = _("Please choose “%(name)s”.")
        wrong = _("What was chosen for “%(name)s” is not among the offered values. Please choose again.")
        found |= dict.fromkeys(("invalid_choice", "invalid_list", "invalid_pk_value"), wrong)
    elif isinstance(field, forms.BooleanField):
        found["required"] = _("Please tick “%(name)s”.")
    elif isinstance(field, forms.IntegerField):  # of numbers with places too
        whole = not isinstance(field, forms.FloatField | forms.DecimalField)
        found["invalid"] = _("“%(name)s” must be a whole number.") if whole else _("“%(name)s” must be a number.")
        found["max_value"] = _("“%(name)s” must not exceed %%(limit_value)s %(unit)s.")
        found["min_value"] = _("“%(name)s” must not be less than %%(limit_value)s %(unit)s.")
        found["max_decimal_places"] = _("“%(name)s” may have at most %%(max)s decimals.")
        found["max_digits"] = _("“%(name)s” may have at most %%(max)s digits.")
        found["max_whole_digits"] = _("“%(name)s” may have at most %%(max)s digits before the point.")
    elif isinstance(field, forms.DateField):
        found["invalid"] = _("“%(name)s” is not a date that exists.")
    elif isinstance(field, forms.DateTimeField | forms.SplitDateTimeField | forms.TimeField):
        found["invalid"] = _("“%(name)s” is not a time that exists.")
    elif isinstance(field, forms.EmailField):
        found["invalid"] = _("“%(name)s” is not an e-mail address.")
    return {code: (text % facts).replace(" .", ".") for code, text in found.items()}


def _usual(field: forms.Field) -> dict[str, Any]:
    """What the field would say if its form had said nothing."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found |= getattr(kind, "default_error_messages", {})
    return found
