"""Fields that refuse at once what the verb would refuse later, so that everything wrong with a form is said together."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock, moments, uploads
from core.errors import RuleBroken


class CheckedFile(forms.FileField):
    """An upload looked at by its content. The browser offers only files of the types accepted."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accept = {} if "accept" in widget.attrs else {"accept": uploads.ACCEPT}
        return super().widget_attrs(widget) | accept

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if data:
            try:
                uploads.check(data)
            except RuleBroken as refusal:
                raise ValidationError(refusal.reasons) from refusal
        return upload


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class CheckedFiles(CheckedFile):
    """One upload or several, each looked at by its content; what is wrong with one of several is said of it by its name."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = [upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload]
        if len(sent) < 2:
            return [upload for upload in [super().clean(sent[0] if sent else None, initial)] if upload]
        wrong: list[str] = []
        for upload in sent:
            try:
                super().clean(upload, initial)
            except ValidationError as refusal:
                wrong += [of_file(upload.name, words) for words in refusal.messages]
        if sum(upload.size for upload in sent) > settings.UPLOAD_MAX_BYTES:
            wrong.append(uploads.too_large_together())
        if wrong:
            raise ValidationError(wrong)
        return sent


def of_file(name: str, words: str) -> str:
    """A refusal of one file among several; `words` may hold a link."""
    return format_html(_("{name}: {words}"), name=name, words=words)


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
