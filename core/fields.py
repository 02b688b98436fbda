"""Fields that refuse at once what the verb would refuse later, so that everything wrong with a form is said together."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import clock, moments, uploads
from core.errors import RuleBroken


class CheckedFile(forms.FileField):
    """An upload looked at by its content."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if data:
            try:
                uploads.check(data)
            except RuleBroken as refusal:
                raise ValidationError(refusal.reasons) from refusal
        return upload


class HappenedOn(forms.DateField):
    """A day that is not still to come."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date) and (why := moments.to_come(value)):
            raise ValidationError(why)


class HappenedAt(forms.DateTimeField):
    """A moment that is not still to come."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, datetime):
            there = clock.local(value)
            if why := moments.to_come(there.date(), there.time()):
                raise ValidationError(why)
